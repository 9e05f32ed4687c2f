"""Days and instants at +07:00, which Viet Nam has kept since 1975: no time zone file decides a date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TypeAlias

from procedures.time.errors import CalendarNotCovered

Instant: TypeAlias = datetime
"""Aware; results are in UTC."""

ZONE = timezone(timedelta(hours=7))
MICROSECOND = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
NO_TIME = timedelta()
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
"""No calendar leaves these days, so that no arithmetic leaves what a date can hold."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time that includes its beginning and not its end."""

    begins: Instant
    ends: Instant


def utc(instant: Instant) -> Instant:
    """Give an instant in UTC; one that no calendar could cover is an error here already (I24)."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no offset; give an aware instant")
    if not EARLIEST.year <= instant.year <= LATEST.year:
        raise CalendarNotCovered(instant.date())
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)


def local(instant: Instant) -> datetime:
    return instant.astimezone(ZONE)


def day_of(instant: Instant) -> date:
    return instant.astimezone(ZONE).date()


def at(day: date, minutes: int = 0) -> Instant:
    """Give the instant so many minutes after the day's midnight at +07:00."""
    if day == date.min:
        # Its midnight lies before the first instant there is.
        raise CalendarNotCovered(day)
    return datetime.combine(day, time.min, ZONE).astimezone(UTC) + timedelta(minutes=minutes)


def each_day(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def end_of_day(day: date) -> Instant:
    """Give the last microsecond of a day: how a limit in days ends (I4)."""
    return at(day) + (ONE_DAY - MICROSECOND)
