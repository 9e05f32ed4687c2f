"""Whether statements about the values of a case can all be true; said only where it is certain."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from procedures.language.applying.fieldtypes import check_value
from procedures.language.lint.cases import Case, Statement, narrowest
from procedures.language.lint.ranges import ANYTHING, WAYS, Range, Span, compare, has_room, may_compare, spans
from procedures.language.model.parts import EVERYONE, Expression, FormField
from procedures.language.model.procedure import Procedure

_SIMPLE = frozenset(
    {
        *("text", "integer", "number", "money", "date", "month", "choice", "province", "commune", "phone", "email"),
        *("identity_number", "insurance_number", "health_card_number", "tax_number"),
    }
)
_TRUTH = (False, True)
About: TypeAlias = dict[tuple[str, str], list[Statement]]
MAX_ROWS = 200
_WHOLE = frozenset({"integer", "money"})


class Knowledge:
    """What is known of the terms conditions of a procedure read; `deciding` are the conditions of its variants."""

    def __init__(self, procedure: Procedure) -> None:
        told = {one.id: one.when for one in procedure.variants if one.when is not None}
        # Those of lines read the line, which other conditions do not.
        is_told = len(told) == len(procedure.variants) and procedure.variant_per is None
        self.deciding: Mapping[str, Expression] = told if is_told else {}
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
            if field.required and field.selectors == EVERYONE:
                self._ranges[f"has(form.{field.id})"] = Range((True,))
        for step in procedure.all_steps:
            self._add(step.id, step.form)
            self._ranges[f"{step.id}.outcome"] = Range(tuple(one.name for one in step.outcomes))

    def range_of(self, term: str) -> Range:
        return self._ranges.get(term, ANYTHING)

    def conflict(self, case: Case) -> str | None:
        """Name the statements that exclude each other, or None where the case may be."""
        about = _by_term(case)
        for (term, beside), statements in sorted(about.items(), key=lambda one: bool(one[0][1])):
            said = " and ".join(dict.fromkeys(map(str, statements)))
            if beside:
                if not may_compare(WAYS, statements):
                    return f"{term} cannot be {said}"
                if not may_compare(compare(self._spans(term, about), self._spans(beside, about)), statements):
                    first, second = self._known(term, about), self._known(beside, about)
                    return f"{term} cannot be {said}: it is {first}, and {beside} is {second}"
            elif not _may_be(self.range_of(term), statements):
                range_ = str(self.range_of(term))
                return f"{term} cannot be {said}" + (f": it is {range_}" if range_ else "")
        return None

    def possible(self, cases: Iterable[Case]) -> Case | None:
        """Give the first case that may be."""
        return next((case for case in cases if self.conflict(case) is None), None)

    def spoken(self, case: Case) -> str:
        """Write a case that may be as a condition."""
        said = (
            f"{term} {one}"
            for (term, beside), about in _by_term(case).items()
            for one in (dict.fromkeys(about) if beside else self._narrowest(term, about))
        )
        return " && ".join(said) or "anything is given"

    def _narrowest(self, term: str, statements: list[Statement]) -> list[Statement]:
        values = self.range_of(term).values
        if values is None:
            return narrowest(statements)
        left = tuple(value for value in values if all(one.is_true_of(value) for one in statements))
        return [Statement(term, "==" if len(left) == 1 else "in", left)]

    def _spans(self, term: str, about: About) -> tuple[Span, ...]:
        return spans(self.range_of(term), about.get((term, ""), []))

    def _known(self, term: str, about: About) -> str:
        return " and ".join(map(str, dict.fromkeys(about.get((term, ""), [])))) or str(self.range_of(term))

    def _add(self, variable: str, fields: Iterable[FormField]) -> None:
        for field in fields:
            name = f"{variable}.{field.id}"
            # Two lists may have a column of one name and other values.
            self._ranges[name] = ANYTHING if name in self._ranges else _range_of(field)
            if field.max_length is not None:
                self._ranges[f"size({name})"] = Range(None, 0, field.max_length, whole=True)
            if field.type == "rows":
                least = field.min if field.min is not None else int(field.required)
                self._ranges[f"size({name})"] = Range(None, least, field.max or MAX_ROWS, whole=True)


def _by_term(case: Case) -> About:
    about: About = {}
    for statement in case:
        about.setdefault((statement.term, statement.beside), []).append(statement)
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
    values = range_.values
    if values is None and all(isinstance(one, bool) for one in statements[0].values):
        values = _TRUTH
    if values is not None or fixed:
        among = values if values is not None else fixed[0].values
        return any(range_.allows(value) and all(one.is_true_of(value) for one in statements) for value in among)
    return has_room(range_, statements)
