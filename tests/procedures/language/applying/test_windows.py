"""Whether what is filed lies inside the time limits on the applicant's side."""

from collections.abc import Callable, Mapping

import pytest

from procedures.json_types import Json
from procedures.language.applying.windows import missed
from procedures.language.conditions.evaluation import ConditionError
from procedures.language.model.procedure import Procedure
from procedures.time.errors import CalendarNotCovered
from tests.procedures.language.house import House
from tests.procedures.time.offices import at, real

Example = Callable[[str], Procedure]


def ids(procedure: Procedure, facts: Mapping[str, Json], filed: str) -> list[str]:
    return [one.id for one in missed(procedure, facts, at(filed), real())]


def workers(*back_on: str, papers_on: str = "2026-02-26") -> Mapping[str, Json]:
    return {"form.workers": [{"back_on": day, "papers_on": papers_on, "variant": "inpatient"} for day in back_on]}


def test_each_line_has_a_window_of_its_own(example: Example) -> None:
    facts = workers("2026-02-24", "2026-02-25", "2026-01-05")

    assert ["worker/3"] == ids(example("1.014163"), facts, "2026-03-02 08:00")


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        # 5 January and 45 days is 19 February, in the week of Tết; the next day worked is the 23rd.
        ("2026-02-19 23:59", []),
        ("2026-02-23 23:59", []),
        ("2026-02-24 00:00", ["worker/1"]),
    ],
)
def test_a_last_day_that_is_not_worked_moves_on(example: Example, filed: str, expected: list[str]) -> None:
    assert expected == ids(example("1.014163"), workers("2026-01-05"), filed)


@pytest.mark.parametrize(
    ("filed", "early", "expected"),
    [
        ("2026-02-08 23:59", True, ["filing"]),
        ("2026-02-09 00:00", False, []),
        ("2026-03-01 23:59", False, []),
        ("2026-03-02 00:00", False, ["filing"]),
    ],
)
def test_a_window_before_a_date_ends_with_that_date(
    example: Example, filed: str, early: bool, expected: list[str]
) -> None:
    facts = {"form.eligible_on": "2026-03-01"}

    found = missed(example("1.014171"), facts, at(filed), real())

    assert [(id, early) for id in expected] == [(one.id, one.early) for one in found]


def test_what_is_for_others_is_not_missed(example: Example) -> None:
    line: Json = {"leave_ended": "2025-01-02", "papers_on": "2025-01-02", "variant": "birth"}
    by_employer: Mapping[str, Json] = {"form.mothers": [line], "case.submitter": "employer"}
    by_worker: Mapping[str, Json] = {"form.mothers": [{"variant": "birth"}], "case.submitter": "worker"}

    assert ["worker/1", "employer/1"] == ids(example("1.014166"), by_employer, "2026-03-02 08:00")
    assert [] == ids(example("1.014166"), by_worker, "2026-03-02 08:00")


def test_a_date_older_than_every_calendar_is_late_all_the_same(example: Example) -> None:
    facts = workers("2019-05-05", papers_on="2019-05-05")

    assert ["worker/1", "employer/1"] == ids(example("1.014163"), facts, "2026-03-02 08:00")


def test_a_date_no_calendar_reaches_is_loud_where_the_answer_hangs_on_it(house: House) -> None:
    house.change("  account: {like", "  left_on: {type: date, label: {vi: Ngày ra viện}}\n  account: {like")
    window = "windows:\n  filing: {who: submitter, within: 5 working days, after: form.left_on}\n"
    procedure = house.change("deadline: {within", window + "deadline: {within").procedure()

    with pytest.raises(CalendarNotCovered):
        ids(procedure, {"form.left_on": "2027-12-30"}, "2028-01-04 08:00")


@pytest.mark.parametrize("facts", [{}, {"form.eligible_on": "soon"}])
def test_a_date_that_is_not_known_is_said_to_be_none(example: Example, facts: Mapping[str, Json]) -> None:
    with pytest.raises(ConditionError):
        ids(example("1.014171"), facts, "2026-03-02 08:00")
