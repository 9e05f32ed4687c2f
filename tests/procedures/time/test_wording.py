from datetime import timedelta

import pytest

from procedures.time.instants import end_of_day
from procedures.time.wording import clock_time, instant_in_words, length_in_words
from tests.procedures.time.offices import at


def test_an_instant_is_said_to_the_second_where_it_has_one() -> None:
    assert "07:05 Chủ nhật 08/03/2026" == instant_in_words(at("2026-03-08 07:05"), "vi")
    assert "07:05:09 on Sunday 8 March 2026" == instant_in_words(at("2026-03-08 07:05:09"), "en")
    assert "24:00" == clock_time(end_of_day(at("2026-03-08 00:00").date()))


@pytest.mark.parametrize(
    ("length", "vi", "en"),
    [
        (timedelta(), "0 giờ", "0 h"),
        (timedelta(hours=26, minutes=5), "26 giờ 5 phút", "26 h 5 min"),
        (timedelta(seconds=36), "36 giây", "36 s"),
    ],
)
def test_a_length_is_said_in_hours(length: timedelta, vi: str, en: str) -> None:
    assert (vi, en) == (length_in_words(length, "vi"), length_in_words(length, "en"))
