"""The legal limit against the budgets of steps, and the other limits of the statutory life."""

from datetime import date
from shutil import copytree

import pytest

from procedures.language.check import Around, check_procedure
from procedures.language.lint.limits import days_in
from procedures.language.resolving.sources import HOME
from procedures.time.duration import Unit, parse_duration
from tests.procedures.language.house import House


def test_the_slowest_way_is_compared_with_the_limit(house: House) -> None:
    house.change("within: 15 calendar days", "within: 24 calendar days")

    problems = house.problems()

    assert [
        "procedure.yaml:27:84: budget-over-limit way review → sign takes about 29 of 20 days "
        "(shorten 'review', or override 'steps.review.within' with its ground)"
    ] == problems


def test_the_sum_is_rounded_up_and_the_limit_may_be_used_up(house: House) -> None:
    house.change("within: 15 calendar days", "within: 16 calendar days")

    assert ["budget-over-limit"] == house.codes(), "16 + 3 x 1.4 is 20.2"


def test_a_loop_back_is_not_counted_twice(house: House) -> None:
    house.change("outcomes: {sign: pay, return: review}", "outcomes: {sign: pay, reject: review, return: review}")

    assert "budget-over-limit" not in house.codes()


def test_a_limit_in_hours_is_not_rounded(house: House) -> None:
    house.drop_overrides().change("within: 25 calendar days, counted", "within: 4 working hours, counted")
    house.change("effect: replace, new_limit: 20 calendar days", "effect: pause")
    house.change("ask_within: 5 working days, ", "")
    house.change("within: 15 calendar days", "within: 3 working hours")

    house.change("within: 3 working days", "within: 1 working hour")

    assert "budget-over-limit" not in house.codes()


@pytest.mark.parametrize(
    ("text", "unit", "days"),
    [
        ("5 working days", Unit.CALENDAR_DAYS, 7),
        ("7 calendar days", Unit.WORKING_DAYS, 5),
        ("4 working hours", Unit.WORKING_DAYS, 0.5),
        ("20 calendar days excluding public holidays", Unit.CALENDAR_DAYS, 20),
        ("48 hours", Unit.CALENDAR_DAYS, 2),
    ],
)
def test_durations_are_measured_in_the_days_of_the_limit(text: str, unit: Unit, days: float) -> None:
    assert days == pytest.approx(days_in(unit)(parse_duration(text)))


def test_a_step_without_a_budget_is_a_warning(house: House) -> None:
    house.change(", within: 3 working days", "")

    problems = house.problems()

    assert [
        "procedure.yaml:32:9: budget-missing 'sign' has no budget: its lateness will not be seen (add within)"
    ] == problems


def test_no_limit_needs_a_ground(house: House) -> None:
    house.drop_overrides().change("within: 25 calendar days, counted", "within: no limit, counted")

    found = [problem for problem in house.problems() if "no-limit" in problem]

    assert [
        "procedure.yaml:21:20: no-limit-declared this procedure has no limit "
        "(say the limit, or override 'deadline' with its ground)"
    ] == found


def test_a_supplement_that_moves_the_limit_gives_the_applicant_a_window(house: House) -> None:
    house.change("answer_within: 20 calendar days, effect", "effect")
    house.change("answer_within: 20 working days, ", "", name="profiles/nd118.yaml")

    [problem] = house.problems()

    assert problem.startswith("procedure.yaml:22:1: supplement-without-window no limit for the applicant's answer")


def test_more_extensions_than_the_profile_allows_need_a_ground(house: House) -> None:
    house.change("supplement:", "extension: {max: 2}\nsupplement:")

    [problem] = house.problems()

    assert problem.startswith("procedure.yaml:22:18: extension-repeated 2 extensions, the decree allows 1 (at most 1")


@pytest.mark.parametrize(
    ("today", "codes"),
    [(None, []), ("2027-06-01", []), ("2027-10-01", ["calendar-not-covered"])],
)
def test_the_end_of_the_calendars_is_told_a_quarter_ahead(house: House, today: str | None, codes: list[str]) -> None:
    copytree(HOME / "calendars", house.path("calendars"))

    checked = check_procedure(house.file, around=Around(today=date.fromisoformat(today) if today else None))

    assert codes == [problem.code for problem in checked.problems]
