"""What tests share: waiting for what must come about, and servers a test may kill."""

import inspect
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import anyio
import psycopg
from psycopg import sql

from cli.engine import postgres, temporal
from cli.engine.obtain import temporal_binaries
from cli.engine.ports import free_run
from cli.engine.program import EngineError, Program, start, stop, wait_until_ready


async def assert_eventually(check: Callable[[], object | Awaitable[object]], *, within: float = 10) -> None:
    """Pass as soon as `check`, plain or async, answers anything but False without an AssertionError."""
    give_up = time.monotonic() + within
    while True:
        try:
            answer = check()
            if inspect.isawaitable(answer):
                answer = await answer
            if answer is not False:
                return
            raise AssertionError("the condition did not become true in time")
        except AssertionError:
            if time.monotonic() > give_up:
                raise
        await anyio.sleep(0.02)


def assert_soon(check: Callable[[], object], *, within: float = 10) -> None:
    """The same as `assert_eventually` for tests without an event loop."""
    give_up = time.monotonic() + within
    while True:
        try:
            if check() is not False:
                return
            raise AssertionError("the condition did not become true in time")
        except AssertionError:
            if time.monotonic() > give_up:
                raise
        time.sleep(0.02)


class Server:
    """A server process of a test: it may be killed and started again, and it dies with the test run."""

    def __init__(self, program: Program) -> None:
        command = ("setpriv", "--pdeathsig", "KILL", *program.command)
        self._program = replace(program, command=command)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        # Killed, PostgreSQL may need a moment until its old children have noticed.
        for attempt in range(20):
            self._process = start(self._program)
            try:
                return wait_until_ready(self._process, self._program)
            except EngineError:
                if attempt == 19 or self._process.poll() is None:
                    raise
                time.sleep(0.25)

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None:
            stop(self._process, self._program)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid


class PostgresServer(Server):
    """A PostgreSQL of its own, with a fresh database on request."""

    def __init__(self, folder: Path) -> None:
        self.cluster = postgres.Cluster(
            folder=folder, port=free_run(1), password=secrets.token_hex(8), is_durable=False
        )
        super().__init__(postgres.prepare(self.cluster))

    def create(self, name: str, *, template: str = "template1") -> str:
        postgres.create_database(self.cluster.url("postgres"), name, template=template)
        return self.cluster.url(name)

    def drop(self, name: str) -> None:
        with psycopg.connect(self.cluster.url("postgres"), autocommit=True) as db:
            db.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


class TemporalServer(Server):
    """A Temporal server on a PostgreSQL of a test, with per-workflow time skipping."""

    def __init__(self, folder: Path, *, on: PostgresServer) -> None:
        server = temporal.TemporalServer(
            binaries=temporal_binaries(),
            folder=folder / "temporal",
            port=free_run(len(temporal.PORTS)),
            postgres_url=on.cluster.url("postgres"),
            dynamic_config={"frontend.WorkflowTimeSkippingEnabled": True},
        )
        self.address = server.address
        super().__init__(temporal.prepare(server))

    def new_namespace(self) -> str:
        namespace = f"test-{secrets.token_hex(4)}"
        temporal.ensure_namespace(self.address, namespace)
        return namespace


def temporary_folder() -> Path:
    """Make a folder that PostgreSQL's own user may enter when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-test-"))
    folder.chmod(0o755)
    return folder


def remove_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
