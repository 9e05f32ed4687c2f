"""Carries a command to its case, under one id however often, and says what is known of it when the way is bad.

CourierError
├── NeverLeft               nothing was sent, surely
├── NotRunning              the server knows no open run of this case
└── Uncertain               it may have arrived
"""

import asyncio
import logging
from datetime import timedelta

from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.contracts import (
    COMMAND_UPDATE,
    TASK_QUEUE,
    WORKFLOW,
    Answered,
    Refusal,
    Sent,
    Start,
)
from workflows.connection import never_left
from workflows.core.refusals import Refused
from workflows.payloads import KeyGone

log = logging.getLogger(__name__)

DEADLINE = timedelta(seconds=8)
CALL_WITHIN = timedelta(seconds=6)
_PAUSE = 0.1


class CourierError(Exception):
    """The command was not answered."""


class NeverLeft(CourierError):
    pass


class NotRunning(CourierError):
    pass


class Uncertain(CourierError):
    pass


class Courier:
    def __init__(self, client: Client, *, deadline: timedelta = DEADLINE) -> None:
        self._client = client
        self._deadline = deadline.total_seconds()

    async def carry(self, case: str, command: str, sent: Sent, *, start: Start | None = None) -> Answered:
        """Send until answered or refused; `start` comes with a submission and begins the case if it has not begun."""
        give_up = asyncio.get_running_loop().time() + self._deadline
        has_left = False
        while True:
            try:
                async with asyncio.timeout_at(give_up):
                    return await self._send(case, command, sent, start)
            except WorkflowUpdateFailedError as error:
                raise _refusal_of(error, case, command) from error
            except (WorkflowAlreadyStartedError, KeyGone) as error:
                raise NotRunning from error
            except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
                raise Uncertain from error
            except (RPCError, RuntimeError) as error:
                if never_left(error):
                    raise (Uncertain if has_left else NeverLeft) from error
                if not isinstance(error, RPCError):
                    raise
                if error.status == RPCStatusCode.NOT_FOUND:
                    raise NotRunning from error
                has_left = True
            if asyncio.get_running_loop().time() + _PAUSE > give_up:
                raise Uncertain
            await asyncio.sleep(_PAUSE)

    async def _send(self, case: str, command: str, sent: Sent, start: Start | None) -> Answered:
        answered: Answered
        if start is None:
            handle = self._client.get_workflow_handle(case)
            answered = await handle.execute_update(
                COMMAND_UPDATE, sent, id=command, result_type=Answered, rpc_timeout=CALL_WITHIN
            )
            return answered
        beginning: WithStartWorkflowOperation[object, str] = WithStartWorkflowOperation(
            WORKFLOW,
            start,
            id=case,
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        )
        begun = asyncio.ensure_future(beginning.workflow_handle())
        try:
            answered = await self._client.execute_update_with_start_workflow(
                COMMAND_UPDATE,
                sent,
                start_workflow_operation=beginning,
                id=command,
                result_type=Answered,
                rpc_timeout=CALL_WITHIN,
            )
        finally:
            # The operation keeps an error a second time, and one that nobody fetches is reported as forgotten.
            begun.cancel()
            await asyncio.gather(begun, return_exceptions=True)
        return answered


def _refusal_of(error: WorkflowUpdateFailedError, case: str, command: str) -> Exception:
    match error.cause:
        case ApplicationError(details=[told, *_]):
            refusal = Refusal.model_validate(told)
            return Refused(refusal.code, **refusal.data)
        case _:
            # A defect in the check, or a run that ended under the command: sent again, it is judged anew.
            log.error("courier.command_failed", extra={"case": case, "command": command})
            return Uncertain()
