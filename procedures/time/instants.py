"""Days and instants at +07:00, which Viet Nam has kept since 1975: no time zone file decides a date."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TypeAlias

Instant: TypeAlias = datetime
"""Aware; results are in UTC."""

ZONE = timezone(timedelta(hours=7))
MICROSECOND = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time that includes its beginning and not its end."""

    begins: Instant
    ends: Instant


def utc(instant: Instant) -> Instant:
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no offset; give an aware instant")
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)


def local(instant: Instant) -> datetime:
    return instant.astimezone(ZONE)


def day_of(instant: Instant) -> date:
    return instant.astimezone(ZONE).date()


def at(day: date, minutes: int = 0) -> Instant:
    """Give the instant so many minutes after the day's midnight at +07:00."""
    return datetime.combine(day, time.min, ZONE).astimezone(UTC) + timedelta(minutes=minutes)


def end_of_day(day: date) -> Instant:
    """Give the last microsecond of a day: how a limit in days ends (I4)."""
    return at(day) + (ONE_DAY - MICROSECOND)
