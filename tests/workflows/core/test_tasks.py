from tests.workflows.core.life import (
    ALL_GOOD,
    AN,
    BASE,
    BINH,
    LAN,
    MAI,
    PROVINCE,
    REASON,
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
from workflows.core.events import (
    Accept,
    Actor,
    CheckedPaper,
    CompleteTask,
    ConfirmHandover,
    Forward,
    GivenPaper,
    Reason,
    SendBack,
)
from workflows.core.state import Verdict

APPROVE = {"task": "review:1", "outcome": "approve", "form": "form:f2"}
WHEN = "2026-03-12T15:00"


def test_a_completed_review_leads_to_a_draft_and_the_signer() -> None:
    life = accepted()
    seq = life.state.seq

    life.do(WHEN, CompleteTask, AN, **APPROVE)

    kinds = [kind for kind in life.kinds(seq) if kind not in ("warned", "ask_by_passed", "notified")]
    assert ["task_completed", "drafted", "task_opened"] == kinds
    assert ["sign:1"] == life.open_tasks()
    assert at("2026-03-17T23:59:59.999999") == life.due("step:sign:1")


def test_a_task_is_done_by_its_function_at_its_unit() -> None:
    life = accepted()
    elsewhere = Actor(ref="officer:x", function="medical_review", unit=BASE)

    assert "wrong-function" == life.refused(WHEN, CompleteTask, BINH, **APPROVE)
    assert "wrong-unit" == life.refused(WHEN, CompleteTask, elsewhere, **APPROVE)
    assert "wrong-function" == life.refused(WHEN, CompleteTask, LAN, **APPROVE)


def test_only_declared_outcomes_with_their_form_and_reason_are_taken() -> None:
    life = accepted()

    assert "unknown-outcome" == life.refused(WHEN, CompleteTask, AN, task="review:1", outcome="maybe")
    assert "form-invalid" == life.refused(WHEN, CompleteTask, AN, task="review:1", outcome="approve")
    assert "reason-required" == life.refused(WHEN, CompleteTask, AN, task="review:1", outcome="reject")


def test_a_task_that_was_done_is_closed_and_one_that_never_was_is_unknown() -> None:
    life = reviewed()

    assert "task-closed" == life.refused("2026-03-12T16:00", CompleteTask, AN, **APPROVE)
    assert "no-such-task" == life.refused("2026-03-12T16:00", CompleteTask, AN, **{**APPROVE, "task": "review:2"})
    assert "no-such-task" == life.refused("2026-03-12T16:00", CompleteTask, AN, **{**APPROVE, "task": "nothing"})


def test_who_reviewed_may_not_sign_nor_may_a_substitute_for_them() -> None:
    life = reviewed()
    own = Actor(ref=AN.ref, function="leader", unit=PROVINCE)
    on_behalf = Actor(ref="officer:x", function="leader", unit=PROVINCE, on_behalf=AN.ref)

    assert "same-person" == life.refused("2026-03-13T09:00", CompleteTask, own, task="sign:1", outcome="sign")
    assert "same-person" == life.refused("2026-03-13T09:00", CompleteTask, on_behalf, task="sign:1", outcome="sign")


def test_signing_by_hand_records_the_digest_and_then_numbers_and_issues() -> None:
    life = reviewed(Life(by_hand=("Document.number", "Document.issue", "Connector.call")))

    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")

    signed = life.last("signed")
    assert ("document:decision:1", "sha256:decision:1") == (signed.data["document"], signed.data["digest"])
    assert ["_number/decision:1", "pay:1"] == life.in_flight()
    assert not life.orders("Document.sign")
    life.answer("_number/decision:1", result={"number": "12/QD"})
    issue = life.orders("Document.issue")[0]
    assert ("12/QD", "case-1/_issue/decision:1") == (issue.with_["number"], issue.key)
    life.answer("_issue/decision:1", result={"document": "document:final", "digest": "sha256:final"})
    assert "issued" == life.state.results[0].state


def test_a_call_carries_personal_values_as_references_only() -> None:
    life = paying()

    call = life.orders("Connector.call")[0]
    assert {"amount": "form:f2#payable", "account": "form:f1#account"} == call.with_["with"]
    assert call.irrevocable


def test_sent_back_to_the_reviewer_the_draft_is_void_and_the_former_values_are_offered() -> None:
    life = reviewed()
    seq = life.state.seq

    assert "bad-target" == life.refused("2026-03-13T09:00", SendBack, BINH, task="sign:1", to="decision", reason=REASON)
    assert "bad-target" == life.refused("2026-03-13T09:00", SendBack, BINH, task="sign:1", to="desk", reason=REASON)
    assert "reason-required" == life.refused("2026-03-13T09:00", SendBack, BINH, task="sign:1", to="review")
    life.do("2026-03-13T09:00", SendBack, BINH, task="sign:1", to="review", reason=REASON)

    kinds = [kind for kind in life.kinds(seq) if kind != "warned"]
    assert ["returned", "result_superseded", "task_opened"] == kinds
    task = life.state.tasks[0]
    assert ("review:2", "form:f2", AN.ref) == (task.key, task.former, task.offered_to)
    assert "superseded" == life.state.results[0].state
    assert at("2026-03-30T23:59:59.999999") == life.due("step:review:2")
    assert at("2026-03-27T23:59:59.999999") == life.due()


def test_after_a_return_a_new_draft_is_signed_and_the_old_one_stays() -> None:
    life = reviewed()
    life.do("2026-03-13T09:00", SendBack, BINH, task="sign:1", to="review", reason=REASON)
    life.do("2026-03-13T10:00", CompleteTask, AN, task="review:2", outcome="approve", form="form:f3")

    life.do("2026-03-13T11:00", CompleteTask, BINH, task="sign:2", outcome="sign")

    states = [(one.visit, one.state) for one in life.state.results]
    assert [(1, "superseded"), (2, "issued")] == states
    assert {"amount": "form:f3#payable", "account": "form:f1#account"} == life.orders("Connector.call")[0].with_["with"]


def test_doers_of_a_voided_visit_no_longer_count() -> None:
    life = reviewed()
    life.do("2026-03-13T09:00", SendBack, BINH, task="sign:1", to="review", reason=REASON)
    other = Actor(ref="officer:other", function="medical_review", unit=PROVINCE)
    life.do("2026-03-13T10:00", CompleteTask, other, task="review:2", outcome="approve", form="form:f3")

    life.do(
        "2026-03-13T11:00",
        CompleteTask,
        Actor(ref=AN.ref, function="leader", unit=PROVINCE),
        task="sign:2",
        outcome="sign",
    )

    assert "signed" in life.kinds()


def test_a_refusal_is_a_reasoned_answer_signed_by_another_and_sent_by_itself() -> None:
    life = accepted()
    life.do(
        WHEN, CompleteTask, AN, task="review:1", outcome="reject", reason=Reason(code="not_covered", text="text:why")
    )
    assert ("signing", ["sign_refusal:1"]) == (life.phase(), life.open_tasks())
    draft = next(one for one in life.orders("Document.render") if one.id == "refuse:1")
    assert {"code": "not_covered", "text": "text:why"} == draft.with_["reason"]
    own = Actor(ref=AN.ref, function="leader", unit=PROVINCE)
    assert "same-person" == life.refused("2026-03-13T09:00", CompleteTask, own, task="sign_refusal:1", outcome="sign")

    life.do("2026-03-13T09:00", CompleteTask, BINH, task="sign_refusal:1", outcome="sign")

    assert Verdict.REFUSED == life.state.verdict
    assert at("2026-03-13T09:00") == life.state.decided_at
    assert ("delivered", [1, 2, 4, 9, 10]) == (life.phase(), life.codes())


def test_a_refusal_may_be_sent_back_to_the_step_that_led_to_it() -> None:
    life = accepted()
    life.do(WHEN, CompleteTask, AN, task="review:1", outcome="reject", reason=REASON)

    life.do("2026-03-13T09:00", SendBack, BINH, task="sign_refusal:1", to="review", reason=REASON)

    assert ["review:2"] == life.open_tasks()
    assert [("refusal", "superseded")] == [(one.id, one.state) for one in life.state.results]
    life.do("2026-03-13T10:00", CompleteTask, AN, task="review:2", outcome="approve", form="form:f3")
    assert ["sign:1"] == life.open_tasks()


def test_the_desk_gets_the_file_back_and_forwards_it_with_a_word() -> None:
    life = accepted()
    seq = life.state.seq
    life.do("2026-03-05T09:00", SendBack, AN, task="review:1", to="desk", reason=REASON)
    assert ["returned", "handed_over", "token_held", "task_opened"] == life.kinds(seq)
    assert ("processing", ["_desk:1"]) == (life.phase(), life.open_tasks())
    assert at("2026-03-05T23:59:59.999999") == life.due("transfer")

    assert "reason-required" == life.refused("2026-03-05T10:00", Forward, MAI, task="_desk:1")
    assert "wrong-function" == life.refused("2026-03-05T10:00", Forward, AN, task="_desk:1", reason=REASON)
    assert "no-such-task" == life.refused("2026-03-05T10:00", Forward, MAI, task="_desk:2", reason=REASON)
    seq = life.state.seq
    life.do("2026-03-05T10:00", Forward, MAI, task="_desk:1", reason=REASON)
    assert ["forwarded", "handed_over"] == [kind for kind in life.kinds(seq) if kind != "notified"]
    life.do("2026-03-05T14:00", ConfirmHandover, AN, handover="_handover:3")

    assert ["review:2"] == life.open_tasks()
    assert at("2026-03-27T23:59:59.999999") == life.due()
    assert "task-closed" == life.refused("2026-03-05T15:00", Forward, MAI, task="_desk:1", reason=REASON)


def test_nothing_is_sent_back_past_what_cannot_be_undone() -> None:
    """Money paid out stays paid (core.md section 5, return)."""
    steps = list(procedure().steps)
    pay = steps[3].model_copy(update={"result": None, "deciding": False, "outcomes": (), "then": "sign"})
    sign = steps[2].model_copy(
        update={"outcomes": (steps[2].outcomes[0].model_copy(update={"target": "end"}),), "deciding": True}
    )
    reordered = (steps[0], steps[1].model_copy(update={"then": "pay"}), pay, sign)
    life = reviewed(Life(pin_of(procedure().model_copy(update={"steps": reordered}))))
    life.answer("pay:1", result={"outcome": "done"})

    assert "cannot-undo" == life.refused("2026-03-13T09:00", SendBack, BINH, task="sign:1", to="review", reason=REASON)


def test_after_the_result_no_task_of_the_route_is_left() -> None:
    life = resolved()

    assert "task-closed" == life.refused("2026-03-16T09:00", CompleteTask, BINH, task="sign:1", outcome="sign")
    assert "decision-exists" == life.refused(
        "2026-03-16T09:00", SendBack, BINH, task="sign:1", to="review", reason=REASON
    )


def test_steps_that_are_not_for_this_case_are_passed_with_a_word() -> None:
    for_counter = procedure().steps[0].selectors.model_copy(update={"channels": ("counter",)})
    steps = tuple(step.model_copy(update={"selectors": for_counter}) for step in procedure().steps)
    life = Life(pin_of(procedure().model_copy(update={"steps": steps})))
    submit(life)

    life.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)

    skipped = [entry.node for entry in life.journal if entry.kind == "step_skipped"]
    assert ["review", "decision", "sign", "pay"] == skipped
    assert [1, 2, 4, 9] == life.codes()


def test_a_step_may_be_skipped_by_a_condition_and_its_reason_is_kept() -> None:
    condition = next(one.selectors.when for one in procedure().documents if one.id == "shortage_slip")
    review = procedure().steps[0].model_copy(update={"skip_when": condition})
    steps = (review, *procedure().steps[1:])
    life = Life(pin_of(procedure().model_copy(update={"steps": steps})))
    slip = GivenPaper(id="shortage_slip", documents=("file:slip",))
    submit(life, facts={"form.self_bought": True}, papers=(slip,))
    waived = tuple(CheckedPaper(id=one.id, verdict="waived") for one in life.state.papers)

    life.do("2026-03-02T10:00", Accept, MAI, verdicts=waived)

    skipped = life.last("step_skipped").data
    assert ("skip_when", {"form.self_bought": True}) == (skipped["why"], skipped["values"])
