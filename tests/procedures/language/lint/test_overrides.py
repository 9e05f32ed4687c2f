"""Overrides answer for findings by name, place and ground, as long as they say; for nothing they are errors."""

from datetime import date

import pytest

from procedures.language.check import Around, check_procedure
from tests.procedures.language.house import House

OVERRIDE = "  - {code: deadline-contradicts-catalogue, where: deadline, ground: "


def test_an_override_answers_for_it_and_is_shown_to_who_approves(house: House) -> None:
    checked = house.check()

    assert () == checked.problems
    assert ["deadline-contradicts-catalogue"] == [problem.code for problem in checked.corrected]
    assert checked.procedure is not None
    assert checked.procedure.overrides[0].ground.startswith("Bảng công bố ghi thêm")


def test_an_override_of_nothing_is_an_error(house: House) -> None:
    published = '["25 ngày", "5 ngày làm việc", "50 ngày"]'
    name = "catalogue/bhxh/published.yaml"
    house.change(f"counter: {published}\n      online: {published}", 'counter: ["25 ngày"]', name=name)

    problems = house.problems()

    assert ["procedure.yaml:38:51: override-unused nothing to override at 'deadline' (remove the override)"] == problems


def test_an_override_at_the_wrong_place_is_told_the_right_one(house: House) -> None:
    house.change(OVERRIDE, OVERRIDE.replace("where: deadline", "where: deadlines"))

    problems = [problem for problem in house.problems() if "override-unused" in problem]

    assert [
        "procedure.yaml:38:51: override-unused nothing to override at 'deadlines' (it is found at 'deadline')"
    ] == problems


def test_what_is_found_below_a_place_is_answered_there(house: House) -> None:
    house.change("within: 15 calendar days", "within: 20 calendar days")
    house.change(
        OVERRIDE,
        "  - {code: budget-over-limit, where: steps.review, ground: Giám định tại cơ sở mất 20 ngày}\n" + OVERRIDE,
    )

    assert [] == house.problems()


def test_no_override_answers_for_all_steps(house: House) -> None:
    house.change("within: 15 calendar days", "within: 20 calendar days")
    house.change(
        OVERRIDE, "  - {code: budget-over-limit, where: steps, ground: Giám định tại cơ sở mất 20 ngày}\n" + OVERRIDE
    )

    assert ["override-unused"] == house.codes()


@pytest.mark.parametrize(
    ("today", "codes"), [("2026-12-31", []), ("2027-01-01", ["deadline-contradicts-catalogue", "override-unused"])]
)
def test_an_override_holds_until_its_last_day(house: House, today: str, codes: list[str]) -> None:
    house.change(OVERRIDE, OVERRIDE.replace("where: deadline", "where: deadline, until: 2026-12-31"))

    checked = check_procedure(house.file, around=Around(today=date.fromisoformat(today)))

    assert codes == [problem.code for problem in checked.problems]


def test_errors_and_warnings_cannot_be_overridden(house: House) -> None:
    house.change(OVERRIDE, OVERRIDE.replace("deadline-contradicts-catalogue", "result-without-code"))

    assert "unknown-word" in house.codes()
