"""The worker of one side, in a process of its own: `python -m bench.worker ours|handwritten [RECORDED]`."""

import asyncio
import os
import pickle
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import GrpcCompression
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.recording import Recording
from bench import canned
from bench.handwritten import activities
from bench.handwritten.messages import TASK_QUEUE
from bench.handwritten.workflow import HandWrittenCase
from bench.rows import Recorded
from bench.script import now
from records.case_keys import read_key
from records.pool import Pool, make_pool
from worker import ACTIVITIES_AT_ONCE, CACHED_CASES, PASSED_THROUGH, WORKFLOW_TASKS, make_worker
from workflows.connection import connect_door, connect_worker
from workflows.door import Door
from workflows.mending import entries_in_history
from workflows.payloads import Keys

POOL_SIZE = 12


async def run(side: str, recorded: Path | None, stop: asyncio.Event) -> None:
    address, namespace = os.environ["TEMPORAL_ADDRESS"], os.environ["TEMPORAL_NAMESPACE"]
    async with make_pool(os.environ["DATABASE_URL"], size=POOL_SIZE) as pool:
        if side == "ours":
            await _ours(pool, address, namespace, stop)
        else:
            assert recorded is not None
            await _handwritten(pool, address, namespace, pickle.loads(recorded.read_bytes()), stop)


def our_activities(pool: Pool, client: Client) -> list[Callable[..., Any]]:
    return [Recording(pool, now=now, find_lost=partial(entries_in_history, client)).append, *canned.CANNED]


async def connect_handwritten(address: str, namespace: str) -> Client:
    return await Client.connect(
        address, namespace=namespace, data_converter=pydantic_data_converter, grpc_compression=GrpcCompression.NONE
    )


async def _ours(pool: Pool, address: str, namespace: str, stop: asyncio.Event) -> None:
    keys = Keys(partial(read_key, pool))
    client = await connect_worker(address, namespace, keys)
    door = Door(await connect_door(address, namespace, keys), pool, keys, now=now)
    async with make_worker(client, our_activities(pool, client)):
        await door.sweep(stop)


async def _handwritten(pool: Pool, address: str, namespace: str, recorded: Recorded, stop: asyncio.Event) -> None:
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH, "bench", "records")
    worker = Worker(
        await connect_handwritten(address, namespace),
        task_queue=TASK_QUEUE,
        workflows=[HandWrittenCase],
        activities=[activities.Projector(pool, recorded).project, *activities.CANNED],
        workflow_runner=SandboxedWorkflowRunner(restrictions=restrictions),
        max_concurrent_workflow_tasks=WORKFLOW_TASKS,
        max_concurrent_activities=ACTIVITIES_AT_ONCE,
        max_cached_workflows=CACHED_CASES,
    )
    async with worker:
        await stop.wait()


async def _until_told_to_stop(side: str, recorded: Path | None) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await run(side, recorded, stop)


if __name__ == "__main__":
    asyncio.run(_until_told_to_stop(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else None))
