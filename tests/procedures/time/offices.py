"""Offices and calendars that tests of legal time count with."""

from datetime import date, datetime, time, timedelta
from functools import cache

from hypothesis import strategies as st

from procedures.time.calendar import Basis, Calendar, DayOff, OfficeHours
from procedures.time.files import load_calendars
from procedures.time.hours import office_hours
from procedures.time.instants import ZONE, Instant
from procedures.time.working import WorkingTime

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
USUAL = office_hours({"mon-fri": ["07:30-11:30", "13:30-17:00"]})
EIGHT = office_hours({"mon-fri": ["08:00-12:00", "13:00-17:00"]})
WITH_SATURDAY = office_hours({"mon-fri": ["07:30-11:30", "13:30-17:00"], "sat": ["07:30-11:30"]})


@cache
def real(hours: OfficeHours = USUAL) -> WorkingTime:
    return WorkingTime(load_calendars(["vn-2025", "vn-2026", "vn-2027"]), hours)


def at(text: str) -> Instant:
    """Read `2026-03-02 09:00` at +07:00."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def fictional(*days_off: date) -> Calendar:
    basis = (Basis("test", "invented"),)
    offs = tuple(DayOff(day, "public_holiday", "invented", "test", "none") for day in sorted(set(days_off)))
    return Calendar("fictional", "Invented", "fictional", FIRST, LAST, basis, offs)


def days(last: date = date(2026, 11, 30)) -> st.SearchStrategy[date]:
    return st.dates(FIRST, last)


def starts(last: date = date(2026, 11, 30)) -> st.SearchStrategy[Instant]:
    minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
    return st.builds(lambda day, clock: datetime.combine(day, clock, ZONE), days(last), minutes)


def waits_of(days: int) -> st.SearchStrategy[timedelta]:
    return st.integers(0, days * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


def later(start: Instant, days: int, minutes: int) -> Instant:
    return start + timedelta(days=days, minutes=minutes)


offices = st.builds(
    lambda offs, hours: WorkingTime([fictional(*offs)], hours),
    st.lists(days(), max_size=30),
    st.sampled_from([USUAL, EIGHT, WITH_SATURDAY]),
)
