"""Decision tables: rows that exclude each other, and no value without a row."""

import pytest

from tests.procedures.language.house import House

FORM = """  size: {type: number, min: 0, label: {vi: Công suất, en: Size}}
  count: {type: integer, min: 0, max: 9, label: {vi: Số, en: Count}}
  kind: {type: choice, options: {a: {vi: A, en: A}, b: {vi: B, en: B}}, label: {vi: Loại, en: Kind}}
"""


SIZE, COUNT, KIND, BOTH = "form.size", "form.count", "form.kind", "form.kind, form.self_bought"

GAP_OF_BOTH = "table-gap no row of 'fee' fits form.self_bought == false && form.kind == \"a\""


@pytest.mark.parametrize(
    ("inputs", "rows", "said"),
    [
        (SIZE, ['"< 10.0", 1', '"10.0..30.0", 2', '"> 30.0", 3'], ""),
        (SIZE, ['"< 10.0", 1', '"10.0..30.0", 2'], "table-gap no row of 'fee' fits form.size > 30.0"),
        (SIZE, ['"< 10.0", 1', '"> 10.0", 2'], "table-gap no row of 'fee' fits form.size == 10.0"),
        (SIZE, ['"<= 10.0", 1', '">= 10.0", 2'], "table-overlap rows of lines 15 and 16 both fit form.size == 10.0"),
        (COUNT, ['"0..4", 1', '"5..9", 2'], ""),
        (COUNT, ['"0..4", 1', '"6..9", 2'], "table-gap no row of 'fee' fits form.count > 4 && form.count < 6"),
        (COUNT, ['"0 | 2 | 4", 1', '"1 | 3", 2', '"> 4", 3'], ""),
        (KIND, ["a, 1", "b, 2"], ""),
        (KIND, ["a, 1"], "table-gap no row of 'fee' fits form.kind == \"b\""),
        (BOTH, ["a, true, 1", "a, false, 2", "b, '-', 3"], ""),
        (BOTH, ["a, true, 1", "b, '-', 3"], GAP_OF_BOTH),
        (f"{KIND}, {COUNT}", ["'-', '> 5', 1", "a, '<= 5', 2", "b, '< 6', 3"], ""),
        (
            f"{KIND}, {COUNT}",
            ["'-', '> 5', 1", "a, '-', 2", "b, '<= 5', 3"],
            'table-overlap rows of lines 15 and 16 both fit form.count > 5 && form.kind == "a"',
        ),
    ],
)
def test_a_table_has_one_row_for_every_value(house: House, inputs: str, rows: list[str], said: str) -> None:
    _table(house, inputs, rows)

    problems = [problem for problem in house.problems() if "table-" in problem]

    assert ([said] if said else []) == [problem.partition(": ")[2].partition(" (")[0] for problem in problems]


@pytest.mark.parametrize("more", ["hit: first", "otherwise: 5"])
def test_the_first_row_that_fits_and_a_row_for_the_rest_may_be_asked_for(house: House, more: str) -> None:
    rows = ['"< 10.0", 1', '"<= 10.0", 2', '">= 10.0", 3'] if more == "hit: first" else ['"< 10.0", 1']

    _table(house, "form.size", rows, more=more)

    assert [] == [problem for problem in house.problems() if "table-" in problem]


def _table(house: House, inputs: str, rows: list[str], more: str = "hit: unique") -> None:
    lines = "".join(f"      - [{row}]\n" for row in rows)
    house.change(
        "form:\n",
        f"tables:\n  fee:\n    inputs: [{inputs}]\n    type: money\n    {more}\n    rows:\n{lines}form:\n{FORM}",
    )
    fee = "  fee: {label: {vi: Phí, en: Fee}, amount: tables.fee, collect: intake}\n"
    house.change("results:\n", f"fees:\n{fee}results:\n")
