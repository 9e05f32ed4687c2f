from tests.workflows.core.life import (
    ALL_GOOD,
    AN,
    BINH,
    LAN,
    MAI,
    Life,
    accepted,
    at,
    paying,
    pin_of,
    procedure,
    resolved,
    reviewed,
    submit,
)
from workflows.core.events import Accept, Actor, CompleteTask, Message, Reason, Withdraw
from workflows.core.state import Outcome

WHEN = "2026-03-05T09:00"


def test_until_a_decision_the_applicant_may_withdraw_and_gets_it_in_writing() -> None:
    life = accepted()
    seq = life.state.seq

    life.do(WHEN, Withdraw, LAN, reason="command:w/reason")

    kinds = [kind for kind in life.kinds(seq) if kind != "notified"]
    assert ["withdrawn", "task_cancelled", "drafted"] == kinds
    assert ("withdrawn", [1, 2, 4, 7]) == (life.phase(), life.codes())
    assert ("own_words", "command:w/reason") == (life.state.ending.code, life.state.ending.text)  # type: ignore[union-attr]
    assert not [clock.id for clock in life.state.clocks if clock.state != "stopped" and clock.id != "settle"]


def test_only_a_party_withdraws_and_not_while_the_dossier_is_being_accepted() -> None:
    life = accepted()
    assert "not-a-party" == life.refused(WHEN, Withdraw, AN)
    assert "not-a-party" == life.refused(WHEN, Withdraw, Actor(ref="account:other"))
    accepting = Life(by_hand=("Intake.register",))
    submit(accepting)
    accepting.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)

    assert "acceptance-in-progress" == accepting.refused("2026-03-02T10:01", Withdraw, LAN)


def test_a_proxy_may_act_on_behalf_of_the_submitter() -> None:
    life = accepted()

    life.do(WHEN, Withdraw, Actor(ref="account:proxy", on_behalf=LAN.ref))

    assert "withdrawn" == life.phase()


def test_while_the_payment_is_out_a_withdrawal_waits_for_the_truth() -> None:
    """Paid: it was decided before; the applicant is told (core.md section 2.3, withdrawal in flight)."""
    life = paying()
    assert "signing" == life.phase()

    answer = life.do("2026-03-13T10:01", Withdraw, LAN)
    assert (Outcome.DEFERRED, True) == (answer.outcome, answer.settled)
    assert "signature-in-flight" == life.refused("2026-03-13T10:02", Withdraw, LAN)
    seq = life.state.seq
    life.answer("pay:1", "2026-03-13T10:05", result={"outcome": "done"})

    assert ["called", "withdrawal_denied", "resolved", "task_opened"] == [k for k in life.kinds(seq) if k != "notified"]
    assert ("resolved", [1, 2, 4, 9]) == (life.phase(), life.codes())


def test_where_the_payment_was_refused_the_withdrawal_is_good_from_its_arrival() -> None:
    life = paying()
    life.do("2026-03-13T10:01", Withdraw, LAN, reason="command:w/reason")

    life.now = at("2026-03-13T11:00")
    life.fail("pay:1", "account_closed", business=True)

    withdrawn = life.last("withdrawn")
    assert ("2026-03-13T03:01:00Z", LAN) == (withdrawn.data["since"], withdrawn.actor)
    assert ("withdrawn", [1, 2, 4, 7]) == (life.phase(), life.codes())


def test_where_the_law_ends_it_with_the_signature_a_withdrawal_in_flight_is_refused() -> None:
    rules = procedure().withdrawal.model_copy(update={"until": "signature"})
    life = reviewed(Life(pin_of(procedure().model_copy(update={"withdrawal": rules}))))
    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")

    assert "signature-in-flight" == life.refused("2026-03-13T10:01", Withdraw, LAN)


def test_at_a_deciding_step_that_ordered_nothing_the_withdrawal_is_immediate() -> None:
    life = accepted()
    life.do("2026-03-12T15:00", CompleteTask, AN, task="review:1", outcome="reject", reason=Reason(code="not_covered"))
    assert "signing" == life.phase()

    life.do("2026-03-12T16:00", Withdraw, LAN)

    assert ("withdrawn", [1, 2, 4, 7]) == (life.phase(), life.codes())


def test_a_decided_case_is_not_withdrawn() -> None:
    assert "decision-exists" == resolved().refused("2026-03-13T11:00", Withdraw, LAN)


def test_a_message_that_comes_after_the_end_is_kept_once() -> None:
    """Core.md section 9, 14: a late opinion is held."""
    life = accepted()
    life.do(WHEN, Withdraw, LAN)
    seq = life.state.seq

    life.tell(Message(id="m1", source="police", name="opinion_received"))
    life.tell(Message(id="m1", source="police", name="opinion_received"))

    assert ["message_held"] == life.kinds(seq)


def test_money_nobody_waits_for_is_an_incident() -> None:
    life = accepted()
    seq = life.state.seq

    life.tell(Message(id="m1", source="treasury", name="payment_confirmed", data={"amount": 1}))

    assert ["message_held", "incident_opened"] == life.kinds(seq)[:2]
    assert "unclaimed-money" == life.state.incidents[0].code


def test_what_was_done_after_the_end_and_cannot_be_undone_is_an_incident() -> None:
    life = reviewed(Life(by_hand=("Document.number", "Connector.call")))
    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")
    life.do("2026-03-13T10:01", Withdraw, LAN)
    life.swallow_cancels = True
    life.fail("pay:1", "account_closed", business=True)
    assert "withdrawn" == life.phase()

    life.answer("_number/decision:1", result={"number": "1/QD"})

    assert ["late-result"] == [incident.code for incident in life.state.incidents]
    assert [] == life.in_flight()
