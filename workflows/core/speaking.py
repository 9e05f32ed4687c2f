"""Who may speak for a token: the officer of its open task, the desk, or the sender of a file nobody has confirmed."""

from workflows.core import custody, guards
from workflows.core.events import Actor, Key
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


def _unconfirmed(turn: Turn, actor: Actor) -> Track:
    """Until a hand-over is confirmed the sender answers for the file."""
    senders = {offer.id: (offer.sender_function, offer.sender) for offer in custody.offers(turn.state)}
    senders |= {task.key: (task.function, task.unit) for task in turn.tasks_of("transfer")}
    waiting = [track for track in turn.state.tracks if track.moving in senders]
    own = [track for track in waiting if senders[track.moving or ""] == (actor.function, actor.unit)]
    guards.that(bool(waiting), "no-such-task")
    guards.that(bool(own), "handover-unconfirmed")
    return own[0]
