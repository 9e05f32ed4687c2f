"""Decision tables: rows that exclude each other where one must fit, and no value without a row."""

import base64
from collections.abc import Iterable
from itertools import combinations, product

from procedures.language.conditions.cells import Span, parse_cell
from procedures.language.conditions.celtree import decode
from procedures.language.lint.cases import Case, Statement, term_of
from procedures.language.lint.reasoning import Knowledge
from procedures.language.lint.subject import Subject
from procedures.language.model.parts import Table, TableRow

MAX_LEFT = 1_000


def check_tables(subject: Subject) -> None:
    knowledge = Knowledge(subject.procedure)
    for table in subject.procedure.tables:
        terms = [term_of(decode(base64.b64decode(one.checked))) for one in table.inputs]
        rows = [_cases(table, row, terms) for row in table.rows]
        if table.hit == "unique":
            _find_overlap(subject, knowledge, table, rows)
        if table.otherwise is None:
            _find_gap(subject, knowledge, table, rows)


def _find_overlap(subject: Subject, knowledge: Knowledge, table: Table, rows: list[list[Case]]) -> None:
    for (number, one), (other_number, other) in combinations(enumerate(rows, start=1), 2):
        both = knowledge.possible((*first, *second) for first, second in product(one, other))
        if both is not None:
            path = f"tables.{table.id}.rows"
            first, second = (subject.places.at(f"{path}.{place}") for place in (number, other_number))
            message = f"rows of lines {first.line} and {second.line} both fit {knowledge.spoken(both)}"
            subject.say("table-overlap", f"{path}.{other_number}", message, "narrow one, or say hit: first")
            return


def _find_gap(subject: Subject, knowledge: Knowledge, table: Table, rows: list[list[Case]]) -> None:
    left: list[Case] = [()]
    for case in (case for row in rows for case in row):
        left = [
            narrowed
            for one in left
            for statement in case
            if knowledge.conflict(narrowed := (*one, statement.denied())) is None
        ]
        if len(left) > MAX_LEFT:
            return
    if left:
        message = f"no row of '{table.id}' fits {knowledge.spoken(left[0])}"
        subject.say("table-gap", f"tables.{table.id}.rows", message, "add a row, or 'otherwise'")


def _cases(table: Table, row: TableRow, terms: list[str]) -> list[Case]:
    """Read a row as the cases it fits: one for each choice of spans."""
    cells = [
        [tuple(_statements(term, span)) for span in parse_cell(cell, expression.type)]
        for term, expression, cell in zip(terms, table.inputs, row.cells, strict=True)
    ]
    return [tuple(one for part in parts for one in part) for parts in product(*cells)]


def _statements(term: str, span: Span) -> Iterable[Statement]:
    if span.low is not None and span.low == span.high:
        return [Statement(term, "==", (span.low,))]
    ends = (
        (span.low, ">=" if span.with_low else ">"),
        (span.high, "<=" if span.with_high else "<"),
    )
    return [Statement(term, sign, (value,)) for value, sign in ends if value is not None]
