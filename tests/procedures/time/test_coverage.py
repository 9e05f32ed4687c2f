"""Days that are looked up are the days that walking would find."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.time.calendar import DayKind
from procedures.time.duration import Unit
from procedures.time.errors import CalendarNotCovered
from procedures.time.instants import each_day
from procedures.time.working import WorkingTime
from tests.procedures.time.offices import FIRST, LAST, days, offices, real

units = st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.CALENDAR_DAYS_EXCL_HOLIDAYS, Unit.MONTHS])


def walked(office: WorkingTime, unit: Unit, first: date, last: date) -> list[date]:
    """Name the days after one, up to another, that count in a unit."""
    found = [office.day(day) for day in each_day(first, last) if day > first]
    if unit is Unit.WORKING_DAYS:
        return [day.day for day in found if day.is_worked]
    if unit is Unit.CALENDAR_DAYS_EXCL_HOLIDAYS:
        return [day.day for day in found if day.kind is not DayKind.PUBLIC_HOLIDAY]
    return [day.day for day in found]


@given(offices, units, days(), st.integers(0, 90))
def test_the_days_that_pass_are_those_between(office: WorkingTime, unit: Unit, first: date, length: int) -> None:
    last = first + timedelta(days=length)

    assert len(walked(office, unit, first, last)) == office.covering(first).passed(unit, first, last)


@given(offices, units, days(), st.integers(1, 60))
def test_forward_is_the_day_with_which_so_many_have_passed(
    office: WorkingTime, unit: Unit, first: date, number: int
) -> None:
    last = office.covering(first).forward(unit, first, number)

    assert (number, last) == (len(walked(office, unit, first, last)), walked(office, unit, first, last)[-1])


@given(offices, units, st.dates(date(2026, 12, 1), LAST), st.integers(1, 60))
def test_backward_is_the_last_day_after_which_so_many_pass(
    office: WorkingTime, unit: Unit, last: date, number: int
) -> None:
    first = office.covering(last).backward(unit, last, number)

    assert number == len(walked(office, unit, first, last))
    assert number > len(walked(office, unit, first + timedelta(days=1), last))


def test_days_of_calendars_that_follow_one_another_are_one_run() -> None:
    assert (date(2025, 1, 1), date(2027, 12, 31)) == (real().covering(FIRST).first, real().covering(FIRST).last)


@pytest.mark.parametrize(("day", "number"), [(date(2027, 12, 31), 1), (date(2025, 1, 1), 10**9)])
def test_beyond_the_run_the_first_day_missing_is_named(day: date, number: int) -> None:
    with pytest.raises(CalendarNotCovered, match="2028-01-01"):
        real().covering(day).forward(Unit.WORKING_DAYS, day, number)
    with pytest.raises(CalendarNotCovered, match="2024-12-31"):
        real().covering(day).backward(Unit.WORKING_DAYS, day, 10**9)
