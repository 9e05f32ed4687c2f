"""One count, in whatever unit: from a start, around suspensions, to the instant that ends it."""

from collections.abc import Sequence

from procedures.time.calendar import WorkingTime
from procedures.time.count_days import count_days
from procedures.time.count_hours import after_gaps, count_hours, count_working_hours, hours
from procedures.time.duration import Duration, Unit
from procedures.time.gap import Gap
from procedures.time.instants import Instant
from procedures.time.lines import Line


def count(
    working: WorkingTime, duration: Duration, start: Instant, gaps: Sequence[Gap], *, rollover: bool, lines: list[Line]
) -> Instant | None:
    """Give the due instant, or None where a suspension is still open; append the explanation to `lines`."""
    counted = duration.counted()
    match counted.unit:
        case Unit.WORKING_HOURS:
            due = count_working_hours(working, hours(counted.amount), start, gaps, lines)
        case Unit.HOURS:
            due = count_hours(working, hours(counted.amount), start, gaps, lines)
        case _:
            return count_days(working, counted, start, gaps, rollover=rollover, lines=lines)
    return None if due is None else after_gaps(due, gaps)
