"""How a limit stands at an instant: what is left or late, as numbers that pages put into words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

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
    today, due_day = day_of(now), day_of(due)
    late = now > due
    calendar_days = (due_day - today).days
    try:
        days = working.working_days_after(min(today, due_day), max(today, due_day))
        time = working.worked(min(now, due), max(now, due))
    except CalendarNotCovered:
        return Standing(late, calendar_days, None, None)
    return Standing(late, calendar_days, -days if today > due_day else days, -time if late else time)


def forecast(
    working: WorkingTime, duration: Duration, rules: Rules, start: Instant, changes: Sequence[Change], *, now: Instant
) -> Reckoning:
    """Reckon as if a suspension that is still open ended now: a date to expect, and no due date (I21)."""
    closed = [
        replace(change, closed=now) if isinstance(change, Pause) and change.closed is None else change
        for change in changes
    ]
    return reckon(working, duration, rules, start, closed)
