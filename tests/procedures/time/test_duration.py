from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from procedures.time.duration import (
    DUE,
    NO_LIMIT,
    WITHIN_THE_DAY,
    Duration,
    Moment,
    Unit,
    parse_duration,
    parse_moment,
)
from procedures.time.errors import BadDuration

TEXTS = [
    "within the day",
    "no limit",
    "1 working day",
    "7 working days",
    "0.5 working days",
    "1.25 working hours",
    "8 working hours",
    "1 calendar day",
    "25 calendar days",
    "20 calendar days excluding public holidays",
    "2 hours",
    "1 month",
    "10 years",
]
durations = st.one_of(
    st.builds(
        Duration,
        st.integers(1, 9999).map(lambda n: Fraction(n, 100)),
        st.sampled_from([Unit.WORKING_DAYS, Unit.WORKING_HOURS]),
    ),
    st.builds(Duration, st.integers(1, 999).map(Fraction), st.sampled_from([*Unit][:-1])),
    st.sampled_from([WITHIN_THE_DAY, NO_LIMIT]),
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_and_written_alike(text: str) -> None:
    assert text == str(parse_duration(text))


@given(durations)
def test_every_duration_survives_its_text_and_json(duration: Duration) -> None:
    adapter = TypeAdapter(Duration)

    assert duration == parse_duration(str(duration))
    assert duration == adapter.validate_python(adapter.dump_python(duration, mode="json"))


def test_the_language_allows_the_plural_alone_where_days_exclude_holidays() -> None:
    day = Duration(Fraction(1), Unit.CALENDAR_DAYS_EXCL_HOLIDAYS)

    assert day == parse_duration("1 calendar days excluding public holidays")
    assert day == parse_duration("1 calendar day excluding public holidays")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("25 days", "say 'calendar days' or 'working days'"),
        ("1 day", "say 'calendar days' or 'working days'"),
        ("1 working days", "write '1 working day'"),
        ("2 working day", "write '2 working days'"),
        ("0 working days", "write 'within the day'"),
        ("0 hours", "an amount above zero"),
        ("0.5 calendar days", "a fraction is possible only with working hours and working days"),
        ("0.125 working days", "is no duration"),
        ("5 fortnights", "no known unit"),
        ("working days", "is no duration"),
        ("-1 working day", "is no duration"),
        ("05 working days", "write '5 working days'"),
        ("5  working days", "no known unit"),
        ("5 working days ", "no known unit"),
        ("٥ working days", "is no duration"),
        ("999999 working days", "is no duration"),
        ("", "is no duration"),
        ("Within the day", "is no duration"),
    ],
)
def test_a_wrong_text_says_what_to_write(text: str, hint: str) -> None:
    with pytest.raises(BadDuration) as error:
        parse_duration(text)

    assert hint in error.value.sentence
    assert "bad-duration" == error.value.code


def test_moments_are_told_from_a_due_date() -> None:
    assert DUE == parse_moment("due")
    assert Moment("before", parse_duration("1 working day")) == parse_moment("1 working day before")
    assert Moment("after", parse_duration("30 calendar days")) == parse_moment("30 calendar days after")
    assert ["due", "1 working day before"] == [str(parse_moment(text)) for text in ("due", "1 working day before")]


@pytest.mark.parametrize(
    "text", ["before", "1 working day", "no limit before", "within the day after", "1 day before", ""]
)
def test_a_wrong_moment_is_refused(text: str) -> None:
    with pytest.raises(BadDuration):
        parse_moment(text)


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("within the day", True),
        ("1 working day", True),
        ("1.5 working days", True),
        ("2 working days", False),
        ("15 working hours", True),
        ("16 working hours", False),
        ("47 hours", True),
        ("1 calendar day", True),
        ("1 month", False),
        ("no limit", False),
    ],
)
def test_which_limits_are_below_two_days(text: str, below: bool) -> None:
    assert below is parse_duration(text).is_below_two_days
