"""Scenarios as data: read with their places, laid over what the file gives, held against their procedure."""

from datetime import UTC, datetime

import pytest

from procedures.language.model.procedure import Procedure
from procedures.language.resolving.sources import HOME
from procedures.language.scenarios.scenario import load_scenarios
from tests.procedures.language.house import CODE, House

FILE = f"{CODE}/scenarios.yaml"
SENT = "send_supplement: {documents: [invoices]}, "


def test_the_scenarios_of_the_specification_are_there(reimbursement: Procedure) -> None:
    file = load_scenarios(HOME / FILE, reimbursement)

    assert () == file.problems
    assert ("1.014140", ("vn-2026",)) == (file.procedure, file.calendars)
    first, second, third = (scenario.id for scenario in file.scenarios[:3])
    assert ("paid-in-time", "supplement-replaces-the-limit", "supplement-never-comes") == (first, second, third)


def test_a_scenario_has_its_verbs_times_and_expectations(reimbursement: Procedure) -> None:
    paid = load_scenarios(HOME / FILE, reimbursement).scenarios[0]

    accept, review = paid.do[:2]

    assert (datetime(2026, 3, 2, 3, 0, tzinfo=UTC), "accept", {}) == (accept.at, accept.verb, accept.argument)
    assert {"due": "2026-03-27", "open": ["review"]} == accept.expect
    assert ("complete_task", "review", "approve", "an") == (review.verb, review.argument, review.outcome, review.by)
    assert {"payable": 4200000} == review.with_
    assert f"{HOME / FILE}:7:9" == accept.place


def test_a_scenarios_own_values_replace_those_of_the_file(reimbursement: Procedure) -> None:
    scenarios = {one.id: one for one in load_scenarios(HOME / FILE, reimbursement).scenarios}

    given = scenarios["bought-medicine-oneself"].given

    assert (True, "online", "patient") == (given.form["self_bought"], given.channel, given.submitter)
    assert ("request", "identity", "visit.visit_book", "invoices", "shortage_slip") == given.documents


def test_every_outcome_and_return_is_taken_by_a_scenario(reimbursement: Procedure) -> None:
    steps = (*reimbursement.steps, *reimbursement.sequences["refuse"])
    happened = [one for scenario in load_scenarios(HOME / FILE, reimbursement).scenarios for one in scenario.do]
    taken = {(one.argument, one.outcome) for one in happened if one.verb == "complete_task"}
    returned = {one.argument for one in happened if one.verb == "send_back"}

    missing = {(step.id, one.name) for step in steps for one in step.outcomes if step.kind != "call"} - taken

    assert set() == missing
    assert {step.id for step in steps if step.returns} == returned
    assert {"pay"} == {one.argument for one in happened if one.verb == "answer_call"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('scenarios: "1.014140"', 'scenarios: "1.014141"', "folder-mismatch"),
        ("channel: online, submitter: patient,", "channel: post, submitter: patient,", "unknown-name"),
        ("channel: online, submitter: patient,", "channel: online, submitter: worker,", "unknown-name"),
        ("channel: online, submitter: patient,", "channel: online,", "missing-key"),
        ("form: {card_number: GD4797912345678, account", "form: {card_no: GD4797912345678, account", "unknown-name"),
        ("documents: [request, identity, visit.discharge_paper", "documents: [request, visit", "unknown-name"),
        ("complete_task: sign, outcome: sign, by: an", "complete_task: sing, outcome: sign, by: an", "unknown-step"),
        ("complete_task: sign, outcome: sign, by: an", "complete_task: sign, outcome: no, by: an", "unknown-outcome"),
        ("id: paid-in-time\n", "id: withdrawn\n", "duplicate-key"),
        (
            "at: 2026-03-13 10:05, answer_call: pay, expect: {verdict",
            "at: 13/03, answer_call: pay, expect: {verdict",
            "bad-date",
        ),
        (
            "send_supplement: {documents: [invoices]}, expect: {due",
            "send_suplement: {documents: []}, expect: {due",
            "unknown-key",
        ),
        ("send_supplement: {documents: [invoices]}, expect: {due", "expect: {due", "missing-key"),
        ("send_supplement: {documents: [invoices]}, expect: {due", "pass: {}, withdraw: {}, expect: {due", "two-kinds"),
        (
            "send_supplement: {documents: [invoices]}, expect: {due",
            "extend: {add: 5 days}, expect: {due",
            "bad-duration",
        ),
        (
            "send_supplement: {documents: [invoices]}, expect: {due",
            "send_supplement: {documents: [bill]}, expect: {due",
            "unknown-name",
        ),
        ("pass: {}, expect: {verdict: stopped, status: 8}", "pass: {}, expect: {verdict: halted}", "unknown-word"),
    ],
)
def test_a_broken_scenario_is_told_its_place(house: House, old: str, new: str, code: str) -> None:
    path = house.path(FILE)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))

    problems = house.check().problems

    assert code in [problem.code for problem in problems if problem.place.file == str(path)], house.problems()
