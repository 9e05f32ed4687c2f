"""A deliver step: results handed over before the end, by themselves or by an officer; and what carriers report."""

from dataclasses import replace

from pydantic import JsonValue

from procedures.language.model.steps import DeliverStep
from workflows.core import delivery, delivery_steps, flow, guards, incidents
from workflows.core.events import Deliver, Message
from workflows.core.phases import outstanding
from workflows.core.refusals import Refused
from workflows.core.state import Outcome, Result, Stage, TrackState
from workflows.core.turn import Turn


def deliver(turn: Turn, command: Deliver) -> Outcome:
    """Row c: by the function of the step, of a token that stands at one."""
    tasks = [task for task in turn.tasks_of("delivery") if task.track is not None]
    if not tasks:
        raise Refused("not-finished")
    own = next((task for task in tasks if task.function == command.actor.function), tasks[0])
    guards.function(command.actor, own.function)
    guards.unit(command.actor, own.unit)
    guards.that(bool(command.recipient), "recipient-unchecked")
    guards.that(not outstanding(turn.state), "fee-outstanding", fees=[fee.id for fee in outstanding(turn.state)])
    guards.ground(command.evidence)
    track = turn.track(own.track or "")
    results = [
        one for one in delivery_steps.results_of(turn, track) if not command.results or one.id in command.results
    ]
    chosen = [one for one in results if one.form != "electronic" and one.delivery in delivery_steps.STILL_HERE]
    guards.that(bool(chosen) and all(one.state == "issued" for one in chosen), "not-finished")
    for result in chosen:
        delivery.hand_out(turn, result, {"recipient": command.recipient, "evidence": command.evidence})
    go_on(turn)
    return Outcome.DONE


def reported(turn: Turn, message: Message) -> str | None:
    """delivery_reported a and c: what the carrier says of a parcel, known by its dispatch."""
    moving = [one for one in turn.state.results if one.delivery == "in_transit"]
    result = next((one for one in moving if message.key in (delivery.dispatch_id(one), one.node)), None)
    if result is None:
        return "nobody-waits"
    incidents.land(turn, delivery.dispatch_id(result))
    if message.data.get("delivered") is False:
        came_back(turn, result, message.data.get("reason"))
    else:
        delivery.hand_out(turn, result, {"by": "carrier", "source": message.source})
    go_on(turn)
    return None


def came_back(turn: Turn, result: Result, reason: JsonValue) -> None:
    """A parcel that came back is fetched, or handed over where a step waits for it."""
    if turn.state.stage is not Stage.HANDLING:
        delivery.returned(turn, result, reason)
        return
    turn.set_result(replace(result, delivery="returned", form="any"))
    turn.write("delivery_returned", node=result.node, data={"result": result.id, "why": reason})


def go_on(turn: Turn) -> None:
    """Leave every deliver step whose results are all out."""
    for track in turn.state.tracks:
        step = turn.pin.procedure.step(track.step)
        waits = track.state is TrackState.WAITING and isinstance(step, DeliverStep)
        if waits and delivery_steps.prepare(turn, track):
            flow.leave(turn, track.path, None)
