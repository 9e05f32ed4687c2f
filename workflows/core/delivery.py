"""From the one-stop to the recipient: results that go by themselves, results that are fetched, and the end of both."""

from dataclasses import replace
from datetime import datetime

from pydantic import JsonValue

from workflows.core import clocks, guards, notices
from workflows.core.events import Deliver
from workflows.core.phases import collection_unit, outstanding, results_for_people
from workflows.core.state import Outcome, Result, Stage, Task
from workflows.core.timekeeping import Limit
from workflows.core.turn import Turn, text_of


def finish(turn: Turn, at: datetime) -> None:
    """Set the instant that counts for the legal limit; late once is late for ever (I23)."""
    legal = turn.clock(clocks.LEGAL)
    # While it stands still nothing is due, so nothing is late.
    if legal is not None and legal.due is not None and at > legal.due:
        clocks.set_late(turn, clocks.LEGAL)
    clocks.stop(turn, clocks.LEGAL, at=at)
    turn.state = replace(turn.state, finished_at=at)


def begin(turn: Turn) -> None:
    """Send what is electronic once nothing is owed; for the rest open the task of the desk and tell the recipient."""
    owed = outstanding(turn.state)
    for result in [one for one in results_for_people(turn.state) if one.delivery == "none"]:
        if result.form != "electronic":
            turn.set_result(replace(result, delivery="ready"))
        elif not owed:
            dispatch(turn, result)
    if any(result.delivery == "ready" for result in results_for_people(turn.state)):
        _wait_for_collection(turn)
    if turn.state.stage is Stage.RESOLVED and _are_all_out(turn):
        # Steps of the way have handed everything over before the end.
        _set_delivered(turn)
        turn.write("delivered", data={"results": [result.id for result in results_for_people(turn.state)]})
        _all_out(turn)


def deliver(turn: Turn, command: Deliver) -> Outcome:
    """Rows a and b: all results that go to people, or the named part of them; of a delivered case a corrected one."""
    delivery = turn.pin.procedure.delivery
    guards.function(command.actor, delivery.by)
    guards.unit(command.actor, collection_unit(turn.state))
    guards.that(bool(command.recipient), "recipient-unchecked")
    guards.that(not outstanding(turn.state), "fee-outstanding", fees=[fee.id for fee in outstanding(turn.state)])
    guards.ground(command.evidence)
    chosen = [guards.named_result(turn.state, id) for id in command.results] or [
        result for result in results_for_people(turn.state) if result.delivery in ("ready", "returned")
    ]
    guards.that(bool(chosen), "in-transit")
    for result in chosen:
        guards.that(result.delivery in ("ready", "returned"), "in-transit")
    for result in chosen:
        hand_out(turn, result, {"recipient": command.recipient, "evidence": command.evidence})
    return Outcome.DONE


def hand_out(turn: Turn, result: Result, data: dict[str, JsonValue]) -> None:
    turn.set_result(replace(result, delivery="delivered"))
    if turn.state.stage is Stage.RESOLVED and _are_all_out(turn):
        _set_delivered(turn)
    if turn.state.stage is Stage.DELIVERED:
        turn.state = replace(turn.state, correction=None)
    turn.write("delivered", node=result.node, data={"result": result.id, **data})
    if turn.state.stage is Stage.DELIVERED:
        _all_out(turn)


def _are_all_out(turn: Turn) -> bool:
    results = results_for_people(turn.state)
    return bool(results) and all(result.delivery == "delivered" for result in results)


def _set_delivered(turn: Turn) -> None:
    turn.state = replace(turn.state, stage=Stage.DELIVERED)
    if turn.state.finished_at is None:
        finish(turn, turn.now)


def returned(turn: Turn, result: Result, reason: JsonValue) -> None:
    turn.set_result(replace(result, delivery="returned"))
    turn.write("delivery_returned", node=result.node, data={"result": result.id, "why": reason})
    _wait_for_collection(turn)


def start_settling(turn: Turn) -> None:
    limit = Limit(within=turn.pin.procedure.retention.settle, source="retention.settle")
    clocks.start_anew(turn, "settle", limit)


def dispatch(turn: Turn, result: Result) -> None:
    turn.set_result(replace(result, delivery="in_transit"))
    declared = turn.pin.procedure.result(result.id)
    with_: dict[str, JsonValue] = {
        "result": result.id,
        "document": result.document,
        "to": list(notices.recipient(turn.state, declared.to if declared is not None else "recipient")),
        "code": turn.state.code,
    }
    turn.order(dispatch_id(result), "Delivery.dispatch", with_, irrevocable=True)


def dispatch_id(result: Result) -> str:
    return f"_deliver/{result.node}"


def _wait_for_collection(turn: Turn) -> None:
    if any(task.track is None for task in turn.tasks_of("delivery")):
        return
    delivery = turn.pin.procedure.delivery
    key = turn.visit("_delivery")
    unit = collection_unit(turn.state)
    turn.add_task(Task(key=key, kind="delivery", function=delivery.by, unit=unit, since=turn.now))
    turn.write("task_opened", node=key, data={"kind": "delivery", "function": delivery.by, "unit": unit})
    limit = Limit(within=delivery.uncollected_after, source="delivery.uncollected_after")
    clocks.start_anew(turn, "collect", limit)
    notices.tell(turn, "resolved", notices.recipient(turn.state))


def _all_out(turn: Turn) -> None:
    clocks.stop_kind(turn, "collect")
    for task in turn.tasks_of("delivery"):
        turn.drop_task(task.key)
    start_settling(turn)
    values: dict[str, JsonValue] = {"delivered_at": text_of(turn.now)}
    notices.tell(turn, "delivered", notices.recipient(turn.state), values=values)
