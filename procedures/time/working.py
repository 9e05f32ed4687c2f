"""Calendars and an office's hours joined: the one who is asked which days are worked, and when so much is over."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from procedures.time.calendar import Calendar, CalendarDays, Day, OfficeHours
from procedures.time.coverage import Coverage
from procedures.time.duration import Unit
from procedures.time.errors import BadCalendar, CalendarNotCovered
from procedures.time.instants import EARLIEST, LATEST, NO_TIME, ONE_DAY, Instant, day_of


class WorkingTime:
    """Made once for a pin: counts by looking up, and remembers the days it was asked for."""

    __slots__ = ("_calendars", "_coverages", "_days")

    def __init__(self, calendars: Sequence[Calendar], hours: OfficeHours) -> None:
        in_order = sorted(calendars, key=lambda one: one.first)
        problems = list(_problems(in_order))
        if problems:
            raise BadCalendar(problems)
        self._calendars = [CalendarDays(calendar, hours) for calendar in in_order]
        self._coverages = [_coverage(run) for run in _runs(self._calendars)]
        self._days: dict[date, Day] = {}

    def day(self, day: date) -> Day:
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = self._resolve(day)
        return known

    def covering(self, day: date) -> Coverage:
        """Give the days without a gap that a day is one of; each counts within its own."""
        for coverage in self._coverages:
            if coverage.first <= day <= coverage.last:
                return coverage
        raise CalendarNotCovered(day)

    def is_working_day(self, day: date) -> bool:
        return bool(self.day(day).spans)

    def opening(self, day: date) -> Instant:
        """Give the opening of a working day."""
        return self.day(day).spans[0].begins

    def closing(self, day: date) -> Instant:
        """Give the closing of a working day."""
        return self.day(day).spans[-1].ends

    def next_working_day(self, day: date) -> date:
        """Give the first working day after this one."""
        return self.covering(day).forward(Unit.WORKING_DAYS, day, 1)

    def working_day_before(self, day: date, number: int = 1) -> date:
        """Give the last working day before this one, or one so many before it."""
        return self.covering(day).backward(Unit.WORKING_DAYS, day - ONE_DAY, number) + ONE_DAY

    def working_days_after(self, day: date, upto: date) -> int:
        """Count the working days after a day, up to and including another."""
        return self.covering(day).passed(Unit.WORKING_DAYS, day, upto)

    def worked(self, begins: Instant, ends: Instant) -> timedelta:
        """Measure the office time between two instants."""
        if ends <= begins:
            return NO_TIME
        coverage, last = self.covering(day_of(begins)), day_of(ends)
        if last > coverage.last:
            raise CalendarNotCovered(coverage.last + ONE_DAY)
        return coverage.office_time(ends) - coverage.office_time(begins)

    def advance(self, begins: Instant, length: timedelta) -> Instant:
        """Give the first instant at which this much office time has passed (I10)."""
        coverage = self.covering(day_of(begins))
        return coverage.first_instant(coverage.office_time(begins) + length) if length else begins

    def retreat(self, ends: Instant, length: timedelta) -> Instant:
        """Give the last instant from which this much office time is left."""
        coverage = self.covering(day_of(ends))
        return min(coverage.last_instant(coverage.office_time(ends) - length), ends)

    def _resolve(self, day: date) -> Day:
        for days in self._calendars:
            if days.calendar.first <= day <= days.calendar.last:
                return days.day(day)
        raise CalendarNotCovered(day)


def _problems(calendars: Sequence[Calendar]) -> Iterator[str]:
    for left, right in zip(calendars, calendars[1:], strict=False):
        if right.first <= left.last:
            yield f"Calendars {left.id} and {right.id} both cover {right.first}; give one of them."
    for calendar in calendars:
        if calendar.last < calendar.first or calendar.first < EARLIEST or calendar.last > LATEST:
            yield f"Calendar {calendar.id} covers {calendar.first} to {calendar.last}; stay in {EARLIEST} to {LATEST}."


def _runs(calendars: Sequence[CalendarDays]) -> list[list[CalendarDays]]:
    """Group what follows one another without a gap."""
    runs: list[list[CalendarDays]] = []
    for days in calendars:
        if runs and runs[-1][-1].calendar.last + ONE_DAY == days.calendar.first:
            runs[-1].append(days)
        else:
            runs.append([days])
    return runs


def _coverage(run: Sequence[CalendarDays]) -> Coverage:
    return Coverage(run[0].calendar.first, [plan for days in run for plan in days.plans()])
