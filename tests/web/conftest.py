"""A site for one test: database, worker, API and pages on the servers of the run, and a Chromium to visit it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.api.office import Office, open_office
from tests.support import TemporalServer
from tests.web.browser import Site, open_site
from tests.workflows.house import open_house, working
from web.app import compose


@pytest.fixture
async def place(database_url: str, temporal: TemporalServer, tmp_path: Path) -> AsyncIterator[tuple[Site, Office]]:
    """The site, and the office behind it for what the test takes for granted."""
    async with (
        open_house(database_url, temporal, tmp_path) as house,
        working(house),
        open_office(house) as office,
        open_site(house) as site,
    ):
        yield site, office


@pytest.fixture
async def office(database_url: str, temporal: TemporalServer, tmp_path: Path) -> AsyncIterator[Office]:
    """The office behind its API and pages, for what a page says and no browser is needed to see."""
    async with (
        open_house(database_url, temporal, tmp_path) as house,
        working(house),
        open_office(house, compose) as office,
    ):
        yield office
