"""A part is down: nothing is lost, nobody is told less than is known, and health says which part."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from procedures.json_types import Json
from records.migrate import upgrade
from tests.api.office import PAPERS, Office, new_key, open_office
from tests.support import PostgresServer, TemporalServer, assert_eventually
from tests.workflows.house import open_house, working

pytestmark = pytest.mark.anyio


@pytest.fixture
async def mortal(own_postgres: PostgresServer, own_temporal: TemporalServer, tmp_path: Path) -> AsyncIterator[Office]:
    """An office whose servers this test may kill."""
    url = own_postgres.create("motcua")
    upgrade(url)
    async with open_house(url, own_temporal, tmp_path) as house, working(house), open_office(house) as office:
        yield office


async def test_without_temporal_nothing_is_sent_and_the_same_key_works_later(
    mortal: Office, own_temporal: TemporalServer
) -> None:
    case = await (await mortal.person("lan")).submit()
    mai, key = await mortal.person("mai"), new_key()
    task = await mai.task(case, "intake")
    body: Json = {"outcome": "accept", "arguments": {"verdicts": [{"id": id, "verdict": "ok"} for id in PAPERS]}}
    own_temporal.kill()

    refused = await mai.post(f"/tasks/{task['id']}/complete", body, key=key)
    ready = await mai.get("/health/ready")
    own_temporal.start()

    async def is_done() -> bool:
        return (await mai.post(f"/tasks/{task['id']}/complete", body, key=key)).status_code == 200

    assert refused.status_code in (503, 202), refused.text
    assert int(refused.headers["retry-after"]) > 0
    assert (503, "unreachable") == (ready.status_code, ready.json()["parts"]["temporal"])
    await assert_eventually(is_done, within=60)
    assert (await mai.read(f"/cases/{case}"))["code"]


async def test_without_postgresql_the_answer_is_503_and_reads_come_back(
    mortal: Office, own_postgres: PostgresServer
) -> None:
    lan = await mortal.person("lan")
    case = await lan.submit()
    own_postgres.kill()

    read = await lan.get(f"/cases/{case}/progress")
    write = await lan.post(f"/cases/{case}/withdraw", {})
    ready = await lan.get("/health/ready")
    own_postgres.start()

    async def is_back() -> bool:
        return (await lan.get(f"/cases/{case}/progress")).status_code == 200

    assert (503, 503, 503) == (read.status_code, write.status_code, ready.status_code)
    assert int(read.headers["retry-after"]) > 0
    await assert_eventually(is_back, within=60)
