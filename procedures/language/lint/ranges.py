"""What a term may be, narrowed by statements about it, and how two such terms may compare."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

from procedures.language.lint.cases import Statement, Value, is_less, written

MAX_PAIRS = 400
WAYS = frozenset({-1, 0, 1})


@dataclass(frozen=True, slots=True)
class Range:
    """What a term may be: one of few values, or anything between two bounds; `whole` numbers leave no gaps between."""

    values: tuple[Value, ...] | None = None
    least: Value | None = None
    most: Value | None = None
    whole: bool = False
    is_valid: Callable[[Value], bool] = lambda value: True

    def allows(self, value: Value) -> bool:
        is_low = self.least is not None and is_less(value, self.least)
        is_high = self.most is not None and is_less(self.most, value)
        return not is_low and not is_high and self.is_valid(value)

    def __str__(self) -> str:
        if self.values is not None and len(self.values) == 1:
            return written(self.values[0])
        if self.values is not None:
            return "one of " + ", ".join(map(written, self.values))
        ends = (("at least", self.least), ("at most", self.most))
        return " and ".join(f"{side} {written(end)}" for side, end in ends if end is not None)


ANYTHING = Range()


@dataclass(frozen=True, slots=True)
class Span:
    """Values in one piece; an end that is `open` is not among them, and None is no end."""

    low: Value | None = None
    high: Value | None = None
    low_open: bool = False
    high_open: bool = False


def has_room(range_: Range, statements: Iterable[Statement]) -> bool:
    """Say whether a value between two bounds is left by all statements."""
    span = _between(range_, statements)
    low, high = span.low, span.high
    if low is None or high is None:
        return True
    if _is_whole(range_, statements) and isinstance(low, int) and isinstance(high, int):
        excluded = {value for one in statements if one.sign in ("!=", "not in") for value in one.values}
        return high - low + 1 > sum(1 for value in excluded if isinstance(value, int) and low <= value <= high)
    return is_less(low, high) or (low == high and not span.low_open and not span.high_open)


def spans(range_: Range, statements: list[Statement]) -> tuple[Span, ...]:
    """Give what a term may be: each value by itself where there are few, else all between two bounds."""
    fixed = next((one.values for one in statements if one.sign in ("==", "in")), None)
    values = range_.values or fixed
    if values is None:
        return (_between(range_, statements),)
    return tuple(Span(value, value) for value in values if all(one.is_true_of(value) for one in statements))


def may_compare(ways: Iterable[int], statements: Iterable[Statement]) -> bool:
    return any(all(one.is_true_of(way) for one in statements) for way in ways)


def compare(first: tuple[Span, ...], second: tuple[Span, ...]) -> frozenset[int]:
    """Say how a value of the first may compare with one of the second: -1 it is less, 0 equal, 1 greater."""
    if len(first) * len(second) > MAX_PAIRS:
        return WAYS
    return frozenset(way for one, other in product(first, second) for way in _ways(one, other))


def _ways(one: Span, other: Span) -> Iterable[int]:
    if _is_below(one.low, other.high):
        yield -1
    if _is_below(other.low, one.high):
        yield 1
    if not (_is_past(one, other) or _is_past(other, one)):
        yield 0


def _is_below(low: Value | None, high: Value | None) -> bool:
    return low is None or high is None or is_less(low, high)


def _is_past(one: Span, other: Span) -> bool:
    """Say whether every value of the first is above those of the second."""
    if one.low is None or other.high is None:
        return False
    return is_less(other.high, one.low) or (one.low == other.high and (one.low_open or other.high_open))


def _between(range_: Range, statements: Iterable[Statement]) -> Span:
    """Take the highest lower bound and the lowest upper bound; whole numbers begin and end at one of them."""
    low, high = range_.least, range_.most
    low_open = high_open = False
    for one in statements:
        value = one.values[0]
        if one.sign in (">", ">=") and (low is None or is_less(low, value) or (low == value and one.sign == ">")):
            low, low_open = value, one.sign == ">"
        if one.sign in ("<", "<=") and (high is None or is_less(value, high) or (high == value and one.sign == "<")):
            high, high_open = value, one.sign == "<"
    if _is_whole(range_, statements):
        if isinstance(low, int):
            low, low_open = low + low_open, False
        if isinstance(high, int):
            high, high_open = high - high_open, False
    return Span(low, high, low_open, high_open)


def _is_whole(range_: Range, statements: Iterable[Statement]) -> bool:
    """Numbers that are no counts are written with a point, on both sides."""
    values = [value for one in statements for value in one.values]
    return range_.whole or (bool(values) and all(isinstance(value, int) for value in values))
