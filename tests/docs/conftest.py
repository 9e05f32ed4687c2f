"""The office that the examples of the API's page are run in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.api.office import Office, open_office
from tests.support import TemporalServer
from tests.workflows.house import open_house, working


@pytest.fixture
async def office(database_url: str, temporal: TemporalServer, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_house(database_url, temporal, tmp_path) as house, working(house), open_office(house) as office:
        yield office
