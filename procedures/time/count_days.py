"""Counting in days, months and years: from the first day, which does not count, to the end of the last one (I1, I4)."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, date
from typing import Literal

from procedures.time.duration import Duration, Unit
from procedures.time.gap import Gap
from procedures.time.instants import ONE_DAY
from procedures.time.working import WorkingTime

# All days: those whose beginning and end are instants at any offset.
_FIRST, _LAST = date(MINYEAR + 1, 1, 1), date(MAXYEAR - 1, 12, 31)


def day_used_up(working: WorkingTime, duration: Duration, start: date, gaps: Sequence[Gap]) -> date | None:
    """Give the day with which the amount is used up; days of a suspension count nothing (I16). None: one is open."""
    day, left = start, _days_in(duration, start)
    for gap in gaps:
        if gap.last is not None and gap.last <= day:
            continue
        passed = working.covering(day).passed(duration.unit, day, gap.first - ONE_DAY)
        if left <= passed:
            break
        if gap.last is None:
            return None
        day, left = gap.last, left - passed
    return working.covering(day).forward(duration.unit, day, left)


def last_day(
    working: WorkingTime, duration: Duration, used_up: date, gaps: Sequence[Gap], *, rollover: bool
) -> date | None:
    """Give the day that a limit ends with: one not worked moves on (I5), one of a suspension to where that ended."""
    rolls = rollover and duration.unit is not Unit.WORKING_DAYS
    day = _rolled(working, used_up) if rolls else used_up
    for gap in gaps:
        if gap.holds(day):
            if gap.last is None:
                return None
            day = _rolled(working, gap.last) if rolls else gap.last
    return working.day(day).day


def later_by(distance: Duration, day: date, *, sign: Literal[1, -1] = 1) -> date:
    """Give the day so many days, months or years of the wall calendar later, or earlier.

    Of months it is the corresponding day, or the month's last (I27); beyond all days it is the last or first of them.
    """
    amount = sign * distance.amount.numerator
    if not distance.is_in_months:
        return date.fromordinal(min(max(day.toordinal() + amount, _FIRST.toordinal()), _LAST.toordinal()))
    months = amount * (12 if distance.unit is Unit.YEARS else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR < year < MAXYEAR:
        return _LAST if year >= MAXYEAR else _FIRST
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days_in(duration: Duration, start: date) -> int:
    """Give the amount in days; the days of a month are those of the month that begins with the start."""
    if duration.is_in_months:
        return (later_by(duration, start) - start).days
    return duration.amount.numerator


def _rolled(working: WorkingTime, day: date) -> date:
    return day if working.is_working_day(day) else working.next_working_day(day)
