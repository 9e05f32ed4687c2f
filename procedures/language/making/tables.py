"""Makes the decision tables: inputs typed, cells of the type of their input, one value for each row."""

import re
from collections.abc import Iterator

from procedures.json_types import Json
from procedures.language.conditions.cells import BadCell, parse_cell
from procedures.language.conditions.compiling import Scope
from procedures.language.conditions.names import Names
from procedures.language.conditions.readings import every_expression
from procedures.language.making.draft import Draft
from procedures.language.model.parts import Expression, Table, TableRow
from procedures.language.model.procedure import Procedure
from procedures.language.reading.nodes import Entries, Items, Node, Scalar
from procedures.language.reading.plain import plain
from procedures.language.reading.words import children, entries_of, scalars_of, text_of

_COLUMN = re.compile(r"\bline\.([a-z0-9_]+)")
_INPUTS = frozenset({"INT", "DOUBLE", "BOOL", "STRING"})
_VALUES = {"text": str, "integer": int, "money": int, "number": int | float, "boolean": bool}


def make_tables(draft: Draft, names: Names) -> tuple[Table, ...]:
    """Make every table known by name; `names` are all there are, each place tells which of them it can read."""
    return tuple(_tables(draft, names))


def tables_read(draft: Draft, procedure: Procedure) -> tuple[Table, ...]:
    """Keep the tables that something reads; one of the procedure's own that nothing reads is reported."""
    read = {name for _, expression in every_expression(procedure) for name in expression.reads}
    for id, place in entries_of(draft.resolved.own, "tables").keys.items():
        if f"tables.{id}" not in read:
            draft.problems.add(place, "unused-definition", f"nothing reads the table '{id}'", "remove it")
    return tuple(table for table in draft.tables if f"tables.{table.id}" in read)


def _tables(draft: Draft, names: Names) -> Iterator[Table]:
    for id, node in children(draft.resolved.named("tables")):
        inputs = _inputs(node, draft, names)
        rows = tuple(_rows(id, node, inputs, draft))
        otherwise = node.get("otherwise")
        if otherwise is not None:
            _check_value(node, otherwise, draft)
        if inputs is not None:
            yield Table.model_validate(
                {
                    "id": id,
                    "inputs": inputs,
                    "type": text_of(node, "type") or "text",
                    "rows": rows,
                    "hit": text_of(node, "hit") or "unique",
                    "otherwise": plain(otherwise),
                }
            )


def _inputs(node: Entries, draft: Draft, names: Names) -> tuple[Expression, ...] | None:
    made = [_input(one, draft, names) for one in scalars_of(node, "inputs")]
    return tuple(one for one in made if one is not None) if made and None not in made else None


def _input(node: Scalar, draft: Draft, names: Names) -> Expression | None:
    line = _list_meant(node, draft)
    expression = draft.compiler.expression(node, draft.at_line(Scope(names), line))
    if expression is not None and expression.type not in _INPUTS:
        message = f"'{expression.text}' gives no single value"
        draft.problems.add(node.place, "wrong-type", message, "an input is a text, a number, or true or false")
        return None
    return expression


def _list_meant(node: Scalar, draft: Draft) -> str | None:
    """Choose whose line an input reads: the list with the variants, else the first that has all the columns named."""
    if not _COLUMN.search(node.text):
        return None
    lists = sorted((one for one in draft.form if one.type == "rows"), key=lambda one: one.id != draft.variant_per)
    named = set(_COLUMN.findall(node.text)) - {"variant"}
    fitting = [one.id for one in lists if {column.id for column in one.fields} >= named]
    return next(iter(fitting or [one.id for one in lists]), None)


def _rows(id: str, node: Entries, inputs: tuple[Expression, ...] | None, draft: Draft) -> Iterator[TableRow]:
    rows = node.get("rows")
    for row in rows.nodes if isinstance(rows, Items) else ():
        width = len(inputs) + 1 if inputs else None
        if not isinstance(row, Items) or (width is not None and len(row.nodes) != width):
            hint = "one cell for each input, then the value"
            draft.problems.add(row.place, "wrong-type", f"this is no row of '{id}'", hint)
        elif inputs is not None:
            yield _row(row.nodes, node, inputs, draft)


def _row(cells: tuple[Node, ...], node: Entries, inputs: tuple[Expression, ...], draft: Draft) -> TableRow:
    *asked, value = cells
    for cell, expression in zip(asked, inputs, strict=True):
        try:
            parse_cell(plain(cell), expression.type)
        except BadCell as wrong:
            draft.problems.add(cell.place, "wrong-type", str(wrong), 'write "-", a value, "< v", "a..b" or "a | b"')
    _check_value(node, value, draft)
    return TableRow(cells=tuple(plain(cell) for cell in asked), value=plain(value))


def _check_value(node: Entries, value: Node, draft: Draft) -> None:
    type = text_of(node, "type") or "text"
    if type in _VALUES and not _is_of(type, plain(value)):
        draft.problems.add(value.place, "wrong-type", f"the value is no {type}")


def _is_of(type: str, value: Json) -> bool:
    if isinstance(value, bool) != (type == "boolean"):
        return False
    return isinstance(value, _VALUES[type]) and (type != "money" or not isinstance(value, int) or value >= 0)
