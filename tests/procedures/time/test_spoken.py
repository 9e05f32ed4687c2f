"""Durations and moments in words."""

from fractions import Fraction

import pytest

from procedures.time.duration import Duration, Unit
from procedures.time.spoken import duration_in_words, spoken, spoken_moment


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        ("25 calendar days", "25 ngày"),
        ("1 working day", "1 ngày làm việc"),
        ("0.5 working days", "0,5 ngày làm việc"),
        ("8 working hours", "8 giờ làm việc"),
        ("20 calendar days excluding public holidays", "20 ngày, không tính ngày nghỉ lễ"),
        ("within the day", "trong ngày"),
        ("no limit", "không quy định"),
        ("3 months", "3 tháng"),
        ("10 years", "10 năm"),
        ("1 hour", "1 giờ"),
    ],
)
def test_a_limit_is_said_in_the_words_of_the_law(duration: str, words: str) -> None:
    assert words == spoken(duration, "vi")


@pytest.mark.parametrize("duration", ["25 calendar days", "0.5 working days", "within the day", "no limit"])
def test_in_english_a_duration_is_said_as_it_is_written(duration: str) -> None:
    assert duration == spoken(duration, "en")


@pytest.mark.parametrize(
    ("moment", "vi", "en"),
    [
        ("due", "đúng hạn", "when due"),
        ("1 working day before", "trước hạn 1 ngày làm việc", "1 working day before"),
        ("2 calendar days after", "sau hạn 2 ngày", "2 calendar days after"),
    ],
)
def test_a_moment_is_said_from_the_due_instant(moment: str, vi: str, en: str) -> None:
    assert (vi, en) == (spoken_moment(moment, "vi"), spoken_moment(moment, "en"))


def test_an_amount_is_said_with_the_decimals_it_has() -> None:
    eighth = Duration(Fraction(1, 8), Unit.WORKING_DAYS)

    assert ("0,125 ngày làm việc", "0.125 working days") == tuple(
        duration_in_words(eighth, one) for one in ("vi", "en")
    )
