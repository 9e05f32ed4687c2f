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
    pin_of,
    procedure,
    submit,
)
from workflows.core.events import (
    Accept,
    Actor,
    CompleteTask,
    ConfirmHandover,
    Deliver,
    Deny,
    Forward,
    GivenPaper,
    HandOver,
    RejectHandover,
    SendBack,
    Stop,
)
from workflows.core.pin import Pin

OTHER = "unit:other"
TU = Actor(ref="officer:tu", function="one_stop", unit=OTHER)
BO = Actor(ref="officer:bo", function="medical_review", unit=OTHER)


def offered() -> Life:
    life = Life()
    submit(life)
    life.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)
    return life


def confirming(confirm: str) -> Pin:
    rules = procedure().transfer.model_copy(update={"confirm": confirm})
    return pin_of(procedure().model_copy(update={"transfer": rules}))


def test_an_accepted_file_is_offered_to_another_unit_and_the_sender_answers_until_confirmed() -> None:
    life = offered()

    assert "accepted" == life.phase()
    assert [] == life.open_tasks()
    assert at("2026-03-02T16:00") == life.due("confirm:_handover:1")
    assert "handover-unconfirmed" == life.refused("2026-03-02T11:00", CompleteTask, AN, task="review:1", outcome="x")

    life.do("2026-03-02T11:00", ConfirmHandover, AN, handover="_handover:1")

    assert ["handover_confirmed", "task_opened"] == life.kinds(life.state.seq - 2)
    assert "processing" == life.phase()
    assert [1, 2, 4] == life.codes()
    assert at("2026-03-17T23:59:59.999999") == life.due("step:review:1")


def test_a_handover_is_confirmed_by_the_receiving_function_only() -> None:
    life = offered()

    assert "no-such-handover" == life.refused("2026-03-02T11:00", ConfirmHandover, AN, handover="_handover:9")
    assert "wrong-unit" == life.refused("2026-03-02T11:00", ConfirmHandover, MAI, handover="_handover:1")
    assert "wrong-function" == life.refused("2026-03-02T11:00", ConfirmHandover, BINH, handover="_handover:1")


def test_within_one_unit_and_without_paper_the_file_moves_at_once() -> None:
    """Code 4 follows code 2 in two entries."""
    life = Life()
    life.routes["medical_review@competent"] = BASE
    submit(life)
    life.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)

    assert "processing" == life.phase()
    codes = [(entry.kind, entry.codes) for entry in life.journal if entry.codes]
    assert [("submitted", (1,)), ("accepted", (2,)), ("handed_over", (4,))] == codes


def test_papers_are_offered_even_within_one_unit_and_where_never_confirmed_nothing_is() -> None:
    on_paper = Life()
    on_paper.routes["medical_review@competent"] = BASE
    submit(on_paper, papers=tuple(GivenPaper(id=one.id, originals=1) for one in ALL_GOOD))
    on_paper.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)
    trusting = Life(confirming("never"))
    submit(trusting)
    trusting.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)

    assert ("accepted", "processing") == (on_paper.phase(), trusting.phase())


def test_a_rejected_handover_gives_the_sender_a_task_and_time() -> None:
    life = offered()

    assert "reason-required" == life.refused("2026-03-02T11:00", RejectHandover, AN, handover="_handover:1")
    life.do("2026-03-02T11:00", RejectHandover, AN, handover="_handover:1", reason=REASON)

    assert ["_transfer:1"] == life.open_tasks()
    assert at("2026-03-02T23:59:59.999999") == life.due("transfer")
    assert "accepted" == life.phase()

    assert "wrong-function" == life.refused("2026-03-02T14:00", HandOver, AN, to=PROVINCE)
    life.do("2026-03-02T14:00", HandOver, MAI, to=PROVINCE)
    assert "already-offered" == life.refused("2026-03-02T14:30", HandOver, MAI, to=OTHER)
    life.do("2026-03-02T15:00", ConfirmHandover, AN, handover="_handover:2")
    assert ["review:1"] == life.open_tasks()


def test_after_the_cutoff_the_file_may_be_handed_over_the_next_working_day() -> None:
    """I7: whatever else a cut-off moves, it moves the transfer."""
    life = offered()

    life.do("2026-03-02T15:30", RejectHandover, AN, handover="_handover:1", reason=REASON)

    assert at("2026-03-03T23:59:59.999999") == life.due("transfer")


def test_a_file_at_work_may_be_handed_on_and_its_budget_runs_on() -> None:
    life = accepted()
    due = life.due("step:review:1")

    life.do("2026-03-03T09:00", HandOver, AN, to=OTHER)
    assert [] == life.open_tasks()
    assert "wrong-unit" == life.refused("2026-03-03T10:00", ConfirmHandover, AN, handover="_handover:2")
    life.do("2026-03-03T10:00", ConfirmHandover, BO, handover="_handover:2")

    assert ["review:1"] == life.open_tasks()
    assert due == life.due("step:review:1")
    life.do("2026-03-04T10:00", CompleteTask, BO, task="review:1", outcome="approve", form="form:f2")
    assert PROVINCE == next(one.receiver for one in life.state.handovers if one.state == "offered")


def test_a_unit_that_keeps_the_file_after_all_goes_on_at_once() -> None:
    life = accepted()
    life.do("2026-03-03T09:00", HandOver, AN, to=OTHER)
    life.do("2026-03-03T10:00", RejectHandover, BO, handover="_handover:2", reason=REASON)

    life.do("2026-03-03T11:00", HandOver, AN, to=PROVINCE)

    assert ["review:1"] == life.open_tasks()
    assert "processing" == life.phase()


def test_before_acceptance_another_one_stop_may_take_the_dossier() -> None:
    """Core.md section 9, 10: the check runs on throughout."""
    life = Life()
    submit(life)
    due = life.due("intake:1")

    assert "wrong-unit" == life.refused("2026-03-02T09:30", HandOver, TU, to=OTHER)
    life.do("2026-03-02T09:30", HandOver, MAI, to=OTHER)
    assert "already-offered" == life.refused("2026-03-02T09:40", HandOver, MAI, to=OTHER)
    life.do("2026-03-02T10:00", ConfirmHandover, TU, handover="_handover:1")

    assert due == life.due("intake:1")
    assert OTHER == life.state.tasks[0].unit
    assert "wrong-unit" == life.refused("2026-03-02T10:30", Accept, MAI, verdicts=ALL_GOOD)
    life.do("2026-03-02T10:30", Accept, TU, verdicts=ALL_GOOD)
    assert "accepted" == life.phase()


def test_a_dossier_nobody_takes_stays_the_senders() -> None:
    life = Life()
    submit(life)
    life.do("2026-03-02T09:30", HandOver, MAI, to=OTHER)

    life.do("2026-03-02T10:00", RejectHandover, TU, handover="_handover:1", reason=REASON)

    life.do("2026-03-02T10:30", Accept, MAI, verdicts=ALL_GOOD)
    assert "accepted" == life.phase()


def test_an_unconfirmed_handover_is_told_to_the_sender_who_stays_responsible() -> None:
    life = offered()

    life.wait_until("2026-03-02T17:00")

    assert "overdue" in life.kinds()
    assert "handover_unconfirmed" == life.orders("Notification.send")[-1].with_["notice"]
    assert not life.state.late


def test_where_no_unit_is_known_the_desk_finds_one() -> None:
    life = Life(by_hand=("Route.resolve",))
    life.routes = {"leader@competent": PROVINCE}
    submit(life)
    life.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)
    assert ["_route/review:1"] == life.in_flight()

    life.answer("_route/review:1")
    assert ["_transfer:1"] == life.open_tasks()
    life.do("2026-03-02T14:00", HandOver, MAI, to=PROVINCE)
    life.do("2026-03-02T15:00", ConfirmHandover, AN, handover="_handover:1")

    assert ["review:1"] == life.open_tasks()
    assert PROVINCE == life.state.routes["medical_review@competent"]


def test_a_unit_the_organisation_knows_is_asked_once() -> None:
    life = Life(by_hand=("Route.resolve",))
    life.routes = {"leader@competent": PROVINCE}
    submit(life)
    life.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)

    life.answer("_route/review:1", result={"unit": PROVINCE})

    assert "accepted" == life.phase()
    assert "offered" == life.state.handovers[0].state


def on_paper() -> Life:
    results = tuple(
        one.model_copy(update={"as_": "paper"}) if one.id == "payment" else one for one in procedure().results
    )
    life = accepted(Life(pin_of(procedure().model_copy(update={"results": results}))))
    life.do("2026-03-12T15:00", CompleteTask, AN, task="review:1", outcome="approve", form="form:f2")
    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")
    life.answer("pay:1", "2026-03-13T10:05", result={"outcome": "done"})
    return life


def test_a_result_on_paper_is_there_when_the_desk_confirms_it() -> None:
    life = on_paper()
    assert ("processing", ["_transfer:1"]) == (life.phase(), life.open_tasks())

    life.do("2026-03-13T11:00", HandOver, BINH, to=BASE, what="result")
    seq = life.state.seq
    life.do("2026-03-16T09:00", ConfirmHandover, MAI, handover="_handover:2")

    assert "resolved" == life.phase()
    assert at("2026-03-16T09:00") == life.state.finished_at
    told = [kind for kind in life.kinds(seq) if kind in ("handover_confirmed", "resolved", "task_opened")]
    assert ["handover_confirmed", "resolved", "task_opened"] == told


def test_papers_may_go_to_another_point_of_collection() -> None:
    life = on_paper()
    life.do("2026-03-13T11:00", HandOver, BINH, to=BASE, what="result")
    life.do("2026-03-16T09:00", ConfirmHandover, MAI, handover="_handover:2")

    life.do("2026-03-16T10:00", HandOver, MAI, to=OTHER)
    assert "wrong-unit" == life.refused("2026-03-16T11:00", ConfirmHandover, MAI, handover="_handover:3")
    life.do("2026-03-16T11:00", ConfirmHandover, TU, handover="_handover:3")

    life.do("2026-03-16T15:00", Deliver, TU, recipient=LAN.ref, evidence="document:slip")
    assert "delivered" == life.phase()


def test_a_held_file_is_not_handed_on() -> None:
    life = accepted()
    life.do("2026-03-03T09:00", SendBack, AN, task="review:1", to="desk", reason=REASON)

    assert "task-held" == life.refused(
        "2026-03-03T10:00", HandOver, Actor(ref="officer:an", function="medical_review", unit=BASE), to=OTHER
    )


def test_until_confirmed_the_sender_may_propose_to_stop_and_nobody_else() -> None:
    life = offered()
    stopping = {"reason": REASON, "ground": "g", "settlement": "nothing_due"}
    assert "handover-unconfirmed" == life.refused("2026-03-02T11:00", Stop, AN, **stopping)

    life.do("2026-03-02T11:00", Stop, MAI, **stopping)
    life.do("2026-03-02T14:00", Deny, BINH, proposal=life.state.proposals[0].id)

    assert ["_handover:1"] == [one.id for one in life.state.handovers if one.state == "offered"]
    life.do("2026-03-02T15:00", ConfirmHandover, AN, handover="_handover:1")
    assert ["review:2"] == life.open_tasks()


def test_a_stop_denied_after_a_rejected_handover_offers_the_file_anew() -> None:
    life = offered()
    life.do("2026-03-02T11:00", RejectHandover, AN, handover="_handover:1", reason=REASON)
    life.do("2026-03-02T12:00", Stop, MAI, reason=REASON, ground="g", settlement="nothing_due")
    assert "task-held" == life.refused("2026-03-02T13:00", HandOver, MAI, to=PROVINCE)

    life.do("2026-03-02T14:00", Deny, BINH, proposal=life.state.proposals[0].id)

    assert [] == life.open_tasks()
    life.do("2026-03-02T15:00", ConfirmHandover, AN, handover="_handover:2")
    assert "processing" == life.phase()


def test_papers_rejected_within_one_unit_must_be_handed_over_again() -> None:
    life = Life()
    life.routes["medical_review@competent"] = BASE
    submit(life, papers=tuple(GivenPaper(id=one.id, originals=1) for one in ALL_GOOD))
    life.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)
    reviewer = Actor(ref="officer:an", function="medical_review", unit=BASE)
    life.do("2026-03-02T11:00", RejectHandover, reviewer, handover="_handover:1", reason=REASON)

    life.do("2026-03-02T14:00", HandOver, MAI, to=BASE)
    assert ("accepted", []) == (life.phase(), life.open_tasks())
    life.do("2026-03-02T15:00", ConfirmHandover, reviewer, handover="_handover:2")

    assert ("processing", ["review:1"]) == (life.phase(), life.open_tasks())


def test_what_the_desk_forwarded_and_the_unit_rejects_is_the_desks_to_hand_over_again() -> None:
    life = accepted()
    life.do("2026-03-05T09:00", SendBack, AN, task="review:1", to="desk", reason=REASON)
    life.do("2026-03-05T10:00", Forward, MAI, task="_desk:1", reason=REASON)
    life.do("2026-03-05T10:30", RejectHandover, AN, handover="_handover:3", reason=REASON)

    assert [("transfer", "one_stop", BASE)] == [(one.kind, one.function, one.unit) for one in life.state.tasks]

    life.do("2026-03-05T11:00", HandOver, MAI, to=PROVINCE)
    life.do("2026-03-05T14:00", ConfirmHandover, AN, handover="_handover:4")

    assert ["review:2"] == life.open_tasks()
