"""A parallel step as it opens: a track for every branch that is for this case, each under its own clock (F8)."""

from collections.abc import Sequence
from dataclasses import replace

from procedures.language.applying.selection import fits
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import Branch, EachStep, ParallelStep, Step
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
    turn.set_track(replace(track, state=TrackState.JOINING))
    turn.write("branched", node=tokens.node_of(track), data={"branches": [branch.id for branch in fitting]})
    for branch in fitting:
        path = paths.join(track.path, f"{step.id}/{branch.id}")
        _begin(turn, path, branch.steps[0], step, branch)
    return True


def reopen(turn: Turn, track: Track, target: str, again: Sequence[str]) -> None:
    """Enter a step of branches or lines anew, where only some of them begin again (F7)."""
    step = turn.pin.procedure.step(target)
    assert isinstance(step, ParallelStep | EachStep)
    key = turn.visit(paths.join(track.path, target))
    visit = paths.visit_of(key)
    parked = replace(
        track, step=target, visit=visit, state=TrackState.JOINING, trail=(*track.trail, f"{target}:{visit}"), task=None
    )
    turn.set_track(replace(parked, deciding=False, asking=False, moving=None, since=turn.now))
    turn.write("branched", node=key, data={"again": [paths.last(path) for path in again]})
    for path in again:
        branch = next((one for one in _branches(step) if one.id == paths.last(path)), None)
        _begin(turn, path, first_step(step, paths.last(path)), step, branch)


def first_step(step: ParallelStep | EachStep, name: str) -> Step:
    if isinstance(step, EachStep):
        return step.steps[0]
    return next(branch for branch in step.branches if branch.id == name).steps[0]


def reply_clock(state: State, path: str) -> str:
    """Name the clock of a branch; opened again, it has another one."""
    visit = state.visits.get(path, 0)
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


def _branches(step: ParallelStep | EachStep) -> tuple[Branch, ...]:
    return step.branches if isinstance(step, ParallelStep) else ()


def _begin(turn: Turn, path: str, first: Step, step: Step, branch: Branch | None) -> None:
    turn.drop_tracks(path)
    turn.set_track(Track(path=path, step=first.id, visit=0, state=TrackState.READY, since=turn.now))
    if branch is None:
        return
    turn.visit(path)
    if branch.within is not None:
        limit = Limit(within=branch.within, source=f"steps.{step.id}.branches.{branch.id}.within")
        clocks.start(turn, "reply", reply_clock(turn.state, path), limit, at=turn.now)


def _home(procedure: Procedure, state: State) -> str:
    """Name the place where the request itself was worked on last."""
    root = next(track for track in state.tracks if track.path == paths.ROOT)
    steps = [procedure.step(paths.step_of(key)) for key in root.trail]
    places = [step.at for step in steps if step.kind in ("task", "sign")]
    return places[-1] if places else "competent"


def _agency(procedure: Procedure, place: str) -> str | None:
    return next((unit.agency for unit in procedure.units if unit.id == place), None)
