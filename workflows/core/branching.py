"""A parallel step as it opens: a track for every branch that is for this case, each under its own clock (F8)."""

from dataclasses import replace

from procedures.language.model import Procedure
from procedures.language.selection import fits
from procedures.language.steps import Branch, ParallelStep
from workflows.core import clocks, facts, paths, tokens
from workflows.core.state import State, Track, TrackState
from workflows.core.timekeeping import Limit
from workflows.core.turn import Turn


def open_branches(turn: Turn, track: Track) -> bool:
    """Park the token and begin the branches in the order of the file; say whether there is any."""
    step = tokens.step_of(turn, track.path)
    assert isinstance(step, ParallelStep)
    known = facts.known(turn, track.path)
    fitting = [branch for branch in step.branches if fits(turn.pin.procedure, branch.selectors, known)]
    if not fitting:
        return False
    _park(turn, track, [branch.id for branch in fitting])
    for branch in fitting:
        _begin(turn, track, step, branch)
    return True


def reply_clock(turn: Turn, path: str) -> str:
    """Name the clock of a branch; opened again, it has another one."""
    visit = turn.state.visits.get(path, 0)
    return f"reply:{path}" if visit < 2 else f"reply:{path}:{visit}"


def inner(state: State, path: str, step: str) -> tuple[Track, ...]:
    """Find the branches or lines that began at a step of a track."""
    here = paths.join(path, step)
    return tuple(track for track in state.tracks if track.path.rpartition("/")[0] == here)


def asks_another_agency(procedure: Procedure, state: State, path: str, place: str) -> bool:
    """Does work at a place, inside a branch, lie with another agency than the one that answers for the case?

    Where an agency is not declared, `competent` or `receiving`, another unit counts as another agency.
    """
    if all(name.isdecimal() for name in path.split("/")[1::2]):
        return False
    home = _home(procedure, state)
    own, other = _agency(procedure, home), _agency(procedure, place)
    if own is not None and other is not None:
        return own != other
    return place != home and tokens.unit_at(state, place) != tokens.unit_at(state, home)


def _park(turn: Turn, track: Track, branches: list[str]) -> None:
    turn.set_track(replace(track, state=TrackState.JOINING))
    turn.write("branched", node=tokens.node_of(track), data={"branches": list(branches)})


def _begin(turn: Turn, track: Track, step: ParallelStep, branch: Branch) -> None:
    path = paths.join(track.path, f"{step.id}/{branch.id}")
    turn.visit(path)
    turn.drop_tracks(path)
    turn.set_track(Track(path=path, step=branch.steps[0].id, visit=0, state=TrackState.READY, since=turn.now))
    if branch.within is not None:
        limit = Limit(within=branch.within, source=f"steps.{step.id}.branches.{branch.id}.within")
        clocks.start(turn, "reply", reply_clock(turn, path), limit, at=turn.now)


def _home(procedure: Procedure, state: State) -> str:
    """Name the place where the request itself was worked on last."""
    root = next(track for track in state.tracks if track.path == paths.ROOT)
    steps = [procedure.step(paths.step_of(key)) for key in root.trail]
    places = [step.at for step in steps if step.kind in ("task", "sign")]
    return places[-1] if places else "competent"


def _agency(procedure: Procedure, place: str) -> str | None:
    return next((unit.agency for unit in procedure.units if unit.id == place), None)
