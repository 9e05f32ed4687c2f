"""A sender takes back what was offered, or what nobody has worked on yet."""

from tests.workflows.core.life import ALL_GOOD, AN, BASE, MAI, REASON, Life, accepted, at, submit
from workflows.core.events import Accept, Approval, CompleteTask, ConfirmHandover, HandOver, Recall
from workflows.core.state import Outcome

WHEN = "2026-03-02T11:00"


def offered() -> Life:
    life = Life()
    submit(life)
    life.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)
    return life


def test_an_offer_nobody_confirmed_is_taken_back_and_has_to_be_made_again() -> None:
    life = offered()

    life.do(WHEN, Recall, MAI, handover="_handover:1", reason=REASON)

    assert ["recalled", "task_opened"] == [kind for kind in life.kinds() if kind in ("recalled", "task_opened")][-2:]
    assert ["_transfer:1"] == life.open_tasks()
    assert "no-such-handover" == life.refused(WHEN, ConfirmHandover, AN, handover="_handover:1")
    assert "recalled" == life.orders("Notification.send")[-1].with_["notice"]
    life.do(WHEN, HandOver, MAI, to="unit:province")
    life.do(WHEN, ConfirmHandover, AN, handover="_handover:2")
    assert ["review:1"] == life.open_tasks()


def test_the_limit_runs_on_through_a_recall() -> None:
    life = offered()

    life.do(WHEN, Recall, MAI, handover="_handover:1", reason=REASON)

    assert at("2026-03-27T23:59:59.999999") == life.due()


def test_only_the_sender_recalls_and_says_why() -> None:
    life = offered()

    assert "wrong-unit" == life.refused(WHEN, Recall, AN, handover="_handover:1", reason=REASON)
    assert "reason-required" == life.refused(WHEN, Recall, MAI, handover="_handover:1")
    assert "no-such-handover" == life.refused(WHEN, Recall, MAI, handover="_handover:9", reason=REASON)


def test_what_was_confirmed_comes_back_only_with_the_receivers_consent() -> None:
    life = accepted()

    assert Outcome.PROPOSED == life.do(WHEN, Recall, MAI, handover="_handover:1", reason=REASON).outcome
    other = accepted()
    other.do(WHEN, Recall, MAI, handover="_handover:1", reason=REASON, approval=Approval(actor=AN))

    assert ["_transfer:1"] == other.open_tasks()
    assert BASE == next(task.unit for task in other.state.tasks)


def test_what_somebody_has_worked_on_stays_where_it_is() -> None:
    life = accepted()
    life.do("2026-03-03T09:00", CompleteTask, AN, task="review:1", outcome="approve", form="form:f2")

    assert "no-such-handover" == life.refused("2026-03-03T10:00", Recall, MAI, handover="_handover:1", reason=REASON)


def test_a_dossier_offered_before_acceptance_is_taken_back_too() -> None:
    life = Life()
    submit(life)
    life.do("2026-03-02T10:00", HandOver, MAI, to="unit:other")

    life.do(WHEN, Recall, MAI, handover="_handover:1", reason=REASON)

    assert ("submitted", ["_intake:1"]) == (life.phase(), life.open_tasks())
