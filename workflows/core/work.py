"""Human steps as they open: where the work goes, the task, and the file that must get there first."""

from dataclasses import replace

from workflows.core import custody, paths, tokens
from workflows.core.phases import desk_unit
from workflows.core.state import Task, Track, TrackState
from workflows.core.turn import Turn


def open_task(turn: Turn, track: Track) -> None:
    """F3: the unit that does the step's function for this case; asked of the organisation where it is not known yet."""
    step = tokens.work_step(turn, track.path)
    unit = tokens.unit_for(turn.state, step.by, step.at)
    if unit is not None:
        place(turn, track.path, unit)
        return
    turn.set_track(replace(track, state=TrackState.WAITING))
    with_ = {"function": step.by, "place": step.at, "receiving": desk_unit(turn.state), "form": turn.state.form}
    turn.order(f"_route/{tokens.node_of(track)}", "Route.resolve", with_, track=track.path)


def place(turn: Turn, path: str, unit: str) -> None:
    """Send the file to the step's unit; the task opens there, once a hand-over that needs it is confirmed."""
    step = tokens.work_step(turn, path)
    offer = custody.move_file(turn, path, unit=unit, function=step.by)
    if offer is not None:
        custody.wait_for(turn, path, TrackState.OFFERED, offer.id)
        return
    begin(turn, path, unit)


def dispatch(turn: Turn, path: str) -> None:
    """No unit is known for the step: the desk finds one and hands the file over (the dispatch queue)."""
    turn.set_track(replace(turn.track(path), state=TrackState.WAITING))
    custody.bring_to_desk(turn, path)
    by = turn.pin.procedure.intake.by
    key = custody.open_transfer(turn, unit=desk_unit(turn.state), function=by, path=path)
    custody.wait_for(turn, path, TrackState.WAITING, key)


def begin(turn: Turn, path: str, unit: str) -> None:
    """Open the step's task where the file is, and start its budget."""
    step = tokens.work_step(turn, path)
    track = turn.track(path)
    key = tokens.node_of(track)
    kept = paths.named(path, step.id)
    former = turn.state.forms.get(kept) if track.visit > 1 else None
    doers = turn.state.doers.get(kept, ())
    turn.set_track(replace(track, state=TrackState.WAITING, task=key, unit=unit, function=step.by, moving=None))
    turn.add_task(
        Task(
            key=key,
            kind="step",
            function=step.by,
            unit=unit,
            since=turn.now,
            track=path,
            step=step.id,
            visit=track.visit,
            former=former,
            offered_to=doers[0] if former is not None and doers else None,
        )
    )
    turn.write("task_opened", node=key, data={"kind": "step", "function": step.by, "unit": unit})
    tokens.start_budget(turn, path)
