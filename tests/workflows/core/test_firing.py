from pydantic import JsonValue

from tests.workflows.core.life import (
    AN,
    BASE,
    BINH,
    LAN,
    MAI,
    PROVINCE,
    Life,
    accepted,
    asked,
    at,
    pin_of,
    procedure,
    reviewed,
    submit,
    with_supplement,
)
from workflows.core import machine
from workflows.core.events import (
    Actor,
    Approve,
    CompleteSupplement,
    CompleteTask,
    GivenPaper,
    ResolveIncident,
    SendSupplement,
    Withdraw,
    Woke,
)


def told(life: Life, notice: str) -> list[JsonValue]:
    return [order.with_["to"] for order in life.orders("Notification.send") if order.with_["notice"] == notice]


def fired(life: Life, clock: str) -> list[tuple[str, str]]:
    return [
        (entry.kind, str(entry.data["mark"]))
        for entry in life.journal
        if entry.data.get("clock") == clock and "mark" in entry.data
    ]


def test_the_marks_of_the_legal_limit_fire_in_their_order() -> None:
    """Half; the draft of an apology; the last call for an extension; and late for ever."""
    life = accepted()

    life.wait_until("2026-03-28T00:00")

    assert [
        ("warned", "half"),
        ("apology_drafted", "draft"),
        ("extension_closed", "last_call"),
        ("overdue", "due"),
        ("escalated", "due"),
    ] == fired(life, "legal")
    assert life.state.late
    head: list[JsonValue] = [
        {"function": "medical_review", "unit": PROVINCE, "head": True},
        {"function": "leader", "unit": PROVINCE},
    ]
    assert head in told(life, "escalated")
    assert [[{"role": "submitter", "ref": LAN.ref}]] == told(life, "apology")


def test_the_apology_is_drafted_two_working_days_ahead_of_the_notice() -> None:
    life = accepted()
    life.wait_until("2026-03-24T07:30")

    assert ["review:1", "_extension:1"] == life.open_tasks()
    assert "_apology_extension:1" == life.orders("Document.render")[-1].id
    assert ("medical_review", PROVINCE) == (life.state.tasks[1].function, life.state.tasks[1].unit)
    assert "2026-03-24T00:30:00Z" == life.last("apology_drafted").data["instant"]

    life.wait_until("2026-03-27T00:00")
    assert ["review:1"] == life.open_tasks()


def test_a_warning_that_comes_after_its_due_is_entered_and_tells_nobody() -> None:
    life = accepted()
    before = len(told(life, "warned"))

    life.tell(Woke(), at("2026-04-02T09:00"))

    missed = [
        entry.data["mark"] for entry in life.journal if entry.data.get("missed") and entry.data["clock"] == "legal"
    ]
    assert ["half", "draft", "last_call"] == missed
    assert before == len(told(life, "warned"))
    assert "overdue" in life.kinds()
    assert "_extension:1" not in life.open_tasks()


def test_an_action_one_second_late_meets_a_late_case_even_when_no_timer_woke() -> None:
    """Rule 3: time first."""
    life = accepted()

    life.do("2026-03-28T00:00:01", CompleteTask, AN, task="review:1", outcome="approve", form="form:f2")

    kinds = life.kinds()
    assert kinds.index("overdue") < kinds.index("task_completed")
    assert life.state.late


def test_lateness_outlives_the_result() -> None:
    life = reviewed()
    life.do("2026-03-30T09:00", CompleteTask, BINH, task="sign:1", outcome="sign")
    life.answer("pay:1", "2026-03-30T10:00", result={"outcome": "done"})

    assert life.state.late
    assert 1 == len([entry for entry in life.journal if entry.kind == "overdue" and entry.data["clock"] == "legal"])


def test_a_suspended_limit_has_no_marks() -> None:
    """I21."""
    life = asked()

    life.tell(Woke(), at("2026-03-24T07:30"))

    assert [] == fired(life, "legal")


def test_after_a_recount_only_marks_of_the_future_fire() -> None:
    life = accepted()
    life.wait_until("2026-03-06T08:30")
    asked(life)
    life.do("2026-03-20T14:00", SendSupplement, LAN, papers=(GivenPaper(id="invoices"),))
    life.do("2026-04-03T09:00", CompleteSupplement, MAI)

    marks = {mark.name: mark.at for mark in next(c for c in life.state.clocks if c.id == "legal").marks}
    assert all(instant > at("2026-04-03T09:00") for instant in marks.values())
    assert at("2026-04-10T00:00") == marks["due"]


def test_the_check_of_an_online_dossier_is_overdue_and_escalated() -> None:
    life = Life()
    submit(life)

    life.wait_until("2026-03-04T09:00")

    assert [("warned", "half"), ("overdue", "due"), ("escalated", "due")] == fired(life, "intake:1")
    assert [[{"function": "one_stop", "unit": BASE, "head": True}]] == told(life, "escalated")
    assert not life.state.late


def test_at_the_counter_the_same_limit_only_warns() -> None:
    life = Life()
    submit(life, channel="counter")

    life.wait_until("2026-03-04T09:00")

    assert [("warned", "half"), ("warned", "due")] == fired(life, "intake:1")


def test_the_check_of_a_supplement_has_its_own_time() -> None:
    life = asked()
    life.do("2026-03-20T14:00", SendSupplement, LAN, papers=(GivenPaper(id="invoices"),))

    life.wait_until("2026-03-24T09:00")

    assert [("warned", "half"), ("overdue", "due"), ("escalated", "due")] == fired(life, "check:1")


def test_the_applicant_is_reminded_at_half_and_two_working_days_before_the_end() -> None:
    life = asked()

    life.wait_until("2026-03-25T00:00")

    assert [("reminded", "half"), ("reminded", "two_days")] == fired(life, "window:1")


def test_a_budget_reaches_whom_the_procedure_says_and_never_the_legal_limit() -> None:
    life = accepted()

    life.wait_until("2026-03-18T00:00")

    assert [("warned", "1 working day before"), ("overdue", "due"), ("escalated", "due")] == fired(
        life, "step:review:1"
    )
    assert [{"function": "medical_review", "unit": PROVINCE}] in told(life, "warned")
    assert not life.state.late


def test_a_case_that_sleeps_is_found() -> None:
    life = asked(accepted(Life(with_supplement(answer_within=None))))
    life.tell(Woke(), at("2026-04-06T00:00"))

    assert "found_quiet" in life.kinds()
    assert [[{"function": "one_stop", "unit": BASE, "head": True}]] == told(life, "found_quiet")


def test_marks_due_at_one_instant_fire_by_rank_the_legal_limit_first() -> None:
    """Lateness is known before anything that would end: window and limit run out in the same night."""
    rules = {"effect": "none", "new_limit": None, "answer_within": "21 calendar days"}
    life = asked(accepted(Life(with_supplement(**rules))))

    life.tell(Woke(), at("2026-03-28T00:00"))

    kinds = life.kinds()
    assert kinds.index("overdue") < kinds.index("window_expired") < kinds.index("stopped")
    assert life.state.late


def test_every_mark_fires_once_and_none_is_left_behind() -> None:
    life = accepted()
    life.tell(Woke(), at("2026-04-20T00:00"))
    seq = life.state.seq

    life.tell(Woke(), at("2026-04-20T00:00"))

    assert seq == life.state.seq
    wake = machine.next_wake(life.pin, life.state)
    assert wake is not None and wake > life.now


def test_a_question_answered_by_message_has_a_time_to_be_answered() -> None:
    operation = next(one for one in procedure().operations if one.name == "pay")
    by_message = operation.model_copy(update={"answered": "message", "outcomes": ("done",)})
    others = tuple(one for one in procedure().operations if one.name != "pay")
    pin = pin_of(procedure().model_copy(update={"operations": (*others, by_message)}))
    life = reviewed(Life(pin, by_hand=("Connector.ask",)))
    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")

    life.answer("pay:1", "2026-03-13T10:01")
    assert "running" == next(clock.state for clock in life.state.clocks if clock.id == "answer:pay:1")
    assert machine.quiescent(life.state)
    life.wait_until("2026-03-26T00:00")

    assert ["unanswered"] == [one.code for one in life.state.incidents]
    given = {"incident": life.state.incidents[0].id, "how": "correct", "result": {"outcome": "done"}, "evidence": "d"}
    life.do("2026-03-26T09:00", ResolveIncident, BINH, **given)
    hoa = Actor(ref="officer:hoa", function="leader", unit=PROVINCE)
    life.do("2026-03-26T10:00", Approve, hoa, proposal=life.state.proposals[0].id)
    assert "resolved" == life.phase()


def test_after_an_end_only_settling_and_quiet_go_on() -> None:
    life = accepted()
    life.do("2026-03-05T09:00", Withdraw, LAN)
    seq = life.state.seq

    life.wait_until("2026-04-03T00:00")

    assert [] == [kind for kind in life.kinds(seq) if kind != "notified"]
