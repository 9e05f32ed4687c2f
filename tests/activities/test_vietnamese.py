"""Amounts and dates as a Vietnamese reader expects them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.vietnamese import (
    amount_in_figures,
    amount_in_words,
    date_in_words,
    day_of,
    hour,
    number_in_words,
    weekday_and_date,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_050, "một nghìn không trăm năm mươi"),
        (10_500, "mười nghìn năm trăm"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_234_567, "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"),
        (4_200_000, "bốn triệu hai trăm nghìn"),
        (1_005_000_000, "một tỷ không trăm linh năm triệu"),
        (2_000_000_001, "hai tỷ không trăm linh một"),
        (12_000_000_000_000, "mười hai nghìn tỷ"),
        (1_000_000_000_000_000_000, "một tỷ tỷ"),
    ],
)
def test_numbers_are_said_as_a_cashier_says_them(number: int, words: str) -> None:
    assert words == number_in_words(number)


def test_an_amount_begins_with_a_capital_and_ends_with_the_currency() -> None:
    assert amount_in_words(4_200_000) == "Bốn triệu hai trăm nghìn đồng"
    assert amount_in_figures(4_200_000) == "4.200.000 đồng"


def test_a_negative_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        number_in_words(-1)


@given(st.integers(0, 10**18), st.integers(0, 10**18))
def test_two_amounts_are_never_said_alike(one: int, other: int) -> None:
    assert (one == other) == (number_in_words(one) == number_in_words(other))


@given(st.integers(0, 10**18))
def test_words_are_single_spaced_and_known(number: int) -> None:
    known = set("không một hai ba bốn năm sáu bảy tám chín mười mươi mốt tư lăm linh trăm nghìn triệu tỷ".split())

    assert set(number_in_words(number).split(" ")) <= known


def test_small_days_and_months_carry_a_zero_in_words() -> None:
    """Decree 30/2020, Annex I: days below ten and the months one and two."""
    assert date_in_words(date(2026, 2, 2)) == "ngày 02 tháng 02 năm 2026"
    assert date_in_words(date(2026, 11, 27)) == "ngày 27 tháng 11 năm 2026"
    assert date_in_words(date(2026, 3, 9)) == "ngày 09 tháng 3 năm 2026"


def test_a_weekday_never_parts_from_its_number() -> None:
    assert weekday_and_date(date(2026, 11, 27)) == "Thứ\N{NO-BREAK SPACE}Sáu 27/11/2026"
    assert weekday_and_date(date(2026, 11, 29)) == "Chủ\N{NO-BREAK SPACE}Nhật 29/11/2026"


def test_instants_are_shown_in_vietnamese_time() -> None:
    late_in_utc = datetime(2026, 11, 2, 18, 20, tzinfo=UTC)

    assert hour(late_in_utc) == "01 giờ 20"
    assert day_of(late_in_utc) == date(2026, 11, 3)
