"""The scenarios of procedures that together use the whole language, played through the core."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from procedures.language.loader import load_procedure
from procedures.language.scenarios.scenario import load_scenarios
from procedures.time.files import load_calendars
from tests.procedures.language.house import build_examples
from tests.workflows.core.life import HOURS
from workflows.simulate.runs import Outcome, run

PLAYED = ("1.001632", "1.002759", "1.013401", "1.014163", "1.014166", "1.014171", "2.000986")


@cache
def _outcomes(code: str) -> tuple[Outcome, ...]:
    with TemporaryDirectory() as folder:
        file = build_examples(Path(folder)).path(f"catalogue/bhxh/{code}/v1/procedure.yaml")
        loaded = load_procedure(file)
        assert loaded.procedure is not None, loaded.problems
        scenarios = load_scenarios(file.with_name("scenarios.yaml"), loaded.procedure)
    assert not scenarios.problems, scenarios.problems
    calendars = load_calendars(scenarios.calendars)
    return tuple(run(loaded.procedure, scenarios.scenarios, calendars, HOURS))


@pytest.mark.parametrize("code", PLAYED)
def test_every_scenario_passes(code: str) -> None:
    failures = [f"{outcome.scenario}: {one.sentence}" for outcome in _outcomes(code) for one in outcome.failures]

    assert [] == failures
