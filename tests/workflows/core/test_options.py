from tests.workflows.core.life import (
    AN,
    BASE,
    BINH,
    DUNG,
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
from workflows.core.events import Actor, Stop
from workflows.core.options import Option, options


def by_id(life: Life, actor: Actor) -> dict[str, Option]:
    return {option.id: option for option in options(life.pin, life.state, actor, life.now)}


def allowed(life: Life, actor: Actor) -> list[str]:
    return [id for id, option in by_id(life, actor).items() if option.refusal is None]


def test_an_officer_sees_the_outcomes_of_the_open_task_and_what_else_may_be_done() -> None:
    found = allowed(accepted(), AN)

    assert ["review:1/complete_task/approve", "review:1/complete_task/reject", "review:1/send_back/desk"] == found[:3]
    assert {"ask_supplement", "hand_over", "stop"} <= set(found)


def test_the_rest_says_why_not_in_two_languages() -> None:
    refusal = by_id(accepted(), AN)["accept"].refusal

    assert refusal is not None
    assert "already-accepted" == refusal.code
    assert "H-1" in refusal.sentence["vi"] and "H-1" in refusal.sentence["en"]


def test_what_needs_a_second_person_says_so() -> None:
    options_of = by_id(accepted(), AN)

    assert options_of["stop"].proposes
    assert not options_of["review:1/complete_task/approve"].proposes


def test_an_applicant_sees_what_applicants_may_do() -> None:
    assert ["withdraw", "amend", "link"] == allowed(accepted(), LAN)
    assert ["withdraw", "send_supplement", "amend", "link"] == allowed(asked(), LAN)
    refusal = by_id(asked(), Actor(ref="account:stranger"))["withdraw"].refusal
    assert refusal is not None and "not-a-party" == refusal.code


def test_the_desk_may_accept_ask_refuse_or_hand_on() -> None:
    life = Life()
    submit(life)

    found = allowed(life, MAI)

    verbs = ("accept", "ask_supplement", "refuse", "hand_over")
    assert [f"_intake:1/{verb}" for verb in verbs] == found[:4]
    assert {"amend", "ask_fee", "link", "correct_entry"} == set(found[4:])


def test_a_missing_paper_keeps_the_desk_from_accepting() -> None:
    life = Life()
    submit(life, papers=())

    refusal = by_id(life, MAI)["_intake:1/accept"].refusal

    assert refusal is not None and "unchecked-papers" == refusal.code


def test_an_incident_offers_its_ways_to_those_who_may() -> None:
    life = paying()
    life.fail("pay:1", "attempts-used-up")
    incident = life.state.incidents[0].id

    operators = by_id(life, DUNG)
    assert operators[f"{incident}/resolve_incident/retry"].refusal is None
    assert operators[f"{incident}/resolve_incident/skip"].refusal is not None


def test_a_proposal_is_offered_to_the_second_person() -> None:
    life = accepted()
    life.do("2026-03-03T09:00", Stop, AN, reason=REASON, ground="g", settlement="nothing_due")

    proposal = life.state.proposals[0].id
    assert {f"{proposal}/approve", f"{proposal}/deny"} <= set(allowed(life, BINH))


def test_looking_changes_nothing_and_agrees_with_the_case() -> None:
    for life, actor in ((reviewed(), BINH), (resolved(), MAI), (asked(), AN)):
        before = machine.dump(life.state)
        options(life.pin, life.state, actor, at("2026-03-20T09:00"))

        assert before == machine.dump(life.state)


def test_the_delivery_of_a_result_is_offered_at_its_unit() -> None:
    assert "_delivery:1/deliver" in allowed(resolved(), MAI)
    elsewhere = Actor(ref="officer:x", function="one_stop", unit="unit:other")
    assert BASE != elsewhere.unit and "deliver" not in allowed(resolved(), elsewhere)
