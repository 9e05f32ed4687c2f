"""Whole numbers as Vietnamese law writes them out beside the figures: `25 (hai mươi lăm) ngày`."""

_DIGITS = {
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "nhăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_TIMES = {"mươi": 10, "trăm": 100}
_EMPTY = frozenset({"linh", "lẻ"})


def number_in_words(text: str) -> int | None:
    """Read a number up to 999; None where it is none."""
    total, digit = 0, 0
    for word in text.lower().split():
        if word in _DIGITS and not digit:
            digit = _DIGITS[word]
        elif word in _TIMES and digit:
            total, digit = total + digit * _TIMES[word], 0
        elif word == "mười" and not digit:
            total += 10
        elif word not in _EMPTY or digit:
            return None
    return total + digit or None
