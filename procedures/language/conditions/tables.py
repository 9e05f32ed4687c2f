"""Decision tables evaluated: the value of the row that fits, or an error; never a silent null.

NoSingleRow
"""

from collections.abc import Sequence

from procedures.json_types import Json
from procedures.language.conditions.cells import Value, fits, parse_cell
from procedures.language.model.parts import Table, TableRow


class NoSingleRow(Exception):
    """No row fits, or two rows of a table whose rows exclude each other."""


def value_of(table: Table, inputs: Sequence[Value]) -> Json:
    """Give the value for inputs in the order of the table. Raises `NoSingleRow`."""
    fitting = [row for row in table.rows if _fits(table, row, inputs)]
    if not fitting and table.otherwise is not None:
        return table.otherwise
    if not fitting or (table.hit == "unique" and len(fitting) > 1):
        raise NoSingleRow(f"{'two rows' if fitting else 'no row'} of table '{table.id}' fit")
    return fitting[0].value


def _fits(table: Table, row: TableRow, inputs: Sequence[Value]) -> bool:
    cells = zip(table.inputs, row.cells, inputs, strict=True)
    return all(fits(parse_cell(cell, expression.type), value) for expression, cell, value in cells)
