"""Durations and moments as the procedure language writes them, and their canonical text."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from procedures.time.errors import BadDuration


class Unit(StrEnum):
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    CALENDAR_DAYS_EXCL_HOLIDAYS = "calendar_days_excl_holidays"
    HOURS = "hours"
    MONTHS = "months"
    YEARS = "years"
    NONE = "none"


_DIVISIBLE = frozenset({Unit.WORKING_HOURS, Unit.WORKING_DAYS, Unit.HOURS})
HOURS_OF_A_DAY = 8
"""A fraction of a working day is that fraction of eight working hours, whatever the office's own day is (I11)."""


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of legal time; zero working days is `within the day`, unit `none` is `no limit`."""

    amount: Fraction
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 0 or (self.amount.denominator != 1 and self.unit not in _DIVISIBLE):
            raise BadDuration(f"{self.amount} {self.unit} (an amount is whole and not negative; hours may be divided)")

    @property
    def is_within_the_day(self) -> bool:
        return self.unit is Unit.WORKING_DAYS and self.amount == 0

    @property
    def is_unlimited(self) -> bool:
        return self.unit is Unit.NONE

    @property
    def is_in_hours(self) -> bool:
        """Say whether it ends at a minute (I10) and not with a day (I4)."""
        return self.unit in (Unit.WORKING_HOURS, Unit.HOURS) or self._is_part_of_a_day

    @property
    def is_in_months(self) -> bool:
        """Say whether it ends on a corresponding day (I27)."""
        return self.unit in (Unit.MONTHS, Unit.YEARS)

    @property
    def is_below_two_days(self) -> bool:
        short = {Unit.WORKING_HOURS: 2 * HOURS_OF_A_DAY, Unit.HOURS: 48, Unit.MONTHS: 0, Unit.YEARS: 0, Unit.NONE: 0}
        return self.amount < short.get(self.unit, 2)

    @property
    def _is_part_of_a_day(self) -> bool:
        return self.unit is Unit.WORKING_DAYS and self.amount.denominator != 1

    def counted(self) -> "Duration":
        """Give it in the unit it is counted in: an amount with a fraction of a day is counted wholly in hours (I11)."""
        if not self._is_part_of_a_day:
            return self
        return Duration(self.amount * HOURS_OF_A_DAY, Unit.WORKING_HOURS)

    def __str__(self) -> str:
        """Write the canonical text, which `parse_duration` reads back."""
        if self.is_unlimited:
            return "no limit"
        if self.is_within_the_day:
            return "within the day"
        words = _WORDS[self.unit]
        return f"{figures(self.amount)} {words.one if self.amount == 1 else words.many}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time told from a due date: `1 working day before`, `due`, `2 calendar days after`."""

    side: Literal["before", "due", "after"]
    distance: Duration | None = None

    def __str__(self) -> str:
        return "due" if self.distance is None else f"{self.distance} {self.side}"


@dataclass(frozen=True, slots=True)
class _Words:
    one: str
    many: str


def figures(amount: Fraction) -> str:
    """Write an amount with as many decimals as it needs, six at most."""
    if amount.denominator == 1:
        return str(amount.numerator)
    return f"{Decimal(amount.numerator) / amount.denominator:.6f}".rstrip("0")


_WORDS = {
    Unit.WORKING_HOURS: _Words("working hour", "working hours"),
    Unit.WORKING_DAYS: _Words("working day", "working days"),
    Unit.CALENDAR_DAYS: _Words("calendar day", "calendar days"),
    Unit.CALENDAR_DAYS_EXCL_HOLIDAYS: _Words(
        "calendar day excluding public holidays", "calendar days excluding public holidays"
    ),
    Unit.HOURS: _Words("hour", "hours"),
    Unit.MONTHS: _Words("month", "months"),
    Unit.YEARS: _Words("year", "years"),
}
_UNITS = {words: unit for unit, pair in _WORDS.items() for words in (pair.one, pair.many)}
_FRACTIONAL = frozenset({Unit.WORKING_HOURS, Unit.WORKING_DAYS})
_AMOUNT = re.compile(r"(?P<amount>0|[1-9][0-9]{0,4})(?P<fraction>\.[0-9]{1,2})? (?P<unit>.+)", re.ASCII)
_EXAMPLES = "write e.g. '5 working days', '8 working hours', '20 calendar days' or 'within the day'"

WITHIN_THE_DAY = Duration(Fraction(0), Unit.WORKING_DAYS)
NO_LIMIT = Duration(Fraction(0), Unit.NONE)
DUE = Moment("due")


@lru_cache(maxsize=1024)
def parse_duration(text: str) -> Duration:
    if text == "within the day":
        return WITHIN_THE_DAY
    if text == "no limit":
        return NO_LIMIT
    match = _AMOUNT.fullmatch(text)
    if match is None and (bare := text.lstrip("0")) != text and _AMOUNT.fullmatch(bare):
        raise BadDuration(f"'{text}' (write '{bare}')")
    if match is None:
        raise BadDuration(f"'{text}' is no duration ({_EXAMPLES})")
    unit = _UNITS.get(match["unit"])
    if unit is None:
        raise BadDuration(_unknown_unit(text, match["unit"]))
    if match["fraction"] is not None and unit not in _FRACTIONAL:
        raise BadDuration(f"'{text}' (a fraction is possible only with working hours and working days)")
    duration = Duration(Fraction(match["amount"] + (match["fraction"] or "")), unit)
    _check(text, duration, words=match["unit"])
    return duration


@lru_cache(maxsize=256)
def parse_moment(text: str) -> Moment:
    if text == "due":
        return DUE
    head, _, side = text.rpartition(" ")
    if side not in ("before", "after") or not head:
        raise BadDuration(f"'{text}' is no moment (write 'due', '1 working day before' or '2 working days after')")
    distance = parse_duration(head)
    if distance.is_unlimited or distance.is_within_the_day:
        raise BadDuration(f"'{text}' is no moment (say how long {side} the due date)")
    return Moment("before" if side == "before" else "after", distance)


def _unknown_unit(text: str, unit: str) -> str:
    if unit in ("day", "days"):
        return f"'{text}' (say 'calendar days' or 'working days')"
    return f"'{text}' has no known unit ({_EXAMPLES})"


def _check(text: str, duration: Duration, *, words: str) -> None:
    if duration.amount == 0:
        hint = "'within the day'" if duration.unit is Unit.WORKING_DAYS else "an amount above zero"
        raise BadDuration(f"'{text}' (write {hint})")
    pair = _WORDS[duration.unit]
    right = pair.one if duration.amount == 1 else pair.many
    # The grammar writes this unit in the plural only.
    if words != right and words != _WORDS[Unit.CALENDAR_DAYS_EXCL_HOLIDAYS].many:
        raise BadDuration(f"'{text}' (write '{figures(duration.amount)} {right}')")
