"""Conditions that can never hold, or always do, and rows that those above them leave nothing to."""

import base64
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations

from procedures.language.conditions.celtree import decode
from procedures.language.lint.cases import Case, Statement, TooMany, cases_of, joined
from procedures.language.lint.reasoning import Knowledge
from procedures.language.lint.subject import Subject
from procedures.language.model.parts import EVERYONE, Expression, FormField, Selectors
from procedures.language.model.steps import DecideStep, ParallelStep, Step


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition with its path, what hangs on it, and the selectors beside it."""

    path: str
    expression: Expression
    what: str
    beside: Selectors = EVERYONE


def check_conditions(subject: Subject) -> None:
    knowledge = Knowledge(subject.procedure)
    _find_unclear_variants(subject, knowledge)
    for one in _conditions(subject):
        why = _never(knowledge, one)
        if why is not None and one.path.startswith("documents."):
            subject.say("document-unreachable", one.path, f"{one.what} is never demanded", why)
        elif why is not None:
            subject.say("condition-never-holds", one.path, f"{one.what}: this can never hold", why)
        elif _never(knowledge, one, truth=False) is not None:
            _say_always(subject, one)
    _find_shadowed_rows(subject, knowledge)


def _say_always(subject: Subject, one: Condition) -> None:
    if one.path.endswith(".skip_when"):
        subject.say("step-unreachable", one.path, f"{one.what} is always skipped", "remove the step, or the condition")
    else:
        subject.say("condition-always-holds", one.path, f"{one.what}: this always holds", "remove the condition")


def _never(knowledge: Knowledge, one: Condition, *, truth: bool = True) -> str | None:
    """Say why a condition can never be true (or false), where that is certain; variants bring what decides them."""
    try:
        cases = _cases(one.expression, one.beside, truth=truth)
        deciding = [knowledge.deciding[id] for id in one.beside.variants if id in knowledge.deciding]
        if truth and deciding:
            cases = joined(cases, [case for when in deciding for case in _cases(when, EVERYONE)])
    except TooMany:
        return None
    conflicts = [knowledge.conflict(case) for case in cases]
    found = [conflict for conflict in conflicts if conflict is not None]
    if len(found) < len(conflicts):
        return None
    return "; ".join(dict.fromkeys(found)) or "it is always the same"


def _cases(expression: Expression, beside: Selectors, *, truth: bool = True) -> tuple[Case, ...]:
    tree = decode(base64.b64decode(expression.checked))
    return joined([_place(beside)], cases_of(tree, truth=truth))


def _place(selectors: Selectors) -> Case:
    """Read the other selectors as statements."""
    among = (("channel", selectors.channels), ("submitter", selectors.submitters), ("variant", selectors.variants))
    return tuple(Statement(f"case.{name}", "in", values) for name, values in among if values)


def _find_unclear_variants(subject: Subject, knowledge: Knowledge) -> None:
    """Where the form decides the variant exactly one fits, as far as the conditions are understood."""
    told = [(one.id, one.when) for one in subject.procedure.variants if one.when is not None]
    if not told or len(told) < len(subject.procedure.variants):
        return
    with suppress(TooMany):
        for (first, when), (second, other) in combinations(told, 2):
            both = _certain(knowledge, joined(_cases(when, EVERYONE), _cases(other, EVERYONE)))
            if both is not None:
                message = f"variants '{first}' and '{second}' both fit when {knowledge.spoken(both)}"
                subject.say("variants-not-exclusive", f"variants.{second}.when", message, "make exactly one true")
                return
        left: Iterable[Case] = [()]
        for _, when in told:
            left = joined(left, _cases(when, EVERYONE, truth=False))
            left = [case for case in left if knowledge.conflict(case) is None]
        none = _certain(knowledge, left)
        if none is not None:
            message = f"no variant fits when {knowledge.spoken(none)}"
            subject.say("variants-not-exclusive", "variants", message, "make exactly one true")


def _certain(knowledge: Knowledge, cases: Iterable[Case]) -> Case | None:
    """Give a case that may be, and that is understood to the end."""
    return knowledge.possible(case for case in cases if _is_understood(case))


def _is_understood(case: Case) -> bool:
    """Of terms held against each other only a single pair: more may exclude each other in a ring."""
    pairs = {(one.term, one.beside) for one in case if one.beside}
    return len(pairs) < 2 and all(one.sign != "is" for one in case)


def _find_shadowed_rows(subject: Subject, knowledge: Knowledge) -> None:
    """Rows are read from the top: what all rows above take away never comes to a later one."""
    for step in subject.procedure.all_steps:
        if isinstance(step, DecideStep):
            rows = [(f"steps.{step.id}.decide.{n}.when", row.when) for n, row in enumerate(step.rows, start=1)]
            _find_shadowed(subject, knowledge, f"row of '{step.id}'", [(path, when, EVERYONE) for path, when in rows])
    deadlines = [(f"{path}.when", row.selectors.when, row.selectors) for path, row in subject.rows()]
    _find_shadowed(subject, knowledge, "row of the deadline", deadlines)


def _find_shadowed(
    subject: Subject,
    knowledge: Knowledge,
    what: str,
    rows: list[tuple[str, Expression | None, Selectors]],
) -> None:
    above: list[tuple[Expression, Selectors]] = []
    for path, when, beside in rows:
        if when is None:
            continue
        try:
            left = list(_cases(when, beside))
            # Whatever is impossible by itself has been said.
            if above and knowledge.possible(left) is not None and not _is_left(knowledge, left, above, beside):
                message = f"this {what} is never reached: those above it take every case"
                subject.say("condition-never-holds", path, message, "put it higher, or narrow those above")
        except TooMany:
            pass
        above.append((when, beside))


def _is_left(
    knowledge: Knowledge, cases: Iterable[Case], above: list[tuple[Expression, Selectors]], beside: Selectors
) -> bool:
    """Say whether some case is left once those of the rows above that are for the same applicants are taken away."""
    for when, others in above:
        if _covers(others, beside):
            cases = joined(cases, _cases(when, EVERYONE, truth=False))
            cases = [case for case in cases if knowledge.conflict(case) is None]
    return knowledge.possible(cases) is not None


def _covers(one: Selectors, other: Selectors) -> bool:
    pairs = ((one.variants, other.variants), (one.channels, other.channels), (one.submitters, other.submitters))
    return all(not wide or (bool(narrow) and set(narrow) <= set(wide)) for wide, narrow in pairs)


def _conditions(subject: Subject) -> Iterator[Condition]:
    procedure = subject.procedure
    yield from _of_fields("form", procedure.form)
    yield from _of_fields("intake.form", procedure.intake.form)
    for section in ("documents", "windows", "fees", "results", "notices"):
        for part in getattr(procedure, section):
            yield from _selected(f"{section}.{part.id}", f"'{part.id}'", part.selectors)
    for fee in procedure.fees:
        for key, expression in (("waive_when", fee.waive_when), ("refund_when", fee.refund_when)):
            if expression is not None:
                yield Condition(f"fees.{fee.id}.{key}", expression, f"'{key}' of '{fee.id}'", fee.selectors)
    for number, check in enumerate(procedure.checks, start=1):
        yield from _selected(f"checks.{number}", "check", check.selectors)
        yield Condition(f"checks.{number}.that", check.that, "check", check.selectors)
    for path, row in subject.rows():
        yield from _selected(path, "row of the deadline", row.selectors)
    for step in procedure.all_steps:
        yield from _of_step(step)


def _of_step(step: Step) -> Iterator[Condition]:
    path = f"steps.{step.id}"
    if step.skip_when is not None:
        yield Condition(f"{path}.skip_when", step.skip_when, f"step '{step.id}'", step.selectors)
    yield from _of_fields(f"{path}.form", step.form)
    for outcome in step.outcomes:
        if outcome.when is not None:
            yield Condition(f"{path}.outcomes.{outcome.name}.when", outcome.when, f"outcome '{outcome.name}'")
    if isinstance(step, DecideStep):
        for number, row in enumerate(step.rows, start=1):
            if row.when is not None:
                yield Condition(f"{path}.decide.{number}.when", row.when, f"row of '{step.id}'")
    if isinstance(step, ParallelStep):
        for branch in step.branches:
            yield from _selected(f"{path}.branches.{branch.id}", f"branch '{branch.id}'", branch.selectors)


def _of_fields(path: str, fields: Iterable[FormField]) -> Iterator[Condition]:
    for field in fields:
        yield from _selected(f"{path}.{field.id}", f"'{field.id}'", field.selectors)
        yield from _of_fields(f"{path}.{field.id}.fields", field.fields)


def _selected(path: str, what: str, selectors: Selectors) -> Iterator[Condition]:
    if selectors.when is not None:
        yield Condition(f"{path}.when", selectors.when, what, selectors)
