"""Starting, suspending, resuming and stopping the clocks of a case; lateness is set here once and never cleared."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Literal

from pydantic import JsonValue

from procedures.time.errors import CalendarNotCovered
from procedures.time.limit import RunState
from workflows.core import incidents, paths
from workflows.core.events import Ref
from workflows.core.marks import DUE, marks_of
from workflows.core.reckoning import reckoned
from workflows.core.refusals import Refused
from workflows.core.timekeeping import Adjustment, Clock, ClockKind, ClockState, Interval, Limit, Mark, SupplementEffect
from workflows.core.turn import Turn, text_of

LEGAL = "legal"
ASK_BY = "ask_by"
RUNNING = (ClockState.RUNNING, ClockState.SUSPENDED)
_STATES = {
    RunState.RUNNING: ClockState.RUNNING,
    RunState.SUSPENDED: ClockState.SUSPENDED,
    RunState.NO_LIMIT: ClockState.NO_LIMIT,
}


def start(turn: Turn, kind: ClockKind, id: str, limit: Limit, *, at: datetime) -> Clock:
    clock = _counted(turn, Clock(id=id, kind=kind, limit=limit, started_at=at))
    return turn.set_clock(replace(clock, original_due=clock.due))


def start_anew(turn: Turn, kind: ClockKind, limit: Limit, *, about: str = "") -> Clock:
    """Start a clock that may run several times in a case: `transfer`, then `transfer:2`, or `transfer:<path>`."""
    base = f"{kind}:{about}" if about else kind
    earlier = len(counted_under(turn.state.clocks, kind, about))
    return start(turn, kind, f"{base}:{earlier + 1}" if earlier else base, limit, at=turn.now)


def counted_under(clocks: Iterable[Clock], kind: ClockKind, about: str = "") -> tuple[Clock, ...]:
    """Give the clocks of a kind that were started one after the other about the same thing."""
    base = f"{kind}:{about}" if about else kind
    return tuple(one for one in clocks if one.kind == kind and re.fullmatch(rf"{re.escape(base)}(:\d+)?", one.id))


def carry(turn: Turn, old: Clock, id: str) -> Clock:
    """Go on under the id of the next visit with what the former one has used and stood still."""
    stop(turn, old.id)
    clock = replace(old, id=id, state=ClockState.RUNNING, stopped_at=None, marks=_fired(old))
    return turn.set_clock(_recounted(turn, _closed(clock, turn.now, by_arrival=False)))


def stop(turn: Turn, id: str, *, at: datetime | None = None) -> None:
    clock = turn.clock(id)
    if clock is None or clock.state is ClockState.STOPPED:
        return
    if clock.kind == "step" and paths.line(paths.path_of(about(clock))) is not None:
        # Two hundred lines have as many budgets at every step: what became of those that are over is in the journal.
        turn.drop_clock(id)
        return
    turn.set_clock(replace(clock, state=ClockState.STOPPED, stopped_at=at or turn.now))


def stop_kind(turn: Turn, kind: ClockKind) -> None:
    for clock in turn.state.clocks:
        if clock.kind == kind:
            stop(turn, clock.id)


def stop_all(turn: Turn) -> None:
    for clock in turn.state.clocks:
        stop(turn, clock.id)


def restart(turn: Turn, id: str) -> None:
    """Let a clock go on as if it had never been stopped."""
    clock = turn.clock(id)
    if clock is not None and clock.state is ClockState.STOPPED:
        turn.set_clock(_recounted(turn, replace(clock, stopped_at=None)))


def suspend(turn: Turn, id: str, interval: Interval) -> None:
    clock = turn.clock(id)
    if clock is not None and clock.state is ClockState.RUNNING:
        turn.set_clock(_recounted(turn, replace(clock, intervals=(*clock.intervals, interval))))


def resume(
    turn: Turn,
    id: str,
    *,
    closed: datetime,
    by_arrival: bool,
    void: bool = False,
    effect: SupplementEffect | None = None,
) -> Clock | None:
    """End the suspension that is open, at the instant it ended in the world; None where none is open."""
    clock = turn.clock(id)
    if clock is None or clock.state is not ClockState.SUSPENDED:
        return None
    ended = _closed(clock, closed, by_arrival=by_arrival, void=void, effect=effect)
    return turn.set_clock(_recounted(turn, ended))


def adjust(
    turn: Turn,
    id: str,
    *,
    kind: Literal["supplement", "cancelled", "paused", "recomputed"],
    old_due: datetime | None,
    ground: Ref | None,
) -> None:
    """Write down why a due moved; adjustments are appended, nothing is replaced. Call it before the entry."""
    clock = turn.clock(id)
    if clock is not None:
        adjustment = Adjustment(kind=kind, seq=turn.next_seq, ground=ground, old_due=old_due, new_due=clock.due)
        turn.set_clock(replace(clock, adjustments=(*clock.adjustments, adjustment)))


def change(turn: Turn, id: str, adjustment: Adjustment) -> Clock:
    """Recount under an extension or another limit; it is appended with the dues before and after. Before the entry."""
    clock = turn.clock(id)
    assert clock is not None, id
    changed = _recounted(turn, replace(clock, adjustments=(*clock.adjustments, adjustment)))
    dues = replace(adjustment, old_due=due_in_force(clock), new_due=changed.due)
    return turn.set_clock(replace(changed, adjustments=(*clock.adjustments, dues)))


def recompute(turn: Turn, id: str, *, ground: Ref) -> Clock:
    """Recount by the calendars pinned now; it is appended where the due moved. Call it before the entry."""
    clock = turn.clock(id)
    assert clock is not None, id
    counted = turn.set_clock(_recounted(turn, clock))
    if counted.due == clock.due:
        return counted
    adjust(turn, id, kind="recomputed", old_due=clock.due, ground=ground)
    return counted


def if_changed(turn: Turn, clock: Clock, adjustment: Adjustment) -> Clock:
    """What a change would make of a clock."""
    return _counted(turn, replace(clock, adjustments=(*clock.adjustments, adjustment)))


def dues(clock: Clock) -> dict[str, JsonValue]:
    """What the last adjustment did, as entries say it."""
    last = clock.adjustments[-1]
    return {"old_due": text_of(last.old_due), "new_due": text_of(last.new_due)}


def due_in_force(clock: Clock | None) -> datetime | None:
    """Give the due that held last: while suspended the one of before."""
    if clock is None:
        return None
    return clock.due or next((one.new_due for one in reversed(clock.adjustments) if one.new_due), clock.original_due)


def set_late(turn: Turn, id: str) -> None:
    """Late is for ever (I23)."""
    clock = turn.clock(id)
    if clock is None or clock.late:
        return
    turn.set_clock(replace(clock, late=True))
    if id == LEGAL:
        turn.state = replace(turn.state, late=True)


def about(clock: Clock) -> str:
    """Name the track or node a clock belongs to: of `step:<path>/<step>:2` it is the node."""
    return re.sub(r":\d+$", "", clock.id.partition(":")[2])


def add_mark(turn: Turn, id: str, mark: Mark) -> None:
    clock = turn.clock(id)
    if clock is not None:
        turn.set_clock(replace(clock, marks=(*clock.marks, mark)))


def running(clocks: Iterable[Clock], kind: ClockKind) -> tuple[Clock, ...]:
    return tuple(clock for clock in clocks if clock.kind == kind and clock.state in RUNNING)


def has_fired(clock: Clock | None, mark: str) -> bool:
    return clock is not None and any(one.name == mark and one.fired is not None for one in clock.marks)


def _closed(
    clock: Clock,
    at: datetime,
    *,
    by_arrival: bool,
    void: bool = False,
    effect: SupplementEffect | None = None,
) -> Clock:
    intervals = tuple(
        interval
        if interval.closed is not None
        else replace(interval, closed=at, by_arrival=by_arrival, void=void, effect=effect or interval.effect)
        for interval in clock.intervals
    )
    return replace(clock, intervals=intervals)


def _counted(turn: Turn, clock: Clock) -> Clock:
    """Compute due and marks anew. A calendar that does not reach is refused, or an incident where nobody asks."""
    try:
        reckoning = reckoned(turn.pin, clock)
        marks = marks_of(turn.pin, clock, reckoning)
    except CalendarNotCovered as gap:
        if turn.answers:
            raise Refused("calendar-not-covered", day=gap.day.isoformat()) from gap
        incidents.open_incident(turn, code="calendar-not-covered", detail=f"clock:{clock.id}")
        return replace(clock, state=ClockState.RUNNING, due=None, marks=_fired(clock))
    return replace(clock, state=_STATES[reckoning.state], due=reckoning.due, marks=(*_fired(clock), *marks))


def _recounted(turn: Turn, clock: Clock) -> Clock:
    """A recount makes new marks only in the future; a due it puts into the past fires now, and once late none does."""
    counted = _counted(turn, clock)
    marks = tuple(mark for mark in counted.marks if mark.fired is not None or _is_ahead(turn, clock, mark))
    return replace(counted, marks=marks)


def _is_ahead(turn: Turn, clock: Clock, mark: Mark) -> bool:
    if clock.late and (mark.name == DUE or clock.kind == "legal"):
        return False
    return mark.at > turn.now or _is_new_due(clock, mark)


def _is_new_due(clock: Clock, mark: Mark) -> bool:
    return mark.name == DUE and not any(one.name == DUE and one.fired is not None for one in clock.marks)


def _fired(clock: Clock) -> tuple[Mark, ...]:
    return tuple(mark for mark in clock.marks if mark.fired is not None)
