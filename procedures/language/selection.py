"""What of a procedure applies to one case: demanded documents, the row of the deadline, fields that are asked."""

from collections.abc import Iterable

from procedures.json_types import Facts
from procedures.language.conditions import holds
from procedures.language.life import Deadline
from procedures.language.model import Procedure
from procedures.language.parts import Document, FormField, Selectors


class NoDeadline(Exception):
    """No row of the deadline fits; the loader makes this impossible for what it has checked."""


def fits(procedure: Procedure, selectors: Selectors, facts: Facts) -> bool:
    """Compare with `case.variant`, `case.channel` and `case.submitter` of the facts, then ask the condition."""
    return (
        _among(facts, "case.variant", selectors.variants)
        and _among(facts, "case.channel", selectors.channels)
        and _among(facts, "case.submitter", selectors.submitters)
        and holds(procedure, selectors.when, facts)
    )


def demanded(procedure: Procedure, facts: Facts) -> tuple[Document, ...]:
    """Choose the documents that apply, in the order of the file; those not `required` are taken if handed in."""
    return tuple(one for one in procedure.documents if fits(procedure, one.selectors, facts))


def deadline_of(procedure: Procedure, facts: Facts) -> Deadline:
    """Choose the legal limit: rows with a condition stand first and are tried from the top."""
    for row in procedure.deadline:
        if fits(procedure, row.selectors, facts):
            return row
    raise NoDeadline(procedure.procedure)


def asked(procedure: Procedure, fields: Iterable[FormField], facts: Facts) -> tuple[FormField, ...]:
    return tuple(field for field in fields if fits(procedure, field.selectors, facts))


def paper_ids(document: Document) -> tuple[str, ...]:
    """Name the papers that may satisfy a document as case and scenarios name them: `id`, or `group.paper`."""
    papers = [paper for alternative in document.one_of for paper in alternative] + list(document.all_of)
    return tuple(f"{document.id}.{paper}" for paper in dict.fromkeys(papers)) or (document.id,)


def is_complete(document: Document, given: Iterable[str]) -> bool:
    """Say whether the papers given are what the document demands."""
    papers = set(given)
    if document.one_of:
        return any(all(f"{document.id}.{paper}" in papers for paper in together) for together in document.one_of)
    if document.all_of:
        return all(f"{document.id}.{paper}" in papers for paper in document.all_of)
    return document.id in papers


def _among(facts: Facts, name: str, allowed: tuple[str, ...]) -> bool:
    return not allowed or facts.get(name) in allowed
