"""A house for one test: its own database and namespace on the servers of the run."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support import TemporalServer
from tests.workflows.house import House, open_house, working


@pytest.fixture
async def house(database_url: str, temporal: TemporalServer, tmp_path: Path) -> AsyncIterator[House]:
    """The door is open and a worker is there."""
    async with open_house(database_url, temporal, tmp_path) as house, working(house):
        yield house
