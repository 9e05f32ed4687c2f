from tests.workflows.core.life import (
    ALL_GOOD,
    AN,
    BINH,
    LAN,
    MAI,
    REASON,
    Life,
    accepted,
    asked,
    at,
    paying,
    resolved,
    reviewed,
    submit,
)
from workflows.core import machine
from workflows.core.events import Accept, Deliver, GivenPaper, SendBack, SendSupplement, Stop
from workflows.core.views import Snapshot, TaskView, dump_snapshot

STOPPING = {"reason": None, "ground": "g", "settlement": "nothing_due"}


def shown(life: Life) -> Snapshot:
    return machine.snapshot(life.pin, life.state, life.now)


def tasks(life: Life) -> list[tuple[str, str, str, str]]:
    return [(task.key, task.kind, task.function, task.unit) for task in shown(life).tasks]


def test_a_snapshot_says_where_the_case_is_and_until_when() -> None:
    snapshot = shown(accepted())

    assert ("processing", 4, "H-1", "R-1") == (snapshot.phase, snapshot.national_code, snapshot.code, snapshot.receipt)
    assert ("1.014140", 1, "unit:base", "unit:province") == (
        snapshot.procedure,
        snapshot.version,
        snapshot.receiving,
        snapshot.unit,
    )
    assert at("2026-03-27T23:59:59.999999") == snapshot.due == snapshot.original_due
    assert at("2026-03-06T07:30") == snapshot.next_boundary


def test_a_task_offers_its_outcomes_by_the_verbs_that_take_them() -> None:
    task: TaskView = shown(accepted()).tasks[0]

    ways = [(choice.verb, choice.outcome, choice.to, choice.reason) for choice in task.choices]
    assert [
        ("complete_task", "approve", None, "none"),
        ("complete_task", "reject", None, "required"),
        ("send_back", "return", "desk", "required"),
    ] == ways
    assert at("2026-03-17T23:59:59.999999") == task.due


def test_a_task_names_who_may_not_do_it() -> None:
    assert (AN.ref,) == shown(reviewed()).tasks[0].not_by


def test_a_return_offers_the_former_form_to_the_same_officer() -> None:
    life = reviewed()
    life.do("2026-03-13T09:00", SendBack, BINH, task="sign:1", to="review", reason=REASON)
    task = shown(life).tasks[0]

    assert ("review:2", "form:f2", AN.ref) == (task.key, task.former, task.offered_to)


def test_handovers_approvals_and_incidents_are_tasks_of_somebody() -> None:
    offered = Life()
    submit(offered)
    offered.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)
    assert [("_handover:1", "handover", "medical_review", "unit:province")] == tasks(offered)

    proposed = accepted()
    proposed.do("2026-03-03T09:00", Stop, AN, **{**STOPPING, "reason": REASON})
    assert [("leader", "unit:province", "approval")] == [(one[2], one[3], one[1]) for one in tasks(proposed)]

    broken = paying()
    broken.fail("pay:1", "attempts-used-up")
    assert [("operator", "incident")] == [(one[2], one[1]) for one in tasks(broken)]


def test_an_open_round_says_what_was_asked_and_until_when() -> None:
    life = asked()
    request = shown(life).round

    assert request is not None
    assert (["invoices"], True) == ([item.id for item in request.items], request.suspends)
    assert at("2026-03-26T23:59:59.999999") == request.answer_by
    assert shown(life).suspended and shown(life).due is None
    life.do("2026-03-20T14:00", SendSupplement, LAN, papers=(GivenPaper(id="invoices"),))
    assert [("_check:1", "check", "one_stop", "unit:base")] == tasks(life)


def test_what_waits_for_the_applicant_is_a_held_task_of_who_asked() -> None:
    life = asked()
    (task,) = shown(life).tasks

    assert ("_request:1", "medical_review", "unit:province") == (task.key, task.function, task.unit)
    assert task.held and shown(life).round is not None
    assert at("2026-03-26T23:59:59.999999") == task.due


def test_the_steps_of_this_pass_are_told_in_order() -> None:
    steps = [(one.step, one.state) for one in shown(paying()).steps]

    assert [("review", "done"), ("decision", "done"), ("sign", "done"), ("pay", "open")] == steps
    assert "Medical review" == (shown(paying()).steps[0].title or {})["en"]


def test_a_case_always_waits_for_something_while_it_is_open() -> None:
    waits = {
        "task": accepted(),
        "applicant": asked(),
        "effect": paying(),
    }
    for what, life in waits.items():
        assert what in [wait.what for wait in shown(life).waits]
    delivered = resolved()
    delivered.do("2026-03-16T09:00", Deliver, MAI, recipient=LAN.ref, evidence="e")
    assert ["clock", "clock"] == [wait.what for wait in shown(delivered).waits]


def test_results_are_told_with_number_and_state() -> None:
    results = [(one.id, one.kind, one.state, one.number) for one in shown(resolved()).results]

    assert [("decision", "paper", "issued", "1/QD"), ("payment", "grant", "issued", None)] == results


def test_a_snapshot_is_plain_json_without_personal_values() -> None:
    document = str(dump_snapshot(shown(resolved())))

    assert "GD4797912345678" not in document
    assert "'phase': 'resolved'" in document
