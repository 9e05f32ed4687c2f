"""The token of a track at work: its step and node, its budget, and how it is held."""

from dataclasses import replace

from procedures.language.model.steps import SignStep, Step, TaskStep
from workflows.core import clocks, paths
from workflows.core.events import Key, Reason
from workflows.core.phases import desk_unit
from workflows.core.state import State, Track, TrackState
from workflows.core.timekeeping import Clock, ClockState, Interval, Limit
from workflows.core.turn import Turn


def step_of(turn: Turn, path: str) -> Step:
    return turn.pin.procedure.step(turn.track(path).step)


def node_of(track: Track) -> Key:
    """Name the visit a token stands at: `step:n` on the root track, else `path/step:n`."""
    return f"{paths.join(track.path, track.step)}:{track.visit}"


def work_step(turn: Turn, path: str) -> TaskStep | SignStep:
    step = step_of(turn, path)
    assert step.kind in ("task", "sign"), step.kind
    return step


def unit_for(state: State, function: str, place: str) -> str | None:
    """Name the unit that does a function at a place for this case; None where it has not been resolved."""
    known = state.routes.get(f"{function}@{place}")
    return known if known is not None or place != "receiving" else desk_unit(state)


def unit_at(state: State, place: str) -> str | None:
    """Name any unit known for a place: automatic steps have no function."""
    if place == "receiving":
        return desk_unit(state)
    return next((unit for route, unit in state.routes.items() if route.endswith(f"@{place}")), None)


def set_route(turn: Turn, path: str, unit: str) -> None:
    """Remember which unit does the step's function for this case."""
    step = work_step(turn, path)
    if turn.state.routes.get(f"{step.by}@{step.at}") != unit:
        routes = {**turn.state.routes, f"{step.by}@{step.at}": unit}
        turn.state = replace(turn.state, routes=dict(sorted(routes.items())))


def start_budget(turn: Turn, path: str) -> None:
    """Start the step's clock; after a hold it goes on with what the former visit had left."""
    track = turn.track(path)
    within = work_step(turn, path).within
    if within is None:
        return
    if (own := budget_of(turn, track)) is not None and own.state is not ClockState.STOPPED:
        return
    former = budget_of(turn, replace(track, visit=track.visit - 1))
    if former is not None and former.state is not ClockState.STOPPED:
        clocks.carry(turn, former, f"step:{node_of(track)}")
        return
    limit = Limit(within=within, source=f"steps.{track.step}.within")
    clocks.start(turn, "step", f"step:{node_of(track)}", limit, at=turn.now)


def budget_of(turn: Turn, track: Track) -> Clock | None:
    return turn.clock(f"step:{node_of(track)}")


def stop_budget(turn: Turn, path: str) -> None:
    clocks.stop(turn, f"step:{node_of(turn.track(path))}")


def suspend_budget(turn: Turn, path: str) -> None:
    """A token that is held uses up no budget."""
    pause = Interval(opened=turn.now, effect="pause", by_arrival=False)
    clocks.suspend(turn, f"step:{node_of(turn.track(path))}", pause)


def hold(turn: Turn, path: str, *, reason: Reason | None = None) -> None:
    """Hold a token; its task is gone, its step is entered again when the hold ends."""
    track = turn.track(path)
    if track.task is not None:
        turn.drop_task(track.task)
    held = replace(track, state=TrackState.HELD, task=None, deciding=False, asking=False, moving=None, since=turn.now)
    turn.set_track(held)
    turn.write("token_held", node=node_of(track), reason=reason)
