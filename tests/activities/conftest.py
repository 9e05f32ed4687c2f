"""What activities run against here: a database with nothing but tables, and stand-ins for treasury and mail server."""

import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from cli.standins.smtp import listen, port_of
from cli.standins.treasury import Treasury
from records.organisation_file import read_organisation
from records.pool import Pool, make_pool
from records.seeding import load_organisation

DEMO = Path("procedures/organisations/demo.yaml")


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    async with make_pool(database_url) as pool:
        yield pool


@pytest.fixture
async def organisation(pool: Pool) -> None:
    """The demo's units, duties and accounts are in the database; nobody has a password."""
    demo = read_organisation(DEMO)
    accounts = tuple(account.model_copy(update={"password": None}) for account in demo.accounts)
    async with pool.connection() as db:
        await load_organisation(db, demo.model_copy(update={"accounts": accounts}))


@pytest.fixture
def treasury(tmp_path: Path) -> Iterator[Treasury]:
    server = Treasury(tmp_path / "treasury", port=0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.ended.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
async def smtp(maildir: Path) -> AsyncIterator[str]:
    """The address of a mail server that keeps what it is given in `maildir`."""
    server = await listen(maildir, port=0)
    yield f"127.0.0.1:{port_of(server)}"
    server.close()
