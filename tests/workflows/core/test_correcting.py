"""A result that people have already turns out wrong: another takes its place, and the first stays in the journal."""

from tests.workflows.core.joint import Joint
from tests.workflows.core.life import LAN
from tests.workflows.core.test_fees import at_the_fee, money
from tests.workflows.core.test_resetting import BINH, BY_BINH, MAI, WHY, on_paper
from workflows.core.events import Actor, CorrectResult, Deliver, Message, Reason
from workflows.core.state import Outcome, Verdict

CLERK = Actor(ref="officer:x", function="clerk")
WHEN = "2026-03-20T09:00"
GIVEN = {"recipient": LAN.ref, "evidence": "document:slip"}


def sent() -> Joint:
    """An electronic result, signed, paid for and delivered."""
    life = at_the_fee()
    money(life, "2026-03-13T10:00")
    life.complete("2026-03-16T10:00", "sign", "sign")
    assert "delivered" == life.phase()
    return life


def correct(life: Joint, **more: object) -> Outcome:
    result = next(one.id for one in life.state.results if one.kind != "paper")
    return life.do(WHEN, CorrectResult, MAI, replaces=result, reason=WHY, approval=BY_BINH, **more).outcome


def test_a_delivered_result_is_drafted_and_signed_anew_and_takes_the_place_of_the_first() -> None:
    """Core scenario 17: the code stays 10, nothing else of the route is done again."""
    life = sent()
    codes, fees = life.codes(), life.state.fees

    correct(life)
    assert (["sign"], "delivered", "replacing") == (life.open_steps(), life.phase(), life.journal[-1].status.delivery)
    assert not [one for one in life.state.clocks if one.kind == "settle" and one.stopped_at is None]
    life.complete("2026-03-23T09:00", "sign", "sign")

    states = [(one.state, one.delivery) for one in life.state.results if one.kind != "paper"]
    assert [("replaced", "delivered"), ("issued", "delivered")] == states
    old, new = [one for one in life.state.results if one.kind != "paper"]
    assert (old.node, None) == (new.replaces, life.state.correction)
    assert (codes, fees, "delivered") == (life.codes(), life.state.fees, life.journal[-1].status.delivery)
    assert [one for one in life.state.clocks if one.kind == "settle" and one.stopped_at is None], "it settles anew"
    told = [kind for kind in life.kinds() if kind in ("correction_opened", "result_replaced", "delivered")]
    assert ["delivered", "correction_opened", "result_replaced", "delivered"] == told


def test_the_values_of_a_task_are_entered_anew_where_they_were_wrong() -> None:
    life = sent()

    correct(life, to="assess")
    assert ["assess"] == life.open_steps()
    life.complete("2026-03-23T09:00", "assess", "approve")

    assert ["sign"] == life.open_steps(), "the fee between is not asked again"


def test_a_signer_who_says_no_leaves_everything_as_it_was() -> None:
    life = sent()
    correct(life)

    life.complete("2026-03-23T09:00", "sign", "drop", reason=WHY)

    assert ["correction_dropped"] == [kind for kind in life.kinds() if kind.startswith("correction_d")]
    assert (Verdict.GRANTED, None, []) == (life.state.verdict, life.state.correction, life.open_steps())
    assert ["issued", "superseded"] == [one.state for one in life.state.results if one.kind != "paper"]


def test_a_corrected_paper_is_handed_out_at_the_desk() -> None:
    life = on_paper()
    life.do("2026-03-04T09:00", Deliver, MAI, **GIVEN)

    correct(life)
    assert ["_delivery:2"] == life.open_tasks()
    life.do("2026-03-23T09:00", Deliver, MAI, **GIVEN)

    assert (None, "delivered", 10) == (life.state.correction, life.phase(), life.codes()[-1])
    assert [] == life.open_tasks()


def test_a_carrier_reports_the_corrected_result() -> None:
    life = sent()
    life.by_hand = (*life.by_hand, "Delivery.dispatch")
    correct(life)
    life.complete("2026-03-23T09:00", "sign", "sign")
    moving = next(one for one in life.state.results if one.delivery == "in_transit")

    life.tell(Message(id="m1", source="post", name="delivery_reported", key=moving.node, data={"delivered": True}))

    assert (None, "delivered") == (life.state.correction, life.journal[-1].status.delivery)


def test_a_correction_needs_who_resolved_it_words_a_second_person_and_one_at_a_time() -> None:
    life = sent()
    result = next(one.id for one in life.state.results if one.kind != "paper")

    assert "reason-required" == life.refused(WHEN, CorrectResult, MAI, replaces=result, reason=Reason(code="other"))
    assert "wrong-function" == life.refused(WHEN, CorrectResult, CLERK, replaces=result)
    assert "not-finished" == life.refused(WHEN, CorrectResult, MAI, replaces="none", reason=WHY)
    assert "bad-target" == life.refused(WHEN, CorrectResult, MAI, replaces=result, to="sign", reason=WHY)
    assert "use-reopen" == on_paper().refused(WHEN, CorrectResult, BINH, replaces="card", reason=WHY)
    assert Outcome.PROPOSED == life.do(WHEN, CorrectResult, MAI, replaces=result, reason=WHY).outcome
    other = sent()
    correct(other)
    assert "not-settled" == other.refused(WHEN, CorrectResult, MAI, replaces=result, reason=WHY)
