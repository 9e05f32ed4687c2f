"""Both sides, furnished: a database, a namespace and a worker each, on the same servers; and carrying a case by one."""

import asyncio
import os
import pickle
import sys
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from activities.contracts import TASK_QUEUE
from bench.capture import Recorder, recorded_case
from bench.handwritten import messages
from bench.handwritten.client import CaseClient
from bench.meters import cpu_seconds
from bench.rows import Recorded
from bench.script import ACTIONS, CODE, command, furnish, now
from bench.servers import Servers, running
from bench.sides import HandWritten, Ours, Side
from bench.watch import Watch, watching
from bench.worker import connect_handwritten, our_activities
from cli.engine import temporal
from cli.engine.program import Program
from records.case_keys import read_key
from records.pool import Pool, make_pool
from worker import make_worker
from workflows.connection import connect_door, connect_worker
from workflows.core.pin import Pin
from workflows.door import Door
from workflows.payloads import Keys

_CLIENT_POOL = 16
# After everything is recorded the server still closes its books on a case.
_BREATH = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One side with all that its cases need; `worker_pid` and `servers` are for the meters."""

    name: str
    side: Side
    recorded: Recorded
    watch: Watch
    database_url: str
    namespace: str
    worker_pid: int
    servers: Servers

    async def carry_quietly(self) -> list[float]:
        """Carry one case, each action at a moment when nothing is under way."""
        return await self.carry(breath=_BREATH)

    async def carry(self, *, breath: float = 0) -> list[float]:
        """Carry one case from submission to the last entry and answer how long each action took."""
        case = str(uuid.uuid4())
        times: list[float] = []
        for number, action in enumerate(ACTIONS):
            asked = command(action, case=case, id=self.side.command_id(case, number))
            await asyncio.sleep(breath)
            began = time.perf_counter()
            await self.side.send(asked)
            times.append(time.perf_counter() - began)
            await self.watch.until(case, self.recorded.writings[(action.name, *action.follow)[-1]].seq)
        return times

    def cpu(self) -> dict[str, float]:
        groups = {
            "PostgreSQL": self.servers.postgres_pid,
            "Temporal": self.servers.temporal_pid,
            "worker": self.worker_pid,
            "client": os.getpid(),
        }
        spent = cpu_seconds(groups)
        # Everything is a child of this process; what is left are the clients.
        spent["client"] = time.process_time()
        return spent


@asynccontextmanager
async def furnished_pair(servers: Servers) -> AsyncIterator[tuple[Lane, Lane]]:
    """Answer ours and the hand-written one."""
    ours_at, theirs_at = servers.database("ours"), servers.database("handwritten")
    for namespace in ("ours", "handwritten"):
        servers.namespace(namespace)
    recorded = await _record(servers, ours_at)
    file = servers.folder / "recorded.pickle"
    file.write_bytes(pickle.dumps(recorded))
    async with AsyncExitStack() as stack:
        pool = await stack.enter_async_context(make_pool(theirs_at, size=_CLIENT_POOL))
        pin = await furnish(pool)
        client = CaseClient(
            await connect_handwritten(servers.address, "handwritten"),
            pool,
            messages.CaseInput(procedure=CODE, version=pin.procedure.version),
        )
        ours = await _ours(servers, await stack.enter_async_context(make_pool(ours_at, size=_CLIENT_POOL)), pin)
        sides: dict[str, tuple[Side, str, str]] = {
            "ours": (ours, ours_at, TASK_QUEUE),
            "handwritten": (HandWritten(client=client, recorded=recorded), theirs_at, messages.TASK_QUEUE),
        }
        lanes = []
        for name, (side, url, queue) in sides.items():
            program = _worker(servers, name, url, queue, file)
            lanes.append(
                Lane(
                    name=name,
                    side=side,
                    recorded=recorded,
                    watch=await stack.enter_async_context(watching(url)),
                    database_url=url,
                    namespace=name,
                    worker_pid=stack.enter_context(running(program)),
                    servers=servers,
                )
            )
        yield lanes[0], lanes[1]


async def _record(servers: Servers, database_url: str) -> Recorded:
    recorder = Recorder()
    pool = make_pool(database_url)
    pool.connection_class = recorder.connection_class()
    async with pool:
        ours = await _ours(servers, pool, await furnish(pool))
        client = await connect_worker(servers.address, "ours", Keys(partial(read_key, pool)))
        async with make_worker(client, our_activities(pool, client)):
            return await recorded_case(ours, recorder)


async def _ours(servers: Servers, pool: Pool, pin: Pin) -> Ours:
    keys = Keys(partial(read_key, pool))
    client = await connect_door(servers.address, "ours", keys)
    return Ours(door=Door(client, pool, keys, now=now), pool=pool, pin=pin)


def _worker(servers: Servers, name: str, url: str, queue: str, recorded: Path) -> Program:
    since = now() - timedelta(seconds=1)
    return Program(
        name=f"Worker of {name}",
        command=(sys.executable, "-m", "bench.worker", name, str(recorded)),
        environment=os.environ | {"DATABASE_URL": url, "TEMPORAL_ADDRESS": servers.address, "TEMPORAL_NAMESPACE": name},
        folder=Path(__file__).parents[1],
        log=servers.folder / "logs" / f"{name}.log",
        is_ready=lambda: temporal.has_pollers(servers.address, name, queue, since=since),
    )
