"""A whole house for tests of the driver: database, worker and door on real servers; stand-ins only for the outside."""

import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client
from temporalio.converter import WorkflowSerializationContext
from temporalio.testing import TimeSkipper, TimeSkippingConfig
from temporalio.worker import Worker

from cli.standins.smtp import listen, port_of
from cli.standins.treasury import Treasury
from procedures.json_types import JsonObject
from procedures.language.loader import load_procedure
from procedures.time.files import load_calendars
from procedures.time.hours import office_hours
from records.case_keys import read_key
from records.cases import stored_case
from records.chain import verify
from records.commands import NewCommand
from records.organisation_file import read_organisation
from records.pins import pin_of
from records.pool import Pool, make_pool
from records.procedures import pin_in_force, publish
from records.seeding import load_organisation
from settings import Settings
from tests.support import TemporalServer, assert_eventually
from tests.workflows.letters import (
    DUNG,
    Person,
    acceptance,
    approval,
    command_of,
    handing_out,
    signature,
    submission,
    taking_over,
)
from worker import CACHED_CASES, activities_of, make_worker
from workflows.connection import connect_door, connect_worker
from workflows.core import machine
from workflows.core.documents import load_state
from workflows.core.pin import Pin
from workflows.core.table import Phase
from workflows.core.views import Snapshot, TaskView
from workflows.door import RENEW_AFTER, Door, Reply, Unknown
from workflows.payloads import CaseCodec, Keys

VERSION = Path("procedures/catalogue/bhxh/1.014140/v1")
DEMO = Path("procedures/organisations/demo.yaml")
CODE = "1.014140"
HOURS = office_hours({"mon-fri": ["07:30-11:30", "13:30-17:00"]})


@dataclass(slots=True, kw_only=True)
class House:
    settings: Settings
    pool: Pool
    keys: Keys
    pin: Pin
    client: Client
    way: Client
    door: Door
    skipper: TimeSkipper
    treasury: Treasury | None = None

    async def submit(self, id: str | None = None) -> str:
        begun = submission(id=id)
        return (await _answered(lambda: self.door.submit(begun, self.pin))).case

    async def send(self, command: NewCommand) -> Reply:
        return await _answered(lambda: self.door.send(command))

    async def do(self, case: str, verb: str, actor: Person, arguments: JsonObject | None = None) -> Reply:
        return await self.send(command_of(case, verb, actor, arguments))

    async def accept(self, case: str) -> Reply:
        return await self.send(acceptance(case))

    async def in_review(self) -> str:
        """A case whose review is open."""
        case = await self.submit()
        await self.accept(case)
        await self.send(taking_over(case))
        return case

    async def approve(self, case: str) -> Reply:
        return await self.send(approval(case))

    async def sign(self, case: str) -> Reply:
        await assert_eventually(lambda: self.has_task(case, "sign"), within=30)
        return await self.send(signature(case))

    async def hand_out(self, case: str) -> Reply:
        await self.reaches(case, Phase.RESOLVED)
        return await self.send(handing_out(case))

    async def wait(self, case: str, days: int) -> None:
        """Let days pass for this case alone; every timer on the way fires in its order."""
        await self.is_quiet(case)
        await self.skipper.fast_forward(self.skipper.client.get_workflow_handle(case), timedelta(days=days))
        await self.is_quiet(case)

    async def resolve_incident(self, case: str, how: str) -> Reply:
        async def is_open() -> None:
            assert (await self.seen(case)).incidents

        await assert_eventually(is_open, within=30)
        [incident] = (await self.seen(case)).incidents
        return await self.do(case, "resolve_incident", DUNG, {"incident": incident.id, "how": how})

    async def runs(self, case: str) -> list[str]:
        """Every run that has written to the journal, oldest first."""
        async with self.pool.connection() as db:
            row = await (await db.execute("select runs from case_file where id = %s", (case,))).fetchone()
        assert row is not None
        return list(row[0])

    async def has_task(self, case: str, kind: str) -> bool:
        return await self.task(case, kind) is not None

    async def reaches(self, case: str, phase: Phase, *, within: float = 30) -> None:
        async def is_there() -> None:
            seen = await self.seen(case)
            assert (phase, ()) == (seen.phase, seen.incidents), f"{seen.phase} {seen.incidents} {seen.waits}"

        await assert_eventually(is_there, within=within)

    async def is_quiet(self, case: str) -> None:
        """Return when nothing is under way."""
        await assert_eventually(lambda: self.is_at_rest(case), within=30)

    async def is_at_rest(self, case: str) -> bool:
        """Has every activity ended, and is every entry recorded?"""
        told = (await self.client.get_workflow_handle(case).describe()).raw_description
        return not told.pending_activities and not told.HasField("pending_workflow_task")

    async def problems(self, case: str) -> tuple[str, ...]:
        """What is wrong with the journal as it stands in the database."""
        async with self.pool.connection() as db:
            return (await verify(db, case)).problems

    async def kinds(self, case: str) -> list[str]:
        async with self.pool.connection() as db:
            rows = await (
                await db.execute("select kind from journal where case_id = %s order by seq", (case,))
            ).fetchall()
        return [row[0] for row in rows]

    async def texts(self, case: str) -> list[str]:
        """The journal to the byte."""
        async with self.pool.connection() as db:
            cursor = await db.execute("select entry from journal where case_id = %s order by seq", (case,))
            return [row[0] for row in await cursor.fetchall()]

    async def is_alarmed(self, case: str, code: str) -> bool:
        async with self.pool.connection() as db:
            cursor = await db.execute("select 1 from incident where case_id = %s and code = %s", (case, code))
            return await cursor.fetchone() is not None

    async def events(self, case: str) -> list[HistoryEvent]:
        return list((await self.client.get_workflow_handle(case).fetch_history()).events)

    async def readable_history(self, case: str) -> str:
        """Everything Temporal keeps of the case, as whoever holds its key could read it."""
        context = WorkflowSerializationContext(namespace=self.client.namespace, workflow_id=case)
        codec = CaseCodec(self.keys).with_context(context)
        events = await self.events(case)
        payloads = await codec.decode([payload for event in events for payload in payloads_in(event)])
        return "".join(payload.data.decode(errors="replace") for payload in payloads) + "".join(map(str, events))

    async def seen(self, case: str) -> Snapshot:
        """What the records know of the case now."""
        async with self.pool.connection() as db:
            stored = await stored_case(db, case)
            assert stored is not None
            return machine.snapshot(await pin_of(db, stored.pin_digest), load_state(stored.dump), now())

    async def task(self, case: str, kind: str) -> TaskView | None:
        """Find an open task by its kind or its step."""
        tasks = (await self.seen(case)).tasks
        return next((task for task in tasks if kind in (task.kind, task.step)), None)


async def _answered(ask: Callable[[], Awaitable[Reply | Unknown]]) -> Reply:
    """Ask again under the same id, as a client does, where the machine is too busy to answer in time."""
    answers: list[Reply] = []

    async def is_answered() -> None:
        answer = await ask()
        assert isinstance(answer, Reply), answer
        answers.append(answer)

    await assert_eventually(is_answered, within=30)
    return answers[-1]


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_house(
    database_url: str, temporal: TemporalServer, folder: Path, *, renew_after: int = RENEW_AFTER
) -> AsyncIterator[House]:
    """Furnish a fresh database and open the door; who works in it is another question (`working`)."""
    settings = settings_of(database_url, temporal, folder)
    async with make_pool(database_url) as opened:
        await furnish(opened)
        keys = Keys(partial(read_key, opened))
        client = await connect_worker(settings.temporal_address, settings.temporal_namespace, keys)
        way = await connect_door(settings.temporal_address, settings.temporal_namespace, keys)
        # Every case may be moved on in time, none moves by itself.
        skipper = TimeSkipper(way, config=TimeSkippingConfig(enabled=False))
        async with opened.connection() as db:
            pin = await pin_in_force(db, CODE, now().date())
        assert pin is not None
        door = Door(skipper.client, opened, keys, now=now, renew_after=renew_after)
        yield House(
            settings=settings, pool=opened, keys=keys, pin=pin, client=client, way=way, door=door, skipper=skipper
        )


@asynccontextmanager
async def working(house: House, *, cached_cases: int = CACHED_CASES) -> AsyncIterator[Worker]:
    """A worker in this process, with every activity, a mail server and a treasury that stand in."""
    folder = house.settings.home
    mail = await listen(folder / "mail", port=0)
    with treasury_in(folder / "treasury") as treasury:
        house.treasury = treasury
        settings = replace(house.settings, smtp=f"127.0.0.1:{port_of(mail)}", treasury_url=treasury.address)
        activities = activities_of(settings, house.pool, house.client)
        async with make_worker(house.client, activities, cached_cases=cached_cases) as worker:
            yield worker
    mail.close()


@contextmanager
def treasury_in(folder: Path) -> Iterator[Treasury]:
    server = Treasury(folder, port=0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.ended.set()
    server.shutdown()
    thread.join()
    server.server_close()


def settings_of(database_url: str, temporal: TemporalServer, folder: Path) -> Settings:
    return Settings.from_environment(
        {
            "MOTCUA_HOME": str(folder),
            "DATABASE_URL": database_url,
            "TEMPORAL_ADDRESS": temporal.address,
            # A namespace of its own: no worker of one test may pick up a case of another.
            "TEMPORAL_NAMESPACE": temporal.new_namespace(),
        }
    )


async def furnish(pool: Pool) -> None:
    """Put the demo organisation (without passwords: hashing is slow) and the published procedure into the database."""
    demo = read_organisation(DEMO)
    accounts = tuple(account.model_copy(update={"password": None}) for account in demo.accounts)
    loaded = load_procedure(VERSION / "procedure.yaml")
    assert loaded.procedure is not None, loaded.problems
    templates = {file.name: file.read_text("utf-8") for file in (VERSION / "templates").glob("*.typ")}
    calendars = load_calendars(["vn-2026", "vn-2027"])
    async with pool.connection() as db:
        await load_organisation(db, demo.model_copy(update={"accounts": accounts}))
        await publish(db, loaded.procedure, templates=templates, calendars=calendars, hours=HOURS)


def payloads_in(message: Message) -> Iterator[Payload]:
    if isinstance(message, Payload):
        yield message
        return
    for _, value in message.ListFields():
        if isinstance(value, Message):
            yield from payloads_in(value)
        elif isinstance(value, Mapping | Sequence) and not isinstance(value, str | bytes):
            parts = value.values() if isinstance(value, Mapping) else value
            yield from (found for part in parts if isinstance(part, Message) for found in payloads_in(part))
