"""Is it alive, and is each part it needs ready."""

import asyncio
from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from psycopg import Error
from psycopg_pool import PoolTimeout
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.service import RPCError

from activities.contracts import TASK_QUEUE
from api.desk import Desk
from api.who import TheDesk

router = APIRouter(prefix="/health", tags=["health"])
PATIENCE = timedelta(seconds=3)


@router.get("/live")
async def live() -> dict[str, str]:
    return {"status": "live"}


@router.get("/ready")
async def ready(desk: TheDesk) -> JSONResponse:
    """Answer 200 when every part is ready, else 503, with the state of each part."""
    postgres, temporal = await asyncio.gather(_postgres(desk), _temporal(desk))
    parts = {"postgresql": postgres, **temporal}
    is_ready = all(state == "ready" for state in parts.values())
    return JSONResponse(
        {"status": "ready" if is_ready else "not-ready", "parts": parts},
        200 if is_ready else 503,
        {} if is_ready else {"Retry-After": "5"},
    )


async def _postgres(desk: Desk) -> str:
    try:
        async with desk.pool.connection(timeout=PATIENCE.total_seconds()) as db:
            await db.execute("select 1")
    except (Error, PoolTimeout):
        return "unreachable"
    return "ready"


async def _temporal(desk: Desk) -> dict[str, str]:
    """A server without a worker takes commands and answers none of them."""
    request = DescribeTaskQueueRequest(
        namespace=desk.client.namespace,
        task_queue=TaskQueue(name=TASK_QUEUE),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    try:
        answer = await asyncio.wait_for(
            desk.client.workflow_service.describe_task_queue(request, timeout=PATIENCE), PATIENCE.total_seconds()
        )
    except (RPCError, TimeoutError):
        return {"temporal": "unreachable", "worker": "unknown"}
    return {"temporal": "ready", "worker": "ready" if answer.pollers else "no worker is listening"}
