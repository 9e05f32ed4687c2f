"""The worker: runs the cases' workflows and activities, and sends again what nobody waits for any more."""

import asyncio
import logging
import signal
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from temporalio.client import Client
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.addresses import Addresses
from activities.connectors import Connector
from activities.contracts import TASK_QUEUE
from activities.delivery import Archive, Delivery
from activities.documents import Documents
from activities.intake import Intake
from activities.mail import Mail
from activities.notification import Notification
from activities.recording import Recording
from activities.routing import Route
from activities.subcases import open_case
from logs import start_logging
from records.blobs import open_blobs
from records.case_keys import read_key
from records.pool import Pool, make_pool
from settings import Settings
from workflows.case import Case
from workflows.connection import connect_door, connect_worker
from workflows.door import Door
from workflows.mending import entries_in_history
from workflows.payloads import Keys

log = logging.getLogger(__name__)

# Imported once for all cases: their purity is held by lint and tests, not by the sandbox. CEL is a native module.
PASSED_THROUGH = ("procedures", "workflows", "activities", "cel_expr_python")
# More slots than the one core a process can use only make each case wait longer.
WORKFLOW_TASKS = 8
ACTIVITIES_AT_ONCE = 16
CACHED_CASES = 2000
GRACE = timedelta(seconds=10)
_POOL_SIZE = 12
# What Temporal's own core warns of comes again through Python's log, there without the values of an error's text.
_ONLY_ERRORS = TelemetryFilter(core_level="ERROR", other_level="ERROR")


def main() -> None:
    start_logging()
    Runtime.set_default(Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(filter=_ONLY_ERRORS))))
    asyncio.run(_until_told_to_stop(Settings.from_environment()))


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Work until `stop` is set; what is under way may end first."""
    async with make_pool(settings.require_database(), size=_POOL_SIZE) as pool:
        keys = Keys(partial(read_key, pool))
        client = await _connected(settings, keys)
        door_client = await connect_door(settings.temporal_address, settings.temporal_namespace, keys)
        door = Door(door_client, pool, keys, now=_now)
        async with make_worker(client, activities_of(settings, pool, client)), asyncio.TaskGroup() as tasks:
            tasks.create_task(door.sweep(stop))
            log.info("worker.ready")
        log.info("worker.stopped")


def make_worker(
    client: Client, activities: Sequence[Callable[..., Any]], *, cached_cases: int = CACHED_CASES
) -> Worker:
    return Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[Case],
        activities=activities,
        workflow_runner=sandbox(),
        max_concurrent_workflow_tasks=WORKFLOW_TASKS,
        max_concurrent_activities=ACTIVITIES_AT_ONCE,
        graceful_shutdown_timeout=GRACE,
        max_cached_workflows=cached_cases,
    )


def sandbox() -> SandboxedWorkflowRunner:
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH),
    )


def activities_of(settings: Settings, pool: Pool, client: Client) -> list[Callable[..., Any]]:
    """Every activity of the house, each with the parts of the outside it may touch."""
    addresses = Addresses(settings.public_url)
    blobs = open_blobs(settings.files)
    documents = Documents(pool, blobs=blobs, addresses=addresses)
    connector = Connector(pool, {"treasury": settings.treasury_url})
    mail = Mail(server=settings.smtp, sender=settings.mail_from)
    return [
        Recording(pool, now=_now, find_lost=partial(entries_in_history, client)).append,
        Intake(pool).register,
        Route(pool).resolve,
        documents.render,
        documents.number,
        documents.issue,
        Notification(pool, mail=mail, addresses=addresses).send,
        connector.call,
        connector.ask,
        open_case,
        Delivery(pool).dispatch,
        Archive(pool, blobs=blobs).pack,
    ]


async def _connected(settings: Settings, keys: Keys) -> Client:
    address = settings.temporal_address
    try:
        return await connect_worker(address, settings.temporal_namespace, keys)
    except RuntimeError as error:
        # The client has no error of its own for a server that is not there.
        raise SystemExit(
            f"Temporal does not answer at {address}: start it, or set TEMPORAL_ADDRESS. ({error})"
        ) from error


async def _until_told_to_stop(settings: Settings) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await run(settings, stop)


def _now() -> datetime:
    return datetime.now(UTC)
