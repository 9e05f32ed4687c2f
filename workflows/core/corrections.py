"""A correction of a delivered result under way: its own short way, and how it ends (core.md, correction round)."""

from dataclasses import replace

from workflows.core import delivery, paths, results
from workflows.core.state import Correction, Result, TrackState, Verdict
from workflows.core.turn import Turn


def next_step(turn: Turn, correction: Correction) -> str | None:
    """Take the next step of its way; what else the route did (money paid out, messages) is not done again."""
    turn.state = replace(turn.state, correction=replace(correction, way=correction.way[1:]))
    return next(iter(correction.way), None)


def end_if_ready(turn: Turn) -> None:
    """The corrected document takes the place of the first once it is issued; a no leaves everything as it was."""
    correction = turn.state.correction
    root = turn.track(paths.ROOT)
    if correction is None or correction.replaced or root.state is not TrackState.DONE:
        return
    dropped = root.verdict is Verdict.REFUSED
    turn.state = replace(turn.state, verdict=correction.verdict)
    old, new = of(turn, correction), _corrected(turn, correction)
    if dropped or new is None:
        _drop(turn, new)
    elif new.state == "issued":
        _replace(turn, old, new, correction)


def of(turn: Turn, correction: Correction) -> Result:
    return next(one for one in turn.state.results if one.node == correction.result)


def _corrected(turn: Turn, correction: Correction) -> Result | None:
    old = of(turn, correction)
    made = [one for one in turn.state.results if (one.track, one.step) == (old.track, old.step)]
    return made[-1] if made[-1].visit > old.visit and made[-1].state != "superseded" else None


def _drop(turn: Turn, draft: Result | None) -> None:
    if draft is not None:
        results.supersede(turn, draft)
    turn.state = replace(turn.state, correction=None)
    turn.write("correction_dropped")
    delivery.start_settling(turn)


def _replace(turn: Turn, old: Result, new: Result, correction: Correction) -> None:
    turn.set_result(replace(old, state="replaced"))
    turn.set_result(replace(new, replaces=old.node))
    turn.state = replace(turn.state, correction=replace(correction, replaced=True))
    turn.write("result_replaced", node=new.node, data={"replaces": old.node, "result": new.id, "number": new.number})
    delivery.begin(turn)
