"""Whole numbers as Vietnamese law writes them out beside the figures."""

import pytest

from procedures.language.lint.numerals import number_in_words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("năm", 5),
        ("Mười", 10),
        ("mười lăm", 15),
        ("hai mươi", 20),
        ("hai mươi lăm", 25),
        ("hai mươi mốt", 21),
        ("chín mươi", 90),
        ("một trăm linh năm", 105),
        ("một trăm hai mươi", 120),
        ("một trăm mười hai", 112),
    ],
)
def test_a_number_in_words_is_read(text: str, number: int) -> None:
    assert number == number_in_words(text)


@pytest.mark.parametrize("text", ["", "kể cả ngày lễ", "hai ba", "mươi", "năm mười", "không"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number_in_words(text) is None
