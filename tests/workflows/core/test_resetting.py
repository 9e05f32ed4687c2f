"""A case set on its way again: another variant, another step, or reopened before anybody had its result."""

from tests.workflows.core.joint import RECEIVING, Joint
from tests.workflows.core.life import at
from tests.workflows.core.test_fees import at_the_fee, in_assessment, money
from tests.workflows.core.test_variants import accepting, filed
from workflows.core.events import (
    Accept,
    Actor,
    Approval,
    ChangeVariant,
    CheckedPaper,
    GivenPaper,
    HandOver,
    Reason,
    Reopen,
    ResetRoute,
)
from workflows.core.state import Outcome

MAI = Actor(ref="officer:mai", function="one_stop", unit=RECEIVING)
AN = Actor(ref="officer:an", function="benefits", unit="competent")
BINH = Actor(ref="officer:binh", function="leader", unit="competent")
CHI = Actor(ref="officer:chi", function="leader", unit="competent")
BY_BINH, BY_CHI = Approval(actor=BINH), Approval(actor=CHI)
WHY = Reason(code="other", text="command:c/reason")
REPORT = (CheckedPaper(id="report", verdict="ok"),)


def handled(**changes: object) -> Joint:
    life = filed(None, **changes)
    papers = [paper.id for paper in life.state.papers if paper.id != "request"]
    life.do("2026-03-02T09:00", Accept, MAI, **accepting(life, *papers))
    return life.take_over("2026-03-02T10:00")


def test_before_acceptance_another_variant_only_asks_for_other_papers() -> None:
    life = filed()

    life.do("2026-03-02T08:30", ChangeVariant, MAI, variant="lost")

    assert ["request", "report"] == [paper.id for paper in life.state.papers if paper.demanded]
    assert {"old": "changed", "new": "lost"} == life.last("variant_changed").data
    assert "no-variant" == life.refused("2026-03-02T08:40", ChangeVariant, MAI, variant="lost")
    assert "no-variant" == life.refused("2026-03-02T08:40", ChangeVariant, MAI, variant="stolen")
    assert "wrong-function" == life.refused("2026-03-02T08:40", ChangeVariant, AN, variant="changed")


def test_in_handling_the_limit_of_the_other_variant_counts_from_the_original_start() -> None:
    """As in I26, with a receipt issued anew that the first one stays behind."""
    life = handled()
    assert at("2026-03-05T23:59:59.999999") == life.due()

    life.do("2026-03-03T09:00", ChangeVariant, AN, variant="lost", verdicts=REPORT, reason=WHY, approval=BY_BINH)

    assert at("2026-03-16T23:59:59.999999") == life.due()
    assert ["_receipt:1", "_receipt:2"] == [one.id for one in life.orders("Document.render") if "_receipt" in one.id]
    assert ["check"] == life.open_steps(), "the step that only this variant has comes first"
    assert "variant_changed" in [one.with_["notice"] for one in life.orders("Notification.send")]
    assert at("2026-03-05T23:59:59.999999") == next(one for one in life.state.clocks if one.id == "legal").original_due


def test_a_step_that_the_other_variant_does_not_have_is_left() -> None:
    life = handled(variant="lost", papers=(GivenPaper(id="request"), GivenPaper(id="report")))
    assert ["check"] == life.open_steps()

    life.do("2026-03-03T09:00", ChangeVariant, AN, variant="changed", reason=WHY, approval=BY_BINH)

    assert (["close"], "changed") == (life.open_steps(), life.state.variant)
    assert at("2026-03-05T23:59:59.999999") == life.due()


def test_another_variant_needs_its_papers_words_and_a_second_person() -> None:
    life = handled()
    when = "2026-03-03T09:00"

    assert "reason-required" == life.refused(when, ChangeVariant, AN, variant="lost", verdicts=REPORT)
    assert "unchecked-papers" == life.refused(when, ChangeVariant, AN, variant="lost", reason=WHY)
    assert "wrong-function" == life.refused(when, ChangeVariant, BINH, variant="lost", reason=WHY)
    proposed = life.do(when, ChangeVariant, AN, variant="lost", verdicts=REPORT, reason=WHY)
    assert (Outcome.PROPOSED, "changed") == (proposed.outcome, life.state.variant)


def test_once_late_the_variant_changes_and_the_due_does_not() -> None:
    """I23."""
    life = handled()
    life.wait_until("2026-03-06T08:00")

    life.do("2026-03-06T09:00", ChangeVariant, AN, variant="lost", verdicts=REPORT, reason=WHY, approval=BY_BINH)

    assert at("2026-03-05T23:59:59.999999") == life.due()
    assert (life.state.late, life.state.variant) == (True, "lost")


def test_a_leader_sets_the_route_back_to_a_step_it_has_come_by() -> None:
    life = at_the_fee()

    life.do("2026-03-13T09:00", ResetRoute, BINH, to="assess", reason=WHY, approval=BY_CHI)

    assert ["assess"] == life.open_steps()
    assert "cancelled" == life.state.fees[-1].state, "nobody waits for it any more, and nothing stands still for it"
    assert ("processing", at("2026-03-18T23:59:59.999999")) == (life.phase(), life.due())
    life.complete("2026-03-13T10:00", "assess", "approve")
    assert "awaiting_fee" == life.phase()


def test_a_route_is_reset_by_two_leaders_to_where_it_was_and_before_a_decision() -> None:
    life = in_assessment()
    when = "2026-03-03T09:00"

    assert "wrong-function" == life.refused(when, ResetRoute, AN, to="assess", reason=WHY)
    assert "reason-required" == life.refused(when, ResetRoute, BINH, to="assess")
    assert "bad-target" == life.refused(when, ResetRoute, BINH, to="sign", reason=WHY)
    assert "bad-target" == life.refused(when, ResetRoute, BINH, to="refuse", reason=WHY)
    assert "same-person" == life.refused(when, ResetRoute, BINH, to="assess", reason=WHY, approval=BY_BINH)


def on_paper() -> Joint:
    """A result on paper at the one-stop, which nobody has fetched."""
    life = filed(wishes={"card": "paper"})
    life.do("2026-03-02T09:00", Accept, MAI, **accepting(life))
    life.take_over("2026-03-02T10:00").complete("2026-03-03T09:00", "close", "confirm")
    task = next(task for task in life.state.tasks if task.kind == "transfer")
    life.do("2026-03-03T10:00", HandOver, Actor(ref="officer:x", function=task.function, unit=task.unit), **_RESULT)
    return life.take_over("2026-03-03T11:00")


_RESULT: dict[str, object] = {"to": RECEIVING, "what": "result"}


def test_a_result_nobody_has_had_is_taken_back_and_the_limit_runs_on() -> None:
    life = on_paper()
    assert ("resolved", 9) == (life.phase(), life.codes()[-1])

    life.do("2026-03-04T09:00", Reopen, MAI, to="close", reason=WHY, approval=BY_BINH)

    assert (["close"], "processing", 4) == (life.open_steps(), life.phase(), life.codes()[-1])
    assert (None, None) == (life.state.decided_at, life.state.finished_at)
    assert at("2026-03-05T23:59:59.999999") == life.due()
    assert "result_superseded" in life.kinds()
    assert [] == [task.kind for task in life.state.tasks if task.kind == "delivery"]


def test_the_time_a_case_was_resolved_counts_when_it_is_reopened() -> None:
    life = on_paper()

    life.do("2026-03-09T09:00", Reopen, MAI, to="close", reason=WHY, approval=BY_BINH)

    assert life.state.late


def test_what_somebody_has_is_not_reopened() -> None:
    life = at_the_fee()
    money(life, "2026-03-13T10:00")
    life.by_hand = (*life.by_hand, "Delivery.dispatch")
    life.complete("2026-03-16T10:00", "sign", "sign")

    assert "in-transit" == life.refused("2026-03-17T09:00", Reopen, MAI, reason=WHY)
