"""Days that calendars know without a gap between them, in order, so that counting is looking up and never walking."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate

from procedures.time.calendar import DayKind, Plan, Session
from procedures.time.duration import Unit
from procedures.time.errors import CalendarNotCovered
from procedures.time.instants import MINUTE, NO_TIME, ONE_DAY, Instant, at, local


class Coverage:
    """Days are ordinals: `_days` those that count in a unit; `_before` is the office time before each day worked."""

    __slots__ = ("_before", "_days", "_every", "_sessions", "_worked", "first", "last")

    def __init__(self, first: date, plans: Iterable[Plan]) -> None:
        days = list(enumerate(plans, first.toordinal()))
        worked = [(day, plan.sessions) for day, plan in days if plan.sessions]
        self._every = range(days[0][0], days[-1][0] + 1)
        self._worked = [day for day, _ in worked]
        self._sessions = [sessions for _, sessions in worked]
        self._before = list(accumulate(map(_length, self._sessions), initial=NO_TIME))
        self._days: dict[Unit, Sequence[int]] = {
            Unit.WORKING_DAYS: self._worked,
            Unit.CALENDAR_DAYS_EXCL_HOLIDAYS: [day for day, plan in days if plan.kind is not DayKind.PUBLIC_HOLIDAY],
        }
        self.first, self.last = first, date.fromordinal(self._every[-1])

    def forward(self, unit: Unit, day: date, number: int) -> date:
        """Give the day with which so many days that count in this unit have passed after a day."""
        if not number:
            return day
        days = self._days.get(unit, self._every)
        place = bisect_right(days, day.toordinal()) + number - 1
        if place >= len(days):
            raise CalendarNotCovered(self.last + ONE_DAY)
        return date.fromordinal(days[place])

    def backward(self, unit: Unit, day: date, number: int) -> date:
        """Give the last day after which so many days that count in this unit pass up to and including a day."""
        if not number:
            return day
        days = self._days.get(unit, self._every)
        place = bisect_right(days, day.toordinal()) - number
        if place < 0:
            raise CalendarNotCovered(self.first - ONE_DAY)
        return date.fromordinal(days[place]) - ONE_DAY

    def passed(self, unit: Unit, day: date, upto: date) -> int:
        """Count the days of this unit after a day, up to and including another."""
        if upto > self.last:
            raise CalendarNotCovered(self.last + ONE_DAY)
        days = self._days.get(unit, self._every)
        return max(0, bisect_right(days, upto.toordinal()) - bisect_right(days, day.toordinal()))

    def office_time(self, instant: Instant) -> timedelta:
        """Measure the office time from the first day to an instant of one of the days."""
        moment = local(instant)
        day = moment.toordinal()
        place = bisect_left(self._worked, day)
        passed = self._before[place]
        if self._worked[place : place + 1] == [day]:
            since = timedelta(0, moment.second, moment.microsecond, 0, moment.minute, moment.hour)
            for session in self._sessions[place]:
                passed += max(min(since, session.closes * MINUTE) - session.opens * MINUTE, NO_TIME)
        return passed

    def first_instant(self, passed: timedelta) -> Instant:
        """Give the first instant at which this office time, more than none, has passed since the first day (I10)."""
        place = bisect_left(self._before, passed) - 1
        if place == len(self._worked):
            raise CalendarNotCovered(self.last + ONE_DAY)
        return self._within(place, passed, last=False)

    def last_instant(self, passed: timedelta) -> Instant:
        """Give the last instant at which no more than this office time has passed since the first day."""
        place = bisect_right(self._before, passed) - 1
        if place < 0:
            raise CalendarNotCovered(self.first - ONE_DAY)
        if place == len(self._worked):
            return at(self.last + ONE_DAY)
        return self._within(place, passed, last=True)

    def _within(self, place: int, passed: timedelta, *, last: bool) -> Instant:
        """Look into a day: where a session ends, time stands still from its closing to the next opening."""
        left = passed - self._before[place]
        for session in self._sessions[place]:
            length = (session.closes - session.opens) * MINUTE
            if left < length or (left == length and not last):
                break
            left -= length
        return at(date.fromordinal(self._worked[place]), session.opens) + left


def _length(sessions: Sequence[Session]) -> timedelta:
    return sum(session.closes - session.opens for session in sessions) * MINUTE
