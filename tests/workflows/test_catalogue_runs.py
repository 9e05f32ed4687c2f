"""Every procedure of the catalogue runs on the real server, and ends in the same state as on the virtual clock."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cli.catalogue import templates_of
from procedures.language.check import CheckedProcedure, check_procedure
from procedures.time.files import load_calendars
from records.pins import pin_of
from records.procedures import publish
from tests.support import TemporalServer
from tests.workflows.house import HOURS, House, open_house, working
from tests.workflows.playing import essence, play_for_real, play_on_the_virtual_clock, playable
from workflows.core.pin import Pin

pytestmark = pytest.mark.anyio

CATALOGUE = Path("procedures/catalogue")
CALENDARS = ("vn-2025", "vn-2026", "vn-2027")
# So many cases at once keep two cores busy while each of them waits for its servers.
TOGETHER = 6


@pytest.fixture
async def house(database_url: str, temporal: TemporalServer, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(database_url, temporal, tmp_path) as house, working(house):
        yield house


async def test_every_procedure_ends_on_the_server_as_on_the_virtual_clock(house: House) -> None:
    versions = [check_procedure(file) for file in sorted(CATALOGUE.rglob("procedure.yaml"))]
    at_once = asyncio.Semaphore(TOGETHER)

    async def carried(version: CheckedProcedure) -> tuple[str, object, object]:
        async with at_once:
            return await _carried(house, version)

    lives = await asyncio.gather(*(carried(version) for version in versions))

    assert 41 == len(lives)
    for code, real, virtual in lives:
        assert (code, real) == (code, virtual)


async def _carried(house: House, version: CheckedProcedure) -> tuple[str, object, object]:
    assert version.procedure is not None and version.scenarios is not None
    pin = await _published(house, version)
    real, scenario = await play_for_real(house, pin, playable(version.scenarios.scenarios))
    virtual = play_on_the_virtual_clock(pin, scenario, real)
    return version.procedure.procedure, essence(real), essence(virtual)


async def _published(house: House, version: CheckedProcedure) -> Pin:
    assert version.procedure is not None
    async with house.pool.connection() as db:
        stored = await publish(
            db,
            version.procedure,
            templates=templates_of(version),
            calendars=load_calendars(CALENDARS),
            hours=HOURS,
        )
        return await pin_of(db, stored.pin)
