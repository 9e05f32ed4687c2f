"""What a deliver step has to hand over: sent as soon as it is issued, or by an officer with a task."""

from dataclasses import replace

from procedures.language.model.steps import DeliverStep
from workflows.core import custody, delivery, tokens
from workflows.core.phases import collection_unit, file_unit, results_for_people
from workflows.core.state import Result, Task, Track, TrackState
from workflows.core.turn import Turn

STILL_HERE = ("ready", "returned", "none")


def begin(turn: Turn, track: Track) -> bool:
    """Park the token; say whether there is nothing to hand over."""
    custody.send_with_first_step(turn, track.path, file_unit(turn.state, track.path))
    return prepare(turn, turn.set_track(replace(turn.track(track.path), state=TrackState.WAITING)))


def prepare(turn: Turn, track: Track) -> bool:
    """Send what is electronic, ask an officer for the rest; say whether all is out."""
    for result in results_of(turn, track):
        if result.form == "electronic" and result.state == "issued" and result.delivery == "none":
            delivery.dispatch(turn, result)
    results = results_of(turn, track)
    if all(result.delivery == "delivered" for result in results):
        for task in turn.tasks_of("delivery"):
            if task.track == track.path:
                turn.drop_task(task.key)
        return True
    if any(result.form != "electronic" and result.delivery in STILL_HERE for result in results):
        _open_task(turn, track)
    return False


def results_of(turn: Turn, track: Track) -> list[Result]:
    step = _step(turn, track)
    return [one for one in results_for_people(turn.state) if one.id in step.results]


def _open_task(turn: Turn, track: Track) -> None:
    key, by, unit = tokens.node_of(track), _step(turn, track).by, collection_unit(turn.state)
    if turn.task(key) is None:
        task = Task(key=key, kind="delivery", function=by, unit=unit, since=turn.now, track=track.path, step=track.step)
        turn.add_task(task)
        turn.write("task_opened", node=key, data={"kind": "delivery", "function": by, "unit": unit})


def _step(turn: Turn, track: Track) -> DeliverStep:
    step = tokens.step_of(turn, track.path)
    assert isinstance(step, DeliverStep)
    return step
