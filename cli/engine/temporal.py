"""A Temporal server of our own on PostgreSQL: its schema, dynamic configuration, namespace, and the program itself."""

import asyncio
import subprocess
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import psycopg
from google.protobuf.duration_pb2 import Duration
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    DescribeTaskQueueRequest,
    RegisterNamespaceRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from cli.engine.postgres import create_database
from cli.engine.program import EngineError, Program, bare_environment

T = TypeVar("T")

# Chosen once for ever: the server cannot change it afterwards. 4 suits one machine, 512 production.
SHARDS = 4

# A run stays open for 30 days after its case's end; closed runs are kept as long again.
RETENTION = timedelta(days=30)

# The frontend's port and the eight after it.
PORTS = (
    "FRONTEND_GRPC_PORT",
    "FRONTEND_HTTP_PORT",
    "FRONTEND_MEMBERSHIP_PORT",
    "HISTORY_GRPC_PORT",
    "HISTORY_MEMBERSHIP_PORT",
    "MATCHING_GRPC_PORT",
    "MATCHING_MEMBERSHIP_PORT",
    "WORKER_GRPC_PORT",
    "WORKER_MEMBERSHIP_PORT",
)

# Database, and the name of its schema inside temporal-sql-tool.
STORES = {"temporal": "postgresql/v12/temporal", "temporal_visibility": "postgresql/v12/visibility"}

DYNAMIC_CONFIG: dict[str, int | bool] = {
    # Visibility columns are that long; a longer id would be accepted and then fail.
    "limit.maxIDLength": 255,
    # With a handful of pollers more partitions only add hops.
    "matching.numTaskqueueReadPartitions": 1,
    "matching.numTaskqueueWritePartitions": 1,
    "history.hostLevelCacheMaxSize": 5000,
    "history.maxInFlightUpdates": 25,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TemporalServer:
    binaries: Path
    folder: Path
    port: int
    postgres_url: str
    dynamic_config: Mapping[str, int | bool] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"


def prepare(server: TemporalServer) -> Program:
    """Bring the schema up to the server's release (PostgreSQL must be running) and answer the program."""
    for database, schema in STORES.items():
        _migrate(server, database, schema)
    server.folder.mkdir(parents=True, exist_ok=True)
    dynamic = server.folder / "dynamic-config.yaml"
    dynamic.write_text(_as_dynamic_config(DYNAMIC_CONFIG | dict(server.dynamic_config)))
    ports = {name: str(server.port + step) for step, name in enumerate(PORTS)}
    return Program(
        name="Temporal",
        command=(str(server.binaries / "temporal-server"), "--allow-no-auth", "start"),
        environment=bare_environment()
        | ports
        | _store(server.postgres_url)
        | {"DYNAMIC_CONFIG_FILE_PATH": str(dynamic)},
        folder=server.folder,
        log=server.folder / "logs" / "temporal.log",
        is_ready=lambda: is_serving(server.address),
    )


def is_serving(address: str) -> bool:
    return _run(_is_serving(address))


def ensure_namespace(address: str, namespace: str) -> None:
    """Register `namespace` unless it exists, and return when the server serves it."""
    _run(_ensure_namespace(address, namespace))


def has_pollers(address: str, namespace: str, task_queue: str, *, since: datetime) -> bool:
    """Answer whether a worker has asked for workflow tasks of `task_queue` after `since`."""
    return _run(_has_pollers(address, namespace, task_queue, since))


def _run(work: Coroutine[None, None, T]) -> T:
    # On a thread of its own: the caller may live in an event loop already.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


def _store(postgres_url: str) -> dict[str, str]:
    where = _Where.of(postgres_url)
    return {
        "DB": "postgres12_pgx",
        "POSTGRES_SEEDS": where.host,
        "DB_PORT": where.port,
        "POSTGRES_USER": where.user,
        "POSTGRES_PWD": where.password,
        "DBNAME": "temporal",
        "VISIBILITY_DBNAME": "temporal_visibility",
        "NUM_HISTORY_SHARDS": str(SHARDS),
        # Each of the server's four services opens a pool of its own for each store.
        "SQL_MAX_CONNS": "10",
        "SQL_MAX_IDLE_CONNS": "10",
        "SQL_VIS_MAX_CONNS": "3",
        "SQL_VIS_MAX_IDLE_CONNS": "3",
        "BIND_ON_IP": "127.0.0.1",
        "TEMPORAL_BROADCAST_ADDRESS": "127.0.0.1",
        "LOG_LEVEL": "warn",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Where:
    """A database's address in the parts Temporal's programs ask for."""

    host: str
    port: str
    user: str
    password: str

    @classmethod
    def of(cls, url: str) -> "_Where":
        parts = conninfo_to_dict(url)
        return cls(
            host=str(parts.get("host") or "127.0.0.1"),
            port=str(parts.get("port") or "5432"),
            user=str(parts.get("user") or ""),
            password=str(parts.get("password") or ""),
        )


def _migrate(server: TemporalServer, database: str, schema: str) -> None:
    create_database(server.postgres_url, database)
    with psycopg.connect(make_conninfo(server.postgres_url, dbname=database)) as db:
        is_new = db.execute("select to_regclass('schema_version')").fetchone() == (None,)
    if is_new:
        _sql_tool(server, database, "setup-schema", "--version", "0.0")
    _sql_tool(server, database, "update-schema", "--schema-name", schema)


def _sql_tool(server: TemporalServer, database: str, *arguments: str) -> None:
    where = _Where.of(server.postgres_url)
    command = [str(server.binaries / "temporal-sql-tool"), "--plugin", "postgres12_pgx", "--db", database]
    done = subprocess.run(
        [*command, "--ep", where.host, "--port", where.port, *arguments],
        # By the environment: arguments can be read by everybody on the machine.
        env=bare_environment() | {"SQL_USER": where.user, "SQL_PASSWORD": where.password},
        capture_output=True,
        text=True,
        timeout=120,
    )
    if done.returncode != 0:
        raise EngineError(
            f"temporal-sql-tool {arguments[0]} failed on database {database}:\n{done.stdout}{done.stderr}"
        )


def _as_dynamic_config(values: Mapping[str, int | bool]) -> str:
    return "".join(f"{key}:\n  - value: {str(value).lower()}\n" for key, value in values.items())


async def _is_serving(address: str) -> bool:
    try:
        client = await asyncio.wait_for(Client.connect(address), timeout=5)
        return await client.service_client.check_health(timeout=timedelta(seconds=5))
    except (RuntimeError, RPCError, TimeoutError):
        return False


async def _ensure_namespace(address: str, namespace: str) -> None:
    client = await Client.connect(address)
    request = RegisterNamespaceRequest(
        namespace=namespace, workflow_execution_retention_period=Duration(seconds=int(RETENTION.total_seconds()))
    )
    try:
        await client.workflow_service.register_namespace(request)
    except RPCError as error:
        if error.status != RPCStatusCode.ALREADY_EXISTS:
            raise
    await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=namespace))


async def _has_pollers(address: str, namespace: str, task_queue: str, since: datetime) -> bool:
    client = await Client.connect(address, namespace=namespace)
    request = DescribeTaskQueueRequest(
        namespace=namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    described = await client.workflow_service.describe_task_queue(request)
    return any(poller.last_access_time.ToDatetime(tzinfo=UTC) > since for poller in described.pollers)
