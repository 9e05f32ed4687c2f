from tests.workflows.core.life import (
    AN,
    BASE,
    BINH,
    GROUND,
    LAN,
    MAI,
    PROVINCE,
    REASON,
    Life,
    accepted,
    paying,
    pin_of,
    procedure,
    resolved,
    submit,
)
from workflows.core.events import (
    Actor,
    Approval,
    Approve,
    CompleteTask,
    Deny,
    Forward,
    GivenPaper,
    SendBack,
    Stop,
    Withdraw,
)
from workflows.core.pin import Pin
from workflows.core.state import Outcome

HOA = Actor(ref="officer:hoa", function="leader", unit=PROVINCE)
STOPPING = {"reason": REASON, "ground": GROUND, "settlement": "nothing_due"}
WHEN = "2026-03-04T09:00"


def proposed(life: Life | None = None) -> Life:
    life = life or accepted()
    life.do(WHEN, Stop, AN, **STOPPING)
    return life


def proposal(life: Life) -> str:
    return life.state.proposals[0].id


def test_a_stop_is_proposed_and_holds_the_track_until_a_second_person_decides() -> None:
    life = accepted()
    seq = life.state.seq

    answer = life.do(WHEN, Stop, AN, **STOPPING)

    assert Outcome.PROPOSED == answer.outcome and answer.settled
    assert ["proposed", "token_held"] == life.kinds(seq)
    assert ("processing", []) == (life.phase(), life.open_tasks())
    assert "task-held" == life.refused("2026-03-04T10:00", CompleteTask, AN, task="review:1", outcome="approve")
    assert life.due() is not None and life.due("step:review:1") is None


def test_an_approved_stop_ends_the_case_with_its_notice() -> None:
    life = proposed()
    seq = life.state.seq

    life.do("2026-03-04T10:00", Approve, BINH, proposal=proposal(life))

    kinds = [kind for kind in life.kinds(seq) if kind != "notified"]
    assert ["approved", "stopped", "drafted"] == kinds
    assert ("stopped", [1, 2, 4, 8]) == (life.phase(), life.codes())
    stopped = life.last("stopped")
    assert (REASON, GROUND, AN) == (stopped.reason, stopped.ground, stopped.actor)
    notice = life.orders("Document.render")[-1].with_
    # Who stopped it says so, not the desk that received it.
    assert ("stop_notice", PROVINCE) == (notice["document"], notice["unit"])
    told = life.orders("Notification.send")[-1]
    assert ("stopped", "document:_stop_notice:1") == (told.with_["notice"], told.with_["document"])
    assert not told.skippable


def test_the_second_person_is_another_and_has_the_function_at_its_unit() -> None:
    life = proposed()
    itself = Actor(ref=AN.ref, function="leader", unit=PROVINCE)
    elsewhere = Actor(ref="officer:x", function="leader", unit=BASE)

    assert "no-such-proposal" == life.refused("2026-03-04T10:00", Approve, BINH, proposal="_proposal:99")
    assert "same-person" == life.refused("2026-03-04T10:00", Approve, itself, proposal=proposal(life))
    assert "wrong-function" == life.refused("2026-03-04T10:00", Approve, MAI, proposal=proposal(life))
    assert "wrong-unit" == life.refused("2026-03-04T10:00", Approve, elsewhere, proposal=proposal(life))
    assert "wrong-function" == life.refused("2026-03-04T10:00", Deny, MAI, proposal=proposal(life))


def test_denied_the_step_is_entered_again_with_the_budget_it_had() -> None:
    life = accepted()
    due = life.due("step:review:1")
    proposed(life)
    seq = life.state.seq

    life.do("2026-03-04T10:00", Deny, BINH, proposal=proposal(life), reason=REASON)

    assert ["denied", "task_opened"] == [kind for kind in life.kinds(seq) if kind != "notified"]
    assert "denied" == life.last("denied").data["kind"]
    assert ["review:2"] == life.open_tasks()
    assert due is not None and due < (life.due("step:review:2") or due)


def test_who_proposed_may_take_it_back() -> None:
    life = proposed()

    life.do("2026-03-04T10:00", Deny, AN, proposal=proposal(life))

    assert "taken_back" == life.last("denied").data["kind"]
    assert ["review:2"] == life.open_tasks()


def test_an_approval_that_comes_with_the_command_is_judged_and_named() -> None:
    life = accepted()
    itself = Approval(actor=Actor(ref=AN.ref, function="leader", unit=PROVINCE))
    assert "same-person" == life.refused(WHEN, Stop, AN, approval=itself, **STOPPING)

    answer = life.do(WHEN, Stop, AN, approval=Approval(actor=BINH), **STOPPING)

    assert Outcome.DONE == answer.outcome
    assert "stopped" == life.phase()
    assert (BINH, AN.ref) == (life.last("approved").actor, life.last("approved").data["proposer"])


def test_a_stop_needs_reason_ground_and_a_word_about_money() -> None:
    life = accepted()

    for missing, code in (
        ("reason", "reason-required"),
        ("ground", "ground-required"),
        ("settlement", "reason-required"),
    ):
        given = {name: value for name, value in STOPPING.items() if name != missing}
        assert code == life.refused(WHEN, Stop, AN, **given)
    assert "wrong-function" == life.refused(WHEN, Stop, BINH, **STOPPING)


def test_one_proposal_per_verb_at_a_time() -> None:
    life = accepted()
    life.do(WHEN, SendBack, AN, task="review:1", to="desk", reason=REASON)
    life.do("2026-03-04T10:00", Stop, MAI, **STOPPING)

    assert "no-such-task" == life.refused("2026-03-04T11:00", Stop, MAI, **STOPPING)
    assert [] == life.open_tasks()


def test_a_stop_proposed_at_the_desk_and_denied_leaves_the_case_at_the_desk() -> None:
    life = accepted()
    life.do(WHEN, SendBack, AN, task="review:1", to="desk", reason=REASON)
    life.do("2026-03-04T10:00", Stop, MAI, task="_desk:1", **STOPPING)

    life.do("2026-03-04T11:00", Deny, BINH, proposal=proposal(life))

    assert ["_desk:2"] == life.open_tasks()
    life.do("2026-03-04T14:00", Forward, MAI, task="_desk:2", reason=REASON)
    assert "_handover:3" == life.state.handovers[-1].id


def test_a_refund_is_opened_for_finance_and_must_be_done_before_the_archive() -> None:
    life = accepted()
    life.do(WHEN, Stop, AN, **{**STOPPING, "settlement": "refund"})
    life.do("2026-03-04T10:00", Approve, BINH, proposal=proposal(life))
    assert ["_refund:1"] == life.open_tasks()

    life.wait_until("2026-04-10T00:00")
    assert "stopped" == life.phase()
    finance = Actor(ref="officer:chi", function="finance", unit=BASE)
    assert "unknown-outcome" == life.refused("2026-04-10T09:00", CompleteTask, finance, task="_refund:1", outcome="x")
    life.do("2026-04-10T09:00", CompleteTask, finance, task="_refund:1", outcome="done")
    life.wait_until("2026-04-30T00:00")
    assert "closed" == life.phase()


def test_a_decided_case_is_not_stopped_nor_one_whose_decision_is_out() -> None:
    """What a deciding step ordered is out and unanswered: nobody knows yet whether it was paid."""
    life = accepted()
    life.do(WHEN, Stop, AN, **STOPPING)
    waiting = proposal(life)
    life.do("2026-03-04T10:00", Deny, BINH, proposal=waiting)

    assert "no-such-task" == paying().refused("2026-03-13T11:00", Stop, MAI, **STOPPING)
    assert "decision-exists" == resolved().refused("2026-03-13T11:00", Stop, MAI, **STOPPING)


def stopping_call() -> Pin:
    """The treasury's refusal leads to a stop that no person chose."""
    steps = list(procedure().steps)
    pay = steps[3].model_copy(update={"on_failure": "stop"})
    return pin_of(procedure().model_copy(update={"steps": (*steps[:3], pay)}))


def test_a_stop_that_the_route_leads_to_is_proposed_by_the_case_itself() -> None:
    life = accepted(Life(stopping_call()))
    life.do("2026-03-12T15:00", CompleteTask, AN, task="review:1", outcome="approve", form="form:f2")
    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")

    life.fail("pay:1", "account_closed", business=True)

    assert "system" == life.state.proposals[0].command.actor.ref
    life.do("2026-03-13T11:00", Approve, HOA, proposal=proposal(life))
    assert "stopped" == life.phase()


def test_denied_a_stop_of_the_route_tries_the_step_again() -> None:
    life = accepted(Life(stopping_call()))
    life.do("2026-03-12T15:00", CompleteTask, AN, task="review:1", outcome="approve", form="form:f2")
    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")
    life.fail("pay:1", "account_closed", business=True)

    life.do("2026-03-13T11:00", Deny, HOA, proposal=proposal(life))

    assert ["pay:2"] == life.in_flight()


def test_an_ending_voids_what_was_proposed() -> None:
    life = proposed()

    life.do("2026-03-04T10:00", Withdraw, LAN)

    assert "void" == life.last("denied").data["kind"]
    assert () == life.state.proposals


def test_a_withdrawal_may_need_the_desk() -> None:
    rules = procedure().withdrawal.model_copy(update={"effect": "confirmed"})
    life = accepted(Life(pin_of(procedure().model_copy(update={"withdrawal": rules}))))

    answer = life.do(WHEN, Withdraw, LAN)
    assert Outcome.PROPOSED == answer.outcome
    assert "processing" == life.phase()
    life.do("2026-03-04T10:00", Approve, MAI, proposal=proposal(life))

    assert "withdrawn" == life.phase()


def test_originals_go_back_after_a_stop() -> None:
    life = Life()
    submit(life, papers=(GivenPaper(id="request", originals=1),))
    life.do("2026-03-02T09:30", Withdraw, LAN)

    assert ["_return_papers:1"] == life.open_tasks()
