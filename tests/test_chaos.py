"""Anything may be killed at any moment: every case is where it should be, whole, and nothing happened twice."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial

import httpx2
import psycopg
import pytest
from temporalio.api.enums.v1 import EventType

from cli.engine.temporal import STORES
from procedures.json_types import Json
from records.accounts import hashed
from tests.support import (
    PostgresServer,
    Server,
    TemporalServer,
    assert_eventually,
    remove_folder,
    temporary_folder,
)
from tests.town import Town, keep_what_was_committed, open_town, patiently
from tests.workflows.letters import acceptance

pytestmark = pytest.mark.anyio

PASSWORD = "motcua-demo"
CLERKS, CASES = 8, 3
# An ordinary life writes some twenty-five entries; the killings come while most of them are still to be written.
FIRST_BLOW, SECOND_BLOW = 60, 300


@pytest.fixture(scope="module")
def mortal_postgres() -> Iterator[PostgresServer]:
    folder = temporary_folder()
    server = PostgresServer(folder)
    server.start()
    yield server
    server.stop()
    remove_folder(folder)


@pytest.fixture(scope="module")
def mortal_temporal(mortal_postgres: PostgresServer) -> Iterator[TemporalServer]:
    folder = temporary_folder()
    server = TemporalServer(folder, on=mortal_postgres)
    for database in STORES:
        keep_what_was_committed(mortal_postgres, database)
    server.start()
    yield server
    server.stop()
    remove_folder(folder)


@pytest.fixture(scope="module")
async def town(
    mortal_postgres: PostgresServer, mortal_temporal: TemporalServer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Town]:
    """One town for all blows: what one of them broke would show in the next."""
    async with open_town(mortal_postgres, mortal_temporal, tmp_path_factory.mktemp("town")) as town:
        yield town


async def test_killing_the_worker_under_load_loses_nothing_and_does_nothing_twice(town: Town) -> None:
    await town.is_in_order(await work_under_blows(town, town.worker))


async def test_killing_the_temporal_server_under_load_loses_nothing_and_does_nothing_twice(
    town: Town, mortal_temporal: TemporalServer
) -> None:
    await town.is_in_order(await work_under_blows(town, mortal_temporal))


async def test_killing_postgresql_under_load_loses_nothing_and_does_nothing_twice(
    town: Town, mortal_postgres: PostgresServer
) -> None:
    """Temporal's history and our records go down together and come back together."""
    await town.is_in_order(await work_under_blows(town, mortal_postgres))


async def test_an_acceptance_survives_the_worker_that_was_killed_in_the_middle_of_it(town: Town) -> None:
    case = await town.house.submit()
    async with await psycopg.AsyncConnection.connect(town.house.settings.database_url) as lock:
        await lock.execute("lock table registration in access exclusive mode")
        accepting = asyncio.create_task(town.send(acceptance(case)))
        await assert_eventually(lambda: is_under_way(town, case, "Intake.register"), within=30)
        town.worker.kill()
    await asyncio.to_thread(town.worker.start)

    reply = await accepting

    assert isinstance(reply.data, dict)
    assert reply.data["code"] == (await town.house.seen(case)).code
    assert 1 == (await town.house.kinds(case)).count("accepted")
    assert () == await town.house.problems(case)


async def test_an_api_killed_between_the_update_and_its_record_is_made_good(town: Town) -> None:
    """The append is held by a lock on the journal while the API dies; the sweeper brings the answer home."""
    case = await town.house.submit()
    await town.send(acceptance(case))
    await town.house.is_quiet(case)
    key = "take-over-1"
    body: Json = {"verb": "confirm_handover", "arguments": {"handover": "_handover:1"}}
    async with officer_at(town, "an") as officer:
        async with await psycopg.AsyncConnection.connect(town.house.settings.database_url) as lock:
            await lock.execute("lock table journal in access exclusive mode")
            asking = asyncio.create_task(post(officer, f"/cases/{case}/commands", body, key=key))
            await assert_eventually(lambda: updates_answered(town, case, 3), within=30)
            town.api.kill()
            await asyncio.gather(asking, return_exceptions=True)
        assert "handover_confirmed" not in await town.house.kinds(case)

        await nobody_waits_any_more(town)
        await patiently(lambda: is_written(town, case, "handover_confirmed"))

        await asyncio.to_thread(town.api.start)
        again = await post(officer, f"/cases/{case}/commands", body, key=key)
    assert 200 == again.status_code, again.text
    assert 1 == (await town.house.kinds(case)).count("handover_confirmed")
    assert () == await town.house.problems(case)


async def work_under_blows(town: Town, victim: Server) -> list[str]:
    """Let everybody work and kill `victim` twice; it is back at once, as whoever watches it would see to."""
    written = await town.entries()
    working = asyncio.create_task(town.work(clerks=CLERKS, cases=CASES))
    for entries in (FIRST_BLOW, SECOND_BLOW):
        await patiently(partial(town.has_written, written + entries))
        await asyncio.to_thread(victim.kill)
        await asyncio.to_thread(victim.start)
    return await working


async def is_under_way(town: Town, case: str, activity: str) -> bool:
    told = (await town.house.client.get_workflow_handle(case).describe()).raw_description
    return any(pending.activity_type.name == activity and pending.attempt for pending in told.pending_activities)


async def updates_answered(town: Town, case: str, count: int) -> bool:
    answered = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED
    return [event.event_type for event in await town.house.events(case)].count(answered) == count


async def is_written(town: Town, case: str, kind: str) -> bool:
    return kind in await town.house.kinds(case)


async def nobody_waits_any_more(town: Town) -> None:
    async with town.house.pool.connection() as db:
        await db.execute("update command set lease_until = now() where status = 'sent'")


@asynccontextmanager
async def officer_at(town: Town, login: str) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody who is logged in at the API, which is a process of its own."""
    await asyncio.to_thread(town.api.start)
    secret = await hashed(PASSWORD)
    async with town.house.pool.connection() as db:
        await db.execute("update account set password = %s where login = %s", (secret, login))
    base = f"http://127.0.0.1:{town.house.settings.api_port}/api/v1"
    async with httpx2.AsyncClient(base_url=base, timeout=30) as client:
        answer = await client.post("/session", json={"login": login, "password": PASSWORD})
        client.cookies.clear()
        client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        yield client


async def post(officer: httpx2.AsyncClient, path: str, body: Json, *, key: str) -> httpx2.Response:
    return await officer.post(path, json=body, headers={"Idempotency-Key": key})
