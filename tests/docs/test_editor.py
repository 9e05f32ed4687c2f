"""The page on editors: its settings name files there are, and its matcher reads what `motcua check` says."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from procedures.language.resolving.sources import HOME
from tests.docs.pages import ROOT, page
from tests.procedures.language.house import House, build

EDITOR = page("docs/editor.md")
SCHEMA = jsonschema_rs.validator_for(json.loads((ROOT / "docs/schema/motcua.schema.json").read_text()))
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


def _settings(name: str) -> Any:
    return json.loads((ROOT / ".vscode" / name).read_text())


def _blocks() -> list[Any]:
    return [json.loads(block.text) for block in EDITOR.blocks("json")]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build(tmp_path)


def test_the_settings_give_the_schema_to_every_file_of_the_language_and_to_no_other() -> None:
    [(schema, patterns)] = _settings("settings.json")["yaml.schemas"].items()

    matched = {file for pattern in patterns for file in ROOT.glob(pattern)}
    foreign = {"calendars", "organisations", "meanings", "explanations"}
    files = {file for file in HOME.rglob("*.yaml") if not foreign & set(file.relative_to(HOME).parts)}

    assert (ROOT / schema).is_file()
    assert matched == files


def test_the_page_shows_the_settings_of_the_repository() -> None:
    """For a folder of one's own the schema lies elsewhere, and so do the texts."""
    settings, tasks = _blocks()
    [patterns], [own] = settings["yaml.schemas"].values(), _settings("settings.json")["yaml.schemas"].values()

    assert [f"procedures/{pattern}" for pattern in patterns] == own
    [shown], [check, _] = tasks["tasks"], _settings("tasks.json")["tasks"]
    assert {**shown, "command": ".venv/bin/motcua"} == check


def test_the_matcher_reads_every_problem_of_a_check(house: House) -> None:
    broken = Path(__file__).parents[1] / "procedures/language/broken/procedure.yaml"
    house.write(broken.read_text())
    matcher = _settings("tasks.json")["tasks"][0]["problemMatcher"]["pattern"]

    problems = house.check().problems
    read = [re.match(matcher["regexp"], str(problem)) for problem in problems]

    assert [
        (str(problem.place.file), str(problem.place.line), str(problem.place.column), problem.code)
        for problem in problems
    ] == [
        tuple(match[matcher[part]] for part in ("file", "line", "column", "code"))
        for match in read
        if match is not None
    ]
    assert len(problems) > 40


def test_the_matcher_passes_over_the_line_that_sums_up() -> None:
    matcher = _settings("tasks.json")["tasks"][0]["problemMatcher"]["pattern"]["regexp"]

    assert re.match(matcher, "12 files checked, no problems") is None


def test_the_modeline_leads_from_a_version_to_its_schema() -> None:
    [block] = EDITOR.blocks("yaml")
    found = MODELINE.match(block.text)
    assert found is not None

    assert (HOME / "catalogue/bhxh/1.014140/v1" / found[1]).resolve() == ROOT / "docs/schema/procedure.schema.json"


def test_a_file_with_the_modeline_is_still_a_file_of_the_language(house: House) -> None:
    text = house.file.read_text()
    house.write(f"# yaml-language-server: $schema=x.json\n{text}")

    assert house.problems() == []
