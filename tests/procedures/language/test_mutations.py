"""The good file broken everywhere: the loader always answers, and lets no misspelt name through."""

import re
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedures.language.loader import Loaded, load_procedure
from procedures.language.reading.problems import Severity
from procedures.language.resolving.sources import HOME, Library
from tests.procedures.language.house import CODE, House, build_examples

GOOD = (HOME / CODE / "procedure.yaml").read_text()
LIBRARY = Library(HOME)
# Ids that nothing else names may be called anything.
FREE = {"request", "identity", "visit", "invoices", "shortage_slip", "both_cards", "card_number"}
KEYS = [match.span(1) for match in re.finditer(r"([a-z_]+):(?= |\n)", GOOD) if match[1] not in FREE]
WORDS = [match.span() for match in re.finditer(r"[A-Za-z0-9_.]+", GOOD)]
JUNK = [
    "",
    "~",
    "[]",
    "{}",
    "[[",
    "}",
    "'",
    '"',
    "&a",
    "*a",
    "!x",
    "true",
    "-1",
    "1e9",
    "\t",
    "\n",
    "ễ" * 300,
    "a: b",
    "#",
]


@pytest.mark.parametrize("span", KEYS, ids=lambda span: f"{span[0]}-{GOOD[span[0] : span[1]]}")
def test_a_misspelt_key_is_always_an_error(house: House, span: tuple[int, int]) -> None:
    house.write(GOOD[: span[1]] + "x" + GOOD[span[1] :])

    loaded = _load(house.file)

    assert loaded.procedure is None and loaded.problems


@pytest.mark.parametrize("line", range(len(GOOD.splitlines())))
def test_a_file_without_one_line_is_answered(house: House, line: int) -> None:
    lines = GOOD.splitlines(keepends=True)
    house.write("".join(lines[:line] + lines[line + 1 :]))

    _is_answered(_load(house.file))


@pytest.mark.parametrize("code", ["1.014163", "2.000986", "1.013401"])
def test_a_file_of_branches_and_lines_without_one_line_is_answered(tmp_path: Path, code: str) -> None:
    house = build_examples(tmp_path)
    file, library = house.path(f"catalogue/bhxh/{code}/v1/procedure.yaml"), Library(house.root)
    lines = file.read_text().splitlines(keepends=True)

    for line in range(len(lines)):
        file.write_text("".join(lines[:line] + lines[line + 1 :]))
        _is_answered(load_procedure(file, library))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(st.sampled_from(WORDS), st.sampled_from(JUNK) | st.text(string.printable, max_size=8))
def test_a_file_with_any_word_replaced_is_answered(house: House, span: tuple[int, int], junk: str) -> None:
    house.write(GOOD[: span[0]] + junk + GOOD[span[1] :])

    _is_answered(_load(house.file))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 60))
def test_a_file_with_a_piece_cut_out_is_answered(house: House, start: int, length: int) -> None:
    house.write(GOOD[:start] + GOOD[start + length :])

    _is_answered(_load(house.file))


@settings(max_examples=200, deadline=None)
@given(st.text("form.self_bought()&|!=<>+-*/%?:'\"[]{} 0123456789,hasnt", max_size=40))
def test_any_condition_is_answered(tmp_path_factory: pytest.TempPathFactory, condition: str) -> None:
    file = tmp_path_factory.mktemp("condition") / "procedure.yaml"
    quoted = condition.replace("\\", "").replace("'", "''")
    file.write_text(GOOD.replace("when: form.self_bought", f"when: '{quoted}'"))

    _is_answered(_load(file))


def _load(file: Path) -> Loaded:
    return load_procedure(file, LIBRARY)


def _is_answered(loaded: Loaded) -> None:
    """Either a procedure or an error; every problem has a place in the file, a code and a sentence."""
    errors = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
    assert (loaded.procedure is None) == bool(errors)
    assert all(problem.place.line >= 1 and problem.place.column >= 1 and problem.message for problem in loaded.problems)
