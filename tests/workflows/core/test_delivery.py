from tests.workflows.core.life import (
    AN,
    BASE,
    BINH,
    KHO,
    LAN,
    MAI,
    PROVINCE,
    Life,
    accepted,
    at,
    pin_of,
    procedure,
    resolved,
    reviewed,
)
from workflows.core import machine
from workflows.core.effects import Finish, Perform
from workflows.core.events import Actor, Approve, Archive, CompleteTask, Deliver, Party, Reason
from workflows.core.pin import Pin
from workflows.core.state import Outcome, Verdict

WHEN = "2026-03-16T09:00"
GIVEN = {"recipient": LAN.ref, "evidence": "document:slip"}
HOA = Actor(ref="officer:hoa", function="leader", unit=PROVINCE)


def delivered() -> Life:
    life = resolved()
    life.do(WHEN, Deliver, MAI, **GIVEN)
    return life


def with_delivery(**changes: object) -> Pin:
    rules = procedure().delivery.model_copy(update=changes)
    return pin_of(procedure().model_copy(update={"delivery": rules}))


def test_the_payment_resolves_the_case_and_ends_the_limit() -> None:
    """Scenario paid-in-time: status 9, and the desk is to hand the result out."""
    life = resolved()

    assert ("resolved", Verdict.GRANTED, False) == (life.phase(), life.state.verdict, life.state.late)
    assert at("2026-03-13T10:05") == life.state.finished_at == life.state.decided_at
    assert [1, 2, 4, 9] == life.codes()
    assert ["_delivery:1"] == life.open_tasks()
    results = [(one.id, one.state, one.delivery) for one in life.state.results if one.kind != "paper"]
    assert [("payment", "issued", "ready")] == results


def test_a_result_is_there_only_once_the_papers_that_go_with_it_are_out() -> None:
    """Invariant 20: nobody is called to the desk for a decision that is not issued yet."""
    life = reviewed(Life(by_hand=("Connector.call", "Document.issue")))
    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")
    life.answer("pay:1", "2026-03-13T10:05", result={"outcome": "done"})
    paid = (life.phase(), life.open_tasks())

    life.answer("_issue/decision:1", "2026-03-13T10:09", result={"document": "document:1", "digest": "sha256:1"})

    assert ("processing", []) == paid
    assert ("resolved", ["_delivery:1"]) == (life.phase(), life.open_tasks())
    assert at("2026-03-13T10:09") == life.state.finished_at


def test_a_result_is_handed_out_by_the_desk_to_a_checked_person_with_evidence() -> None:
    life = resolved()

    assert "wrong-function" == life.refused(WHEN, Deliver, BINH, **GIVEN)
    elsewhere = Actor(ref="officer:x", function="one_stop", unit="unit:other")
    assert "wrong-unit" == life.refused(WHEN, Deliver, elsewhere, **GIVEN)
    assert "recipient-unchecked" == life.refused(WHEN, Deliver, MAI, evidence="document:slip")
    assert "ground-required" == life.refused(WHEN, Deliver, MAI, recipient=LAN.ref)
    assert "not-finished" == life.refused(WHEN, Deliver, MAI, results=("unheard",), **GIVEN)
    life.do(WHEN, Deliver, MAI, **GIVEN)

    assert ("delivered", [1, 2, 4, 9, 10]) == (life.phase(), life.codes())
    assert [] == life.open_tasks()
    assert at("2026-04-15T23:59:59.999999") == life.due("settle")


def test_before_the_result_nothing_is_handed_out_by_this_row() -> None:
    assert "not-finished" == accepted().refused(WHEN, Deliver, MAI, **GIVEN)


def test_the_named_part_of_the_results_may_be_handed_out() -> None:
    life = resolved()

    life.do(WHEN, Deliver, MAI, results=("payment",), **GIVEN)

    assert "delivered" == life.phase()


def test_an_electronic_result_goes_by_itself_to_the_recipient() -> None:
    life = accepted(Life(by_hand=("Delivery.dispatch",)))
    life.do("2026-03-12T15:00", CompleteTask, AN, task="review:1", outcome="reject", reason=Reason(code="not_covered"))
    life.do("2026-03-13T09:00", CompleteTask, BINH, task="sign_refusal:1", outcome="sign")

    assert ("resolved", ["_deliver/refuse:1"]) == (life.phase(), life.in_flight())
    order = life.orders("Delivery.dispatch")[0]
    assert ("refusal", [{"role": "submitter", "ref": LAN.ref}]) == (order.with_["result"], order.with_["to"])
    life.answer("_deliver/refuse:1", result={"delivered": True})
    assert ("delivered", 10) == (life.phase(), life.codes()[-1])


def test_what_came_back_waits_at_the_desk() -> None:
    life = accepted(Life(by_hand=("Delivery.dispatch",)))
    life.do("2026-03-12T15:00", CompleteTask, AN, task="review:1", outcome="reject", reason=Reason(code="not_covered"))
    life.do("2026-03-13T09:00", CompleteTask, BINH, task="sign_refusal:1", outcome="sign")

    life.answer("_deliver/refuse:1", result={"delivered": False, "reason": "unknown address"})
    assert ("resolved", ["_delivery:1"]) == (life.phase(), life.open_tasks())
    assert "in-transit" != life.refused(WHEN, Deliver, MAI, results=("payment",), **GIVEN)
    life.do(WHEN, Deliver, MAI, **GIVEN)

    assert "delivered" == life.phase()


def test_results_go_to_the_recipient_where_there_is_one() -> None:
    life = resolved()
    assert "resolved" == life.orders("Notification.send")[-1].with_["notice"]
    assert [{"role": "submitter", "ref": LAN.ref}] == life.orders("Notification.send")[-1].with_["to"]
    assert Party(role="submitter", ref=LAN.ref) in life.state.parties


def test_nobody_fetching_a_result_is_reminded_and_in_the_end_it_is_archived_uncollected() -> None:
    life = resolved()
    assert "wrong-function" == life.refused(WHEN, Archive, MAI, ground="uncollected")
    assert "ground-required" == life.refused(WHEN, Archive, KHO)
    assert "not-settled" == life.refused(WHEN, Archive, KHO, ground="uncollected")

    life.wait_until("2027-03-14T00:00")
    assert 11 <= life.kinds().count("reminded") <= 13
    assert "uncollected" in life.kinds()

    answer = life.do("2027-03-15T09:00", Archive, KHO, ground="uncollected")
    assert Outcome.PROPOSED == answer.outcome
    life.do("2027-03-15T10:00", Approve, HOA, proposal=answer.data["proposal"])
    assert "closed" == life.phase()
    assert 10 not in life.codes()


def test_after_its_settling_time_the_case_archives_itself() -> None:
    life = delivered()

    life.wait_until("2026-04-16T00:00")

    assert "closed" == life.phase()
    assert "2036-03-13" == life.last("archived").data["retain_until"]
    pack, finish = life.ordered[-2:]
    assert isinstance(pack, Perform) and ("Archive.pack", Finish(outcome="delivered")) == (pack.activity, finish)
    assert machine.next_wake(life.pin, life.state) is None
    assert [1, 2, 4, 9, 10] == life.codes()


def test_the_clerk_may_archive_before() -> None:
    life = delivered()
    assert "wrong-function" == life.refused("2026-03-20T09:00", Archive, MAI)

    life.do("2026-03-20T09:00", Archive, KHO)

    assert "closed" == life.phase()
    assert "case-closed" == life.refused("2026-03-20T10:00", Archive, KHO)


def test_what_is_still_open_keeps_the_case_from_the_archive_and_it_looks_again() -> None:
    life = Life(by_hand=("Connector.call", "Notification.send"))
    reviewed(life)
    for notice in list(life.in_flight()):
        life.answer(notice)
    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")
    life.answer("pay:1", "2026-03-13T10:05", result={"outcome": "done"})
    life.do(WHEN, Deliver, MAI, **GIVEN)

    life.wait_until("2026-04-16T00:00")
    assert "delivered" == life.phase()
    assert at("2026-04-23T23:59:59.999999") == life.due("settle:2")
    for notice in list(life.in_flight()):
        life.answer(notice)
    life.wait_until("2026-04-24T00:00")

    assert "closed" == life.phase()


def test_where_the_limit_ends_with_the_delivery_it_is_judged_then() -> None:
    life = reviewed(Life(with_delivery(finish_at="delivered")))
    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")
    life.answer("pay:1", "2026-03-13T10:05", result={"outcome": "done"})
    assert life.state.finished_at is None

    life.do("2026-03-30T09:00", Deliver, MAI, **GIVEN)

    assert at("2026-03-30T09:00") == life.state.finished_at
    assert life.state.late


def test_a_result_after_the_due_date_is_late_for_ever() -> None:
    life = reviewed()
    life.do("2026-03-27T16:00", CompleteTask, BINH, task="sign:1", outcome="sign")

    life.answer("pay:1", "2026-03-28T00:00", result={"outcome": "done"})

    assert life.state.late
    assert "overdue" in life.kinds()
    assert True is life.last("resolved").data["late"]


def test_exactly_at_the_due_instant_is_on_time() -> None:
    life = reviewed()
    life.do("2026-03-27T16:00", CompleteTask, BINH, task="sign:1", outcome="sign")

    life.answer("pay:1", "2026-03-27T23:59:59.999999", result={"outcome": "done"})

    assert not life.state.late
    assert BASE == life.state.receiving
