from tests.workflows.core.life import (
    ALL_GOOD,
    BASE,
    GROUND,
    INVOICES,
    LAN,
    MAI,
    REASON,
    Life,
    at,
    pin,
    pin_of,
    procedure,
    submit,
)
from workflows.core import events
from workflows.core.events import Accept, AskSupplement, CancelSupplement, Refuse, SendSupplement, Submit, Withdraw
from workflows.core.state import Outcome


def test_a_submission_opens_the_intake_task_and_starts_its_clock() -> None:
    """Core.md section 9, 1: submitted on Saturday evening, the check is due on Tuesday at eight."""
    life = Life()
    life.now = at("2026-03-07T21:00")

    submit(life, "2026-03-07T21:00")

    assert ["submitted", "task_opened", "notified"] == life.kinds()
    assert [1] == life.codes()
    assert ["_intake:1"] == life.open_tasks()
    assert at("2026-03-10T08:00") == life.due("intake:1")


def test_only_what_conditions_read_is_kept_of_a_form() -> None:
    life = Life()

    submit(life, facts={"form.self_bought": True, "form.card_number": "GD4797912345678"})

    assert {"form.self_bought": True} == life.state.facts
    demanded = [paper.id for paper in life.state.papers if paper.demanded]
    assert ["request", "identity", "visit", "invoices", "shortage_slip"] == demanded


def test_a_second_submission_is_refused() -> None:
    life = Life()
    submit(life)

    code = life.refused(
        "2026-03-02T09:01",
        Submit,
        LAN,
        receiving=BASE,
        channel="online",
        submitter="patient",
        parties=(events.Party(role="submitter", ref=LAN.ref),),
        form="form:f2",
    )

    assert "already-submitted" == code


def test_a_channel_that_is_not_offered_is_refused() -> None:
    life = Life()

    code = life.refused(
        "2026-03-02T09:00",
        Submit,
        LAN,
        receiving=BASE,
        channel="post",
        submitter="patient",
        parties=(events.Party(role="submitter", ref=LAN.ref),),
        form="form:f1",
    )

    assert "form-invalid" == code


def test_acceptance_needs_the_desk_its_unit_and_a_verdict_for_every_demanded_paper() -> None:
    life = Life()
    submit(life)
    elsewhere = events.Actor(ref="officer:x", function="one_stop", unit="unit:other")

    assert "wrong-function" == life.refused("2026-03-02T10:00", Accept, LAN, verdicts=ALL_GOOD)
    assert "wrong-unit" == life.refused("2026-03-02T10:00", Accept, elsewhere, verdicts=ALL_GOOD)
    assert "unchecked-papers" == life.refused("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD[:-1])


def test_an_acceptance_beyond_the_calendars_is_refused_before_anything_is_promised() -> None:
    life = Life(by_hand=())
    life.now = at("2027-12-20T09:00")
    submit(life, "2027-12-20T09:00")

    assert "calendar-not-covered" == life.refused("2027-12-20T10:00", Accept, MAI, verdicts=ALL_GOOD)


def test_a_refusal_needs_a_reason_and_for_another_agency_its_name() -> None:
    life = Life()
    submit(life)
    elsewhere = events.Reason(code="wrong_agency")

    assert "reason-required" == life.refused("2026-03-02T10:00", Refuse, MAI)
    assert "where-required" == life.refused("2026-03-02T10:00", Refuse, MAI, reason=elsewhere)
    assert "guidance-first" == life.refused("2026-03-02T10:00", Refuse, MAI, reason=events.Reason(code="incomplete"))

    life.do("2026-03-02T10:00", Refuse, MAI, reason=elsewhere, where="text:district")

    assert "refused" == life.phase()
    assert [1, 3] == life.codes()
    assert ["refused", "task_cancelled", "drafted", "notified"] == life.kinds(3)
    assert [] == life.open_tasks()


def test_guidance_suspends_the_check_and_its_answer_starts_it_anew() -> None:
    """Core.md section 9, 9: 1, 5, 1, and then accepted."""
    life = Life()
    submit(life)

    life.do("2026-03-02T10:00", AskSupplement, MAI, items=INVOICES, ground=GROUND)

    assert "guided" == life.phase()
    assert ["supplement_asked", "task_cancelled", "notified", "drafted", "supplement_sent"][:2] == life.kinds(3)[:2]
    assert at("2026-03-22T23:59:59.999999").date() <= life.due("window:1").date()  # type: ignore[union-attr]

    life.do("2026-03-05T09:00", SendSupplement, LAN, papers=(events.GivenPaper(id="invoices"),))

    assert "submitted" == life.phase()
    assert ["_intake:2"] == life.open_tasks()
    assert [1, 5, 1] == life.codes()
    assert at("2026-03-06T09:30") == life.due("intake:2")


def test_guidance_may_be_given_once() -> None:
    life = Life()
    submit(life)
    life.do("2026-03-02T10:00", AskSupplement, MAI, items=INVOICES, ground=GROUND)
    life.do("2026-03-05T09:00", SendSupplement, LAN, papers=(events.GivenPaper(id="invoices"),))

    assert "no-round-left" == life.refused("2026-03-05T10:00", AskSupplement, MAI, items=INVOICES, ground=GROUND)
    life.do("2026-03-05T10:00", Refuse, MAI, reason=events.Reason(code="incomplete"))
    assert [1, 5, 1, 3] == life.codes()


def test_cancelled_guidance_lets_the_check_go_on_as_if_never_stopped() -> None:
    life = Life()
    submit(life)
    due = life.due("intake:1")
    life.do("2026-03-02T10:00", AskSupplement, MAI, items=INVOICES, ground=GROUND)

    life.do("2026-03-02T11:00", CancelSupplement, MAI, reason=REASON)

    assert "submitted" == life.phase()
    assert due == life.due("intake:1")
    assert ["_intake:2"] == life.open_tasks()


def test_a_guided_dossier_is_refused_only_after_the_applicants_time() -> None:
    life = Life()
    submit(life)
    life.do("2026-03-02T10:00", AskSupplement, MAI, items=INVOICES, ground=GROUND)

    assert "window-running" == life.refused("2026-03-03T10:00", Refuse, MAI, reason=REASON)


def test_before_acceptance_a_window_that_runs_out_refuses_where_the_procedure_would_stop() -> None:
    life = Life()
    submit(life)
    life.do("2026-03-02T10:00", AskSupplement, MAI, items=INVOICES, ground=GROUND)

    life.wait_until("2026-03-24T00:00")

    assert "refused" == life.phase()
    assert [1, 5, 1, 3] == life.codes()
    assert "incomplete" == life.last("refused").reason.code  # type: ignore[union-attr]


def test_before_acceptance_an_officer_decides_where_the_procedure_says_so() -> None:
    rules = procedure().supplement.model_copy(update={"on_expiry": "ask_officer"})
    life = Life(pin_of(procedure().model_copy(update={"supplement": rules})))
    submit(life)
    life.do("2026-03-02T10:00", AskSupplement, MAI, items=INVOICES, ground=GROUND)

    life.wait_until("2026-03-24T00:00")
    assert ["_expiry:1"] == life.open_tasks()

    life.do("2026-03-24T09:00", Refuse, MAI, reason=events.Reason(code="incomplete"))
    assert "refused" == life.phase()


def test_a_withdrawal_before_acceptance_is_the_applicants_and_ends_everything() -> None:
    life = Life()
    submit(life)

    assert "not-a-party" == life.refused("2026-03-02T09:30", Withdraw, MAI)
    answer = life.do("2026-03-02T09:30", Withdraw, LAN)

    assert Outcome.DONE == answer.outcome
    assert "withdrawn" == life.phase()
    assert [1, 7] == life.codes()
    assert [] == life.open_tasks()
    assert ["settle"] == [clock.id for clock in life.state.clocks if clock.state == "running"]


def test_originals_are_given_back_before_a_withdrawn_case_is_archived() -> None:
    life = Life()
    submit(life, papers=(events.GivenPaper(id="request", originals=1, documents=("file:r",)),))
    life.do("2026-03-02T09:30", Withdraw, LAN)
    assert ["_return_papers:1"] == life.open_tasks()

    assert "wrong-function" == life.refused(
        "2026-03-03T09:30", events.CompleteTask, LAN, task="_return_papers:1", outcome="done"
    )
    life.do("2026-03-03T09:30", events.CompleteTask, MAI, task="_return_papers:1", outcome="done")

    life.wait_until("2026-04-20T00:00")
    assert "closed" == life.phase()
    assert pin().digest == life.state.pin_digest
