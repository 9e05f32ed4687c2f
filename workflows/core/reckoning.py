"""What a clock's numbers follow from: limit, start, intervals and the pin, handed to the one place that counts time."""

from datetime import time
from functools import lru_cache

from procedures.language.model.life import Counting, Deadline
from procedures.language.model.procedure import Procedure
from procedures.time.duration import NO_LIMIT, Duration, Unit, parse_duration
from procedures.time.instants import Instant
from procedures.time.limit import Change, Extended, Pause, Reckoning, Rules, RunState, Switched, reckon
from procedures.time.lines import Line
from procedures.time.marks import span_end
from procedures.time.telling import explain
from workflows.core.pin import Pin
from workflows.core.timekeeping import Adjustment, Clock, ClockKind, Interval

# What no receipt starts has nothing to cut off; the first three begin with something that arrives.
_BY_RECEIPT: tuple[ClockKind, ...] = ("legal", "ask_by", "intake", "check")
# Spans that bind nobody: they end by the calendar of the wall, so that no missing calendar can keep a case from ending.
SPANS: tuple[ClockKind, ...] = ("collect", "settle")


def reckoned(pin: Pin, clock: Clock) -> Reckoning:
    """Compute a clock's due."""
    duration = parse_duration(clock.limit.within)
    if _is_span(clock, duration):
        return _span(duration, clock.started_at)
    return reckon(pin.working, duration, rules_of(pin.procedure, clock), clock.started_at, _changes(clock))


def told(pin: Pin, clock: Clock) -> tuple[Line, ...]:
    """Tell every day on the way to a clock's due."""
    duration = parse_duration(clock.limit.within)
    if _is_span(clock, duration):
        return ()
    return explain(pin.working, duration, rules_of(pin.procedure, clock), clock.started_at, _changes(clock))


def rules_of(procedure: Procedure, clock: Clock) -> Rules:
    if clock.kind in SPANS:
        return Rules(rollover=False)
    rules = _rules(_counting(procedure, clock))
    if clock.kind == "transfer":
        return rules.for_transfer()
    return rules if clock.kind in _BY_RECEIPT else rules.without_receipt()


def deadline_row(procedure: Procedure, source: str) -> Deadline:
    """Find the row a legal limit was taken from (`deadline[0]`, `deadline[0].if_verified`)."""
    return procedure.deadline[int(source.removeprefix("deadline[").partition("]")[0])]


def _counting(procedure: Procedure, clock: Clock) -> Counting:
    row = clock.limit_in_force.counted
    return procedure.time if row is None else deadline_row(procedure, row).time


@lru_cache(maxsize=256)
def _rules(counting: Counting) -> Rules:
    cutoff = counting.cutoff
    return Rules(
        cutoff_after=None if cutoff is None else time.fromisoformat(cutoff.after),
        cutoff_moves="start" if cutoff is None else cutoff.moves,
        off_hours=counting.off_hours,
        rollover=counting.rollover,
        start_next_day=counting.start_next_day,
        cutoff_on_resume=counting.cutoff_on_resume,
    )


def _is_span(clock: Clock, duration: Duration) -> bool:
    """A date or a span that is waited for binds nobody either."""
    if clock.kind == "wait" and not clock.limit.source.endswith(".within"):
        return duration.unit in (Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.HOURS)
    return clock.kind in SPANS and duration.unit is not Unit.WORKING_DAYS


def _changes(clock: Clock) -> list[Change]:
    """Everything that moved the due, in order of time."""
    pauses = [interval for interval in clock.intervals if not interval.void and interval.effect != "none"]
    timed: list[tuple[Instant, int, Change]] = [(pause.opened, 1, _pause(pause)) for pause in pauses]
    for one in clock.adjustments:
        if one.at is not None and (one.by is not None or one.limit is not None):
            at = _before_pause(one.at, pauses)
            timed.append((at, 0, _change(one, at)))
    return [change for _, _, change in sorted(timed, key=lambda one: one[:2])]


def _before_pause(at: Instant, pauses: list[Interval]) -> Instant:
    """What changed while the limit stood still holds from where it began to."""
    still = (one.opened for one in pauses if one.opened <= at and (one.closed is None or at < one.closed))
    return next(still, at)


def _change(adjustment: Adjustment, at: Instant) -> Change:
    if adjustment.by is not None:
        return Extended(at, parse_duration(adjustment.by))
    assert adjustment.limit is not None
    return Switched(at, parse_duration(adjustment.limit.within))


def _pause(interval: Interval) -> Pause:
    return Pause(
        opened=interval.opened,
        closed=interval.closed,
        effect=interval.effect,
        new_limit=None if interval.new_limit is None else parse_duration(interval.new_limit),
        by_arrival=interval.by_arrival,
    )


def _span(duration: Duration, start: Instant) -> Reckoning:
    state = RunState.NO_LIMIT if duration == NO_LIMIT else RunState.RUNNING
    due = None if duration == NO_LIMIT else span_end(duration, start)
    return Reckoning(state, due, None, start, start, duration, ())
