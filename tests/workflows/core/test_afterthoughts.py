"""What is said beside the route: amending, rating, linking, correcting an entry by another one."""

import pytest

from tests.workflows.core.life import AN, BINH, LAN, MAI, REASON, Life, accepted, pin_of, procedure, resolved, submit
from workflows.core.events import Actor, Amend, Approval, CorrectEntry, Deliver, Link, Rate, Reason, Withdraw
from workflows.core.state import LinkTo

BY_BINH = Approval(actor=BINH)
WORDS = Reason(code="other", text="command:c/reason")
SAME = {"form.self_bought": False, "form.higher_rate": False}
STRANGER = Actor(ref="account:stranger")


def delivered() -> Life:
    life = resolved()
    life.do("2026-03-16T09:00", Deliver, MAI, recipient="account:lan", evidence="e")
    return life


def test_the_applicant_rates_once_when_the_result_is_there() -> None:
    life = delivered()
    when = "2026-03-17T09:00"
    assert "not-finished" == accepted().refused(when, Rate, LAN, score=5)
    assert "not-a-party" == life.refused(when, Rate, MAI, score=5)
    assert "form-invalid" == life.refused(when, Rate, LAN, score=6)

    life.do(when, Rate, LAN, score=4, comment="command:c/comment")

    assert {"score": 4, "comment": "command:c/comment"} == life.last("rated").data
    assert "already-rated" == life.refused(when, Rate, LAN, score=5)


def test_a_procedure_need_not_ask_for_a_rating() -> None:
    rules = procedure().rating.model_copy(update={"offer": False})
    life = Life(pin_of(procedure().model_copy(update={"rating": rules})))
    submit(life)
    life.do("2026-03-02T10:00", Withdraw, LAN)

    assert "rating-not-offered" == life.refused("2026-03-17T09:00", Rate, LAN, score=5)


def test_before_acceptance_everything_may_be_put_right_and_the_papers_follow() -> None:
    life = Life()
    submit(life)

    life.do("2026-03-02T09:30", Amend, LAN, form="form:f2", facts={**SAME, "form.self_bought": True})

    assert "shortage_slip" in [paper.id for paper in life.state.papers if paper.demanded]
    assert ("form:f2", "submitted") == (life.state.form, life.phase())


def test_the_desk_says_why_it_amends() -> None:
    life = Life()
    submit(life)

    assert "reason-required" == life.refused("2026-03-02T09:30", Amend, MAI, form="form:f2", facts=SAME)
    assert "form-invalid" == life.refused("2026-03-02T09:30", Amend, LAN)
    life.do("2026-03-02T09:30", Amend, MAI, form="form:f2", facts=SAME, reason=REASON)


def test_after_acceptance_nothing_is_amended_that_decides() -> None:
    life = accepted()
    when = "2026-03-03T09:00"
    other = {**SAME, "form.self_bought": True}
    assert "not-amendable" == life.refused(when, Amend, LAN, form="form:f2", facts=other, reason=REASON)
    assert "reason-required" == life.refused(when, Amend, LAN, form="form:f2", facts=SAME)
    assert "not-a-party" == life.refused(when, Amend, STRANGER, form="form:f2", facts=SAME, reason=REASON)
    assert "wrong-function" == life.refused(when, Amend, AN, form="form:f2", facts=SAME, reason=REASON)

    life.do(when, Amend, LAN, form="form:f2", facts=SAME, reason=REASON)

    assert ("form:f2", "processing") == (life.state.form, life.phase())


def test_cases_are_linked_once() -> None:
    life = accepted()

    life.do("2026-03-03T09:00", Link, LAN, to="H-2", kind="follows")

    assert (LinkTo(to="H-2", kind="follows"),) == life.state.links
    assert "already-linked" == life.refused("2026-03-03T09:00", Link, AN, to="H-2", kind="follows")
    assert "form-invalid" == life.refused("2026-03-03T09:00", Link, AN, to="H-1")
    assert "not-a-party" == life.refused("2026-03-03T09:00", Link, STRANGER, to="H-3")


def test_an_entry_is_corrected_by_another_and_stays() -> None:
    life = accepted()
    before = [*life.journal]

    life.do("2026-03-03T09:00", CorrectEntry, AN, of=2, field="function", reason=WORDS, approval=BY_BINH)

    assert {"of": 2, "field": "function"} == life.last("corrected").data
    assert before == life.journal[: len(before)]


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("cannot-correct-time", {"of": 2, "field": "at", "reason": WORDS}),
        ("cannot-correct-time", {"of": 2, "field": "due", "reason": WORDS}),
        ("cannot-correct-time", {"of": 2, "field": "actor", "reason": WORDS}),
        ("form-invalid", {"of": 999, "field": "data", "reason": WORDS}),
        ("reason-required", {"of": 2, "field": "data"}),
    ],
)
def test_time_is_never_corrected_and_a_correction_says_what_and_why(code: str, arguments: dict[str, object]) -> None:
    assert code == accepted().refused("2026-03-03T09:00", CorrectEntry, AN, **arguments)


def test_only_a_unit_that_had_the_case_corrects_and_a_second_person_approves() -> None:
    life = accepted()
    elsewhere = Actor(ref="officer:x", function="medical_review", unit="unit:elsewhere")

    assert "wrong-unit" == life.refused("2026-03-03T09:00", CorrectEntry, elsewhere, of=2, field="data", reason=WORDS)
    life.do("2026-03-03T09:00", CorrectEntry, AN, of=2, field="data", reason=WORDS)
    assert ["correct_entry"] == [one.command.verb for one in life.state.proposals]
