from datetime import UTC, date, timedelta

import pytest
from hypothesis import given

from procedures.time.calendar import Calendar, DayKind, HalfDay, MakeUpDay, Session
from procedures.time.errors import BadCalendar, CalendarNotCovered
from procedures.time.files import load_calendars
from procedures.time.hours import office_hours
from procedures.time.instants import MICROSECOND, Instant
from procedures.time.working import WorkingTime
from tests.procedures.time.offices import USUAL, WITH_SATURDAY, at, fictional, offices, real, starts, waits_of

YEARS = ["vn-2025", "vn-2026", "vn-2027"]


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-03-02", DayKind.WORKING_DAY),
        ("2026-03-07", DayKind.WEEKEND),
        ("2026-02-17", DayKind.PUBLIC_HOLIDAY),
        ("2026-04-26", DayKind.PUBLIC_HOLIDAY),
        ("2026-04-27", DayKind.COMPENSATORY),
        ("2026-08-31", DayKind.SWAPPED_OFF),
        ("2026-08-22", DayKind.MAKE_UP_DAY),
        ("2026-11-24", DayKind.PUBLIC_HOLIDAY),
        ("2025-11-24", DayKind.WORKING_DAY),
    ],
)
def test_the_published_calendars_say_what_a_day_is(day: str, kind: DayKind) -> None:
    assert kind is real().day(date.fromisoformat(day)).kind


def test_a_make_up_saturday_is_worked_with_the_hours_of_the_day_it_stands_for() -> None:
    working = real(WITH_SATURDAY)

    assert at("2026-08-22 17:00") == working.closing(date(2026, 8, 22))
    assert at("2026-08-29 11:30") == working.closing(date(2026, 8, 29))


def test_an_office_that_never_works_the_exchanged_weekday_makes_nothing_up() -> None:
    """31 August 2026 is a Monday."""
    working = real(office_hours({"tue-fri": ["07:30-11:30"]}))

    assert [DayKind.WEEKEND, DayKind.REST_DAY] == [working.day(date(2026, 8, day)).kind for day in (22, 24)]


def test_a_half_day_is_worked_with_its_own_hours_where_the_office_works_at_all() -> None:
    halves = tuple(HalfDay(date(2026, 6, day), (Session(450, 690),), "half", "test", "none") for day in (5, 6, 13))
    made_up = (MakeUpDay(date(2026, 6, 13), date(2026, 6, 15), "test", "none"),)
    calendar = Calendar("x", "X", "fictional", date(2026, 6, 1), date(2026, 6, 30), (), (), made_up, halves)
    working = WorkingTime([calendar], USUAL)

    assert at("2026-06-05 11:30") == working.closing(date(2026, 6, 5))
    assert [DayKind.HALF_DAY, DayKind.WEEKEND, DayKind.HALF_DAY] == [working.day(one.day).kind for one in halves]


def test_calendars_that_overlap_are_refused() -> None:
    with pytest.raises(BadCalendar, match="both cover 2026-01-01"):
        WorkingTime([*load_calendars(["vn-2026"]), fictional()], USUAL)


def test_a_day_outside_the_calendars_is_named() -> None:
    with pytest.raises(CalendarNotCovered) as error:
        real().next_working_day(date(2027, 12, 31))

    assert date(2028, 1, 1) == error.value.day
    assert "2028-01-01" in error.value.sentence


def test_working_days_after_a_day_include_the_last_one() -> None:
    working = real()

    assert 3 == working.working_days_after(date(2026, 3, 6), date(2026, 3, 11))
    assert 0 == working.working_days_after(date(2026, 3, 6), date(2026, 3, 8))
    assert date(2026, 2, 13) == working.working_day_before(date(2026, 2, 23))


def test_openings_are_in_utc() -> None:
    opening = real().opening(date(2026, 3, 2))

    assert (at("2026-03-02 07:30"), UTC) == (opening, opening.tzinfo)


@given(offices, starts(), waits_of(30))
def test_advancing_by_the_time_worked_comes_back_to_the_same_time(
    office: WorkingTime, begins: Instant, wait: timedelta
) -> None:
    length = office.worked(begins, begins + wait)

    reached = office.advance(begins, length)

    assert length == office.worked(begins, reached)
    assert reached <= begins + wait
    back = office.retreat(reached, length)
    assert length == office.worked(back, reached)


@given(offices, starts(), waits_of(3))
def test_retreating_gives_the_last_instant_from_which_so_much_is_left(
    office: WorkingTime, ends: Instant, wait: timedelta
) -> None:
    length = office.worked(ends - wait, ends) if ends - wait >= at("2026-01-01 00:00") else timedelta()

    back = office.retreat(ends, length)

    assert ends - wait <= back <= ends
    assert office.worked(back, ends) == length
    assert back == ends or office.worked(back + MICROSECOND, ends) < length
