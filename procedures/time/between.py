"""How much time lies between two instants, in each way of counting it."""

from dataclasses import dataclass
from datetime import timedelta

from procedures.time.duration import Unit
from procedures.time.instants import Instant, day_of
from procedures.time.working import WorkingTime


@dataclass(frozen=True, slots=True)
class Between:
    """Days are those after the earlier instant's, up to and including the later one's, as limits have them (I1)."""

    calendar_days: int
    calendar_days_excl_holidays: int
    working_days: int
    office_time: timedelta


def between(working: WorkingTime, one: Instant, other: Instant) -> Between:
    """Count from the earlier instant to the later one."""
    begins, ends = sorted((one, other))
    first, last = day_of(begins), day_of(ends)
    coverage = working.covering(first)
    return Between(
        calendar_days=coverage.passed(Unit.CALENDAR_DAYS, first, last),
        calendar_days_excl_holidays=coverage.passed(Unit.CALENDAR_DAYS_EXCL_HOLIDAYS, first, last),
        working_days=coverage.passed(Unit.WORKING_DAYS, first, last),
        office_time=working.worked(begins, ends),
    )
