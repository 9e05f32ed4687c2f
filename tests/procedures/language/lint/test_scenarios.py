"""Whether the scenarios of a procedure show that it works."""

from procedures.language.check import Around, check_procedure
from procedures.language.lint.subject import Played
from tests.procedures.language.house import CODE, House

SCENARIOS = f"{CODE}/scenarios.yaml"
EMPTY = 'scenarios: "1.014140"\ncalendars: [vn-2026]\ncases: []\n'
ROWS = """deadline:
  - {within: 25 calendar days, counted_from: received, when: form.higher_rate && form.self_bought}
  - {within: 25 calendar days, counted_from: received}
"""


def test_two_scenarios_are_the_least(house: House) -> None:
    house.path(SCENARIOS).write_text(EMPTY)

    problems = house.problems()

    assert [
        "procedure.yaml:39:12: scenario-missing fewer than 2 scenarios "
        "(add scenarios that show it works, or override 'scenarios' with its ground)"
    ] == problems


def test_a_file_that_is_not_there_is_named(house: House) -> None:
    house.path(SCENARIOS).unlink()

    [problem] = house.problems()

    assert "scenario-missing there are no scenarios in 'scenarios.yaml' beside the procedure" in problem


def test_a_row_of_the_deadline_no_scenario_takes(house: House) -> None:
    house.change("deadline: {within: 25 calendar days, counted_from: received}\n", ROWS)

    problems = house.problems()

    assert [
        "procedure.yaml:22:5: scenario-missing deadline row of line 22 is in no scenario "
        "(add a scenario that takes it, or override 'deadline.1' with its ground)"
    ] == problems


def test_every_row_taken_is_enough(house: House) -> None:
    house.change(
        "deadline: {within: 25 calendar days, counted_from: received}\n", ROWS.replace("form.higher_rate && ", "")
    )

    assert [] == house.problems()


def test_a_way_no_scenario_takes_is_a_warning_at_its_outcome(house: House) -> None:
    around = Around(play=lambda procedure, scenarios: Played((("sign", "return"), ("sign_refusal", "return"))))

    problems = check_procedure(house.file, around=around).problems

    assert [
        "procedure.yaml:34:35: outcome-untested 'sign' return is in no scenario (add a scenario that takes this way)"
    ] == [house.shown(problem) for problem in problems]
