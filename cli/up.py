"""`motcua up`: everything on one machine, started in order, kept alive, ended without a trace."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click

from cli import processes
from cli.engine import obtain, ports, postgres, temporal
from cli.engine.program import EngineError
from cli.home import end_leftovers, held
from cli.supervisor import Stopped, Supervisor
from cli.welcome import welcome
from settings import DATABASE, Settings, password_file

Say = Callable[[str], None]


@click.command()
@click.option("--demo", "with_demo", is_flag=True, help="Carry a sample case once everything is up.")
@click.option("--once", is_flag=True, help="End after the sample case, with its exit status.")
def up(with_demo: bool, once: bool) -> None:
    """Start PostgreSQL, Temporal, worker and API on this machine and keep them up until Ctrl-C."""
    settings = Settings.from_environment()
    with held(settings.home):
        end_leftovers(settings.home, _say)
        sys.exit(_run(settings, with_demo=with_demo or once, once=once))


def _run(settings: Settings, *, with_demo: bool, once: bool) -> int:
    _require_ports(settings)
    supervisor = Supervisor(settings.home, _say)
    supervisor.listen_to_signals()
    try:
        settings = _start_everything(supervisor, settings)
        _say(welcome(settings))
        if with_demo:
            status = _demo(supervisor, settings)
            if once:
                return status
        _say("Everything is up. Ctrl-C ends it; what is stored stays.")
        supervisor.watch_while(lambda: True)
        return 0
    except Stopped:
        return 0 if not once else 1
    except EngineError as error:
        click.echo(f"motcua: {error}", err=True)
        return 1
    finally:
        _say("Ending all processes.")
        supervisor.stop_all()


def _start_everything(supervisor: Supervisor, settings: Settings) -> Settings:
    if settings.own_postgres:
        settings = _start_postgres(supervisor, settings)
    _step(supervisor, "Migrating the database.")
    _run_command(("migrate",), settings)
    if settings.own_temporal:
        _start_temporal(supervisor, settings)
    temporal.ensure_namespace(settings.temporal_address, settings.temporal_namespace)
    supervisor.start(
        *([processes.mail_server(settings)] if settings.own_mail else []),
        *([processes.treasury(settings)] if settings.own_treasury else []),
    )
    _step(supervisor, "Loading the organisation and publishing the catalogue.")
    _run_command(("load",), settings)
    _step(supervisor, "Starting worker and API.")
    supervisor.start(processes.worker(settings), processes.api(settings))
    return settings


def _start_postgres(supervisor: Supervisor, settings: Settings) -> Settings:
    _step(supervisor, f"Starting PostgreSQL on port {settings.postgres_port}.")
    cluster = postgres.Cluster(folder=settings.home, port=settings.postgres_port, password=_password(settings.home))
    supervisor.start(postgres.prepare(cluster))
    postgres.create_database(cluster.url("postgres"), DATABASE)
    return Settings.from_environment(os.environ | {"MOTCUA_HOME": str(settings.home)})


def _start_temporal(supervisor: Supervisor, settings: Settings) -> None:
    binaries = obtain.obtain(_say)
    _step(supervisor, f"Starting Temporal {obtain.VERSION} on port {settings.temporal_port}.")
    server = temporal.TemporalServer(
        binaries=binaries,
        folder=settings.home / "temporal",
        port=settings.temporal_port,
        postgres_url=settings.require_database(),
    )
    supervisor.start(temporal.prepare(server))


def _run_command(arguments: tuple[str, ...], settings: Settings) -> None:
    command = [sys.executable, "-m", "cli.main", *arguments]
    done = subprocess.run(
        command,
        env=os.environ | settings.as_environment(),
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=300,
    )
    if done.returncode != 0:
        raise EngineError(f"`motcua {' '.join(arguments)}` failed:\n{done.stdout}{done.stderr}")


def _demo(supervisor: Supervisor, settings: Settings) -> int:
    demo = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "demo"],
        env=os.environ | settings.as_environment(),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        supervisor.watch_while(lambda: demo.poll() is None)
    finally:
        if demo.poll() is None:
            demo.kill()
        status = demo.wait()
    return 0 if status == 0 else 1


def _require_ports(settings: Settings) -> None:
    taken: dict[int, str] = {}
    for variable, first in settings.ports().items():
        count = len(temporal.PORTS) if variable == "MOTCUA_TEMPORAL_PORT" else 1
        for port in range(first, first + count):
            if port in taken:
                raise EngineError(f"{taken[port]} and {variable} both take port {port}: move one of them.")
            taken[port] = variable
            ports.require_free(port, variable=variable, first=first)


def _password(home: Path) -> str:
    file = password_file(home)
    if not file.is_file():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(24))
    return file.read_text().strip()


def _step(supervisor: Supervisor, text: str) -> None:
    supervisor.raise_if_asked_to_end()
    _say(text)


def _say(text: str) -> None:
    click.echo(text)
    sys.stdout.flush()
