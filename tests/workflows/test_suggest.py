"""Suggested scenarios load, pass when played, and bring back the ways that were taken away."""

from dataclasses import replace
from pathlib import Path

import pytest

from cli.catalogue import play, suggestions
from procedures.language.check import check_procedure
from procedures.language.model.procedure import Procedure
from procedures.language.resolving.sources import HOME
from procedures.language.scenarios.scenario import ScenarioFile, load_scenarios
from workflows.simulate.coverage import Way, steps_of, ways_of
from workflows.simulate.scenario_text import in_yaml

CATALOGUE = HOME / "catalogue"
# One way through; branches that join, with rows that decide; a list of lines; results by variant; skipped by the form.
REACHED = ("1.014140", "2.000986", "1.001667", "1.014173", "1.001521")


def _with_one_left(code: str) -> tuple[Procedure, ScenarioFile, str]:
    """The procedure with the beginning of its first scenario only, and the head of its file of scenarios."""
    file = next(CATALOGUE.glob(f"*/{code}/v*/procedure.yaml"))
    checked = check_procedure(file)
    assert checked.procedure is not None and checked.scenarios is not None
    first = checked.scenarios.scenarios[0]
    head, _, _ = file.with_name("scenarios.yaml").read_text("utf-8").partition("cases:")
    kept = replace(checked.scenarios, scenarios=(replace(first, do=first.do[:1]),))
    return checked.procedure, kept, head


def _taken(procedure: Procedure, scenarios: ScenarioFile) -> frozenset[Way]:
    return frozenset[Way]().union(*(outcome.coverage for outcome in play(procedure, scenarios)))


@pytest.mark.parametrize("code", REACHED)
def test_suggestions_bring_back_every_way_of_scenarios_taken_away(code: str, tmp_path: Path) -> None:
    procedure, scenarios, head = _with_one_left(code)
    before = _taken(procedure, scenarios)

    found = suggestions(procedure, scenarios, before)

    file = tmp_path / "scenarios.yaml"
    file.write_text("\n".join([head + "cases:", *(in_yaml(one.scenario, "found") for one in found)]) + "\n", "utf-8")
    pasted = load_scenarios(file, procedure)
    outcomes = list(play(procedure, pasted))
    assert len(before) < len(ways_of(procedure))
    assert [] == [str(problem) for problem in pasted.problems]
    assert [] == [failure.sentence for outcome in outcomes for failure in outcome.failures]
    after = before.union(*(outcome.coverage for outcome in outcomes))
    assert set(steps_of(procedure)) <= after


def test_each_suggestion_takes_what_it_says_and_none_is_in_vain() -> None:
    procedure, scenarios, _ = _with_one_left("1.014140")

    found = suggestions(procedure, scenarios, _taken(procedure, scenarios))

    outcomes = list(play(procedure, replace(scenarios, scenarios=tuple(one.scenario for one in found))))
    assert all(set(one.ways) <= outcome.coverage for one, outcome in zip(found, outcomes, strict=True))
    said = [way for one in found for way in one.ways]
    assert len(said) == len(set(said))


def test_the_same_is_suggested_each_time() -> None:
    procedure, scenarios, _ = _with_one_left("2.000986")

    assert suggestions(procedure, scenarios, frozenset()) == suggestions(procedure, scenarios, frozenset())


def test_nothing_is_suggested_where_every_way_is_taken() -> None:
    procedure, scenarios, _ = _with_one_left("1.014140")

    assert () == suggestions(procedure, scenarios, frozenset(ways_of(procedure)))
