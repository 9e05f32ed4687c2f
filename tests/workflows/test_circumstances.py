"""What a text tells apart is told to be met or not: limits, variants, and both sides of conditions."""

from dataclasses import replace

import pytest

from cli.catalogue import play
from procedures.language.check import check_procedure
from procedures.language.resolving.sources import HOME
from workflows.simulate.circumstances import Circumstance, circumstances_of


def _unmet(code: str, *scenarios: str) -> list[Circumstance]:
    checked = check_procedure(HOME / f"catalogue/bhxh/{code}/v1/procedure.yaml")
    assert checked.procedure is not None and checked.scenarios is not None, checked.problems
    kept = tuple(one for one in checked.scenarios.scenarios if one.id in scenarios)
    met = {way for one in play(checked.procedure, replace(checked.scenarios, scenarios=kept)) for way in one.coverage}
    return [one for one in circumstances_of(checked.procedure) if one not in met]


@pytest.mark.parametrize(
    ("scenario", "row"), [("employer-has-seven-days", "deadline[1]"), ("worker-has-five-days", "deadline[0]")]
)
def test_a_row_of_the_deadline_that_no_scenario_takes_is_named(scenario: str, row: str) -> None:
    assert (row, "taken") in _unmet("1.014166", scenario)


def test_a_limit_that_is_never_switched_is_named() -> None:
    assert ("deadline[0]", "verified") in _unmet("1.014185")


def test_a_variant_and_a_condition_of_the_form_are_met_by_the_scenario_that_needs_them() -> None:
    of_account = {("variants.form", "taken"), ("form.account", "holds")}

    assert of_account & {*_unmet("1.014176", "cash-to-account")} == set()
    assert of_account <= {*_unmet("1.014176", "moves-to-another-province")}
    assert ("form.account", "does not hold") in _unmet("1.014176", "cash-to-account")
