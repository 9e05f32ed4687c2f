"""What of a procedure applies to one case: demanded documents, the row of the deadline, fields that are asked.

All of it hangs on flat facts. The lines of a list stand there under its name, each a map of its columns
(`form.workers`: `[{"days": 3, "variant": "abroad"}]`); about one line the facts say `line`, the id of its list, and
`line.<column>`. A line's id is its place in the list as filed, 1, 2 ...: its key may be personal.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from procedures.json_types import Facts, Json
from procedures.language.conditions.evaluation import holds
from procedures.language.model.life import Deadline
from procedures.language.model.parts import Document, FormField, Result, Selectors
from procedures.language.model.procedure import Procedure

_PLACE = re.compile(r"[1-9][0-9]{0,2}\Z")


class NoDeadline(Exception):
    """No row of the deadline fits; the loader makes this impossible for what it has checked."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A document demanded of the case, or of the line at a place of its list."""

    document: Document
    line: int | None = None

    @property
    def id(self) -> str:
        return self.document.id if self.line is None else f"{self.document.id}/{self.line}"

    @property
    def required(self) -> bool:
        return self.document.required


def fits(procedure: Procedure, selectors: Selectors, facts: Facts) -> bool:
    """Compare variant, channel and submitter, then ask the condition.

    The variant is that of the line at hand where each line has its own, otherwise `case.variant`.
    """
    of_line = procedure.variant_per is not None and facts.get("line") == procedure.variant_per
    return (
        _among(facts, "line.variant" if of_line else "case.variant", selectors.variants)
        and _among(facts, "case.channel", selectors.channels)
        and _among(facts, "case.submitter", selectors.submitters)
        and holds(procedure, selectors.when, facts)
    )


def at_line(facts: Facts, list: str, line: Mapping[str, Json]) -> dict[str, Json]:
    """Give the facts as they stand for one line."""
    return {**facts, "line": list, **{f"line.{name}": value for name, value in line.items()}}


def each_line(facts: Facts, rows: str) -> Iterator[tuple[int, dict[str, Json]]]:
    """Walk the lines of a list by their place, each with the facts as they stand for it."""
    lines = facts.get(f"form.{rows}")
    for place, line in enumerate(lines if isinstance(lines, list) else (), start=1):
        yield place, at_line(facts, rows, line if isinstance(line, dict) else {})


def places(facts: Facts, per: str | None) -> Iterator[tuple[int | None, Facts]]:
    """Walk what a part is about: the case, or each line of its list."""
    if per is None:
        yield None, facts
    else:
        yield from each_line(facts, per)


def decides_variant(procedure: Procedure) -> bool:
    """Say whether the form decides of which variant a case is."""
    decided = all(variant.when is not None for variant in procedure.variants)
    return bool(procedure.variants) and decided and procedure.variant_per is None


def chooses_variant(procedure: Procedure) -> bool:
    """Say whether the applicant chooses the variant of the case: the form does not decide it, nor each line its own."""
    return bool(procedure.variants) and procedure.variant_per is None and not decides_variant(procedure)


def variant_of(procedure: Procedure, facts: Facts) -> str | None:
    """Find the one variant whose condition holds; None where none does, or two."""
    fitting = [variant.id for variant in procedure.variants if holds(procedure, variant.when, facts)]
    return fitting[0] if len(fitting) == 1 else None


def demanded(procedure: Procedure, facts: Facts) -> tuple[Demand, ...]:
    """Choose the documents that apply, in the order of the file; those not `required` are taken if handed in."""
    return tuple(
        Demand(one, line)
        for one in procedure.documents
        for line, known in places(facts, one.per)
        if fits(procedure, one.selectors, known)
    )


def deadline_of(procedure: Procedure, facts: Facts) -> Deadline:
    """Choose the legal limit: rows with a condition stand first and are tried from the top."""
    for row in procedure.deadline:
        if fits(procedure, row.selectors, facts):
            return row
    raise NoDeadline(procedure.procedure)


def results_of(procedure: Procedure, facts: Facts) -> tuple[Result, ...]:
    """Choose the results a case may end with."""
    return tuple(one for one in procedure.results if fits(procedure, one.selectors, facts))


def asked(procedure: Procedure, fields: Iterable[FormField], facts: Facts) -> tuple[FormField, ...]:
    return tuple(field for field in fields if fits(procedure, field.selectors, facts))


def document_named(procedure: Procedure, id: str) -> Document | None:
    """Find the document a paper is handed in for, by the id of the demand: `list`, or `birth_proof/2` of a line."""
    name, of_line, place = id.partition("/")
    document = procedure.document(name)
    if document is None or bool(of_line) != (document.per is not None):
        return None
    return document if not of_line or _PLACE.match(place) else None


def paper_ids(document: Document) -> tuple[str, ...]:
    """Name the papers that may satisfy a document as case and scenarios name them: `id`, or `group.paper`."""
    papers = [paper for alternative in document.one_of for paper in alternative] + list(document.all_of)
    return tuple(f"{document.id}.{paper}" for paper in dict.fromkeys(papers)) or (document.id,)


def is_complete(demand: Demand, given: Iterable[str]) -> bool:
    """Say whether the papers given are what is demanded: `id` or `id/line`, of a group with `.paper`."""
    papers, document = set(given), demand.document
    if document.one_of:
        return any(all(f"{demand.id}.{paper}" in papers for paper in together) for together in document.one_of)
    if document.all_of:
        return all(f"{demand.id}.{paper}" in papers for paper in document.all_of)
    return demand.id in papers


def _among(facts: Facts, name: str, allowed: tuple[str, ...]) -> bool:
    return not allowed or facts.get(name) in allowed
