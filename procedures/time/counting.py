"""One count, in whatever unit: from a start, around suspensions, to the instant that ends it."""

from dataclasses import dataclass
from datetime import date

from procedures.time.count_days import day_used_up, last_day
from procedures.time.count_hours import instant_used_up
from procedures.time.duration import Duration
from procedures.time.gap import Gap
from procedures.time.instants import Instant, day_of, end_of_day
from procedures.time.working import WorkingTime


@dataclass(frozen=True, slots=True)
class Count:
    """So much counted from an instant; `due` is None where a suspension is still open.

    `used_up` is the day with which an amount of days is used up, before that day moves on.
    """

    duration: Duration
    start: Instant
    gaps: tuple[Gap, ...]
    due: Instant | None
    used_up: date | None = None


def count(working: WorkingTime, duration: Duration, start: Instant, gaps: tuple[Gap, ...], *, rollover: bool) -> Count:
    counted = duration.counted()
    if counted.is_in_hours:
        return Count(counted, start, gaps, instant_used_up(working, counted, start, gaps))
    used_up = day_used_up(working, counted, day_of(start), gaps)
    last = None if used_up is None else last_day(working, counted, used_up, gaps, rollover=rollover)
    return Count(counted, start, gaps, None if last is None else end_of_day(last), used_up)
