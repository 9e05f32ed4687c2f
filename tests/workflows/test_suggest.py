"""Suggested scenarios load, pass when played, and take every way: from nothing, or from what scenarios begin."""

from dataclasses import replace
from pathlib import Path

import pytest

from cli.catalogue import play, suggestions
from procedures.language.check import check_procedure
from procedures.language.model.procedure import Procedure
from procedures.language.resolving.sources import HOME
from procedures.language.scenarios.scenario import OFFICE_HOURS, ScenarioFile, load_scenarios
from tests.docs.test_cookbook import RECIPES, checked_recipe
from tests.procedures.language.house import EXAMPLES, build_examples
from workflows.simulate.coverage import Way, ways_of
from workflows.simulate.scenario_text import file_head, in_yaml

CATALOGUE = HOME / "catalogue"
CODES = sorted({file.parts[-3] for file in CATALOGUE.glob("*/*/v*/procedure.yaml")})


def _procedure(code: str) -> Procedure:
    procedure = check_procedure(next(CATALOGUE.glob(f"*/{code}/v*/procedure.yaml"))).procedure
    assert procedure is not None
    return procedure


def _nothing(procedure: Procedure) -> ScenarioFile:
    return ScenarioFile(procedure.procedure, ("vn-2025", "vn-2026"), OFFICE_HOURS, ())


def _taken(procedure: Procedure, scenarios: ScenarioFile) -> frozenset[Way]:
    return frozenset[Way]().union(*(outcome.coverage for outcome in play(procedure, scenarios)))


def _hold(procedure: Procedure, folder: Path) -> None:
    """Suggest scenarios where there are none, keep them as a file, and play that."""
    nothing = _nothing(procedure)
    answer = suggestions(procedure, nothing, frozenset())
    given = answer.found[0].scenario.given

    file = folder / "scenarios.yaml"
    cases = [in_yaml(one.scenario, "found", given) for one in answer.found]
    file.write_text("\n".join([*file_head(nothing, given), *cases]) + "\n", "utf-8")
    pasted = load_scenarios(file, procedure)
    outcomes = list(play(procedure, pasted))

    assert {} == answer.why
    assert [] == [str(problem) for problem in pasted.problems]
    assert [] == [failure.sentence for outcome in outcomes for failure in outcome.failures]
    assert set(ways_of(procedure)) == frozenset[Way]().union(*(outcome.coverage for outcome in outcomes))


@pytest.mark.parametrize("code", CODES)
def test_from_nothing_every_way_through_a_procedure_of_the_catalogue_is_suggested(code: str, tmp_path: Path) -> None:
    _hold(_procedure(code), tmp_path)


@pytest.mark.parametrize("code", sorted(path.parent.name for path in EXAMPLES.glob("*/procedure.yaml")))
def test_from_nothing_every_way_through_an_example_is_suggested(code: str, tmp_path: Path) -> None:
    house = build_examples(tmp_path / "house")
    file = house.path(f"catalogue/bhxh/{code}/v1/procedure.yaml")
    for name in ("benefit_decision", "generation_licence", "official_reply"):
        (file.parent / "templates").mkdir(exist_ok=True)
        (file.parent / "templates" / f"{name}.typ").touch()
    procedure = check_procedure(file).procedure
    assert procedure is not None

    _hold(procedure, tmp_path)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_from_nothing_every_way_through_a_recipe_is_suggested(recipe: Path, tmp_path: Path) -> None:
    procedure = checked_recipe(recipe, tmp_path / "house", (recipe / "procedure.yaml").read_text()).procedure
    assert procedure is not None

    _hold(procedure, tmp_path)


def test_what_scenarios_give_is_played_on_and_what_they_take_is_not_suggested_again() -> None:
    checked = check_procedure(CATALOGUE / "bhxh/1.014140/v1/procedure.yaml")
    assert checked.procedure is not None and checked.scenarios is not None
    first = checked.scenarios.scenarios[0]
    scenarios = replace(checked.scenarios, scenarios=(replace(first, do=first.do[:1]),))
    before = _taken(checked.procedure, scenarios)

    found = suggestions(checked.procedure, scenarios, before).found

    outcomes = list(play(checked.procedure, replace(scenarios, scenarios=tuple(one.scenario for one in found))))
    assert replace(first.given, place="") == found[0].scenario.given
    assert all(set(one.ways) <= outcome.coverage for one, outcome in zip(found, outcomes, strict=True))
    said = [way for one in found for way in one.ways]
    assert len(said) == len(set(said))
    assert before.isdisjoint(said)


@pytest.mark.parametrize("code", ["1.014137", "1.014160", "1.014166", "1.014167"])
def test_from_the_beginning_of_one_scenario_every_other_way_is_suggested(code: str) -> None:
    checked = check_procedure(CATALOGUE / f"bhxh/{code}/v1/procedure.yaml")
    assert checked.procedure is not None and checked.scenarios is not None
    first = checked.scenarios.scenarios[0]
    scenarios = replace(checked.scenarios, scenarios=(replace(first, do=first.do[:1]),))

    before = _taken(checked.procedure, scenarios)
    answer = suggestions(checked.procedure, scenarios, before)

    assert {} == answer.why
    assert set(ways_of(checked.procedure)) == before | {way for one in answer.found for way in one.ways}


def test_the_same_is_suggested_each_time() -> None:
    procedure = _procedure("2.000986")

    assert suggestions(procedure, _nothing(procedure), frozenset()) == suggestions(
        procedure, _nothing(procedure), frozenset()
    )


def test_nothing_is_suggested_where_every_way_is_taken() -> None:
    procedure = _procedure("1.014140")

    answer = suggestions(procedure, _nothing(procedure), frozenset(ways_of(procedure)))

    assert ((), {}) == (answer.found, answer.why)


def test_what_cannot_be_reached_is_told_with_what_stood_in_the_way(tmp_path: Path) -> None:
    house = build_examples(tmp_path).change(
        "outcomes: {sign: pay, return: review}",
        'outcomes: {sign: pay, return: review}\n    skip_when: today < "2020-01-01"',
    )
    procedure = house.procedure()

    answer = suggestions(procedure, _nothing(procedure), frozenset())

    [[way, why]] = answer.why.items()
    assert ("sign", "skipped") == way
    assert why.startswith('it needs `today < "2020-01-01"` to hold; none of ')


def test_a_condition_that_no_value_meets_is_told_in_its_own_words(tmp_path: Path) -> None:
    house = build_examples(tmp_path).change(
        "outcomes: {sign: pay, return: review}",
        "outcomes: {sign: pay, return: review}\n    skip_when: review.payable >= 5 && review.payable < 3",
    )
    procedure = house.procedure()

    [why] = suggestions(procedure, _nothing(procedure), frozenset()).why.values()

    assert why.startswith("it needs `review.payable >= 5 && review.payable < 3` to hold; none of ")


@pytest.mark.parametrize("calendars", [(), ("vn-2025",)])
def test_a_version_that_no_calendar_reaches_is_told(calendars: tuple[str, ...]) -> None:
    procedure = _procedure("1.014140")
    later = procedure.model_copy(update={"in_force": procedure.in_force.model_copy(update={"from_": "2026-12-30"})})

    answer = suggestions(later, replace(_nothing(later), calendars=calendars), frozenset())

    assert () == answer.found
    assert set(ways_of(later)) == answer.why.keys()
    assert all("no calendar given has 2026-12-30" in why for why in answer.why.values())


def test_a_form_that_nothing_fills_in_is_told_with_what_is_wrong_with_it(tmp_path: Path) -> None:
    procedure = build_examples(tmp_path).procedure()
    never = procedure.form[0].model_copy(update={"id": "never", "type": "text", "required": True, "pattern": "(?!)"})
    changed = procedure.model_copy(update={"form": (*procedure.form, never)})

    answer = suggestions(changed, _nothing(changed), frozenset())

    assert () == answer.found
    assert all("no values were found that fill in the form: /form/never: " in why for why in answer.why.values())


def test_an_outcome_is_played_on_to_the_answer_that_people_get() -> None:
    procedure = _procedure("1.014166")

    found = suggestions(procedure, _nothing(procedure), frozenset()).found

    [refused] = [one.scenario for one in found if ("review", "refused") in one.ways]
    assert {"open": [], "due": "2025-07-10", "verdict": "refused", "results": ["refusal"]} == refused.do[-1].expect


def test_what_is_suggested_expects_what_its_ways_are_about() -> None:
    procedure = _procedure("1.014166")
    without = {way for way in ways_of(procedure) if way[0] != "documents.infertility_proof"}

    found = suggestions(procedure, _nothing(procedure), frozenset(without)).found

    demanded = [one.scenario.do[-1].expect["documents"] for one in found]
    assert [True, False] == [
        isinstance(papers, list) and "infertility_proof/0110000001" in papers for papers in demanded
    ]


def test_what_is_suggested_has_an_id_of_its_own() -> None:
    procedure = _procedure("1.014140")
    first = suggestions(procedure, _nothing(procedure), frozenset()).found[0].scenario
    kept = replace(_nothing(procedure), scenarios=(first,))

    found = suggestions(procedure, kept, frozenset()).found

    assert f"{first.id}-2" == found[0].scenario.id
