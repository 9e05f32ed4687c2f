"""What a step may read: values that every way to it has set, through branches, waits and payments."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.procedures.language.flows import Step, decide, document, parallel, put, task
from tests.procedures.language.house import House

PAPER = document("paper", "payment")
FORM = {"amount": {"type": "money", "label": {"vi": "Số tiền"}}}
OTHER = task("other", {"approve": "end", "reject": "end_refused"})


def _told(house: House, *steps: Step) -> list[str]:
    return [f"{problem.code} {problem.message}" for problem in put(house, *steps).load().problems]


def _asking(id: str, outcomes: dict[str, Any], **more: Any) -> Step:
    return task(id, outcomes, form=FORM, **more)


def _last(condition: str) -> list[Step]:
    """Read something after what comes first."""
    return [decide("last", "paper", refuse=condition), PAPER]


ABSENT = "maybe-absent 'check.amount' may be absent here: not every way here sets it in 'check'"
CHECK = _asking("check", {"approve": "end", "reject": "end_refused"})
ON_APPROVAL = {"amount": {**FORM["amount"], "outcomes": ["approve"]}}
APPROVED = {**CHECK, "form": ON_APPROVAL}
BRANCHES: Mapping[str, tuple[Step, list[str]]] = {
    "all branches are awaited": (parallel("both", {"a": [CHECK], "b": [OTHER]}), []),
    "the join holds without it": (parallel("both", {"a": [CHECK], "b": [OTHER]}, join="any"), [ABSENT]),
    "the lead goes on without it": (
        parallel("both", {"a": [CHECK], "b": [OTHER]}, join="on_ground", keys={"lead": "leader"}),
        [ABSENT],
    ),
    "it is not awaited": (
        parallel("both", {"a": [CHECK], "b": [OTHER]}, branch={"a": {"optional": True}}),
        [ABSENT],
    ),
    "it is only for some": (
        parallel("both", {"a": [CHECK], "b": [OTHER]}, branch={"a": {"when": "form.self_bought"}}),
        [ABSENT],
    ),
    "it is set only where the branch grants": (parallel("both", {"a": [APPROVED], "b": [OTHER]}), [ABSENT]),
    "and only granted branches go on": (
        parallel(
            "both",
            {"a": [APPROVED], "b": [OTHER]},
            outcomes={"granted": "last", "partly": "refuse", "refused": "refuse"},
        ),
        [],
    ),
    "the whole step may be skipped": (
        parallel("both", {"a": [CHECK], "b": [OTHER]}, skip_when="form.self_bought"),
        [ABSENT],
    ),
}


@pytest.mark.parametrize("why", BRANCHES)
def test_a_value_of_a_branch_is_sure_after_the_join_or_not(house: House, why: str) -> None:
    step, expected = BRANCHES[why]

    assert expected == _told(house, step, *_last("check.amount > 5"))


def test_a_branch_reads_what_was_sure_before_it_and_not_its_neighbour(house: House) -> None:
    first = _asking("first", {"approve": "both"})
    a = [_asking("check", {"approve": "end"})]
    b = [decide("look", "other", other="first.amount > 5"), task("other", {"approve": "end"})]
    wrong = [decide("look", "other", other="check.amount > 5"), task("other", {"approve": "end"})]

    told = _told(house, first, parallel("both", {"a": a, "b": b}), PAPER)
    beside = _told(house, first, parallel("both", {"a": a, "b": wrong}), PAPER)

    assert [] == told
    assert [ABSENT] == beside


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("both.outcome == 'granted'", []),
        ("both.outcome == 'grant'", ["unknown-option 'grant' is no option of 'both.outcome'"]),
        ("other.outcome == 'approve'", []),
        ("case.late || case.verified", []),
    ],
)
def test_a_step_is_known_by_how_it_ended(house: House, condition: str, expected: list[str]) -> None:
    assert expected == _told(house, parallel("both", {"a": [CHECK], "b": [OTHER]}), *_last(condition))


def test_what_a_message_brings_is_sure_once_it_has_arrived(house: House) -> None:
    remedy = {"message": "report", "sender": "applicant", "within": "60 calendar days"}
    check = {"id": "check", "wait": remedy, "form": FORM}

    arrived = _told(house, {**check, "outcomes": {"arrived": "last", "expired": "refuse"}}, *_last("check.amount > 5"))
    either = _told(house, {**check, "outcomes": {"arrived": "last", "expired": "last"}}, *_last("check.amount > 5"))

    assert [] == arrived
    assert [ABSENT] == either


def test_a_loop_back_keeps_what_every_way_has_set(house: House) -> None:
    check = _asking("check", {"approve": "last", "incomplete": "repair"})
    repair = task("repair", {"confirm": "check"})

    assert [] == _told(house, check, repair, *_last("check.amount > 5"))
    assert ["maybe-absent 'repair.outcome' may be absent here: not every way here passes 'repair'"] == _told(
        house, check, repair, *_last("repair.outcome == 'confirm'")
    )


def test_steps_of_the_same_people_are_sure_for_each_other(house: House) -> None:
    online = _asking("check", {"approve": "last"}, channels="online")
    same = {**decide("last", "paper", refuse="check.amount > 5"), "channels": "online"}

    assert [] == _told(house, online, same, PAPER)
    assert [ABSENT] == _told(house, online, *_last("check.amount > 5"))


@pytest.mark.parametrize(
    ("of_branch", "of_field", "expected"),
    [
        ({"channels": "online"}, "channels: online", []),
        ({"when": "form.self_bought"}, "when: form.self_bought", []),
        ({"when": "form.self_bought"}, "channels: online, when: form.self_bought", ["maybe-absent"]),
        ({"channels": "online"}, "channels: counter", ["maybe-absent"]),
        ({}, "channels: online", ["maybe-absent"]),
    ],
)
def test_a_branch_only_for_some_reads_what_they_were_asked(
    house: House, of_branch: dict[str, str], of_field: str, expected: list[str]
) -> None:
    house.change("form:\n", f"form:\n  remote: {{type: boolean, {of_field}, label: {{vi: Vùng xa}}}}\n")
    branch = [decide("look", "other", other="form.remote"), OTHER]

    told = _told(house, parallel("both", {"a": branch, "b": [CHECK]}, branch={"a": of_branch}), PAPER)

    assert expected == [one.partition(" ")[0] for one in told]


def test_a_supplement_that_never_comes_refuses_the_branch_that_asked(house: House) -> None:
    steps = [parallel("both", {"a": [_asking("check", {"approve": "end"})], "b": [OTHER]}), *_last("check.amount > 5")]

    stops = _told(house, *steps)
    refuses = _told(house.change("on_expiry: stop", "on_expiry: refuse"), *steps)

    assert [] == stops
    assert [ABSENT] == refuses
