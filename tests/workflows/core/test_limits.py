"""Moving the legal limit: extension, verification switch and apology, by whom, when, and what stays as it was."""

from dataclasses import replace

import pytest

from tests.workflows.core.life import (
    AN,
    BASE,
    BINH,
    LAN,
    MAI,
    PROVINCE,
    Life,
    accepted,
    answered,
    asked,
    at,
    pin_of,
    reviewed,
    submit,
    with_supplement,
)
from tests.workflows.core.life import procedure as declared
from workflows.core import machine
from workflows.core.events import (
    Actor,
    Apologise,
    Approval,
    Approve,
    CompleteSupplement,
    CompleteTask,
    Extend,
    Reason,
    SwitchLimit,
)
from workflows.core.pin import Pin
from workflows.core.state import Outcome

WHY = Reason(code="complex", text="command:c/reason")
BY_BINH = Approval(actor=BINH)
GROUNDS = {"complex": {"vi": "Hồ sơ phức tạp", "en": "Complex file"}}


def with_extension(**changes: object) -> Pin:
    return pin_of(declared().model_copy(update={"extension": declared().extension.model_copy(update=changes)}))


def with_verification(within: str = "45 calendar days") -> Pin:
    row = declared().deadline[0].model_copy(update={"if_verified": within})
    return pin_of(declared().model_copy(update={"deadline": (row,)}))


def extend(life: Life, when: str, add: str = "5 working days") -> Outcome:
    return life.do(when, Extend, AN, add=add, reason=WHY, approval=BY_BINH).outcome


def test_an_extension_counts_from_the_due_date_in_force_and_is_told_with_a_letter() -> None:
    """I22: the due day itself is not counted."""
    life = accepted()
    life.wait_until("2026-03-11T09:00")
    seq = life.state.seq

    outcome = extend(life, "2026-03-11T09:00")

    assert Outcome.DONE == outcome
    assert ["approved", "extended", "drafted", "notified"] == life.kinds(seq)
    assert at("2026-04-03T23:59:59.999999") == life.due()
    assert ("2026-03-27T16:59:59.999999Z", "2026-04-03T16:59:59.999999Z") == (
        life.last("extended").data["old_due"],
        life.last("extended").data["new_due"],
    )
    letter = life.orders("Document.render")[-1]
    assert ("_extended:1", "apology_extension", True) == (letter.id, letter.with_["document"], letter.with_["leaves"])
    told = life.orders("Notification.send")[-1]
    assert ("extended", "document:_extended:1") == (told.with_["notice"], told.with_["document"])


def test_without_a_second_person_an_extension_is_a_proposal_judged_again_at_its_approval() -> None:
    life = accepted()

    assert Outcome.PROPOSED == life.do("2026-03-11T09:00", Extend, AN, add="5 working days", reason=WHY).outcome
    proposal = life.state.proposals[0].id
    assert at("2026-03-27T23:59:59.999999") == life.due()

    assert "too-late-to-extend" == life.refused("2026-03-27T09:00", Approve, BINH, proposal=proposal)
    assert "same-person" == life.refused("2026-03-12T09:00", Approve, replace(BINH, ref=AN.ref), proposal=proposal)
    life.do("2026-03-26T16:00", Approve, BINH, proposal=proposal)
    assert at("2026-04-03T23:59:59.999999") == life.due()


def test_an_extension_is_made_once_by_default() -> None:
    life = accepted()
    extend(life, "2026-03-11T09:00")

    assert "no-extension-left" == life.refused("2026-03-12T09:00", Extend, AN, add="1 working day", reason=WHY)


def test_an_extension_needs_words_a_ground_of_the_list_and_a_span() -> None:
    life = accepted(Life(with_extension(grounds=GROUNDS)))
    when = "2026-03-11T09:00"

    assert "ground-required" == life.refused(when, Extend, AN, add="5 working days", reason=replace(WHY, code="lazy"))
    assert "reason-required" == life.refused(when, Extend, AN, add="5 working days", reason=replace(WHY, text=None))
    assert "reason-required" == life.refused(when, Extend, AN, add="5 working days")
    for span in ("5 days", "within the day", "no limit", "2 years", ""):
        assert "form-invalid" == life.refused(when, Extend, AN, add=span, reason=WHY)
    assert Outcome.DONE == extend(life, when)
    assert WHY == life.last("extended").reason


@pytest.mark.parametrize(
    ("at_most", "add", "allowed"),
    [
        (None, "25 calendar days", True),
        (None, "26 calendar days", False),
        ("10 working days", "10 working days", True),
        ("10 working days", "11 working days", False),
        ("10 working days", "14 calendar days", True),
        ("10 working days", "18 calendar days", False),
        ("1 month", "20 working days", True),
        ("1 month", "30 working days", False),
    ],
)
def test_an_extension_is_no_longer_than_the_procedure_allows(at_most: str | None, add: str, allowed: bool) -> None:
    """Without a limit of its own, than the limit itself."""
    life = accepted(Life(with_extension(at_most=at_most)))

    if allowed:
        assert Outcome.DONE == extend(life, "2026-03-11T09:00", add)
    else:
        assert "extension-too-long" == life.refused("2026-03-11T09:00", Extend, AN, add=add, reason=WHY)


def test_whoever_has_the_case_in_hand_extends_and_nobody_else() -> None:
    life = accepted()
    elsewhere = Actor(ref="officer:x", function="medical_review", unit=BASE)

    assert "wrong-function" == life.refused("2026-03-11T09:00", Extend, BINH, add="1 working day", reason=WHY)
    assert "wrong-unit" == life.refused("2026-03-11T09:00", Extend, elsewhere, add="1 working day", reason=WHY)
    assert "wrong-function" == life.refused("2026-03-11T09:00", Extend, LAN, add="1 working day", reason=WHY)


def test_late_is_for_ever_and_a_suspended_limit_waits() -> None:
    """I23."""
    late = accepted()
    late.wait_until("2026-03-28T00:00")
    still = asked()

    assert "late" == late.refused("2026-03-30T09:00", Extend, AN, add="1 working day", reason=WHY)
    assert "clock-suspended" == still.refused("2026-03-09T09:00", Extend, AN, add="1 working day", reason=WHY)


def test_the_drafted_extension_ends_with_the_extension() -> None:
    life = accepted()
    life.wait_until("2026-03-24T08:00")
    assert "_extension:1" in life.open_tasks()

    extend(life, "2026-03-24T09:00")

    assert "_extension:1" not in life.open_tasks()
    life.wait_until("2026-03-31T08:00")
    assert "_extension:2" in life.open_tasks(), "the new due is warned of as the first was"


def test_a_supplement_replaces_what_was_extended_and_an_extension_adds_to_what_was_replaced() -> None:
    """I19, I22."""
    life = accepted()
    extend(life, "2026-03-03T09:00", "10 working days")
    asked(life)
    answered(life)
    life.do("2026-03-23T09:00", CompleteSupplement, MAI)
    assert at("2026-04-09T23:59:59.999999") == life.due()

    other = answered(asked(accepted(Life(with_extension(max=2)))))
    other.do("2026-03-23T09:00", CompleteSupplement, MAI)
    extend(other, "2026-03-24T09:00")
    assert at("2026-04-16T23:59:59.999999") == other.due()


def test_a_pause_moves_the_extended_due() -> None:
    pin = pin_of(
        declared().model_copy(
            update={"supplement": with_supplement(effect="pause", new_limit=None).procedure.supplement}
        )
    )
    life = accepted(Life(pin))
    extend(life, "2026-03-03T09:00")
    assert at("2026-04-03T23:59:59.999999") == life.due()

    answered(asked(life))
    life.do("2026-03-23T09:00", CompleteSupplement, MAI)

    assert at("2026-04-20T23:59:59.999999") == life.due()


def test_a_verification_switch_counts_another_total_from_the_original_start() -> None:
    """I26: and the applicant is told in the procedure's own words."""
    life = accepted(Life(with_verification()))
    life.wait_until("2026-03-06T09:00")
    seq = life.state.seq

    life.do("2026-03-06T09:00", SwitchLimit, AN, reason=WHY, approval=BY_BINH)

    assert ["approved", "limit_switched", "notified"] == life.kinds(seq)
    assert at("2026-04-16T23:59:59.999999") == life.due()
    assert life.state.verified
    assert declared().verification.notice == life.orders("Notification.send")[-1].with_["notice"]
    explanation = machine.explain(life.pin, life.state, "legal")
    assert ("45 calendar days", "deadline[0].if_verified") == (explanation.within, explanation.source)
    assert at("2026-03-27T23:59:59.999999") == explanation.original_due
    clock = next(one for one in machine.snapshot(life.pin, life.state, life.now).clocks if one.id == "legal")
    assert "45 calendar days" == clock.within


def test_a_switch_is_made_once_where_the_procedure_has_such_a_limit_and_before_the_due_date() -> None:
    life = accepted(Life(with_verification()))
    late = accepted(Life(with_verification()))
    late.wait_until("2026-03-28T00:00")

    assert "no-such-limit" == accepted().refused("2026-03-06T09:00", SwitchLimit, AN, reason=WHY)
    assert "reason-required" == life.refused("2026-03-06T09:00", SwitchLimit, AN)
    assert "wrong-function" == life.refused("2026-03-06T09:00", SwitchLimit, MAI, reason=WHY)
    assert "late" == late.refused("2026-03-30T09:00", SwitchLimit, AN, reason=WHY)
    life.do("2026-03-06T09:00", SwitchLimit, AN, reason=WHY, approval=BY_BINH)
    assert "limit-already-switched" == life.refused("2026-03-07T09:00", SwitchLimit, AN, reason=WHY)


def test_the_functions_named_switch_the_limit() -> None:
    rules = declared().verification.model_copy(update={"offered_to": ("one_stop",)})
    row = declared().deadline[0].model_copy(update={"if_verified": "45 calendar days"})
    life = accepted(Life(pin_of(declared().model_copy(update={"verification": rules, "deadline": (row,)}))))

    assert "wrong-function" == life.refused("2026-03-06T09:00", SwitchLimit, AN, reason=WHY)
    assert Outcome.DONE == life.do("2026-03-06T09:00", SwitchLimit, MAI, reason=WHY, approval=BY_BINH).outcome


def test_an_apology_promises_a_date_that_nobody_measures() -> None:
    life = reviewed()
    life.wait_until("2026-03-30T08:00")
    seq = life.state.seq

    life.do("2026-03-30T09:00", Apologise, BINH, reason=WHY, promised="2026-04-03")

    assert ["apologised", "drafted", "notified"] == life.kinds(seq)
    assert at("2026-04-03T23:59:59.999999") == life.state.promised
    assert at("2026-03-27T23:59:59.999999") == life.due()
    assert "apology" == life.orders("Notification.send")[-1].with_["notice"]
    assert life.state.late


def test_only_the_leader_apologises_with_words_and_a_day_to_come() -> None:
    life = accepted()
    when = "2026-03-30T09:00"

    assert "wrong-function" == life.refused(when, Apologise, AN, reason=WHY, promised="2026-04-03")
    assert "wrong-unit" == life.refused(when, Apologise, replace(BINH, unit=BASE), reason=WHY, promised="2026-04-03")
    assert "reason-required" == life.refused(when, Apologise, BINH, promised="2026-04-03")
    for day in ("2026-03-29", "soon", None):
        assert "form-invalid" == life.refused(when, Apologise, BINH, reason=WHY, promised=day)


def test_the_desk_apologises_for_a_check_that_is_overdue() -> None:
    life = Life()
    submit(life)
    assert "not-overdue" == life.refused("2026-03-02T16:00", Apologise, MAI, reason=WHY)

    life.do("2026-03-04T09:00", Apologise, MAI, reason=WHY)

    assert "apologised" in life.kinds()
    assert "submitted" == life.phase()


def test_what_is_decided_late_stays_late_after_an_extension_that_came_before() -> None:
    life = reviewed()
    life.do("2026-03-16T09:00", Extend, BINH, add="1 working day", reason=WHY, approval=Approval(actor=_OTHER))
    life.do("2026-03-31T09:00", CompleteTask, BINH, task="sign:1", outcome="sign")

    assert life.state.late
    assert at("2026-03-30T23:59:59.999999") == life.due()


_OTHER = Actor(ref="officer:leader2", function="leader", unit=PROVINCE)
