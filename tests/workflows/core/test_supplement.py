import pytest

from tests.workflows.core.life import (
    ALL_GOOD,
    AN,
    BINH,
    GROUND,
    INVOICES,
    LAN,
    MAI,
    PAPERS,
    REASON,
    Life,
    accepted,
    answered,
    asked,
    at,
    intervals,
    reviewed,
    submit,
    with_supplement,
)
from workflows.core.events import (
    Accept,
    Actor,
    Approve,
    AskSupplement,
    CancelSupplement,
    CheckedPaper,
    CompleteSupplement,
    CompleteTask,
    ConfirmHandover,
    Deny,
    GivenPaper,
    Reason,
    RejectSupplement,
    SendBack,
    SendSupplement,
)
from workflows.core.state import Outcome

IN_ERROR = Reason(code="asked_in_error")
EXPIRED = Reason(code="window_expired")


def test_asking_holds_the_token_and_suspends_the_limit_when_the_request_has_left() -> None:
    """Rule 6: time stands still from the sending, not from the typing."""
    life = accepted(Life(by_hand=("Notification.send", "Document.render")))
    seq = life.state.seq

    life.do("2026-03-06T09:00", AskSupplement, AN, items=INVOICES, ground=GROUND)
    assert ["warned", "supplement_asked", "token_held"] == life.kinds(seq)
    assert ("supplementing", [1, 2, 4, 5]) == (life.phase(), life.codes())
    assert at("2026-03-27T23:59:59.999999") == life.due()

    life.answer("_supplement:1", "2026-03-06T11:00", result={"document": "document:d", "digest": "sha256:d"})
    assert life.due() is not None
    life.answer("_request:1", "2026-03-06T14:00")

    assert life.due() is None
    assert at("2026-03-06T14:00") == intervals(life)[0].opened
    assert at("2026-03-26T23:59:59.999999") == life.due("window:1")
    assert "stopped" == next(clock.state for clock in life.state.clocks if clock.id == "ask_by")


def test_a_complete_answer_replaces_the_limit_from_its_arrival() -> None:
    """Procedure 1.014140: twenty calendar days from the arrival, whenever somebody looks at it."""
    life = answered()
    assert ["_check:1"] == life.open_tasks()

    life.do("2026-03-23T09:00", CompleteSupplement, MAI)

    assert at("2026-04-09T23:59:59.999999") == life.due()
    assert ["review:2"] == life.open_tasks()
    assert "processing" == life.phase()
    assert [1, 2, 4, 5, 4] == life.codes()
    completed = life.last("supplement_completed").data
    assert ("2026-03-27T16:59:59.999999Z", "2026-04-09T16:59:59.999999Z") == (
        completed["old_due"],
        completed["new_due"],
    )


def test_the_budget_of_the_asking_step_stood_still_as_long() -> None:
    life = answered()

    life.do("2026-03-23T09:00", CompleteSupplement, MAI)

    assert at("2026-04-06T23:59:59.999999") == life.due("step:review:2")


def test_several_deliveries_may_come_and_the_last_before_the_verdict_counts() -> None:
    life = answered()
    life.do("2026-03-21T09:00", SendSupplement, LAN, papers=(GivenPaper(id="identity"),))
    assert ["_check:1"] == life.open_tasks()

    life.do("2026-03-23T09:00", CompleteSupplement, AN)

    assert at("2026-03-21T09:00") == intervals(life)[0].closed


@pytest.mark.parametrize(
    ("effect", "due"),
    [("restart", "2026-04-14"), ("pause", "2026-04-13"), ("none", "2026-03-27")],
)
def test_each_effect_counts_as_the_law_says(effect: str, due: str) -> None:
    """I16-I18: the whole amount anew; days between not counted; nothing."""
    life = Life(with_supplement(effect=effect, new_limit=None))
    answered(asked(accepted(life)))

    life.do("2026-03-23T09:00", CompleteSupplement, MAI)

    assert at(f"{due}T23:59:59.999999") == life.due()


def test_only_the_asking_function_or_the_desk_asks_with_items_and_ground() -> None:
    life = accepted()
    when = "2026-03-06T09:00"
    elsewhere = Actor(ref="officer:x", function="medical_review", unit="unit:other")

    assert "wrong-function" == life.refused(when, AskSupplement, BINH, items=INVOICES, ground=GROUND)
    assert "wrong-unit" == life.refused(when, AskSupplement, elsewhere, items=INVOICES, ground=GROUND)
    assert "form-invalid" == life.refused(when, AskSupplement, AN, items=(), ground=GROUND)
    assert "ground-required" == life.refused(when, AskSupplement, AN, items=INVOICES)
    assert "task-closed" == life.refused(when, AskSupplement, AN, items=INVOICES, ground=GROUND, task="_intake:1")
    assert "no-such-task" == life.refused(when, AskSupplement, AN, items=INVOICES, ground=GROUND, task="review:9")


def test_while_a_request_is_open_no_other_is_made_and_the_step_waits() -> None:
    life = asked()

    assert "supplement-outstanding" == life.refused(
        "2026-03-09T09:00", AskSupplement, AN, items=INVOICES, ground=GROUND
    )
    assert "task-held" == life.refused("2026-03-09T09:00", CompleteTask, AN, task="review:1", outcome="approve")
    assert "task-held" == life.refused("2026-03-09T09:00", SendBack, AN, task="review:1", to="desk", reason=REASON)
    assert "not-answered" == life.refused("2026-03-09T09:00", CompleteSupplement, MAI)
    assert "not-answered" == life.refused("2026-03-09T09:00", RejectSupplement, MAI, reason=REASON, items=INVOICES)


def test_without_a_request_there_is_nothing_to_send_or_judge() -> None:
    life = accepted()

    for verb in (SendSupplement, CompleteSupplement, RejectSupplement, CancelSupplement):
        actor = LAN if verb is SendSupplement else MAI
        arguments = {"papers": PAPERS} if verb is SendSupplement else {}
        assert "no-supplement-open" == life.refused("2026-03-06T09:00", verb, actor, **arguments)


def test_a_supplement_is_sent_by_a_party_or_recorded_at_the_desk() -> None:
    life = asked()

    assert "not-a-party" == life.refused("2026-03-09T09:00", SendSupplement, AN, papers=PAPERS)
    assert "not-a-party" == life.refused("2026-03-09T09:00", SendSupplement, Actor(ref="account:other"), papers=PAPERS)
    assert "form-invalid" == life.refused("2026-03-09T09:00", SendSupplement, LAN)
    life.do("2026-03-09T09:00", SendSupplement, MAI, papers=PAPERS)
    assert "desk" == next(paper.satisfied_by for paper in life.state.papers if paper.id == "invoices")


def test_an_answer_that_is_not_in_order_is_not_complete() -> None:
    life = answered()

    bad = (CheckedPaper(id="invoices", verdict="incorrect"),)
    assert "unchecked-papers" == life.refused("2026-03-23T09:00", CompleteSupplement, MAI, verdicts=bad)
    assert "wrong-function" == life.refused("2026-03-23T09:00", CompleteSupplement, BINH)
    assert "no-round-left" == life.refused("2026-03-23T09:00", RejectSupplement, MAI, reason=REASON, items=INVOICES)


def test_found_incomplete_it_is_asked_again_and_the_limit_stays_suspended() -> None:
    life = answered(asked(accepted(Life(with_supplement(rounds=2)))))
    seq = life.state.seq

    assert "reason-required" == life.refused("2026-03-23T09:00", RejectSupplement, MAI, items=INVOICES)
    life.do("2026-03-23T09:00", RejectSupplement, MAI, reason=REASON, items=INVOICES)

    kinds = [kind for kind in life.kinds(seq) if kind not in ("notified", "drafted")]
    assert ["warned", "supplement_found_incomplete", "supplement_asked", "supplement_sent"] == kinds
    assert life.due() is None and 1 == len(intervals(life))
    assert [1, 2, 4, 5] == life.codes()
    assert at("2026-04-13T23:59:59.999999") == life.due("window:2")

    life.do("2026-03-30T09:00", SendSupplement, LAN, papers=PAPERS)
    life.do("2026-03-31T09:00", CompleteSupplement, MAI)
    assert at("2026-04-20T23:59:59.999999") == life.due()


def test_a_request_made_in_error_never_stopped_the_clock() -> None:
    life = asked()

    assert "wrong-function" == life.refused("2026-03-09T09:00", CancelSupplement, MAI, reason=IN_ERROR)
    assert "reason-required" == life.refused("2026-03-09T09:00", CancelSupplement, AN)
    assert "window-running" == life.refused("2026-03-09T09:00", CancelSupplement, AN, reason=EXPIRED)
    life.do("2026-03-09T09:00", CancelSupplement, AN, reason=IN_ERROR)

    assert at("2026-03-27T23:59:59.999999") == life.due()
    assert intervals(life)[0].void
    assert ["review:2"] == life.open_tasks()


def test_a_cancelled_error_found_late_makes_the_case_late_at_once() -> None:
    life = asked(accepted(Life(with_supplement(answer_within="90 calendar days"))))

    life.do("2026-04-01T09:00", CancelSupplement, AN, reason=IN_ERROR)

    assert life.state.late
    assert "overdue" in life.kinds()


def test_asked_too_late_it_needs_a_second_person_and_suspends_nothing() -> None:
    life = accepted()
    life.wait_until("2026-03-10T00:00")
    assert "ask_by_passed" in life.kinds()

    answer = life.do("2026-03-10T09:00", AskSupplement, AN, items=INVOICES, ground=GROUND)
    assert Outcome.PROPOSED == answer.outcome
    assert ("processing", ["review:1"]) == (life.phase(), life.open_tasks())
    assert "wrong-function" == life.refused("2026-03-10T10:00", Approve, AN, proposal=answer.data["proposal"])
    life.do("2026-03-10T10:00", Approve, BINH, proposal=answer.data["proposal"])

    assert "supplementing" == life.phase()
    assert () == intervals(life)
    assert at("2026-03-27T23:59:59.999999") == life.due()


def test_a_late_request_approved_after_its_task_was_done_is_refused() -> None:
    life = accepted()
    answer = life.do("2026-03-10T09:00", AskSupplement, AN, items=INVOICES, ground=GROUND)
    life.do("2026-03-10T09:30", CompleteTask, AN, task="review:1", outcome="approve", form="form:f2")

    proposal = answer.data["proposal"]
    assert "task-closed" == life.refused("2026-03-10T10:00", Approve, BINH, proposal=proposal)
    life.do("2026-03-10T11:00", Deny, BINH, proposal=proposal)
    assert ["sign:1"] == life.open_tasks()


def test_asking_too_late_is_impossible_where_the_procedure_says_so() -> None:
    life = accepted(Life(with_supplement(late_ask="refuse")))

    assert "ask-by-passed" == life.refused("2026-03-10T09:00", AskSupplement, AN, items=INVOICES, ground=GROUND)


def test_a_request_sent_when_the_case_is_late_suspends_nothing() -> None:
    """I23: late is for ever."""
    life = accepted(Life(with_supplement(ask_within=None)))

    life.do("2026-03-28T09:00", AskSupplement, AN, items=INVOICES, ground=GROUND)

    assert life.state.late
    assert () == intervals(life)


def test_before_the_handover_is_confirmed_the_desk_asks() -> None:
    life = Life()
    submit(life)
    life.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)
    assert "handover-unconfirmed" == life.refused("2026-03-02T11:00", AskSupplement, AN, items=INVOICES, ground=GROUND)

    life.do("2026-03-02T11:00", AskSupplement, MAI, items=INVOICES, ground=GROUND)
    assert [1, 2, 4, 5] == life.codes()
    life.do("2026-03-02T11:30", ConfirmHandover, AN, handover="_handover:1")
    assert "supplementing" == life.phase()
    life.do("2026-03-03T09:00", SendSupplement, LAN, papers=PAPERS)
    life.do("2026-03-03T10:00", CompleteSupplement, MAI)

    assert ["review:2"] == life.open_tasks()
    assert "processing" == life.phase()


def test_from_the_desk_a_supplement_is_asked_in_place_of_forwarding() -> None:
    life = accepted()
    life.do("2026-03-05T09:00", SendBack, AN, task="review:1", to="desk", reason=REASON)
    assert ["_desk:1"] == life.open_tasks()

    life.do("2026-03-05T10:00", AskSupplement, MAI, items=INVOICES, ground=GROUND)
    assert [] == life.open_tasks()
    life.do("2026-03-06T10:00", SendSupplement, LAN, papers=PAPERS)
    life.do("2026-03-06T11:00", CompleteSupplement, MAI)

    assert "_handover:3" == next(one.id for one in life.state.handovers if one.state == "offered")
    life.do("2026-03-06T14:00", ConfirmHandover, AN, handover="_handover:3")
    assert ["review:2"] == life.open_tasks()


def test_where_the_desk_resumes_it_gets_the_case_after_the_supplement() -> None:
    life = answered(asked(accepted(Life(with_supplement(resume="desk")))))

    life.do("2026-03-23T09:00", CompleteSupplement, MAI)

    assert ["_desk:1"] == life.open_tasks()
    assert "processing" == life.phase()


def test_a_request_overtaken_by_its_answer_suspends_nothing() -> None:
    life = accepted(Life(by_hand=("Notification.send",)))
    life.do("2026-03-06T09:00", AskSupplement, AN, items=INVOICES, ground=GROUND)
    life.do("2026-03-06T10:00", SendSupplement, LAN, papers=PAPERS)

    life.answer("_request:1", "2026-03-06T11:00")
    life.do("2026-03-06T14:00", CompleteSupplement, MAI)

    assert () == intervals(life)
    assert at("2026-03-27T23:59:59.999999") == life.due()


def test_after_a_decision_nothing_is_asked() -> None:
    life = reviewed()
    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")

    assert "no-such-task" == life.refused("2026-03-13T11:00", AskSupplement, AN, items=INVOICES, ground=GROUND)


def test_asked_in_time_and_sent_too_late_it_suspends_nothing() -> None:
    """Judged at the sending (core.md section 4)."""
    life = accepted(Life(by_hand=("Notification.send",)))
    life.do("2026-03-09T16:00", AskSupplement, AN, items=INVOICES, ground=GROUND)

    life.answer("_request:1", "2026-03-10T08:00")

    assert () == intervals(life)
    assert "none" == life.state.rounds[0].effect
    assert at("2026-03-30T23:59:59.999999") == life.due("window:1")
