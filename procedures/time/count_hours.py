"""Counting in hours, of the office or round the clock: from the instant to the minute they are used up (I2, I10)."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from procedures.time.duration import Duration, Unit
from procedures.time.errors import CalendarNotCovered
from procedures.time.gap import Gap
from procedures.time.instants import NO_TIME, ONE_DAY, Instant, at, day_of
from procedures.time.working import WorkingTime

_MICROSECONDS = 3_600_000_000
_MOST = Fraction(10**7)
"""Hours longer than all calendars together: a larger amount is cut to it, so that no instant leaves its range."""


def hours(amount: Fraction) -> timedelta:
    return timedelta(microseconds=round(min(amount, _MOST) * _MICROSECONDS))


def instant_used_up(working: WorkingTime, duration: Duration, start: Instant, gaps: Sequence[Gap]) -> Instant | None:
    """Give the first instant at which the amount is used up; no suspension counts (I17). None: one is open."""
    clock = _Office(working) if duration.unit is Unit.WORKING_HOURS else _Wall(working)
    since, left = start, hours(duration.amount)
    for gap in gaps:
        passed = clock.passed(since, gap.opened)
        # What is used up in the very instant of an asking waits for the answer.
        if left < passed or (left == passed and clock.after(since, left) < gap.opened):
            break
        if gap.closed is None:
            return None
        since, left = max(since, gap.closed), left - passed
    return clock.after(since, left)


class _Office:
    """Time passes while the office is open."""

    def __init__(self, working: WorkingTime) -> None:
        self.passed = working.worked
        self.after = working.advance


class _Wall:
    """Time passes round the clock (I27)."""

    def __init__(self, working: WorkingTime) -> None:
        self._working = working

    def passed(self, begins: Instant, ends: Instant) -> timedelta:
        return max(ends - begins, NO_TIME)

    def after(self, begins: Instant, length: timedelta) -> Instant:
        uncovered = self._working.covering(day_of(begins)).last + ONE_DAY
        if length >= at(uncovered) - begins:
            raise CalendarNotCovered(uncovered)
        return begins + length
