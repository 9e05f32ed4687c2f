"""The desk during handling: a held track's task at the one-stop, to forward, ask a supplement or propose to stop."""

from workflows.core import custody, paths, tokens
from workflows.core.phases import desk_unit
from workflows.core.state import Task, TrackState
from workflows.core.turn import Turn


def take(turn: Turn, path: str) -> None:
    """Hold the track and open the desk's task; nothing is voided, the legal clock runs."""
    custody.bring_to_desk(turn, path)
    if turn.track(path).state is TrackState.HELD:
        # Held for a request that never left: nothing has stopped its budget yet.
        tokens.suspend_budget(turn, path)
    else:
        tokens.stop_budget(turn, path)
        tokens.hold(turn, path)
    open_desk(turn, path)
    custody.start_transfer(turn, path)


def open_desk(turn: Turn, path: str) -> None:
    key = turn.visit(paths.join(path, "_desk"))
    by = turn.pin.procedure.intake.by
    unit = desk_unit(turn.state)
    turn.add_task(Task(key=key, kind="desk", function=by, unit=unit, since=turn.now, track=path))
    turn.write("task_opened", node=key, data={"kind": "desk", "function": by, "unit": unit})


def task_of(turn: Turn, path: str) -> Task | None:
    return next((task for task in turn.tasks_of("desk") if task.track == path), None)


def leave(turn: Turn, path: str) -> None:
    """What stood at the desk goes another way."""
    task = task_of(turn, path)
    if task is not None:
        turn.drop_task(task.key)
