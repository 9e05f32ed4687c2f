"""How a limit stands at an instant: what is left or late, as numbers that pages put into words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from procedures.time.between import between
from procedures.time.duration import Duration
from procedures.time.errors import CalendarNotCovered
from procedures.time.instants import Instant, day_of
from procedures.time.limit import Change, Pause, Reckoning, Rules, reckon
from procedures.time.working import WorkingTime


@dataclass(frozen=True, slots=True)
class Standing:
    """Days are counted from today's date to the due day: zero on it, negative when late.

    Working days and office time are None where the calendars do not reach: a page is shown even then.
    """

    is_late: bool
    calendar_days: int
    working_days: int | None
    office_time: timedelta | None


def standing(working: WorkingTime, due: Instant, now: Instant) -> Standing:
    is_late = now > due
    calendar_days = (day_of(due) - day_of(now)).days
    try:
        left = between(working, now, due)
    except CalendarNotCovered:
        return Standing(is_late, calendar_days, None, None)
    days, time = left.working_days, left.office_time
    return Standing(is_late, calendar_days, -days if is_late else days, -time if is_late else time)


def forecast(
    working: WorkingTime, duration: Duration, rules: Rules, start: Instant, changes: Sequence[Change], *, now: Instant
) -> Reckoning:
    """Reckon as if a suspension that is still open ended now: a date to expect, and no due date (I21)."""
    closed = [
        replace(change, closed=now) if isinstance(change, Pause) and change.closed is None else change
        for change in changes
    ]
    return reckon(working, duration, rules, start, closed)
