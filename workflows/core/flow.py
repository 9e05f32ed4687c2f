"""How a token moves through the steps: F1, F2, F5, F6, F13 and F14 of the language, one move at a time."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import JsonValue

from procedures.language.applying.selection import fits
from procedures.language.conditions.evaluation import ConditionError, holds
from procedures.language.model.parts import EVERYONE
from procedures.language.model.steps import (
    CALLER,
    DESK,
    END,
    END_REFUSED,
    REFUSE,
    STOP,
    SUPPLEMENT,
    PayStep,
    Step,
    TaskStep,
)
from workflows.core import (
    automatic,
    branching,
    cancelling,
    choosing,
    clocks,
    corrections,
    custody,
    delivery_steps,
    desk,
    facts,
    fees,
    incidents,
    joining,
    lines,
    paths,
    results,
    stops,
    subcases,
    waiting,
    work,
)
from workflows.core.events import Reason
from workflows.core.phases import file_unit, open_tracks
from workflows.core.state import Correction, Stage, Track, TrackState, Verdict
from workflows.core.turn import Turn

MOST_MOVES = 1000
PAID = "paid"


def open_root(turn: Turn) -> None:
    """F1: acceptance opens the root track at its first step."""
    first = turn.pin.procedure.first()
    turn.set_track(Track(path=paths.ROOT, step=first.id, visit=0, state=TrackState.READY, since=turn.now))


def enter(turn: Turn, path: str, step: Step | None) -> None:
    """Put the token before a step, ready to be moved into it; after the last step comes the end."""
    if step is None:
        close(turn, path, Verdict.GRANTED)
        return
    ready = replace(
        turn.track(path),
        step=step.id,
        visit=0,
        state=TrackState.READY,
        task=None,
        deciding=False,
        asking=False,
        moving=None,
        since=turn.now,
    )
    turn.set_track(ready)


def enter_again(turn: Turn, path: str) -> None:
    """Enter the step at which the token was held: its next visit takes the place of the former one."""
    track = turn.track(path)
    turn.set_track(replace(track, trail=track.trail[:-1]))
    enter(turn, path, turn.pin.procedure.step(track.step))


def advance(turn: Turn) -> None:
    """F14: move ready tokens until none is ready, then see whether the case has its result."""
    while ready := next((track for track in turn.state.tracks if track.state is TrackState.READY), None):
        if turn.moves_of(ready.path) > MOST_MOVES:
            _park(turn, ready.path, "route-loop")
            continue
        _move(turn, ready)
    if turn.state.stage is Stage.HANDLING:
        results.resolve_if_ready(turn)
    elif turn.state.correction is not None:
        corrections.end_if_ready(turn)


def leave(turn: Turn, path: str, outcome: str | None, *, reason: Reason | None = None) -> None:
    """F5: the visit ends with an outcome; go where that leads. What a person decides has its own reason or none."""
    track = turn.track(path)
    step = turn.pin.procedure.step(track.step)
    if reason is not None or isinstance(step, TaskStep):
        turn.set_track(replace(track, reason=reason))
    chosen = None if outcome is None else step.outcome(outcome)
    if turn.state.correction is not None and path == paths.ROOT:
        _go_on_correcting(turn, turn.state.correction, is_no=chosen is not None and chosen.target in results.ASIDE)
        return
    go(turn, path, chosen.target if chosen is not None else step.then)


def _go_on_correcting(turn: Turn, correction: Correction, *, is_no: bool) -> None:
    following = None if is_no else corrections.next_step(turn, correction)
    if following is not None:
        enter(turn, paths.ROOT, turn.pin.procedure.step(following))
        return
    turn.end_track(paths.ROOT, TrackState.DONE, Verdict.REFUSED if is_no else Verdict.GRANTED)


def go(turn: Turn, path: str, target: str | None) -> None:
    """F6: without a target comes the next step of the list."""
    handler = None if target is None else _TARGETS.get(target)
    if handler is not None:
        handler(turn, path)
    elif target is None:
        enter(turn, path, turn.pin.procedure.following(turn.track(path).step))
    else:
        enter(turn, path, turn.pin.procedure.step(target))


def refuse(turn: Turn, path: str) -> None:
    """Go on in the procedure's own step `refuse` or the profile's sequence; what led here is its caller."""
    procedure = turn.pin.procedure
    track = turn.track(path)
    turn.set_track(replace(track, caller=track.step))
    in_profile = REFUSE in procedure.sequences
    enter(turn, path, procedure.first(REFUSE) if in_profile else procedure.step(REFUSE))


def close(turn: Turn, path: str, verdict: Verdict) -> None:
    """Close a sequence: the root with the whole case (F13), another with the step it belongs to (F10)."""
    turn.end_track(path, TrackState.DONE, verdict)
    if path == paths.ROOT:
        _close_case(turn, verdict)
        return
    clocks.stop(turn, branching.reply_clock(turn.state, path))
    join(turn, paths.parent(path), paths.owner(path))


def join(turn: Turn, path: str, step: str) -> None:
    """F10: see whether what began in a step is over, and go on with its outcome."""
    try:
        outcome = joining.join(turn, path, step)
    except ConditionError:
        incidents.open_incident(turn, code="bad-expression", track=path)
        return
    if outcome is not None:
        leave(turn, path, outcome.value, reason=joining.shared_reason(turn, path, step))


def try_again(turn: Turn, path: str) -> None:
    """Move a token on that an incident of its route had parked."""
    track = turn.track(path)
    if track.state is TrackState.JOINING:
        join(turn, path, track.step)
        return
    turn.set_track(replace(track, state=TrackState.READY, trail=_without_this_visit(track.trail, track.step)))


def _without_this_visit(trail: tuple[str, ...], step: str) -> tuple[str, ...]:
    return trail[:-1] if trail and paths.step_of(trail[-1]) == step else trail


def _close_case(turn: Turn, verdict: Verdict) -> None:
    """Branches kept open until now end, and whatever part was not granted shows in the verdict (language.md 4.4)."""
    cancelling.cancel(turn, [track.path for track in open_tracks(turn.state) if paths.parent(track.path) == paths.ROOT])
    ended = {track.path for track in turn.state.tracks if track.state is not TrackState.CANCELLED}
    partly = any(
        outcome is not Verdict.GRANTED for node, outcome in turn.state.joins.items() if paths.path_of(node) in ended
    )
    turn.state = replace(turn.state, verdict=Verdict.PARTLY if partly and verdict is Verdict.GRANTED else verdict)


def _move(turn: Turn, track: Track) -> None:
    """F2: pass what is skipped, else open the next visit of the step."""
    step = turn.pin.procedure.step(track.step)
    node = paths.join(track.path, step.id)
    try:
        skipped = _why_skipped(turn, track.path, step)
        if skipped is not None:
            turn.write("step_skipped", node=node, data=skipped)
            enter(turn, track.path, turn.pin.procedure.following(step.id))
            return
        visit = paths.visit_of(turn.visit(node))
        opened = replace(
            track,
            visit=visit,
            trail=(*track.trail, f"{step.id}:{visit}"),
            deciding=step.deciding,
            asking=_asks_another(turn, track.path, step),
            since=turn.now,
        )
        _OPENERS[step.kind](turn, turn.set_track(opened))
    except ConditionError:
        # An expression that cannot be evaluated is never taken for false (language.md section 3).
        _park(turn, track.path, "bad-expression")


def _asks_another(turn: Turn, path: str, step: Step) -> bool:
    if step.kind not in ("task", "sign", "document", "call"):
        return False
    return branching.asks_another_agency(turn.pin.procedure, turn.state, path, step.at)


def _park(turn: Turn, path: str, code: str) -> None:
    turn.set_track(replace(turn.track(path), state=TrackState.WAITING))
    incidents.open_incident(turn, code=code, track=path)


def _why_skipped(turn: Turn, path: str, step: Step) -> dict[str, JsonValue] | None:
    if step.selectors == EVERYONE and step.skip_when is None:
        return None
    known = facts.known(turn, path)
    if not fits(turn.pin.procedure, step.selectors, known):
        return {"why": "selectors"}
    if step.skip_when is not None and holds(turn.pin.procedure, step.skip_when, known):
        values = facts.told(known, step.skip_when)
        return {"why": "skip_when", "expression": step.skip_when.text, "values": values}
    return None


def _branch(turn: Turn, track: Track) -> None:
    """F8: no branch for this case is nothing to wait for."""
    if not branching.open_branches(turn, track):
        leave(turn, track.path, Verdict.GRANTED.value)


def _list(turn: Turn, track: Track) -> None:
    """F9."""
    if not lines.open_lines(turn, track):
        leave(turn, track.path, Verdict.GRANTED.value)


def _decide(turn: Turn, track: Track) -> None:
    target = choosing.choose(turn, track)
    if target is None:
        _park(turn, track.path, "no-rule")
    else:
        go(turn, track.path, target)


def _pay(turn: Turn, track: Track) -> None:
    """F3: a fee that is paid or waived already, or is not this case's, passes at once."""
    custody.send_with_first_step(turn, track.path, file_unit(turn.state))
    step = turn.pin.procedure.step(track.step)
    assert isinstance(step, PayStep)
    turn.set_track(replace(turn.track(track.path), state=TrackState.WAITING))
    if not fees.await_payment(turn, turn.track(track.path), step):
        leave(turn, track.path, PAID)


def _wait(turn: Turn, track: Track) -> None:
    outcome = waiting.begin(turn, track)
    if outcome is not None:
        leave(turn, track.path, outcome)


def _hand_out(turn: Turn, track: Track) -> None:
    if delivery_steps.begin(turn, track):
        leave(turn, track.path, None)


def _notify(turn: Turn, track: Track) -> None:
    if not automatic.notify(turn, track):
        leave(turn, track.path, None)


def _to_caller(turn: Turn, path: str) -> None:
    caller = turn.track(path).caller
    assert caller is not None
    enter(turn, path, turn.pin.procedure.step(caller))


_TARGETS: Mapping[str, Callable[[Turn, str], None]] = {
    END: lambda turn, path: close(turn, path, Verdict.GRANTED),
    END_REFUSED: lambda turn, path: close(turn, path, Verdict.REFUSED),
    REFUSE: refuse,
    CALLER: _to_caller,
    DESK: desk.take,
    # No person named what is missing: the desk asks for it.
    SUPPLEMENT: desk.take,
    STOP: stops.propose_by_system,
}
_OPENERS: Mapping[str, Callable[[Turn, Track], None]] = {
    "task": work.open_task,
    "sign": work.open_task,
    "document": automatic.draft,
    "call": automatic.call,
    "decide": _decide,
    "parallel": _branch,
    "pay": _pay,
    "each": _list,
    "wait": _wait,
    "notify": _notify,
    "deliver": _hand_out,
    "procedure": subcases.open_case,
}
