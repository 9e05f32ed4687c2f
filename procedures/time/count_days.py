"""Counting in days, months and years: from the first day, which does not count, to the end of the last one."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procedures.time.calendar import Day, DayKind, WorkingTime
from procedures.time.duration import Duration, Unit
from procedures.time.gap import Gap, suspension
from procedures.time.instants import ONE_DAY, Instant, day_of, end_of_day
from procedures.time.lines import Code, Line, day_line


def count_days(
    working: WorkingTime, duration: Duration, start: Instant, gaps: Sequence[Gap], *, rollover: bool, lines: list[Line]
) -> Instant | None:
    return _count_days(_Days(working, duration.unit, gaps, rollover=rollover, lines=lines), duration, day_of(start))


def months_later(day: date, months: int) -> date:
    """Give the corresponding day, or the month's last (I27)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class _GapDays:
    first: date
    last: date | None
    gap: Gap


class _Days:
    """What a count in days needs beside its numbers."""

    __slots__ = ("gaps", "lines", "rolls", "unit", "working")

    def __init__(
        self, working: WorkingTime, unit: Unit, gaps: Sequence[Gap], *, rollover: bool, lines: list[Line]
    ) -> None:
        self.working = working
        self.unit = unit
        self.gaps = [_gap_days(gap) for gap in gaps]
        self.rolls = rollover and unit is not Unit.WORKING_DAYS
        self.lines = lines

    def gap_at(self, day: date) -> _GapDays | None:
        for gap in self.gaps:
            if gap.first <= day and (gap.last is None or day <= gap.last):
                return gap
        return None


def _count_days(days: _Days, duration: Duration, first: date) -> Instant | None:
    # The first day counts nothing, yet a day that no calendar knows is an error wherever it is met (I24).
    days.working.day(first)
    amount = duration.amount.numerator
    if duration.unit in (Unit.MONTHS, Unit.YEARS):
        months = amount * (12 if duration.unit is Unit.YEARS else 1)
        amount = (months_later(first, months) - first).days
    last = _nth_day(days, amount, first)
    if last is None:
        return None
    for gap in days.gaps:
        if gap.first <= last and (gap.last is None or last <= gap.last):
            if gap.last is None:
                return None
            days.lines += suspension(gap.gap, "I16")
            last = _roll(days, gap.last)
    return end_of_day(last)


def _nth_day(days: _Days, amount: int, day: date) -> date | None:
    by_month = days.unit in (Unit.MONTHS, Unit.YEARS)
    number = 0
    while number < amount:
        day += ONE_DAY
        gap = days.gap_at(day)
        if gap is not None:
            if gap.last is None:
                return None
            days.lines.append(_suspended_day(day, gap))
            if gap.gap.moved is not None and day == gap.gap.moved.day:
                days.lines.append(gap.gap.moved)
            continue
        facts = days.working.day(day)
        counts = _counts(days.unit, facts)
        number += counts
        if not by_month:
            rule = _rule(days.unit, facts)
            days.lines.append(day_line(facts, rule, counted=counts, number=number if counts else None))
    if by_month:
        days.lines.append(day_line(days.working.day(day), "I27", code=Code.CORRESPONDING_DAY))
    return _roll(days, day)


def _roll(days: _Days, day: date) -> date:
    if not days.rolls or days.working.is_working_day(day):
        return day
    while True:
        day += ONE_DAY
        facts = days.working.day(day)
        if facts.is_worked:
            days.lines.append(day_line(facts, "I5", code=Code.ROLLED_OVER))
            return day
        days.lines.append(day_line(facts, "I5"))


def _counts(unit: Unit, day: Day) -> bool:
    if unit is Unit.WORKING_DAYS:
        return day.is_worked
    return unit is not Unit.CALENDAR_DAYS_EXCL_HOLIDAYS or day.kind is not DayKind.PUBLIC_HOLIDAY


def _rule(unit: Unit, day: Day) -> str:
    if unit is Unit.CALENDAR_DAYS_EXCL_HOLIDAYS:
        return "I14"
    if unit is Unit.WORKING_DAYS:
        return "I12" if day.kind is DayKind.HALF_DAY else "I3"
    return "I1"


def _gap_days(gap: Gap) -> _GapDays:
    return _GapDays(day_of(gap.opened), None if gap.closed is None else day_of(gap.closed), gap)


def _suspended_day(day: date, gap: _GapDays) -> Line:
    begins = gap.gap.opened if day == gap.first else None
    ends = gap.gap.closed if day == gap.last else None
    return Line(Code.SUSPENDED, "I16", day, begins=begins, ends=ends)
