"""Who may speak for a token: the officer of its open task, the desk, or the sender of a file nobody has confirmed."""

from workflows.core import custody, guards
from workflows.core.events import Actor, Key
from workflows.core.phases import desk_unit, live_tracks
from workflows.core.refusals import Refused
from workflows.core.state import TaskKind, Track
from workflows.core.turn import Turn

_SPEAKING: tuple[TaskKind, ...] = ("step", "desk", "check", "expiry")


def track_of(turn: Turn, actor: Actor, named: Key | None) -> Track:
    """Find the token an officer may speak for: by the task named, or by the only one of theirs that is open."""
    if turn.approving is not None and turn.approving.track is not None:
        return turn.track(turn.approving.track)
    open_tasks = [task for task in turn.state.tasks if task.kind in _SPEAKING]
    if named is not None:
        open_tasks = [task for task in open_tasks if task.key == named]
        if not open_tasks:
            raise guards.no_task(turn.state, named)
    if not open_tasks:
        return _unconfirmed(turn, actor)
    own = [task for task in open_tasks if task.function == actor.function]
    if not own:
        raise Refused("wrong-function", function=open_tasks[0].function)
    guards.unit(actor, own[0].unit)
    # Of several tokens the command says which it speaks for.
    guards.that(len({task.track for task in own}) == 1, "form-invalid", fields=["task"])
    return turn.track(own[0].track or "")


def responsible(turn: Turn, actor: Actor) -> None:
    """Whoever has the case in hand may ask for more time: at an open task, with a file nobody confirmed, or last."""
    state = turn.state
    pairs = [(task.function, task.unit) for task in state.tasks if task.kind in ("step", "desk", "extension")]
    pairs += [(offer.sender_function, offer.sender) for offer in custody.offers(state)]
    pairs += [(task.function, task.unit) for task in turn.tasks_of("transfer")]
    if not pairs:
        moving = [(track.function, track.unit) for track in live_tracks(state) if track.function and track.unit]
        pairs = moving or [(turn.pin.procedure.intake.by, desk_unit(state))]
    guards.function(actor, *(function for function, _ in pairs))
    units = [unit for function, unit in pairs if function == actor.function]
    guards.that(actor.unit in units, "wrong-unit", unit=units[0])


def _unconfirmed(turn: Turn, actor: Actor) -> Track:
    """Until a hand-over is confirmed the sender answers for the file."""
    senders = {offer.id: (offer.sender_function, offer.sender) for offer in custody.offers(turn.state)}
    senders |= {task.key: (task.function, task.unit) for task in turn.tasks_of("transfer")}
    waiting = [track for track in turn.state.tracks if track.moving in senders]
    own = [track for track in waiting if senders[track.moving or ""] == (actor.function, actor.unit)]
    guards.that(bool(waiting), "no-such-task")
    guards.that(bool(own), "handover-unconfirmed")
    return own[0]
