"""PostgreSQL as in production (what is committed is on disk) and one Temporal server, for one run of the benchmark."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.engine import postgres, temporal
from cli.engine.obtain import temporal_binaries
from cli.engine.ports import free_run
from cli.engine.program import Program
from records.migrate import upgrade
from tests.support import Server, remove_folder, temporary_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Servers:
    cluster: postgres.Cluster
    address: str
    folder: Path
    postgres_pid: int
    temporal_pid: int

    def database(self, name: str) -> str:
        """Make a database with all our tables and answer its address."""
        postgres.create_database(self.cluster.url("postgres"), name)
        upgrade(self.cluster.url(name))
        return self.cluster.url(name)

    def namespace(self, name: str) -> str:
        temporal.ensure_namespace(self.address, name)
        return name


@contextmanager
def running_servers() -> Iterator[Servers]:
    folder = temporary_folder()
    try:
        cluster = postgres.Cluster(folder=folder, port=free_run(1), password=secrets.token_hex(8))
        with running(postgres.prepare(cluster)) as postgres_pid:
            server = temporal.TemporalServer(
                binaries=temporal_binaries(),
                folder=folder / "temporal",
                port=free_run(len(temporal.PORTS)),
                postgres_url=cluster.url("postgres"),
            )
            with running(temporal.prepare(server)) as temporal_pid:
                yield Servers(
                    cluster=cluster,
                    address=server.address,
                    folder=folder,
                    postgres_pid=postgres_pid,
                    temporal_pid=temporal_pid,
                )
    finally:
        remove_folder(folder)


@contextmanager
def running(program: Program) -> Iterator[int]:
    server = Server(program)
    server.start()
    try:
        yield server.pid
    finally:
        server.stop()
