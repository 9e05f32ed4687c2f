"""What people may know of branches and lists: how far each is, without looking into every line."""

from typing import Literal

from procedures.language.model.steps import Branch, EachStep, ParallelStep
from workflows.core import branching, paths
from workflows.core.pin import Pin
from workflows.core.state import State, Track, TrackState, Verdict
from workflows.core.views import BranchView, LinesView


def is_line(path: str) -> bool:
    """Is this a line, or something that began in one?"""
    return any(name.isdecimal() for name in path.split("/")[1::2])


def branches(pin: Pin, state: State) -> tuple[BranchView, ...]:
    shown = [track for track in state.tracks if paths.is_branch(track.path) and not is_line(track.path)]
    return tuple(_branch(pin, state, track) for track in shown)


def lists(pin: Pin, state: State) -> tuple[LinesView, ...]:
    found: dict[str, list[Track]] = {}
    for track in state.tracks:
        if paths.line(track.path) is not None:
            found.setdefault(track.path.rpartition("/")[0], []).append(track)
    return tuple(_lines(pin, path, tracks) for path, tracks in found.items())


def _branch(pin: Pin, state: State, track: Track) -> BranchView:
    declared = _declared(pin, track.path)
    id = branching.reply_clock(state, track.path)
    clock = next((clock for clock in state.clocks if clock.id == id), None)
    return BranchView(
        path=track.path,
        label=declared.label,
        state=_standing(track),
        text=declared.public.text,
        unit=track.unit,
        due=clock.due if clock is not None else None,
        late=clock is not None and clock.late,
    )


def _declared(pin: Pin, path: str) -> Branch:
    step = pin.procedure.step(paths.owner(path))
    assert isinstance(step, ParallelStep)
    return next(branch for branch in step.branches if branch.id == paths.last(path))


def _standing(track: Track) -> Literal["open", "held", "granted", "refused", "dropped"]:
    match track.state:
        case TrackState.HELD:
            return "held"
        case TrackState.CANCELLED:
            return "dropped"
        case TrackState.DONE:
            return "refused" if track.verdict is Verdict.REFUSED else "granted"
        case _:
            return "open"


def _lines(pin: Pin, path: str, tracks: list[Track]) -> LinesView:
    step = pin.procedure.step(path.rpartition("/")[2])
    assert isinstance(step, EachStep)
    verdicts = [track.verdict for track in tracks]
    return LinesView(
        path=path,
        of=step.of,
        count=len(tracks),
        granted=verdicts.count(Verdict.GRANTED),
        refused=verdicts.count(Verdict.REFUSED),
    )
