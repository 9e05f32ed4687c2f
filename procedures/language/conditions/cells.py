"""Cells of decision tables: what one says of an input, as spans of values (language.md §2.10).

BadCell
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from procedures.json_types import Json

Value: TypeAlias = bool | int | float | str
ANYTHING = "-"
_COMPARED = re.compile(r"(<=|>=|<|>)\s*(.+)\Z")


class BadCell(Exception):
    """The sentence says what is wrong and how a cell is written."""


@dataclass(frozen=True, slots=True)
class Span:
    """Values from `low` to `high`, None without end; a single value is a span of itself."""

    low: Value | None = None
    high: Value | None = None
    with_low: bool = True
    with_high: bool = True

    def holds(self, value: Value) -> bool:
        if self.low is not None and not (self.low < value or (self.with_low and self.low == value)):  # type: ignore[operator]  # both of the input's type
            return False
        return self.high is None or value < self.high or (self.with_high and self.high == value)  # type: ignore[operator]


Cell: TypeAlias = tuple[Span, ...]
"""The spans a value may lie in; one span without ends fits everything."""


def fits(cell: Cell, value: Value) -> bool:
    return any(span.holds(value) for span in cell)


def parse_cell(written: Json, type: str) -> Cell:
    """Read a cell for an input of CEL's type `INT`, `DOUBLE`, `BOOL` or `STRING`. Raises `BadCell`."""
    if not isinstance(written, bool | int | float | str):
        raise BadCell("a cell is a single value")
    return _parsed(str(written).lower() if isinstance(written, bool) else str(written), type)


@lru_cache(maxsize=4096)
def _parsed(text: str, type: str) -> Cell:
    if text == ANYTHING:
        return (Span(),)
    return tuple(_span(part.strip(), type) for part in text.split("|"))


def _span(text: str, type: str) -> Span:
    if compared := _COMPARED.match(text):
        sign, value = compared[1], _value(compared[2], _ordered(type, text))
        if sign.startswith("<"):
            return Span(high=value, with_high=sign == "<=")
        return Span(low=value, with_low=sign == ">=")
    low, dots, high = text.partition("..")
    if dots:
        type = _ordered(type, text)
        span = Span(_value(low.strip(), type), _value(high.strip(), type))
        if span.low > span.high:  # type: ignore[operator]  # both of the input's type
            raise BadCell(f"'{text}' is empty: the first value is the greater one")
        return span
    value = _value(text, type)
    return Span(value, value)


def _ordered(type: str, text: str) -> str:
    if type == "BOOL":
        raise BadCell(f"'{text}' orders true and false")
    return type


def _value(text: str, type: str) -> Value:
    try:
        return _READ[type](text)
    except (KeyError, ValueError):
        raise BadCell(f"'{text}' is no {_SPOKEN.get(type, 'single value')}") from None


def _truth(text: str) -> Value:
    return {"true": True, "false": False}[text]


_READ: Mapping[str, Callable[[str], Value]] = {"INT": int, "DOUBLE": float, "BOOL": _truth, "STRING": str}
_SPOKEN: Mapping[str, str] = {"INT": "whole number", "DOUBLE": "number", "BOOL": "true or false", "STRING": "text"}
