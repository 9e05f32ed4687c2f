"""The real parts every test may ask for: a PostgreSQL, a migrated database of its own, a Temporal server."""

import importlib.util
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import PostgresServer, TemporalServer, remove_folder, temporary_folder

TEMPLATE = "motcua_template"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def server_folder() -> Iterator[Path]:
    folder = temporary_folder()
    yield folder
    remove_folder(folder)


@pytest.fixture(scope="session")
def postgres(server_folder: Path) -> Iterator[PostgresServer]:
    """One PostgreSQL per run (and xdist worker), started when the first test asks for it."""
    server = PostgresServer(server_folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_template(postgres: PostgresServer) -> str:
    url = postgres.create(TEMPLATE)
    if importlib.util.find_spec("records.migrate"):
        from records.migrate import upgrade

        upgrade(url)
    return TEMPLATE


@pytest.fixture
def database_url(postgres: PostgresServer, migrated_template: str) -> Iterator[str]:
    """A database of its own for one test, with all tables, without rows."""
    name = f"test_{secrets.token_hex(6)}"
    yield postgres.create(name, template=migrated_template)
    postgres.drop(name)


@pytest.fixture(scope="session")
def temporal(server_folder: Path, postgres: PostgresServer) -> Iterator[TemporalServer]:
    """One Temporal server per run (and xdist worker), started when the first test asks for it."""
    server = TemporalServer(server_folder, on=postgres)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def namespace(temporal: TemporalServer) -> str:
    return temporal.new_namespace()


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL that this test may kill."""
    folder = temporary_folder()
    server = PostgresServer(folder)
    server.start()
    yield server
    server.stop()
    remove_folder(folder)


@pytest.fixture
def own_temporal(own_postgres: PostgresServer) -> Iterator[TemporalServer]:
    """A Temporal server that this test may kill, on a PostgreSQL that it may kill too."""
    folder = temporary_folder()
    server = TemporalServer(folder, on=own_postgres)
    server.start()
    yield server
    server.stop()
    remove_folder(folder)
