from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.time.duration import WITHIN_THE_DAY, Duration, parse_duration, parse_moment
from procedures.time.instants import Instant
from procedures.time.limit import Extended, Pause, Reckoning, Rules, reckon
from procedures.time.marks import after, before, draft, due_mark, legal_marks, moment, share, span_end
from procedures.time.working import WorkingTime
from tests.procedures.time.offices import EIGHT, at, offices, real, starts

NOTICE = parse_duration("1 working day")
START = at("2026-03-02 09:00")
DUE = at("2026-03-09 23:59:59.999999")


def reckoned(limit: str, *changes: Pause | Extended) -> Reckoning:
    return reckon(real(), parse_duration(limit), Rules(), START, changes)


def test_the_due_mark_is_the_first_microsecond_too_late() -> None:
    assert at("2026-03-10 00:00") == due_mark(DUE)


def test_the_legal_marks_of_an_ordinary_limit() -> None:
    """Scenario 12: accepted on Monday 2 March, due on Monday 9, drafted on Wednesday at opening."""
    marks = {mark.name: mark.at for mark in legal_marks(real(), reckoned("5 working days"), NOTICE)}

    assert ["draft", "half", "last_call", "due"] == list(marks)
    assert at("2026-03-04 07:30") == marks["draft"]
    assert at("2026-03-08 23:59:59.999999") == marks["last_call"]
    assert at("2026-03-10 00:00") == marks["due"]


def test_half_of_the_office_time_has_passed_at_the_half() -> None:
    """From Monday 09:00 to Monday evening are 6 + 5 x 7.5 hours; half of them are used on Thursday at 08:15."""
    assert at("2026-03-05 08:15") == share(real(), reckoned("5 working days"), 50)


def test_a_suspension_is_left_out_of_the_half() -> None:
    pause = Pause(at("2026-03-02 17:00"), at("2026-03-08 23:00"))
    rest = reckoned("5 working days", pause)

    assert DUE < at("2026-03-13 23:59:59.999999") == rest.due
    assert at("2026-03-11 08:15") == share(real(), rest, 50)


@pytest.mark.parametrize(
    ("limit", "names"),
    [
        ("within the day", ["half", "warn", "due"]),
        ("1 working day", ["last_call", "half", "warn", "due"]),
        ("8 working hours", ["half", "warn", "last_call", "due"]),
        ("3 working days", ["half", "warn", "last_call", "due"]),
        ("4 working days", ["draft", "half", "last_call", "due"]),
    ],
)
def test_a_limit_without_room_for_a_draft_is_warned_of_at_three_quarters(limit: str, names: list[str]) -> None:
    marks = legal_marks(real(), reckoned(limit), NOTICE)

    assert set(names) == {mark.name for mark in marks}
    assert sorted(mark.at for mark in marks) == [mark.at for mark in marks]


def test_while_suspended_there_is_no_mark() -> None:
    suspended = reckoned("5 working days", Pause(at("2026-03-03 10:00")))

    assert () == legal_marks(real(), suspended, NOTICE)
    assert share(real(), suspended, 50) is None


@pytest.mark.parametrize(
    ("distance", "instant"),
    [
        ("1 working day", "2026-03-06 07:30"),
        ("2 working days", "2026-03-05 07:30"),
        ("1 calendar day", "2026-03-06 07:30"),
        ("3 calendar days", "2026-03-06 07:30"),
        ("4 calendar days", "2026-03-05 07:30"),
        ("4 working hours", "2026-03-09 11:00"),
        ("0.5 working days", "2026-03-09 11:00"),
        ("2 hours", "2026-03-09 21:59:59.999999"),
    ],
)
def test_a_moment_before_a_due_date(distance: str, instant: str) -> None:
    assert at(instant) == before(real(), DUE, parse_duration(distance), since=START)


@pytest.mark.parametrize("distance", ["5 working days", "7 calendar days", "44 working hours", "1 month", "200 hours"])
def test_a_moment_before_the_start_is_none(distance: str) -> None:
    assert before(real(), DUE, parse_duration(distance), since=START) is None


def test_looking_back_does_not_leave_the_calendars_before_the_start() -> None:
    since = at("2025-01-01 09:00")

    assert before(real(), at("2025-01-02 23:59:59.999999"), parse_duration("9 working days"), since=since) is None
    short = reckon(real(), parse_duration("2 working days"), Rules(), since)
    assert "draft" not in [mark.name for mark in legal_marks(real(), short, NOTICE)]


@pytest.mark.parametrize(
    ("distance", "instant"),
    [
        ("1 working day", "2026-03-10 07:30"),
        ("5 calendar days", "2026-03-16 07:30"),
        ("2 working hours", "2026-03-10 09:30"),
        ("2 hours", "2026-03-10 01:59:59.999999"),
        ("1 month", "2026-04-09 07:30"),
        ("1 year", "2027-03-09 07:30"),
    ],
)
def test_a_moment_after_a_due_date(distance: str, instant: str) -> None:
    assert at(instant) == after(real(), DUE, parse_duration(distance))


def test_no_time_after_a_day_off_is_the_next_opening() -> None:
    assert at("2026-03-09 07:30") == after(real(), at("2026-03-07 12:00"), WITHIN_THE_DAY)


def test_the_moments_of_the_language() -> None:
    told = [
        moment(real(), DUE, parse_moment(text), since=START)
        for text in ("1 working day before", "due", "1 working day after")
    ]

    assert [at("2026-03-06 07:30"), at("2026-03-10 00:00"), at("2026-03-10 07:30")] == told


def test_a_notice_in_hours_is_drafted_two_working_days_ahead() -> None:
    assert at("2026-03-04 07:30") == draft(real(), DUE, parse_duration("8 working hours"))


def test_no_call_is_left_in_a_limit_as_short_as_its_notice() -> None:
    marks = legal_marks(real(), reckoned("1 working day"), parse_duration("2 working days"))

    assert ["half", "warn", "due"] == [mark.name for mark in marks]


@pytest.mark.parametrize(
    ("span", "end"),
    [
        ("30 calendar days", "2026-04-01 23:59:59.999999"),
        ("12 months", "2027-03-02 23:59:59.999999"),
        ("10 years", "2036-03-02 23:59:59.999999"),
        ("48 hours", "2026-03-04 09:00"),
    ],
)
def test_a_span_that_no_calendar_decides_may_leave_them(span: str, end: str) -> None:
    assert at(end) == span_end(parse_duration(span), START)


def test_a_span_in_office_time_needs_an_office() -> None:
    with pytest.raises(ValueError, match="5 working days"):
        span_end(parse_duration("5 working days"), START)


def test_the_half_of_plain_hours_in_the_night_is_by_the_clock() -> None:
    night = reckon(real(EIGHT), parse_duration("4 hours"), Rules(), at("2026-03-02 20:00"))

    assert at("2026-03-02 22:00") == share(real(EIGHT), night, 50)


@given(offices, st.integers(1, 40), starts(), st.integers(1, 3))
def test_every_mark_lies_between_start_and_due_mark(
    office: WorkingTime, amount: int, start: Instant, notice: int
) -> None:
    reckoning = reckon(office, parse_duration(f"{amount} calendar day{'s'[: amount != 1]}"), Rules(), start)

    marks = legal_marks(office, reckoning, Duration(NOTICE.amount * notice, NOTICE.unit))

    assert reckoning.due is not None
    assert all(start <= mark.at <= reckoning.due + timedelta(microseconds=1) for mark in marks)
