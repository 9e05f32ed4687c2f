"""The procedures that use the whole language, broken by rule: loader and lint answer each, in time."""

import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedures.language.check import CheckedProcedure, check_procedure
from procedures.language.reading.problems import Severity
from procedures.language.resolving.sources import Library
from tests.procedures.language.house import EXAMPLES, House, build_examples

TEXTS = {path.parent.name: path.read_text() for path in sorted(EXAMPLES.glob("*/procedure.yaml"))}
KEY = re.compile(r"(?<![\w.\"])([a-z_]+):(?= |\n)")
VALUE = re.compile(r"(?<=: )[^,{}\[\]\n]+|(?<=[\[,] )[\w.]+")
JUNK = (
    *("", "~", "[]", "{}", "[x]", "{x: y}", "true", "0", "-1", "1.5", "999999999999", "2026-02-30", "no limit", "end"),
    *("refuse", "within the day", "form.x", "line.x", '"{form.x}"', "'\u202e'", "ễ", "x" * 3_000, "|\n  x\n"),
)
SECONDS = 3.0
SETTINGS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120, deadline=None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_examples(tmp_path_factory.mktemp("mutated"))


@pytest.fixture(scope="module")
def library(folder: House) -> Library:
    return Library(folder.root)


@SETTINGS
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_a_value_replaced_by_another_kind_is_answered(
    folder: House, library: Library, example: str, data: st.DataObject
) -> None:
    spans = [match.span() for match in VALUE.finditer(TEXTS[example])]
    start, end = data.draw(st.sampled_from(spans))

    _is_answered(
        folder, library, example, TEXTS[example][:start] + data.draw(st.sampled_from(JUNK)) + TEXTS[example][end:]
    )


@SETTINGS
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_a_key_renamed_doubled_or_taken_from_elsewhere_is_answered(
    folder: House, library: Library, example: str, data: st.DataObject
) -> None:
    text = TEXTS[example]
    spans = [match.span(1) for match in KEY.finditer(text)]
    start, end = data.draw(st.sampled_from(spans))
    other = data.draw(st.sampled_from(spans))
    name = data.draw(st.sampled_from([text[start:end] + "x", text[slice(*other)], text[start:end] + ": 1, x"]))

    _is_answered(folder, library, example, text[:start] + name + text[end:])


@SETTINGS
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_lines_left_out_doubled_or_moved_are_answered(
    folder: House, library: Library, example: str, data: st.DataObject
) -> None:
    lines = TEXTS[example].splitlines(keepends=True)
    first = data.draw(st.integers(0, len(lines) - 1))
    count = data.draw(st.integers(1, 4))
    place = data.draw(st.integers(0, len(lines)))
    piece, rest = lines[first : first + count], lines[:first] + lines[first + count :]
    mutated = data.draw(
        st.sampled_from([rest, lines[:first] + piece + lines[first:], rest[:place] + piece + rest[place:]])
    )

    _is_answered(folder, library, example, "".join(mutated))


def _is_answered(folder: House, library: Library, example: str, text: str) -> None:
    path = folder.path(f"catalogue/bhxh/{example}/v1/procedure.yaml")
    started = process_time()

    checked = _checked(path, library, text)

    assert process_time() - started < SECONDS
    errors = [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    assert (checked.procedure is None) == bool(errors)
    assert all(
        problem.place.line >= 1 and problem.place.column >= 1 and problem.message for problem in checked.problems
    )


def _checked(path: Path, library: Library, text: str) -> CheckedProcedure:
    try:
        path.write_text(text)
        return check_procedure(path, library)
    finally:
        path.write_text(TEXTS[path.parent.parent.name])
