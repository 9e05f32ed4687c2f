"""Whether statements about the values of a case can all be true; said only where it is certain."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from procedures.language.applying.fieldtypes import check_value
from procedures.language.lint.cases import Case, Statement, Value, is_less, narrowest, written
from procedures.language.model.parts import FormField
from procedures.language.model.procedure import Procedure

_SIMPLE = frozenset(
    {
        *("text", "integer", "number", "money", "date", "month", "choice", "province", "commune", "phone", "email"),
        *("identity_number", "insurance_number", "health_card_number", "tax_number"),
    }
)
_TRUTH = (False, True)
MAX_ROWS = 200
_WHOLE = frozenset({"integer", "money"})


@dataclass(frozen=True, slots=True)
class Range:
    """What a term may be: one of few values, or anything between two bounds; `whole` numbers leave no gaps between."""

    values: tuple[Value, ...] | None = None
    least: Value | None = None
    most: Value | None = None
    whole: bool = False
    is_valid: Callable[[Value], bool] = lambda value: True

    def __str__(self) -> str:
        if self.values is not None:
            return "one of " + ", ".join(map(written, self.values))
        ends = (("at least", self.least), ("at most", self.most))
        return " and ".join(f"{side} {written(end)}" for side, end in ends if end is not None)


ANYTHING = Range()


class Knowledge:
    """What is known of the terms conditions of a procedure read."""

    def __init__(self, procedure: Procedure) -> None:
        self._ranges: dict[str, Range] = {
            "case.channel": Range(tuple(procedure.channels)),
            "case.submitter": Range(tuple(one.id for one in procedure.submitters)),
            **dict.fromkeys(("case.verified", "case.late"), Range((False, True))),
        }
        if procedure.variants:
            variants = Range(tuple(one.id for one in procedure.variants))
            self._ranges |= {"case.variant": variants, "line.variant": variants}
        self._add("form", procedure.form)
        self._add("intake", procedure.intake.form)
        for field in procedure.form:
            self._add("line", field.fields)
        for step in procedure.all_steps:
            self._add(step.id, step.form)
            self._ranges[f"{step.id}.outcome"] = Range(tuple(one.name for one in step.outcomes))

    def range_of(self, term: str) -> Range:
        return self._ranges.get(term, ANYTHING)

    def conflict(self, case: Case) -> str | None:
        """Name the statements that exclude each other, or None where the case may be."""
        for term, statements in _by_term(case).items():
            range_ = self.range_of(term)
            if not _may_be(range_, statements):
                said = " and ".join(dict.fromkeys(map(str, statements)))
                return f"{term} cannot be {said}" + (f": it is {range_}" if str(range_) else "")
        return None

    def possible(self, cases: Iterable[Case]) -> Case | None:
        """Give the first case that may be."""
        return next((case for case in cases if self.conflict(case) is None), None)

    def spoken(self, case: Case) -> str:
        """Write a case that may be as a condition."""
        said = (f"{term} {one}" for term, about in _by_term(case).items() for one in self._narrowest(term, about))
        return " && ".join(said) or "anything is given"

    def _narrowest(self, term: str, statements: list[Statement]) -> list[Statement]:
        values = self.range_of(term).values
        if values is None:
            return narrowest(statements)
        left = tuple(value for value in values if all(one.is_true_of(value) for one in statements))
        return [Statement(term, "==" if len(left) == 1 else "in", left)]

    def _add(self, variable: str, fields: Iterable[FormField]) -> None:
        for field in fields:
            name = f"{variable}.{field.id}"
            # Two lists may have a column of one name and other values.
            self._ranges[name] = ANYTHING if name in self._ranges else _range_of(field)
            if field.type == "rows":
                least = field.min if field.min is not None else int(field.required)
                self._ranges[f"size({name})"] = Range(None, least, field.max or MAX_ROWS, whole=True)


def _by_term(case: Case) -> dict[str, list[Statement]]:
    about: dict[str, list[Statement]] = {}
    for statement in case:
        about.setdefault(statement.term, []).append(statement)
    return about


def _range_of(field: FormField) -> Range:
    if field.type == "boolean":
        return Range((False, True))
    if field.type == "choice" and field.options:
        return Range(tuple(option.id for option in field.options))
    if field.type not in _SIMPLE:
        return ANYTHING
    least, most = (None if bound == "today" else bound for bound in (field.min, field.max))
    if field.type == "money" and least is None:
        least = 0
    return Range(None, least, most, field.type in _WHOLE, lambda value: check_value(field, value) is None)


def _may_be(range_: Range, statements: list[Statement]) -> bool:
    fixed = [one for one in statements if one.sign in ("==", "in", "is")]
    values = _TRUTH if all(isinstance(one, bool) for one in statements[0].values) else range_.values
    if values is not None or fixed:
        among = values if values is not None else fixed[0].values
        return any(range_.is_valid(value) and all(one.is_true_of(value) for one in statements) for value in among)
    return _has_room(range_, statements)


def _has_room(range_: Range, statements: list[Statement]) -> bool:
    """Compare the highest lower bound with the lowest upper bound."""
    low, high = range_.least, range_.most
    low_open = high_open = False
    for one in statements:
        value = one.values[0]
        if one.sign in (">", ">=") and (low is None or is_less(low, value) or (low == value and one.sign == ">")):
            low, low_open = value, one.sign == ">"
        if one.sign in ("<", "<=") and (high is None or is_less(value, high) or (high == value and one.sign == "<")):
            high, high_open = value, one.sign == "<"
    if low is None or high is None:
        return True
    # Numbers that are no counts are written with a point, on both sides.
    counts = all(isinstance(value, int) for one in statements for value in one.values)
    if (range_.whole or counts) and isinstance(low, int) and isinstance(high, int):
        low, high = low + low_open, high - high_open
        excluded = {value for one in statements if one.sign in ("!=", "not in") for value in one.values}
        return high - low + 1 > sum(1 for value in excluded if isinstance(value, int) and low <= value <= high)
    return is_less(low, high) or (low == high and not low_open and not high_open)
