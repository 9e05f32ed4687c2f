"""What of a procedure applies to one case."""

import pytest

from procedures.language.applying.selection import (
    Demand,
    NoDeadline,
    asked,
    deadline_of,
    demanded,
    is_complete,
    paper_ids,
)
from procedures.language.model.procedure import Procedure
from tests.procedures.language.house import House

ALWAYS = ["request", "identity", "visit", "invoices"]
DEADLINE = "deadline: {within: 25 calendar days, counted_from: received}"


@pytest.mark.parametrize(
    ("self_bought", "higher_rate", "more"),
    [(False, False, []), (True, False, ["shortage_slip"]), (True, True, ["shortage_slip", "both_cards"])],
)
def test_papers_are_demanded_by_what_the_form_says(
    reimbursement: Procedure, self_bought: bool, higher_rate: bool, more: list[str]
) -> None:
    facts = {"form.self_bought": self_bought, "form.higher_rate": higher_rate}

    assert ALWAYS + more == [document.id for document in demanded(reimbursement, facts)]


def test_a_group_is_satisfied_by_one_of_its_papers(reimbursement: Procedure) -> None:
    visit, invoices = reimbursement.document("visit"), reimbursement.document("invoices")
    assert visit is not None and invoices is not None

    assert ("visit.discharge_paper", "visit.visit_record", "visit.visit_book") == paper_ids(visit)
    assert is_complete(Demand(visit), ["visit.visit_book"]) and not is_complete(Demand(visit), ["visit"])
    assert is_complete(Demand(invoices), ["invoices"]) and not is_complete(Demand(invoices), ["visit.visit_book"])


def test_papers_that_go_together_are_both_demanded(house: House) -> None:
    house.change(
        "one_of: [discharge_paper, visit_record, visit_book]", "one_of: [discharge_paper, [visit_record, visit_book]]"
    )

    visit = house.procedure().document("visit")

    assert visit is not None
    assert "Giấy ra viện hoặc Phiếu khám bệnh và Sổ khám bệnh" == visit.label["vi"]
    assert not is_complete(Demand(visit), ["visit.visit_book"])
    assert is_complete(Demand(visit), ["visit.visit_book", "visit.visit_record"])


def test_rows_with_a_condition_are_tried_first(house: House) -> None:
    rows = (
        "deadline: [{submitters: patient, within: 25 hours}, {submitters: relative, within: 20 hours}, "
        "{when: form.self_bought, within: 30 hours}]"
    )
    procedure = house.change(DEADLINE, rows).procedure()

    limits = [
        deadline_of(procedure, {"case.submitter": "relative", "form.self_bought": value}).within
        for value in (False, True)
    ]

    assert ["20 hours", "30 hours"] == limits


def test_a_case_without_limit_is_loud(house: House) -> None:
    procedure = house.change(DEADLINE, "deadline: {submitters: [patient, relative], within: 25 hours}").procedure()

    with pytest.raises(NoDeadline):
        deadline_of(procedure, {"case.submitter": "employer"})


def test_a_field_for_some_is_not_asked_of_others(house: House) -> None:
    house.change("higher_rate: {type: boolean", "higher_rate: {channels: online, type: boolean")
    house.change("copy: 2, when: form.higher_rate", "copy: 2")
    procedure = house.procedure()

    fields = [field.id for field in asked(procedure, procedure.form, {"case.channel": "counter"})]

    assert ["card_number", "self_bought", "account"] == fields
