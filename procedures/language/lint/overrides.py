"""Overrides: what a procedure answers for by name and ground; one that answers for nothing is an error itself."""

from collections.abc import Iterator
from datetime import date

from procedures.language.lint.codes import OVERRIDABLE
from procedures.language.reading.nodes import Entries, Scalar
from procedures.language.reading.problems import Problem, Problems, Severity, did_you_mean, nearest
from procedures.language.reading.words import maps_of, text_of

# There a path names the part it means: `steps.sign`, never all `steps`.
_BY_NAME = frozenset({"steps", "form", "documents", "results", "variants", "windows", "fees", "tables", "notices"})


def apply_overrides(own: Entries, problems: Problems, *, today: date | None = None) -> tuple[Problem, ...]:
    """Take away what an override corrects and give it back apart."""
    corrected: list[Problem] = []
    for node in maps_of(own.get("overrides")):
        code, where = node.get("code"), node.get("where")
        if not isinstance(code, Scalar) or not isinstance(where, Scalar):
            continue
        if code.text not in OVERRIDABLE:
            message = f"'{code.text}' cannot be overridden"
            problems.add(code.place, "unknown-word", message, did_you_mean(code.text, OVERRIDABLE))
            _drop_meant(nearest(code.text, OVERRIDABLE), problems)
        elif _has_ended(node, today):
            message = f"the override of '{code.text}' ended on {text_of(node, 'until')}"
            problems.add(node.keys["until"], "override-unused", message, "correct what it stood for, or say until when")
        else:
            corrected += _correct(code, where, problems)
    return tuple(corrected)


def _correct(code: Scalar, where: Scalar, problems: Problems) -> Iterator[Problem]:
    found = [one for one in problems.sorted if _answers(one, code.text, where.text)]
    if not found:
        elsewhere = sorted({one.where for one in problems.sorted if _is_open(one, code.text)})
        hint = f"it is found at '{elsewhere[0]}'" if elsewhere else "remove the override"
        problems.add(where.place, "override-unused", f"nothing to override at '{where.text}'", hint)
        _drop_meant(frozenset({code.text}), problems)
    for one in found:
        problems.drop(one)
        yield one


def _drop_meant(codes: frozenset[str], problems: Problems) -> None:
    """What an override with a wrong word was meant for is not told beside it."""
    for one in problems.sorted:
        if one.severity is Severity.FINDING and one.code in codes:
            problems.drop(one)


def _answers(problem: Problem, code: str, where: str) -> bool:
    if not _is_open(problem, code):
        return False
    below = problem.where.startswith(f"{where}.") and where not in _BY_NAME
    return problem.where == where or below


def _is_open(problem: Problem, code: str) -> bool:
    return problem.severity is Severity.FINDING and problem.code == code


def _has_ended(node: Entries, today: date | None) -> bool:
    until = text_of(node, "until")
    return until is not None and today is not None and until < today.isoformat()
