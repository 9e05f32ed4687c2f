"""Every code that can be told is explained in both languages, and its example is told exactly so."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from procedures.language.check import check_procedure
from procedures.language.explanations.meanings import GROUPS, examples, explanation_of, explanations, told
from procedures.language.explanations.page import problems_page
from procedures.language.lint.codes import SEVERITY
from procedures.language.reading.problems import Place, Problem
from procedures.language.resolving.sources import HOME
from tests.procedures.language.house import House, build_examples

LANGUAGE = HOME / "language"
# What is wrong in a value that people file has sentences of its own.
OF_VALUES = {"simplevalues.py", "fieldtypes.py", "filled.py"}
CODE = re.compile(r"[a-z]+(-[a-z]+)+\Z")
# They need more than one file, an organisation, a day, or scenarios played; their own tests show them.
WITHOUT_EXAMPLE = {
    *("file-unreadable", "period-overlaps-version", "name-in-two-fragments", "id-changed-type"),
    *("supplement-without-window", "verified-without-notice"),
    *("calendar-not-covered", "function-not-performed", "outcome-untested", "no-documents", "skip-ends-all"),
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The procedures the language is tried on, with a template for each paper they make."""
    house = build_examples(tmp_path_factory.mktemp("explained"))
    common = house.path("catalogue/bhxh/common.yaml").read_text()
    for file in house.root.glob("catalogue/*/*/v*/procedure.yaml"):
        (file.parent / "templates").mkdir(exist_ok=True)
        for name in re.findall(r"template: ([\w-]+)", file.read_text() + common):
            (file.parent / "templates" / f"{name}.typ").touch()
    return house


def test_every_code_is_explained_once_and_nothing_else_is() -> None:
    explained = [code for group in GROUPS for code in explanations(group)]

    assert sorted(set(explained)) == sorted(explained)
    assert set(_codes()) == set(explained)
    assert all({"en", "vi"} == set(explanation_of(code)) for code in explained)


def test_every_code_has_an_example_but_those_that_need_more_than_a_file() -> None:
    explained = {code for group in GROUPS for code in explanations(group)}

    assert explained - set(examples()) == WITHOUT_EXAMPLE


@pytest.mark.parametrize("code", sorted(examples()))
def test_an_example_is_told_exactly_so(folder: House, code: str) -> None:
    example = examples()[code]
    path = folder.path(f"catalogue/bhxh/{example.of}/v1/procedure.yaml")
    good = path.read_text()
    assert 1 == good.count(example.good), "the good lines stand there"

    try:
        path.write_text(good.replace(example.good, example.bad))
        problems = check_procedure(path).problems
    finally:
        path.write_text(good)

    assert [code] == [problem.code for problem in problems]
    assert example.told.strip() == str(problems[0]).rpartition("/procedure.yaml:")[2]


@pytest.mark.parametrize("example", sorted({example.of for example in examples().values()}))
def test_the_good_lines_have_no_problem(folder: House, example: str) -> None:
    assert () == check_procedure(folder.path(f"catalogue/bhxh/{example}/v1/procedure.yaml")).problems


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_has_a_section_for_every_code(language: str) -> None:
    assert set(_codes()) == set(re.findall(r"^### `([a-z-]+)`$", problems_page(language), re.MULTILINE))


def test_in_vietnamese_a_problem_is_told_with_what_its_code_means() -> None:
    problem = Problem(Place("procedure.yaml", 3, 5), "bad-date", "'x' is no date")

    assert "procedure.yaml:3:5: bad-date 'x' is no date" == told(problem, "en")
    assert told(problem, "vi").endswith("\n    Ngày hoặc giờ không có thật, hoặc ghi không đúng cách.")


def _codes() -> set[str]:
    """Collect every code the language says, out of its source."""
    files = [file for file in LANGUAGE.rglob("*.py") if file.name not in OF_VALUES]
    return {code for file in files for code in _codes_in(file)} | set(SEVERITY)


def _codes_in(file: Path) -> Iterator[str]:
    """Codes are the first words of what is said or wrong; elsewhere words with hyphens mean other things."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("add", "_add", "warn", "find", "say", "Wrong"):
                yield from (code for one in node.args[:2] for code in _words(one))
        elif isinstance(node, ast.Assign) and "code" in ast.dump(node.targets[0]):
            yield from _words(node.value)
        elif isinstance(node, ast.For) and "code" in ast.dump(node.target):
            yield from _words(node.iter)


def _words(node: ast.expr) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and CODE.match(one.value):
            yield one.value
