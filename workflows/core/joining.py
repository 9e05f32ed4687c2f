"""When the branches or lines of a step are over, and what they come to (language.md 4.4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from procedures.language.model.steps import EachStep, ParallelStep
from workflows.core import branching, cancelling, facts, lines, paths, tokens
from workflows.core.events import Reason
from workflows.core.state import Track, TrackState, Verdict
from workflows.core.turn import Turn


@dataclass(frozen=True, slots=True)
class Tally:
    """How many closed granted or refused, how many are still awaited, how many may still answer at all."""

    granted: int
    refused: int
    awaited: int
    unanswered: int


def join(turn: Turn, path: str, id: str) -> Verdict | None:
    """Write down the outcome of a step, where what began in it has come to one. Raises `ConditionError`."""
    parent, step = turn.track(path), turn.pin.procedure.step(id)
    if parent.state is not TrackState.JOINING or parent.step != step.id:
        # Kept open when the step went on without it: nobody waits for it any more.
        return None
    assert isinstance(step, ParallelStep | EachStep)
    inner = branching.inner(turn.state, parent.path, step.id)
    outcome = outcome_of(step, tally(step, inner))
    if outcome is not None:
        settle(turn, parent, step, inner, outcome)
    return outcome


def settle(turn: Turn, parent: Track, step: ParallelStep | EachStep, inner: Sequence[Track], outcome: Verdict) -> None:
    """The step has come to an outcome: keep it, and end what is no longer needed (F11). Raises `ConditionError`."""
    counted = lines.totals(turn, step, inner) if isinstance(step, EachStep) else {}
    turn.keep_outcome(paths.join(parent.path, step.id), outcome)
    facts.keep(turn, parent.path, step.id, {"outcome": outcome.value, **counted})
    turn.write("joined", node=tokens.node_of(parent), data={"outcome": outcome.value, **_answers(step, inner)})
    if isinstance(step, ParallelStep) and step.rest == "drop":
        cancelling.cancel(turn, [track.path for track in inner if is_open(track)])


def outcome_of(step: ParallelStep | EachStep, tally: Tally) -> Verdict | None:
    """The table of joins; None while it does not hold."""
    match step.join if isinstance(step, ParallelStep) else "all":
        case "any":
            if tally.granted:
                return Verdict.GRANTED
            return Verdict.REFUSED if not tally.awaited else None
        case "quorum":
            assert isinstance(step, ParallelStep) and step.quorum is not None
            if tally.granted >= step.quorum:
                return Verdict.GRANTED
            return Verdict.REFUSED if tally.granted + tally.unanswered < step.quorum else None
        case _:
            return together(tally) if not tally.awaited else None


def together(tally: Tally) -> Verdict:
    """What all that answered come to."""
    if not tally.refused:
        return Verdict.GRANTED
    return Verdict.PARTLY if tally.granted else Verdict.REFUSED


def tally(step: ParallelStep | EachStep, inner: Sequence[Track]) -> Tally:
    optional = [branch.id for branch in step.branches if branch.optional] if isinstance(step, ParallelStep) else []
    unanswered = [track for track in inner if is_open(track)]
    return Tally(
        granted=sum(track.verdict is Verdict.GRANTED for track in inner),
        refused=sum(track.verdict is Verdict.REFUSED for track in inner),
        awaited=sum(paths.last(track.path) not in optional for track in unanswered),
        unanswered=len(unanswered),
    )


def is_open(track: Track) -> bool:
    return track.state not in (TrackState.DONE, TrackState.CANCELLED)


def shared_reason(turn: Turn, path: str, step: str) -> Reason | None:
    """Give the reason for which all that were refused were: it goes on with what follows from it."""
    refused = [one for one in branching.inner(turn.state, path, step) if one.verdict is Verdict.REFUSED]
    reasons = {one.reason for one in refused}
    return reasons.pop() if len(reasons) == 1 else None


def _answers(step: ParallelStep | EachStep, inner: Sequence[Track]) -> dict[str, JsonValue]:
    """Branches are named one by one, of lines it is said how many."""
    if isinstance(step, ParallelStep):
        return {"branches": {paths.last(one.path): one.verdict.value if one.verdict else None for one in inner}}
    found = tally(step, inner)
    return {"granted": found.granted, "refused": found.refused, "count": len(inner)}
