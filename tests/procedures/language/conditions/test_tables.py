"""Decision tables: cells as they are written, one row that fits, and an error where none does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.json_types import Json
from procedures.language.applying.selection import demanded
from procedures.language.conditions.cells import BadCell, fits, parse_cell
from procedures.language.conditions.evaluation import ConditionError
from procedures.language.conditions.tables import NoSingleRow, value_of
from procedures.language.model.parts import Expression, Table, TableRow
from tests.procedures.language.house import House

TABLE = """tables:
  slips:
    inputs: [form.higher_rate, case.channel]
    type: boolean
    rows:
      - [true, "online | post", true]
      - [false, online, false]
"""


def table(*rows: list[Json], type: str = "INT", hit: str = "unique", otherwise: Json = None) -> Table:
    return Table.model_validate(
        {
            "id": "t",
            "inputs": [Expression(text="x", type=type)],
            "type": "text",
            "rows": [TableRow(cells=tuple(row[:-1]), value=row[-1]) for row in rows],
            "hit": hit,
            "otherwise": otherwise,
        }
    )


@pytest.mark.parametrize(
    ("cell", "type", "inside", "outside"),
    [
        ("-", "INT", [0, -5, 10**15], []),
        (5, "INT", [5], [4, 6]),
        ("5", "INT", [5], [4]),
        ("< 5", "INT", [4, -9], [5]),
        ("<= 5", "INT", [5], [6]),
        (">5", "INT", [6], [5]),
        (">= 5", "INT", [5], [4]),
        ("3..5", "INT", [3, 4, 5], [2, 6]),
        ("1 | 3..5 | > 9", "INT", [1, 4, 10], [2, 9]),
        ("10.0..30.0", "DOUBLE", [10.0, 29.99, 30.0], [9.99, 30.01]),
        ("< 10", "DOUBLE", [9.9], [10.0]),
        (True, "BOOL", [True], [False]),
        ("false", "BOOL", [False], [True]),
        ("online", "STRING", ["online"], ["post"]),
        ("online | post", "STRING", ["online", "post"], ["counter"]),
        ("2026-01-01..2026-12-31", "STRING", ["2026-01-01", "2026-06-30"], ["2025-12-31", "2027-01-01"]),
    ],
)
def test_a_cell_means_what_it_says(cell: Json, type: str, inside: list[Json], outside: list[Json]) -> None:
    parsed = parse_cell(cell, type)

    held = [
        value for value in (*inside, *outside) if isinstance(value, bool | int | float | str) and fits(parsed, value)
    ]
    assert inside == held


@pytest.mark.parametrize(
    ("cell", "type"),
    [
        ("five", "INT"),
        ("2.5", "INT"),
        ("< x", "DOUBLE"),
        ("maybe", "BOOL"),
        ("< true", "BOOL"),
        ("9..3", "INT"),
        ([], "INT"),
    ],
)
def test_a_cell_of_another_type_is_refused(cell: Json, type: str) -> None:
    with pytest.raises(BadCell):
        parse_cell(cell, type)


@given(st.integers(-100, 100), st.integers(-100, 100), st.integers(-100, 100))
def test_two_halves_leave_nothing_out_and_nothing_twice(limit: int, value: int, other: int) -> None:
    halves = table([f"< {limit}", "low"], [f">= {limit}", "high"])

    assert ("low" if value < limit else "high") == value_of(halves, [value])
    with pytest.raises(NoSingleRow):
        value_of(table([f"< {limit}", "low"], [f">= {limit}", "high"], ["-", other]), [value])


def test_the_first_row_wins_only_where_the_table_says_so() -> None:
    rows: list[list[Json]] = [["< 9", "small"], ["-", "any"]]

    assert "small" == value_of(table(*rows, hit="first"), [5])
    with pytest.raises(NoSingleRow, match="two rows"):
        value_of(table(*rows), [5])


def test_no_row_is_an_error_unless_something_else_is_said() -> None:
    assert "rest" == value_of(table(["< 9", "small"], otherwise="rest"), [9])
    with pytest.raises(NoSingleRow, match="no row"):
        value_of(table(["< 9", "small"]), [9])


def test_a_condition_reads_a_table(house: House) -> None:
    house.change("deadline: {within", TABLE + "deadline: {within")
    procedure = house.change("when: form.self_bought}", "when: tables.slips}").procedure()

    def asked(higher_rate: bool, channel: str) -> bool:
        facts: dict[str, Json] = {"form.higher_rate": higher_rate, "case.channel": channel}
        return "shortage_slip" in [one.id for one in demanded(procedure, facts)]

    assert [True, True, False] == [asked(True, "online"), asked(True, "post"), asked(False, "online")]
    with pytest.raises(ConditionError, match="no row of table 'slips'"):
        asked(False, "counter")
