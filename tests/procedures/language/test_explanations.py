"""Every code that can be told is explained in both languages, and its example is told exactly so."""

import ast
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.catalogue import played
from cli.offices import offices_in
from cli.procedures import check
from procedures.language.check import Around, check_procedure
from procedures.language.explanations.meanings import GROUPS, Example, examples, explanation_of, explanations
from procedures.language.explanations.page import problems_page
from procedures.language.explanations.vietnamese import told
from procedures.language.lint.codes import SEVERITY
from procedures.language.reading.problems import Place, Problem
from procedures.language.resolving.sources import HOME
from tests.procedures.language.house import House, build_examples

LANGUAGE = HOME / "language"
# What is wrong in a value that people file has sentences of its own.
OF_VALUES = {"simplevalues.py", "fieldtypes.py", "filled.py"}
CODE = re.compile(r"[a-z]+(-[a-z]+)+\Z")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The procedures the language is tried on, with a template for each paper they make, and the calendars."""
    house = build_examples(tmp_path_factory.mktemp("explained"))
    shutil.copytree(HOME / "calendars", house.path("calendars"))
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


def test_every_code_has_an_example() -> None:
    assert {code for group in GROUPS for code in explanations(group)} == set(examples())


@pytest.mark.parametrize("code", sorted(code for code, example in examples().items() if example.of))
def test_an_example_is_told_exactly_so_and_its_good_lines_have_no_problem(folder: House, code: str) -> None:
    example = examples()[code]

    with _set_up(folder, example) as file:
        text = file.read_text()
        assert 1 == text.count(example.good), "the good lines stand there"
        assert [] == _told(folder, example)
        file.write_text(text.replace(example.good, example.bad))
        told = _told(folder, example)

    assert [example.told.strip()] == told
    assert f" {code} " in told[0]


@pytest.mark.parametrize("code", sorted(code for code, example in examples().items() if not example.of))
def test_a_command_of_an_example_is_told_exactly_so(code: str) -> None:
    example = examples()[code]

    assert _run(example.bad).startswith(example.told)
    assert _run(example.good).endswith("no problems\n")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_has_a_section_for_every_code(language: str) -> None:
    assert set(_codes()) == set(re.findall(r"^### `([a-z-]+)`$", problems_page(language), re.MULTILINE))


def test_in_vietnamese_a_problem_is_told_with_what_its_code_means() -> None:
    problem = Problem(Place("procedure.yaml", 3, 5), "bad-date", "'x' is no date")

    assert "procedure.yaml:3:5: bad-date 'x' is no date" == told(problem, "en")
    assert told(problem, "vi").endswith("\n    Ngày hoặc giờ không có thật, hoặc ghi không đúng cách.")


def _version(house: House, of: str) -> Path:
    return max(house.path(f"catalogue/bhxh/{of}").glob("v*"))


@contextmanager
def _set_up(house: House, example: Example) -> Iterator[Path]:
    """Let the files of an example stand in the house, give the one its lines stand in, and put everything back."""
    first = house.path(f"catalogue/bhxh/{example.of}/v1")
    version = first.with_name(f"v{example.version}")
    if version != first:
        shutil.copytree(first, version)
        text = (first / "procedure.yaml").read_text().replace("version: 1\n", f"version: {example.version}\n")
        (version / "procedure.yaml").write_text(text.replace("{from: 2025-07-01}", "{from: 2026-07-01}"))
    for name, content in example.beside.items():
        house.path(name).parent.mkdir(exist_ok=True)
        house.path(name).write_text(content)
    file = house.path(example.file) if "/" in example.file else version / example.file
    text = file.read_text()
    try:
        yield file
    finally:
        file.write_text(text)
        for name in example.beside:
            house.path(name).unlink()
        if version != first:
            shutil.rmtree(version)


def _told(house: House, example: Example) -> list[str]:
    """Check as the command does; files are named from the house, the checked one not at all."""
    version = house.path(f"catalogue/bhxh/{example.of}/v{example.version}")
    offices = offices_in(HOME.parent / example.organisation) if example.organisation else None
    around = Around(offices=offices, play=played if example.file == "scenarios.yaml" else None)
    checked = check_procedure(version / "procedure.yaml", around=around)
    said = [str(problem).replace(f"{version}/procedure.yaml:", "") for problem in checked.problems]
    return [one.replace(f"{version}/", "").replace(f"{house.root}/", "") for one in said]


def _run(command: str) -> str:
    assert command.startswith("motcua check ")
    return CliRunner().invoke(check, command.split()[2:]).output


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
