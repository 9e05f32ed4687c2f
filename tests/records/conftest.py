"""A connection and a pool on a database of one test, with the demo organisation where a test asks for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from records.organisation_file import Organisation, read_organisation
from records.pool import Db, Pool, connect, make_pool
from records.seeding import load_organisation

DEMO = Path(__file__).parents[2] / "procedures" / "organisations" / "demo.yaml"


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Db]:
    connection = await connect(database_url)
    yield connection
    await connection.close()


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    async with make_pool(database_url, size=60) as opened:
        yield opened


@pytest.fixture(scope="session")
def demo() -> Organisation:
    return read_organisation(DEMO)


@pytest.fixture
async def staffed(db: Db, demo: Organisation) -> Db:
    """The connection, with units and people; nobody has a password, for hashing is slow."""
    silent = [account.model_copy(update={"password": None}) for account in demo.accounts]
    await load_organisation(db, demo.model_copy(update={"accounts": tuple(silent)}))
    return db
