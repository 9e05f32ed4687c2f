"""What a case is asked to pay: when, how much, what waits for it, and how it ends."""

from pydantic import JsonValue

from tests.workflows.core.joint import RECEIVING, Joint, declared, pin
from tests.workflows.core.life import LAN, REASON, at, pin_of, submit
from workflows.core import events, machine
from workflows.core.events import (
    Accept,
    Actor,
    Approve,
    AskFee,
    AskSupplement,
    CompleteSupplement,
    Deliver,
    GivenPaper,
    Item,
    Message,
    RecordPayment,
    SendSupplement,
    Stop,
    WaiveFee,
    Withdraw,
)
from workflows.core.pin import Pin
from workflows.core.state import Fee

MAI = Actor(ref="officer:mai", function="one_stop", unit=RECEIVING)
HOA = Actor(ref="officer:hoa", function="finance", unit="competent")
BINH = Actor(ref="officer:binh", function="leader", unit="competent")
RECEIPT, GROUND = "command:c/receipt", "command:c/ground"
GOOD = (events.CheckedPaper(id="request", verdict="ok"),)
FILED: dict[str, object] = {
    "receiving": RECEIVING,
    "submitter": "citizen",
    "papers": (GivenPaper(id="request"),),
    "facts": {"form.capacity": 12.5, "form.poor": False, "form.stamped": False},
}


def filed(pin_: Pin | None = None, **facts: object) -> Joint:
    life = Joint(pin_ or pin("licence"))
    given = {"form.capacity": 12.5, "form.poor": False, "form.stamped": False, **facts}
    submit(life, "2026-03-02T08:00", **{**FILED, "facts": given})
    return life


def in_assessment(pin_: Pin | None = None, **facts: object) -> Joint:
    life = filed(pin_, **facts)
    if fees_of(life, "asked"):
        life.do("2026-03-02T08:20", RecordPayment, MAI, receipt=RECEIPT)
    life.do("2026-03-02T09:00", Accept, MAI, verdicts=GOOD)
    return life.take_over("2026-03-02T09:00")


def at_the_fee(pin_: Pin | None = None, **facts: object) -> Joint:
    return in_assessment(pin_, **facts).complete("2026-03-12T09:00", "assess", "approve")


def fees_of(life: Joint, state: str) -> list[tuple[str, int]]:
    return [(fee.id, fee.amount) for fee in life.state.fees if fee.state == state]


def fee(life: Joint) -> Fee:
    return life.state.fees[-1]


def money(life: Joint, when: str, amount: int = 18000000, *, id: str = "m1", **data: JsonValue) -> None:
    said: dict[str, JsonValue] = {"fee": "appraisal", "amount": amount, **data}
    life.tell(Message(id=id, source="payments", name="payment_confirmed", data=said), at(when))


def test_a_fee_before_acceptance_is_asked_with_the_submission() -> None:
    life = filed()

    assert [("filing", 20000)] == fees_of(life, "asked")
    assert ["submitted", "task_opened", "fee_asked"] == life.kinds()[:3]
    assert at("2026-03-05T23:59:59.999999") == life.due("fee:1")
    assert "fee_asked" in [order.with_["notice"] for order in life.orders("Notification.send")]
    assert ("submitted", [1], "asked") == (life.phase(), life.codes(), life.journal[-1].status.payment)


def test_nothing_is_accepted_before_its_fee_is_settled() -> None:
    life = filed()
    assert "fee-outstanding" == life.refused("2026-03-02T09:00", Accept, MAI, verdicts=GOOD)

    life.do("2026-03-02T08:20", RecordPayment, MAI, receipt=RECEIPT)

    assert {"fee": "filing", "amount": 20000, "by": "desk", "receipt": RECEIPT} == life.last("paid").data
    life.do("2026-03-02T09:00", Accept, MAI, verdicts=GOOD)
    assert at("2026-03-16T23:59:59.999999") == life.due()


def test_who_need_not_pay_is_not_asked_and_the_entry_says_why() -> None:
    life = filed(None, **{"form.poor": True})

    assert [("filing", 20000)] == fees_of(life, "waived")
    assert {"why": "waive_when", "expression": "form.poor"}.items() <= life.last("fee_waived").data.items()
    life.do("2026-03-02T09:00", Accept, MAI, verdicts=GOOD)


def test_a_window_that_runs_out_before_acceptance_refuses_where_the_procedure_says_stop() -> None:
    life = filed()

    life.wait_until("2026-03-06T08:00")

    assert ("refused", []) == (life.phase(), fees_of(life, "asked"))
    assert ["fee_expired", "refused"] == [kind for kind in life.kinds() if kind in ("fee_expired", "refused")]
    assert 3 == life.codes()[-1]


def test_a_token_waits_for_the_fee_and_time_stands_still() -> None:
    """Phase FE, national code 6; I17: what the payer needs is not the agency's time."""
    life = at_the_fee()

    assert [("appraisal", 18000000)] == fees_of(life, "asked")
    assert ("awaiting_fee", 6) == (life.phase(), life.codes()[-1])
    assert life.due() is None
    assert at("2026-03-19T23:59:59.999999") == life.due("fee:2")
    assert [("fee", "payer")] == [
        (one.what, one.who) for one in machine.waits(life.pin, life.state) if one.what == "fee"
    ]


def test_paid_the_case_goes_on_and_the_days_between_are_not_counted() -> None:
    """Example 6.8: due 16 March, waited from the 12th to the 17th."""
    life = at_the_fee()

    money(life, "2026-03-17T10:00")

    assert ["sign"] == life.open_steps()
    assert at("2026-03-20T23:59:59.999999") == life.due()
    assert 4 == life.codes()[-1]
    kinds = [adjustment.kind for adjustment in next(c for c in life.state.clocks if c.id == "legal").adjustments]
    assert ["paused"] == kinds


def test_where_waiting_does_not_pause_the_limit_runs_on() -> None:
    rules = declared("licence").fee_wait.model_copy(update={"clock": "runs"})
    life = at_the_fee(pin_of(declared("licence").model_copy(update={"fee_wait": rules})))

    assert at("2026-03-16T23:59:59.999999") == life.due()
    assert "awaiting_fee" == life.phase()
    life.wait_until("2026-03-17T00:00")
    assert life.state.late


def test_once_late_nothing_pauses() -> None:
    """I23."""
    life = in_assessment()
    life.wait_until("2026-03-17T08:00")

    life.complete("2026-03-17T09:00", "assess", "approve")

    assert at("2026-03-16T23:59:59.999999") == life.due()
    assert () == life.state.pauses


def test_a_fee_that_is_not_paid_in_time_takes_the_steps_own_way_out() -> None:
    life = at_the_fee()

    life.wait_until("2026-03-20T00:00")

    assert ["sign_refusal"] == life.open_steps()
    assert ([], [("appraisal", 18000000)]) == (fees_of(life, "asked"), fees_of(life, "expired"))
    legal = next(clock for clock in life.state.clocks if clock.id == "legal")
    assert at("2026-03-19T23:59:59.999999") == legal.intervals[-1].closed, "not when the timer woke"


def test_the_amount_and_the_bill_must_agree() -> None:
    life = at_the_fee()

    money(life, "2026-03-13T10:00", 17000000)

    assert "payment-mismatch" == life.last("message_held").data["why"]
    assert ["payment-mismatch"] == [one.code for one in life.state.incidents]
    assert "awaiting_fee" == life.phase()
    money(life, "2026-03-13T11:00", id="m2")
    assert ["sign"] == life.open_steps()


def test_money_that_comes_twice_or_for_nothing_is_held_and_shown() -> None:
    life = at_the_fee()
    money(life, "2026-03-13T10:00")
    money(life, "2026-03-13T10:00")
    assert 1 == life.kinds().count("paid") - 1, "the filing fee, and this one once"

    money(life, "2026-03-13T11:00", id="m2")

    assert "no-fee-asked" == life.last("message_held").data["why"]
    assert ["unclaimed-money"] == [one.code for one in life.state.incidents]


def test_a_fee_settled_before_its_step_is_reached_passes_at_once() -> None:
    life = in_assessment()
    life.do("2026-03-03T09:00", AskFee, MAI, fee="appraisal")
    assert ("awaiting_fee", ["assess"]) == (life.phase(), life.open_steps())
    life.do("2026-03-04T09:00", RecordPayment, HOA, fee="appraisal", receipt=RECEIPT)
    assert at("2026-03-18T23:59:59.999999") == life.due()

    life.complete("2026-03-12T09:00", "assess", "approve")

    assert ["sign"] == life.open_steps()


def test_a_fee_asked_before_its_step_is_waited_for_there_with_the_steps_own_time() -> None:
    life = in_assessment()
    life.do("2026-03-03T09:00", AskFee, MAI, fee="appraisal")

    life.complete("2026-03-04T09:00", "assess", "approve")

    assert 2 == len(life.state.fees)
    assert at("2026-03-11T23:59:59.999999") == life.due("fee:2")
    money(life, "2026-03-05T09:00")
    assert ["sign"] == life.open_steps()


def test_another_amount_may_be_asked_on_a_ground_of_its_own() -> None:
    life = in_assessment()
    when = "2026-03-03T09:00"
    assert "ground-required" == life.refused(when, AskFee, MAI, amount=50000)
    assert "form-invalid" == life.refused(when, AskFee, MAI, ground=GROUND)
    assert "form-invalid" == life.refused(when, AskFee, MAI, fee="nothing")
    assert "wrong-function" == life.refused(when, AskFee, BINH, amount=50000, ground=GROUND)

    life.do(when, AskFee, MAI, amount=50000, ground=GROUND)

    assert "fee-already-asked" == life.refused(when, AskFee, MAI, amount=50000, ground=GROUND)
    assert "fee-already-asked" == life.refused(when, AskFee, MAI, fee="filing")
    assert [("other", 50000)] == fees_of(life, "asked")


def test_finance_waives_with_a_ground() -> None:
    life = at_the_fee()
    when = "2026-03-13T09:00"
    assert "wrong-function" == life.refused(when, WaiveFee, MAI, ground=GROUND)
    assert "ground-required" == life.refused(when, WaiveFee, HOA)
    assert "no-fee-asked" == life.refused(when, WaiveFee, HOA, fee="copy", ground=GROUND)

    life.do(when, WaiveFee, HOA, ground=GROUND)

    assert (["sign"], GROUND) == (life.open_steps(), life.last("fee_waived").ground)


def test_what_is_recorded_names_its_receipt_and_comes_from_finance_or_the_desk() -> None:
    life = at_the_fee()
    when = "2026-03-13T09:00"
    elsewhere = Actor(ref="officer:x", function="one_stop", unit="province")

    assert "form-invalid" == life.refused(when, RecordPayment, MAI)
    assert "wrong-unit" == life.refused(when, RecordPayment, elsewhere, receipt=RECEIPT)
    assert "wrong-function" == life.refused(when, RecordPayment, BINH, receipt=RECEIPT)
    assert "no-fee-asked" == in_assessment().refused(when, RecordPayment, MAI, receipt=RECEIPT)


def test_a_payment_taken_back_is_owed_again_and_finance_sees_to_it() -> None:
    life = at_the_fee()
    money(life, "2026-03-13T10:00")
    back = Message(id="r1", source="payments", name="payment_reversed", data={"fee": "appraisal"})

    life.tell(back, at("2026-03-13T15:00"))

    assert ("reversed", "processing") == (life.journal[-1].status.payment, life.journal[-1].status.business)
    assert "_fee:1" in life.open_tasks()
    life.do("2026-03-16T09:00", RecordPayment, HOA, receipt=RECEIPT)
    assert "_fee:1" not in life.open_tasks()
    assert "paid" == life.journal[-1].status.payment


def test_a_reversal_of_what_was_never_paid_is_held() -> None:
    life = at_the_fee()

    life.tell(Message(id="r1", source="payments", name="payment_reversed", data={"fee": "appraisal"}))

    assert "was-not-paid" == life.last("message_held").data["why"]


def test_a_result_waits_for_the_fee_that_comes_before_it() -> None:
    life = at_the_fee(None, **{"form.stamped": True})
    money(life, "2026-03-13T10:00")
    life.complete("2026-03-16T10:00", "sign", "sign")

    assert ("resolved", [("copy", 5000)]) == (life.phase(), fees_of(life, "asked"))
    assert [] == life.orders("Delivery.dispatch")
    assert 9 == life.codes()[-1]

    life.do("2026-03-17T09:00", RecordPayment, MAI, receipt=RECEIPT)
    assert ("delivered", 10) == (life.phase(), life.codes()[-1])


def test_a_result_on_paper_is_not_handed_out_before_its_fee() -> None:
    results = tuple(one.model_copy(update={"as_": "paper"}) for one in declared("licence").results)
    life = at_the_fee(pin_of(declared("licence").model_copy(update={"results": results})), **{"form.stamped": True})
    money(life, "2026-03-13T10:00")
    life.complete("2026-03-16T10:00", "sign", "sign")
    sender = next(task for task in life.state.tasks if task.kind == "transfer")
    signer = Actor(ref="officer:binh", function=sender.function, unit=sender.unit)
    life.do("2026-03-16T11:00", events.HandOver, signer, to=RECEIVING, what="result")
    life.take_over("2026-03-16T14:00")
    given: dict[str, object] = {"recipient": "account:lan", "evidence": GROUND}

    assert "fee-outstanding" == life.refused("2026-03-17T09:00", Deliver, MAI, **given)
    life.do("2026-03-17T09:00", RecordPayment, MAI, receipt=RECEIPT)
    life.do("2026-03-17T09:10", Deliver, MAI, **given)
    assert "delivered" == life.phase()


def test_a_fee_without_a_step_that_runs_out_stops_or_asks_an_officer() -> None:
    stopped = in_assessment()
    stopped.do("2026-03-03T09:00", AskFee, MAI, amount=50000, ground=GROUND)
    assert not [clock for clock in stopped.state.clocks if clock.id == "fee:2"], "nobody said by when"

    life = at_the_fee(None, **{"form.stamped": True})
    money(life, "2026-03-13T10:00")
    life.complete("2026-03-16T10:00", "sign", "sign")
    life.wait_until("2026-03-24T00:00")

    assert ("resolved", [("copy", 5000)]) == (life.phase(), fees_of(life, "asked")), "decided, it can only be delivered"
    assert "_fee:1" in life.open_tasks()


def test_what_was_paid_goes_back_where_the_case_ends_without_a_result() -> None:
    life = at_the_fee()
    money(life, "2026-03-13T10:00")

    life.do("2026-03-16T09:00", Withdraw, LAN)

    about = [task.about for task in life.state.tasks if task.kind == "refund"]
    assert ["_bill/appraisal:1"] == about, "of the filing fee the procedure says when it goes back"


def test_what_is_owed_when_a_case_ends_is_owed_no_more() -> None:
    life = at_the_fee()

    life.do("2026-03-13T09:00", Withdraw, LAN)

    assert ([("appraisal", 18000000)], "paid") == (
        fees_of(life, "cancelled"),
        life.last("withdrawn").status.payment,
    ), "the filing fee was paid, and that is all that is left to say"
    assert [] == [task for task in life.state.tasks if task.kind == "fee"]


def test_a_late_result_brings_back_the_fee_that_the_procedure_says() -> None:
    life = at_the_fee()
    money(life, "2026-03-17T10:00")

    life.complete("2026-03-23T10:00", "sign", "sign")

    assert life.state.late
    assert ["_bill/filing:1"] == [task.about for task in life.state.tasks if task.kind == "refund"]


def test_who_stops_a_case_settles_the_money() -> None:
    life = in_assessment()
    task = life.task("assess")
    actor = Actor(ref="officer:an", function=task.function, unit=task.unit)
    life.do("2026-03-03T09:00", Stop, actor, reason=REASON, ground=GROUND, settlement="refund")
    life.do("2026-03-03T10:00", Approve, BINH, proposal=life.state.proposals[0].id)

    assert 1 == len([task for task in life.state.tasks if task.kind == "refund"])


def test_a_supplement_asked_while_a_fee_is_waited_for_takes_the_limit_over_and_gives_it_back() -> None:
    """Both hold the limit; no interval overlaps another, and the supplement's own effect counts."""
    life = in_assessment()
    life.do("2026-03-03T09:00", AskFee, MAI, fee="appraisal")
    task = life.task("assess")
    actor = Actor(ref="officer:an", function=task.function, unit=task.unit)
    life.do("2026-03-04T09:00", AskSupplement, actor, items=(Item(id="request", kind="outdated"),), ground=GROUND)
    life.do("2026-03-06T09:00", SendSupplement, LAN, papers=(GivenPaper(id="request"),))
    money(life, "2026-03-10T10:00")
    assert life.due() is None

    life.do("2026-03-11T09:00", CompleteSupplement, MAI)

    legal = next(clock for clock in life.state.clocks if clock.id == "legal")
    spans = [(one.opened, one.closed, one.effect) for one in legal.intervals]
    assert [
        (at("2026-03-03T09:00"), at("2026-03-04T09:00"), "pause"),
        (at("2026-03-04T09:00"), at("2026-03-06T09:00"), "restart"),
        (at("2026-03-06T09:00"), at("2026-03-10T10:00"), "pause"),
    ] == spans
    assert at("2026-03-24T23:59:59.999999") == life.due(), "ten working days from 6 March, without 6, 9 and 10 March"


def test_a_fee_paid_while_a_supplement_is_open_leaves_the_limit_standing() -> None:
    life = in_assessment()
    life.do("2026-03-03T09:00", AskFee, MAI, fee="appraisal")
    task = life.task("assess")
    actor = Actor(ref="officer:an", function=task.function, unit=task.unit)
    life.do("2026-03-04T09:00", AskSupplement, actor, items=(Item(id="request", kind="outdated"),), ground=GROUND)
    money(life, "2026-03-05T10:00")
    life.do("2026-03-06T09:00", SendSupplement, LAN, papers=(GivenPaper(id="request"),))

    life.do("2026-03-11T09:00", CompleteSupplement, MAI)

    assert at("2026-03-20T23:59:59.999999") == life.due()
