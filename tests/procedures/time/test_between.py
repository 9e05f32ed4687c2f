"""What lies between two instants is what a limit between them has."""

from datetime import timedelta

import pytest
from hypothesis import given

from procedures.time.between import Between, between
from procedures.time.duration import Duration, Unit
from procedures.time.errors import CalendarNotCovered
from procedures.time.instants import Instant
from procedures.time.limit import Rules, reckon
from procedures.time.working import WorkingTime
from tests.procedures.time.offices import at, offices, real, starts, waits_of
from tests.procedures.time.test_properties import day_limits, due, hour_limits

HOUR = timedelta(hours=1)


def test_what_lies_over_tet() -> None:
    found = between(real(), at("2026-02-12 14:30"), at("2026-02-24 09:00"))

    assert Between(12, 7, 3, (2.5 + 7.5 + 7.5 + 1.5) * HOUR) == found
    assert found == between(real(), at("2026-02-24 09:00"), at("2026-02-12 14:30"))


def test_what_no_calendar_covers_is_named() -> None:
    with pytest.raises(CalendarNotCovered, match="2028-01-01"):
        between(real(), at("2027-12-31 09:00"), at("2028-01-04 09:00"))


@given(offices, day_limits, starts())
def test_as_many_days_lie_up_to_a_due_date_as_its_limit_has(
    office: WorkingTime, limit: Duration, start: Instant
) -> None:
    found = between(office, start, due(reckon(office, limit, Rules(rollover=False), start)))

    lying = {
        Unit.WORKING_DAYS: found.working_days,
        Unit.CALENDAR_DAYS: found.calendar_days,
        Unit.CALENDAR_DAYS_EXCL_HOLIDAYS: found.calendar_days_excl_holidays,
    }
    assert limit.amount == lying[limit.unit]


@given(offices, hour_limits, starts())
def test_as_much_office_time_lies_up_to_a_due_instant_as_its_limit_has(
    office: WorkingTime, limit: Duration, start: Instant
) -> None:
    hours = Duration(limit.amount, Unit.WORKING_HOURS)

    found = between(office, start, due(reckon(office, hours, Rules(), start)))

    assert limit.amount.numerator * HOUR / limit.amount.denominator == found.office_time


@given(offices, starts(), waits_of(100), waits_of(100))
def test_what_lies_between_adds_up(office: WorkingTime, start: Instant, first: timedelta, second: timedelta) -> None:
    middle, end = start + first, start + first + second

    one, other, whole = between(office, start, middle), between(office, middle, end), between(office, start, end)

    assert whole == Between(
        one.calendar_days + other.calendar_days,
        one.calendar_days_excl_holidays + other.calendar_days_excl_holidays,
        one.working_days + other.working_days,
        one.office_time + other.office_time,
    )
