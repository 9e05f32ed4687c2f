"""Counts every example of docs/time.md: its due date and each line of its explanation."""

import re
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from procedures.time.duration import parse_duration
from procedures.time.files import load_calendars
from procedures.time.hours import office_hours
from procedures.time.limit import Pause, Reckoning, Rules, reckon
from procedures.time.lines import Line
from procedures.time.telling import explain
from procedures.time.working import WorkingTime
from tests.procedures.time.offices import at

PAGE = (Path(__file__).parents[3] / "docs" / "time.md").read_text("utf-8")
EXAMPLE = re.compile(r"```yaml\n(example: [^`]*)```\n\n((?:\|.*\n)+)")


@dataclass(frozen=True, slots=True)
class Example:
    given: dict[str, Any]
    rows: list[list[str]]


def examples() -> list[Example]:
    found = EXAMPLE.findall(PAGE)
    return [Example(yaml.load(text, Loader=yaml.BaseLoader), rows_of(table)) for text, table in found]


def rows_of(table: str) -> list[list[str]]:
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return lines[2:]


def answered(given: dict[str, Any]) -> tuple[Reckoning, tuple[Line, ...]]:
    working = WorkingTime(load_calendars(given["calendars"]), office_hours(given["hours"]))
    cutoff = given.get("rules", {}).get("cutoff")
    rules = Rules() if cutoff is None else Rules(time.fromisoformat(cutoff["after"]), cutoff["moves"])
    pauses = [pause(given["supplement"])] if "supplement" in given else []
    limit, received = parse_duration(given["limit"]), at(given["received"])
    return reckon(working, limit, rules, received, pauses), explain(working, limit, rules, received, pauses)


def pause(given: dict[str, Any]) -> Pause:
    new_limit = parse_duration(given["new_limit"]) if "new_limit" in given else None
    return Pause(at(given["asked"]), at(given["arrived"]), given["effect"], new_limit)


def row(line: Line) -> list[str]:
    number = "" if line.number is None else str(line.number)
    if line.used is not None:
        number = f"{line.used // timedelta(hours=1)}:{line.used % timedelta(hours=1) // timedelta(minutes=1):02}"
    return [str(line.day), line.code, number, line.rule]


@pytest.mark.parametrize("example", examples(), ids=lambda example: str(example.given["example"]))
def test_an_example_of_the_page_is_what_the_engine_answers(example: Example) -> None:
    reckoning, lines = answered(example.given)

    due = example.given["due"]
    answer = str(reckoning.last_day) if len(due) == 10 else reckoning.due
    assert (due if len(due) == 10 else at(due)) == answer
    assert example.rows == [row(line) for line in lines]


def test_the_page_has_its_examples_and_every_rule() -> None:
    assert len(examples()) == PAGE.count("```yaml") >= 3
    assert [f"I{n}" for n in range(1, 28)] == re.findall(r"^\| (I\d+) \|", PAGE, re.MULTILINE)
