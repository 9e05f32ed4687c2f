"""Looking back from a due date is looking forward the other way round."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.time.backward import last_call, latest_ask, latest_start, leaves_notice
from procedures.time.duration import NO_LIMIT, Duration, Unit, parse_duration
from procedures.time.errors import BadDuration, CalendarNotCovered
from procedures.time.instants import MICROSECOND, Instant
from procedures.time.limit import Pause, Rules, reckon
from procedures.time.working import WorkingTime
from tests.procedures.time.offices import at, offices, real, starts, waits_of
from tests.procedures.time.test_properties import due, limits, rules

DUE = at("2026-03-09 23:59:59.999999")
CUTOFF = Rules(cutoff_after=time(15))
SHIFT = Rules(cutoff_after=time(15), off_hours="next_working_day")


@pytest.mark.parametrize(
    ("limit", "rules_", "latest"),
    [
        ("5 working days", Rules(), "2026-03-02 23:59:59.999999"),
        ("5 working days", CUTOFF, "2026-03-02 15:00"),
        ("1 working day", CUTOFF, "2026-03-08 15:00"),
        ("1 working day", SHIFT, "2026-03-06 15:00"),
        ("within the day", SHIFT, "2026-03-09 15:00"),
        ("7 calendar days", Rules(), "2026-03-02 23:59:59.999999"),
        ("1 month", Rules(), "2026-02-09 23:59:59.999999"),
        ("8 working hours", Rules(), "2026-03-06 16:30"),
        ("7.5 working hours", Rules(), "2026-03-09 07:30"),
        ("1 working hour", SHIFT, "2026-03-09 15:00"),
        ("4 working hours", SHIFT, "2026-03-09 11:00"),
        ("4 working hours", Rules(start_next_day=True), "2026-03-08 23:59:59.999999"),
        ("24 hours", Rules(), "2026-03-08 23:59:59.999999"),
    ],
)
def test_the_latest_day_to_start_keeps_a_due_date(limit: str, rules_: Rules, latest: str) -> None:
    assert at(latest) == latest_start(real(), parse_duration(limit), rules_, DUE)


def test_a_limit_that_would_end_on_a_day_off_has_to_end_before_it() -> None:
    """By the end of Sunday 26 April, five calendar days end at the latest on Friday 24."""
    sunday = at("2026-04-26 23:59:59.999999")

    assert at("2026-04-19 23:59:59.999999") == latest_start(real(), parse_duration("5 calendar days"), Rules(), sunday)


def test_of_several_days_with_one_month_end_the_last_is_given() -> None:
    """A month from 28, 29, 30 and 31 January ends on 28 February, a Saturday."""
    saturday = at("2026-02-28 23:59:59.999999")

    latest = latest_start(real(), parse_duration("1 month"), Rules(rollover=False), saturday)

    assert at("2026-01-31 23:59:59.999999") == latest


def test_a_limit_in_days_has_to_be_over_by_an_instant_within_a_day() -> None:
    noon = at("2026-03-10 12:00")

    assert at("2026-03-02 23:59:59.999999") == latest_start(real(), parse_duration("5 working days"), Rules(), noon)


def test_the_latest_day_to_ask_leaves_the_window_and_the_limit_that_follows() -> None:
    """1.014140: asked on 1 October, answered on the 21st after 20 days, twenty more days are over on 10 November."""
    days = parse_duration("20 calendar days")

    asked = latest_ask(real(), days, days, Rules(), at("2026-11-10 23:59:59.999999"))

    assert at("2026-10-01 23:59:59.999999") == asked
    assert "2026-11-10" == str(
        reckon(
            real(),
            parse_duration("25 calendar days"),
            Rules(),
            at("2026-09-28 09:00"),
            [Pause(asked, at("2026-10-21 23:59:59"), "replace", days)],
        ).last_day
    )


def test_without_a_limit_there_is_nothing_to_look_back_from() -> None:
    with pytest.raises(BadDuration, match="no limit"):
        latest_start(real(), NO_LIMIT, Rules(), DUE)


@pytest.mark.parametrize("limit", ["5 working days", "20 calendar days", "80 working hours", "200 hours", "1 month"])
def test_looking_back_beyond_the_calendars_is_an_error(limit: str) -> None:
    with pytest.raises(CalendarNotCovered, match="2024"):
        latest_start(real(), parse_duration(limit), Rules(), at("2025-01-05 12:00"))


@given(offices, limits, rules, starts(), st.sampled_from([0, 1, 60, 1440, 7 * 1440]))
def test_the_latest_start_keeps_the_due_date_and_no_later_one_does(
    office: WorkingTime, limit: Duration, rules_: Rules, start: Instant, later: int
) -> None:
    kept = due(reckon(office, limit, rules_, start))

    latest = latest_start(office, limit, rules_, kept)

    assert start <= latest
    assert due(reckon(office, limit, rules_, latest)) <= kept
    after = latest + max(timedelta(minutes=later), MICROSECOND)
    assert due(reckon(office, limit, rules_, after)) > kept


@pytest.mark.parametrize(
    ("notice", "instant"),
    [
        ("1 working day", "2026-03-08 23:59:59.999999"),
        ("2 working days", "2026-03-05 23:59:59.999999"),
        ("1 calendar day", "2026-03-08 23:59:59.999999"),
        ("3 calendar days", "2026-03-06 23:59:59.999999"),
        ("1 month", "2026-02-09 23:59:59.999999"),
        ("8 working hours", "2026-03-06 16:30"),
        ("24 hours", "2026-03-08 23:59:59.999999"),
    ],
)
def test_the_last_call_leaves_the_notice_after_its_day(notice: str, instant: str) -> None:
    assert at(instant) == last_call(real(), DUE, parse_duration(notice))


notices = st.builds(
    Duration,
    st.integers(0, 12).map(lambda n: parse_duration("1 working day").amount * n),
    st.sampled_from([unit for unit in Unit if unit not in (Unit.NONE, Unit.YEARS)]),
)


@given(offices, notices, starts(), waits_of(400))
def test_a_notice_is_left_exactly_up_to_the_last_call(
    office: WorkingTime, notice: Duration, start: Instant, wait: timedelta
) -> None:
    ends = start + wait

    try:
        call = last_call(office, ends, notice)
    except CalendarNotCovered:
        assert not leaves_notice(office, start, ends, notice)
        return

    assert leaves_notice(office, start, ends, notice) == (start <= call)
    if call >= at("2026-01-01 00:00"):
        assert leaves_notice(office, call, ends, notice)
        assert not leaves_notice(office, call + MICROSECOND, ends, notice)
