"""A town for chaos tests: worker and API are processes that may be killed, and people who do not give up."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql

from cli import processes
from cli.engine.ports import free_run
from cli.standins.smtp import listen, port_of
from cli.standins.treasury import Treasury
from records.commands import NewCommand
from records.migrate import upgrade
from tests.support import PostgresServer, Server, TemporalServer, assert_eventually
from tests.workflows.house import House, open_house, treasury_in
from tests.workflows.letters import acceptance, approval, handing_out, signature, submission, taking_over
from workflows.core.documents import dump_state, load_state
from workflows.door import NotSent, Reply

ROOT = Path(__file__).parent.parent
PATIENCE = 120.0
# What a case does once in its life, whatever is killed around it.
ONCE = "submitted acceptance_begun accepted handover_confirmed signed numbered issued called resolved delivered".split()


@dataclass(slots=True, kw_only=True)
class Town:
    house: House
    worker: Server
    api: Server
    treasury: Treasury

    async def work(self, *, clerks: int, cases: int) -> list[str]:
        """So many clerks at once carry so many cases each, from submission to delivered result."""
        carried = await asyncio.gather(*(self._carry_all(cases) for _ in range(clerks)))
        return [case for several in carried for case in several]

    async def carry(self) -> str:
        house = self.house
        begun = submission()
        case = (await insist(lambda: house.door.submit(begun, house.pin))).case
        await self.send(acceptance(case))
        await self.send(taking_over(case))
        await self.send(approval(case))
        await patiently(lambda: house.has_task(case, "sign"))
        await self.send(signature(case))
        await patiently(lambda: house.has_task(case, "delivery"))
        await self.send(handing_out(case))
        return case

    async def send(self, command: NewCommand) -> Reply:
        return await insist(lambda: self.house.door.send(command))

    async def _carry_all(self, cases: int) -> list[str]:
        return [await self.carry() for _ in range(cases)]

    async def entries(self) -> int:
        """Count what is written in the journals of all cases together."""
        async with self.house.pool.connection(timeout=2) as db:
            row = await (await db.execute("select count(*) from journal")).fetchone()
        assert row is not None
        return int(row[0])

    async def has_written(self, entries: int) -> bool:
        return await self.entries() >= entries

    async def is_in_order(self, cases: list[str]) -> None:
        """Every case is where it should be, every journal whole, and nothing happened twice."""
        for case in cases:
            await patiently(partial(self.house.is_at_rest, case))
            await patiently(partial(self._is_recorded, case))
            kinds = Counter(await self.house.kinds(case))
            assert {1} == {kinds[kind] for kind in ONCE}, f"{case}: {kinds}"
            assert () == await self.house.problems(case), case
        async with self.house.pool.connection() as db:
            row = await (await db.execute(_COUNTS, {"cases": cases})).fetchone()
        # Delivered, with a code and a number of their own; no command open, no incident.
        assert (*[len(cases)] * 3, 0, 0) == row
        keys = [str(payment["key"]) for payment in self.treasury.ledger.payments() if isinstance(payment, dict)]
        assert sorted(f"{case}/pay:1" for case in cases) == sorted(key for key in keys if key.split("/")[0] in cases)

    async def _is_recorded(self, case: str) -> bool:
        """Say whether the records hold what the case knows of itself."""
        told = await self.house.client.get_workflow_handle(case).query("dump")
        state = load_state(told)
        async with self.house.pool.connection() as db:
            row = await (await db.execute("select dump from case_file where id = %s", (case,))).fetchone()
        return row is not None and dump_state(load_state(row[0])) == dump_state(
            replace(state, recorded=state.seq, unrecorded=())
        )


@asynccontextmanager
async def open_town(postgres: PostgresServer, temporal: TemporalServer, folder: Path) -> AsyncIterator[Town]:
    """Worker and API are there, the API started only where a test does."""
    url = postgres.create("motcua")
    keep_what_was_committed(postgres, "motcua")
    upgrade(url)
    mail = await listen(folder / "mail", port=0)
    async with open_house(url, temporal, folder) as house:
        with treasury_in(folder / "treasury") as treasury:
            settings = replace(
                house.settings,
                smtp=f"127.0.0.1:{port_of(mail)}",
                treasury_url=treasury.address,
                api_port=free_run(1),
            )
            house.settings = settings
            worker = Server(replace(processes.worker(settings), folder=ROOT))
            api = Server(replace(processes.api(settings), folder=ROOT))
            await asyncio.to_thread(worker.start)
            yield Town(house=house, worker=worker, api=api, treasury=treasury)
            worker.stop()
            api.stop()
    mail.close()


def keep_what_was_committed(postgres: PostgresServer, database: str) -> None:
    """Tests run faster by forgetting the last moment in a crash; here a crash is what is looked at."""
    with psycopg.connect(postgres.cluster.url("postgres"), autocommit=True) as db:
        db.execute(sql.SQL("alter database {} set synchronous_commit = on").format(sql.Identifier(database)))


async def insist(send: Callable[[], Awaitable[object]]) -> Reply:
    """Send the same command until it is answered, as a client does that was told 202 or 503."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        try:
            answer = await send()
        except NotSent:
            answer = None
        if isinstance(answer, Reply):
            return answer
        await asyncio.sleep(0.2)
    raise AssertionError("the command was never answered")


async def patiently(check: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what must come about, over a database that may be away."""

    async def holds() -> bool:
        try:
            return await check()
        except psycopg.OperationalError:
            return False

    await assert_eventually(holds, within=PATIENCE)


_COUNTS = """
select (select count(*) from case_file where id = any(%(cases)s) and phase = 'delivered'),
       (select count(distinct code) from registration where case_id = any(%(cases)s)),
       (select count(distinct (unit, book, year, number)) from book_number where case_id = any(%(cases)s)),
       (select count(*) from command where case_id = any(%(cases)s) and status <> 'done'),
       (select count(*) from incident where case_id = any(%(cases)s))
"""
