from tests.workflows.core.life import (
    ALL_GOOD,
    AN,
    BINH,
    DUNG,
    KHO,
    LAN,
    MAI,
    PROVINCE,
    REASON,
    Life,
    accepted,
    paying,
    pin_of,
    procedure,
    reviewed,
    submit,
)
from workflows.core.effects import Perform
from workflows.core.events import (
    Accept,
    Actor,
    Approve,
    Archive,
    CompleteTask,
    EffectCancelled,
    ResolveIncident,
    Stop,
    Withdraw,
)
from workflows.core.state import Outcome, TrackState

HOA = Actor(ref="officer:hoa", function="leader", unit=PROVINCE)
WHEN = "2026-03-13T11:00"


def broken() -> Life:
    """The treasury could not be reached until the attempts were used up."""
    life = paying()
    life.fail("pay:1", "attempts-used-up")
    return life


def incident(life: Life) -> str:
    return life.state.incidents[0].id


def test_an_outage_parks_the_step_tells_the_operators_and_decides_nothing() -> None:
    life = broken()

    assert ("signing", TrackState.WAITING) == (life.phase(), life.state.tracks[0].state)
    assert "incident_opened" in life.kinds()
    assert "incident" == life.orders("Notification.send")[-1].with_["notice"]
    assert "running" == next(clock.state for clock in life.state.clocks if clock.id == "legal")


def test_an_answer_that_comes_after_all_ends_the_incident_so_that_nothing_is_paid_twice() -> None:
    life = broken()
    opened = incident(life)

    life.answer("pay:1", result={"outcome": "done"})

    assert ("resolved", ()) == (life.phase(), life.state.incidents)
    assert "no-such-incident" == life.refused(WHEN, ResolveIncident, DUNG, incident=opened, how="retry")
    assert ["pay:1"] == [order.id for order in life.orders("Connector.call")]


def test_a_failure_that_is_known_is_not_told_twice() -> None:
    life = broken()

    life.fail("pay:1", "attempts-used-up")

    assert 1 == len(life.state.incidents)


def test_the_operator_tries_again_under_the_same_id_and_key() -> None:
    life = broken()
    assert "no-such-incident" == life.refused(WHEN, ResolveIncident, DUNG, incident="_incident:9", how="retry")
    assert "wrong-function" == life.refused(WHEN, ResolveIncident, BINH, incident=incident(life), how="retry")

    life.do(WHEN, ResolveIncident, DUNG, incident=incident(life), how="retry")
    first, second = life.orders("Connector.call")
    assert first == second
    life.answer("pay:1", result={"outcome": "done"})

    assert "resolved" == life.phase()


def test_a_payment_may_not_be_skipped() -> None:
    life = broken()

    assert "cannot-skip" == life.refused(WHEN, ResolveIncident, BINH, incident=incident(life), how="skip")


def test_with_evidence_and_a_second_person_the_answer_is_given_by_hand() -> None:
    life = broken()
    given = {"incident": incident(life), "how": "correct", "result": {"outcome": "done"}}
    assert "wrong-function" == life.refused(WHEN, ResolveIncident, DUNG, evidence="document:slip", **given)
    assert "ground-required" == life.refused(WHEN, ResolveIncident, BINH, **given)

    answer = life.do(WHEN, ResolveIncident, BINH, evidence="document:slip", **given)
    assert Outcome.PROPOSED == answer.outcome
    proposal = str(answer.data["proposal"])
    assert "same-person" == life.refused(WHEN, Approve, BINH, proposal=proposal)
    seq = life.state.seq
    life.do(WHEN, Approve, HOA, proposal=proposal)

    assert ["approved", "incident_resolved", "called", "resolved"] == life.kinds(seq)[:4]
    assert "document:slip" == life.last("incident_resolved").ground


def test_a_notice_without_legal_effect_may_be_skipped() -> None:
    life = accepted(Life(by_hand=("Notification.send",)))
    notice = life.in_flight()[0]
    life.fail(notice, "attempts-used-up")

    life.do("2026-03-03T09:00", ResolveIncident, MAI, incident=incident(life), how="skip")

    assert notice not in life.in_flight()
    assert () == life.state.incidents


def test_an_operator_who_cannot_be_told_is_not_told_so_for_ever() -> None:
    life = accepted(Life(by_hand=("Notification.send",)))
    seq = life.state.seq

    life.fail(life.in_flight()[0], "attempts-used-up")

    assert ["incident_opened"] == life.kinds(seq)


def test_an_answer_the_step_does_not_know_is_an_incident() -> None:
    life = paying()

    life.answer("pay:1", result={"outcome": "surprise"})

    assert ["unknown-answer"] == [one.code for one in life.state.incidents]
    assert "signing" == life.phase()
    given = {"incident": incident(life), "how": "correct", "result": {"outcome": "done"}, "evidence": "document:slip"}
    life.do(WHEN, ResolveIncident, BINH, **given)
    life.do(WHEN, Approve, HOA, proposal=life.state.proposals[0].id)
    assert "resolved" == life.phase()


def test_a_business_failure_that_nothing_declares_is_an_incident() -> None:
    life = paying()

    life.fail("pay:1", "account_closed", business=True)

    assert ["account_closed"] == [one.code for one in life.state.incidents]


def test_a_declared_business_failure_follows_its_outcome() -> None:
    steps = list(procedure().steps)
    pay = steps[3].model_copy(update={"on_failure": "review"})
    life = reviewed(Life(pin_of(procedure().model_copy(update={"steps": (*steps[:3], pay)}))))
    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")

    life.fail("pay:1", "account_closed", business=True)

    assert ["review:2"] == life.open_tasks()
    assert life.state.decided_at is None
    called = life.last("called").data
    assert ("account_closed", True) == (called["outcome"], called["business"])


def test_an_effect_the_driver_lost_is_an_incident_and_one_it_was_asked_to_end_is_not() -> None:
    life = paying()
    life.tell(EffectCancelled(id="pay:1"))
    assert ["effect-cancelled"] == [one.code for one in life.state.incidents]

    seq = life.state.seq
    life.tell(EffectCancelled(id="unheard:1"))
    assert [] == life.kinds(seq)


def test_an_answer_nobody_waits_for_changes_nothing() -> None:
    life = accepted()
    before = life.state

    life.answer("review:1")
    life.fail("decision:7", "attempts-used-up")

    assert before == life.state


def test_an_ending_closes_what_an_incident_parked_and_may_be_undone() -> None:
    life = accepted(Life(by_hand=("Document.render",)))
    life.fail("_receipt:1", "attempts-used-up")

    life.do("2026-03-05T09:00", Withdraw, LAN)

    assert "ended" == life.last("incident_resolved").data["how"]
    assert () == life.state.incidents


def test_a_case_with_an_incident_is_not_archived() -> None:
    life = accepted(Life(by_hand=("Notification.send",)))
    life.do("2026-03-05T09:00", Withdraw, LAN)
    for notice in life.in_flight():
        life.fail(notice, "attempts-used-up")

    assert "not-settled" == life.refused("2026-03-06T09:00", Archive, KHO)


def test_signing_waits_for_the_draft_whatever_becomes_of_it() -> None:
    life = accepted(Life(by_hand=("Document.render", "Connector.call")))
    for one in list(life.in_flight()):
        life.answer(one, result={"document": "document:r", "digest": "sha256:r"})
    life.do("2026-03-12T15:00", CompleteTask, AN, task="review:1", outcome="approve", form="form:f2")
    life.fail("decision:1", "attempts-used-up")

    life.do("2026-03-13T09:00", ResolveIncident, DUNG, incident=incident(life), how="retry")
    life.answer("decision:1", result={"document": "document:d", "digest": "sha256:d"})

    assert ["sign:1"] == life.open_tasks()
    assert isinstance(life.orders("Document.render")[-1], Perform)
    stopping = {"reason": REASON, "ground": "g", "settlement": "nothing_due"}
    assert Outcome.PROPOSED == life.do("2026-03-13T10:00", Stop, BINH, **stopping).outcome


def test_what_a_person_gives_has_the_shape_of_the_answer() -> None:
    life = broken()
    given = {"incident": incident(life), "how": "correct", "evidence": "document:slip"}

    assert "cannot-skip" == life.refused(WHEN, ResolveIncident, BINH, **given)
    assert "form-invalid" == life.refused(WHEN, ResolveIncident, BINH, result={}, **given)
    assert "unknown-outcome" == life.refused(WHEN, ResolveIncident, BINH, result={"outcome": "surprise"}, **given)


def test_a_version_is_never_pinned_by_hand() -> None:
    life = Life(by_hand=("Intake.register",))
    submit(life)
    life.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)
    life.fail("_accept:1", "attempts-used-up")
    given = {"incident": incident(life), "how": "correct", "evidence": "document:slip"}
    result = {"code": "H-9", "receipt": "R-9", "routes": {}, "pin": "sha256:other"}

    assert "form-invalid" == life.refused("2026-03-02T11:00", ResolveIncident, MAI, result=result, **given)
