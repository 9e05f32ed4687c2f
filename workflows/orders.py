"""How an effect of the core becomes an activity, and the end of an activity an event of the core."""

from typing import Any

from pydantic import TypeAdapter
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError, CancelledError
from temporalio.workflow import ActivityCancellationType, ActivityHandle

from activities.contracts import Contract, Failure, Order, Told, Unrecorded
from workflows.core import events

_MESSAGE: TypeAdapter[events.Message] = TypeAdapter(events.Message)


def start(
    activity: str, payload: Order | Unrecorded, *, id: str, contract: Contract, result: type[Any]
) -> ActivityHandle[Any]:
    """Schedule `activity` under an id of the case's own: the replay checker compares nothing else of it."""
    return workflow.start_activity(
        activity,
        payload,
        activity_id=id,
        result_type=result,
        start_to_close_timeout=contract.attempt,
        retry_policy=RetryPolicy(
            initial_interval=contract.first_pause,
            maximum_interval=contract.longest_pause,
            maximum_attempts=contract.attempts,
        ),
        # Whether it happened is what the core must know; a cancelled activity may have happened.
        cancellation_type=ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    )


def failure_of(effect: str, error: ActivityError) -> events.EffectFailed | events.EffectCancelled:
    match error.cause:
        case CancelledError():
            return events.EffectCancelled(id=effect)
        case ApplicationError(type=code, details=[told, *_]) if code:
            failure = Failure.model_validate(told)
            return events.EffectFailed(id=effect, code=code, detail=failure.detail, business=failure.business)
        case _:
            # Its attempts are used up; the text may name people and stays in the worker's log.
            return events.EffectFailed(id=effect, code="attempts-used-up")


def message_of(told: Told) -> events.Message:
    return _MESSAGE.validate_python(told.model_dump())
