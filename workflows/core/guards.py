"""What rows demand of an actor and a command, each with the code it refuses with."""

from procedures.json_types import Json
from workflows.core import paths
from workflows.core.events import Actor, Key, Lines, Reason, Ref
from workflows.core.phases import desk_unit, open_round
from workflows.core.refusals import Refused
from workflows.core.state import Handover, Result, State, Task, Track, TrackState
from workflows.core.turn import Turn, text_of

MOST_LINES = 200
_NOT_YET = {
    TrackState.HELD: "task-held",
    TrackState.OFFERED: "handover-unconfirmed",
    TrackState.WAITING: "handover-unconfirmed",
}


def that(condition: bool, code: str, /, **data: Json) -> None:
    if not condition:
        raise Refused(code, **data)


def function(actor: Actor, *functions: str) -> None:
    """The duty is verified at the door and matched here."""
    that(actor.function in functions, "wrong-function", function=functions[0])


def unit(actor: Actor, unit: str) -> None:
    that(actor.unit == unit, "wrong-unit", unit=unit)


def party(state: State, actor: Actor) -> None:
    """The submitter, the owner or their proxy; an officer never acts for them unasked."""
    own = [one.ref for one in state.parties if one.role in ("submitter", "owner")]
    that(actor.function is None and any(person in own for person in actor.persons), "not-a-party")


def party_or_desk(turn: Turn, actor: Actor) -> None:
    """Papers may be brought in: the desk then records them."""
    if actor.function != turn.pin.procedure.intake.by:
        party(turn.state, actor)
    else:
        unit(actor, desk_unit(turn.state))


def not_too_many(lines: Lines) -> None:
    """A longer list is filed as linked cases (core.md section 5)."""
    longer = [f"form.{field}" for field, rows in lines.items() if len(rows) > MOST_LINES]
    that(not longer, "form-invalid", fields=[*longer])


def reason(reason: Reason | None) -> None:
    that(reason is not None and bool(reason.code), "reason-required")


def words(reason: Reason | None) -> Reason:
    """A code is not enough: somebody will read why."""
    if reason is None or not reason.text:
        raise Refused("reason-required")
    return reason


def ground(ground: Ref | None) -> None:
    that(bool(ground), "ground-required")


def undecided(state: State, path: str = paths.ROOT) -> None:
    """Before a result of the case is decided; a branch whose own result is still open may go on (core.md, rule 7)."""
    inside = [track for track in state.tracks if path != paths.ROOT and paths.is_within(track.path, path)]
    decided = any(track.decided for track in inside) if inside else state.decided_at is not None
    that(not decided, "decision-exists", date=text_of(state.decided_at))


def no_signature_in_flight(state: State, path: str = paths.ROOT) -> None:
    that(not signature_in_flight(state, path), "signature-in-flight")


def signature_in_flight(state: State, path: str = paths.ROOT) -> bool:
    """What a deciding step ordered is out and unanswered: also while nobody knows whether it failed."""
    deciding = [track.path for track in state.tracks if track.deciding and paths.is_within(track.path, path)]
    return any(flight.track in deciding and not flight.cancelled for flight in state.effects)


def live_task(turn: Turn, key: Key) -> tuple[Task, Track]:
    """Find the step's task a command names, and the token that waits at it."""
    task = turn.task(key)
    if task is None or task.kind != "step" or task.track is None:
        raise no_task(turn.state, key)
    return task, turn.track(task.track)


def own_task(turn: Turn, actor: Actor, key: Key) -> Track:
    """Find the token at whose open task the actor may act."""
    task, track = live_task(turn, key)
    function(actor, task.function)
    unit(actor, task.unit)
    return track


def no_task(state: State, key: Key) -> Refused:
    """Say why there is no such open task: its token is held, its hand-over unconfirmed, or its visit over."""
    node, _, visit = key.rpartition(":")
    for track in state.tracks:
        if (paths.join(track.path, track.step), str(track.visit)) == (node, visit) and track.state in _NOT_YET:
            return Refused(_NOT_YET[track.state])
    if not (visit.isdecimal() and 1 <= int(visit) <= state.visits.get(node, 0)):
        return Refused("no-such-task")
    doers = state.doers.get(paths.named(paths.path_of(key), paths.step_of(key)), ())
    return Refused("task-closed", actor=doers[0] if doers else None)


def is_without_round(state: State) -> bool:
    return open_round(state) is None


def no_open_round(state: State) -> None:
    that(open_round(state) is None, "supplement-outstanding")


def named_offer(state: State, id: Key) -> Handover:
    offer = next((one for one in state.handovers if one.id == id and one.state == "offered"), None)
    if offer is None:
        raise Refused("no-such-handover")
    return offer


def named_result(state: State, id: str) -> Result:
    found = next((one for one in state.results if one.id == id and one.kind != "paper" and one.state == "issued"), None)
    if found is None:
        raise Refused("not-finished")
    return found
