"""Opinions of those who were asked: as they come from elsewhere, replaced, and gone on without."""

from tests.workflows.core.joint import Joint, routed
from tests.workflows.core.life import REASON, at
from tests.workflows.core.test_joining import ALL, ON_GROUND, route
from workflows.core.events import Actor, Approval, Approve, JoinOnGround, Message, MissingOpinion, ReplaceOpinion

LEAD = Actor(ref="officer:lead", function="benefits", unit="competent")
LEADER = Actor(ref="officer:binh", function="leader", unit="competent")
WHEN = "2026-03-04T09:00"
ASKED = """
  - id: ask
    parallel:
      join: all
      branches:
        system:
          label: {vi: Hệ thống, en: System}
          steps:
            - id: query
              call: {connector: police_system, operation: opinion, with: {number: "7"}}
              outcomes: {agree: end, disagree: end_refused}
        person:
          label: {vi: Cán bộ, en: Person}
          steps:
            - id: opinion
              task: {by: benefits, title: {vi: Ý kiến, en: Opinion}}
              form: {remark: {type: long_text, outcomes: disagree, label: {vi: Ý kiến, en: Remark}}}
              outcomes:
                agree: {then: end, label: {vi: Thống nhất, en: Agree}}
                disagree: {then: end, reason: required, label: {vi: Không, en: No}}
  - id: choose
    decide:
      - {when: opinion.outcome == "agree", then: last}
      - {otherwise: refuse}
  - id: last
    task: {by: collection, title: {vi: Cuối, en: Last}, result: paper}
    outcomes: {confirm: end}
"""


def asked() -> Joint:
    return Joint(routed(ASKED)).accept()


def opinion(key: str, outcome: str, **data: object) -> Message:
    said = {"outcome": outcome, **data}
    return Message(id=f"m-{key}-{outcome}", source="police", name="opinion_received", key=key, data=said)  # type: ignore[arg-type]


def grounds(*branches: str) -> tuple[MissingOpinion, ...]:
    return tuple(MissingOpinion(branch=one, ground="command:c/ground", document="document:letter") for one in branches)


def test_the_answer_of_another_system_is_the_opinion_of_its_branch() -> None:
    life = asked()

    life.tell(opinion("ask/system/query:1", "disagree"), at(WHEN))

    assert ("opinion_given", "disagree") == (
        life.last("opinion_given").kind,
        life.last("opinion_given").data["outcome"],
    )
    assert "refused" == life.track("ask/system").verdict
    assert [] == [clock.id for clock in life.state.clocks if clock.kind == "answer" and clock.stopped_at is None]


def test_an_agency_may_answer_through_its_own_system_instead_of_the_task() -> None:
    life = asked()

    life.tell(opinion("ask/person/opinion:1", "disagree", form="form:o", reason="no"), at(WHEN))

    assert [] == life.open_tasks()
    assert "granted" == life.track("ask/person").verdict
    assert "form:o" == life.state.forms["opinion"]


def test_what_nobody_asked_or_declared_is_held() -> None:
    life = asked()

    for key, outcome, why in (
        ("nothing:1", "agree", "nobody-waits"),
        ("ask/system/query:1", "perhaps", "unknown-outcome"),
        ("ask/person/opinion:1", "perhaps", "unknown-outcome"),
        ("ask/person/opinion:1", "disagree", "form-missing"),
    ):
        life.tell(opinion(key, outcome), at(WHEN))
        assert why == life.state.held[-1].why


def test_an_opinion_is_replaced_by_who_gave_it_and_the_next_step_reads_the_new_one() -> None:
    life = asked()
    who = life.actor("opinion")
    life.complete(WHEN, "opinion", "agree")
    key = {"opinion": "ask/person/opinion:1", "outcome": "disagree", "form": "form:n", "reason": REASON}
    stranger = Actor(ref="officer:x", function="collection", unit="competent")
    assert "wrong-function" == life.refused(WHEN, ReplaceOpinion, stranger, **key)
    assert "reason-required" == life.refused(WHEN, ReplaceOpinion, who, **{**key, "reason": None})

    life.do("2026-03-05T09:00", ReplaceOpinion, who, **key)
    life.tell(opinion("ask/system/query:1", "agree"), at("2026-03-06T09:00"))

    assert ("opinion_replaced", "disagree") == (life.last("opinion_replaced").kind, life.state.facts["opinion.outcome"])
    assert {"row": 2, "rule": "otherwise", "target": "refuse"} == life.last("decided").data


def test_an_opinion_nobody_gave_cannot_be_replaced() -> None:
    life = asked()

    for key in ("ask/person/opinion:1", "ask/person/opinion:2", "nothing:1", "choose:1"):
        code = life.refused(WHEN, ReplaceOpinion, LEAD, opinion=key, outcome="agree", reason=REASON)
        assert "no-such-task" == code


def test_the_lead_goes_on_without_those_who_never_answered_with_ground_and_paper_for_each() -> None:
    life = Joint(route(ON_GROUND)).accept().complete(WHEN, "one", "approve")
    some = {"step": "ask", "grounds": grounds("second")}
    assert "ground-required" == life.refused("2026-03-10T09:00", JoinOnGround, LEAD, **some)
    assert "wrong-function" == life.refused("2026-03-10T09:00", JoinOnGround, LEADER, **some)

    approval = Approval(actor=LEADER)
    both = grounds("second", "third")
    life.do("2026-03-10T09:00", JoinOnGround, LEAD, step="ask", grounds=both, approval=approval)
    life.take_over("2026-03-10T09:00")

    assert ["sign:1"] == life.open_tasks()
    joined = life.last("joined_on_ground")
    assert ("ask:1", "granted") == (joined.node, joined.data["outcome"])
    cancelled = [entry.node for entry in life.journal if entry.kind == "branch_cancelled"]
    assert ["ask/second", "ask/third"] == cancelled


def test_going_on_without_is_proposed_and_judged_again_at_its_approval() -> None:
    life = Joint(route(ON_GROUND)).accept()
    life.do(WHEN, JoinOnGround, LEAD, step="ask", grounds=grounds("first", "second", "third"))
    life.complete("2026-03-05T09:00", "two", "reject")

    life.do("2026-03-06T09:00", Approve, LEADER, proposal=life.state.proposals[0].id)

    assert "refused" == life.last("joined_on_ground").data["outcome"]
    life.take_over("2026-03-06T09:00")
    assert ["sign_refusal:1"] == life.open_tasks()


def test_a_join_that_needs_every_answer_cannot_go_on_without_one() -> None:
    life = Joint(route(ALL)).accept()

    every = {"step": "ask", "grounds": grounds("first", "second", "third")}
    assert "join-not-on-ground" == life.refused(WHEN, JoinOnGround, LEAD, **every)
    assert "join-not-on-ground" == life.refused(WHEN, JoinOnGround, LEAD, **{**every, "step": "paper"})
