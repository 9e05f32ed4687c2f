"""The joins of language.md 4.4, and what becomes of the branches that are no longer needed."""

import pytest

from procedures.language.model.steps import ParallelStep
from tests.workflows.core.joint import Joint, routed
from tests.workflows.core.life import GROUND, LAN, REASON, at
from workflows.core.events import AskSupplement, Item, SendBack, Withdraw
from workflows.core.joining import Tally, outcome_of
from workflows.core.pin import Pin
from workflows.core.state import TrackState, Verdict

ROUTE = """
  - id: ask
    parallel:
      join: {join}
      branches:
        first:
          label: {{vi: Thứ nhất, en: First}}
          {first}
          steps:
            - id: one
              task: {{by: benefits, title: {{vi: Một, en: One}}, within: 2 working days}}
              outcomes: {{approve: end, reject: end_refused, return: desk}}
        second:
          label: {{vi: Thứ hai, en: Second}}
          {second}
          steps:
            - id: two
              task: {{by: collection, title: {{vi: Hai, en: Two}}, within: 2 working days}}
              outcomes: {{approve: end, reject: end_refused}}
        third:
          label: {{vi: Thứ ba, en: Third}}
          within: 3 working days
          {third}
          steps:
            - id: three_paper
              document: {{template: opinion}}
            - id: three
              task: {{by: book_card, title: {{vi: Ba, en: Three}}, within: 2 working days}}
              outcomes: {{approve: end, reject: end_refused}}
    outcomes: {{granted: paper, {partly}refused: refuse}}
  - id: paper
    document: {{template: paper, number_from: decisions, result: paper}}
  - id: sign
    sign: {{by: leader, documents: [paper, three_paper], title: {{vi: Ký, en: Sign}}}}
    outcomes: {{sign: end, return: ask}}
"""

ALL, ANY = "all", "any"
QUORUM = "quorum\n      quorum: 2"
ON_GROUND = "on_ground\n      lead: benefits"


def route(join: str, *, first: str = "", second: str = "", third: str = "") -> Pin:
    partly = "partly: paper, " if join in (ALL, ON_GROUND) else ""
    return routed(ROUTE.format(join=join, first=first, second=second, third=third, partly=partly))


def step_of(join: str) -> ParallelStep:
    step = route(join).procedure.step("ask")
    assert isinstance(step, ParallelStep)
    return step


@pytest.mark.parametrize(
    ("join", "granted", "refused", "awaited", "outcome"),
    [
        (ALL, 2, 0, 1, None),
        (ALL, 3, 0, 0, Verdict.GRANTED),
        (ALL, 2, 1, 0, Verdict.PARTLY),
        (ALL, 0, 3, 0, Verdict.REFUSED),
        (ANY, 0, 2, 1, None),
        (ANY, 1, 0, 2, Verdict.GRANTED),
        (ANY, 0, 3, 0, Verdict.REFUSED),
        (QUORUM, 1, 1, 1, None),
        (QUORUM, 2, 0, 1, Verdict.GRANTED),
        (QUORUM, 0, 2, 1, Verdict.REFUSED),
        (ON_GROUND, 1, 1, 1, None),
        (ON_GROUND, 1, 1, 0, Verdict.PARTLY),
    ],
)
def test_the_table_of_joins(join: str, granted: int, refused: int, awaited: int, outcome: Verdict | None) -> None:
    assert outcome == outcome_of(step_of(join), Tally(granted, refused, awaited, awaited))


def test_one_answer_is_enough_and_what_the_others_had_is_taken_back() -> None:
    life = Joint(route(ANY)).accept()
    seq = life.state.seq

    life.complete("2026-03-03T09:00", "one", "approve")

    kinds = life.kinds(seq)
    ended = kinds[kinds.index("task_completed") :][:7]
    cancelled = ["branch_cancelled", "branch_cancelled", "result_superseded", "task_cancelled", "task_cancelled"]
    assert ["task_completed", "joined", *cancelled] == ended
    assert ["sign:1"] == life.open_tasks()
    assert [TrackState.DONE, TrackState.CANCELLED, TrackState.CANCELLED] == [t.state for t in life.state.tracks[1:]]
    running = [clock.id for clock in life.state.clocks if clock.state == "running"]
    assert not [id for id in running if "ask/" in id]
    assert "superseded" == next(one.state for one in life.state.results if one.step == "three_paper")


def test_an_answer_to_a_draft_that_is_no_longer_needed_changes_nothing() -> None:
    life = Joint(route(ANY), by_hand=("Document.render",)).accept()
    life.complete("2026-03-03T09:00", "one", "approve")
    seq = life.state.seq

    life.answer("ask/third/three_paper:1", result={"document": "document:late", "digest": "d"})

    assert [] == life.kinds(seq)


def test_a_quorum_that_can_no_longer_be_met_leads_to_a_reasoned_answer() -> None:
    life = Joint(route(QUORUM)).accept()
    life.complete("2026-03-03T09:00", "one", "reject")

    life.complete("2026-03-03T10:00", "two", "reject")

    assert {"first": "refused", "second": "refused", "third": None} == life.last("joined").data["branches"]
    assert ["sign_refusal:1"] == life.open_tasks()
    life.complete("2026-03-04T10:00", "sign_refusal", "sign", by="binh")
    assert Verdict.REFUSED is life.state.verdict


def test_nobody_waits_for_an_optional_branch() -> None:
    life = Joint(route(ALL, third="optional: true")).accept()
    life.complete("2026-03-03T09:00", "one", "approve")

    life.complete("2026-03-03T10:00", "two", "approve")

    assert "granted" == life.last("joined").data["outcome"]
    assert TrackState.CANCELLED is life.track("ask/third").state


def test_branches_that_are_kept_go_on_until_the_case_has_its_result() -> None:
    life = Joint(route(f"{ANY}\n      rest: keep")).accept()
    life.complete("2026-03-03T09:00", "one", "approve")
    assert {"two", "three", "sign"} == set(life.open_steps())
    life.complete("2026-03-03T10:00", "two", "reject")
    assert 1 == life.kinds().count("joined")

    life.complete("2026-03-04T10:00", "sign", "sign")

    assert ["ask/third"] == [entry.node for entry in life.journal if entry.kind == "branch_cancelled"]
    assert (Verdict.GRANTED, "delivered") == (life.state.verdict, life.phase())


def test_a_branch_that_is_not_for_this_case_does_not_begin() -> None:
    life = Joint(route(ALL, second="channels: post")).accept()

    assert ["one", "three"] == life.open_steps()
    assert {"branches": ["first", "third"]} == life.last("branched").data


def test_where_no_branch_is_for_this_case_it_goes_on_as_granted() -> None:
    life = Joint(route(ALL, first="channels: post", second="channels: post", third="channels: post"))

    life.accept()

    assert ["sign:1"] == life.open_tasks()


def test_what_was_asked_of_the_applicant_for_a_branch_ends_with_it() -> None:
    life = Joint(route(ANY)).accept()
    asking = {"items": (Item(id="request", kind="incorrect"),), "ground": GROUND, "task": life.task("three").key}
    life.do("2026-03-03T09:00", AskSupplement, life.actor("three"), **asking)
    assert life.due() is None

    life.complete("2026-03-04T09:00", "one", "approve")

    assert "no_longer_needed" == getattr(life.last("supplement_cancelled").reason, "code", None)
    assert at("2026-04-01T23:59:59.999999") == life.due()
    assert "signing" == life.phase()


def test_who_withdraws_ends_every_branch() -> None:
    """core.md section 9, scenario 14."""
    life = Joint(route(ALL)).accept()

    life.do("2026-03-03T09:00", Withdraw, LAN)

    cancelled = [entry.node for entry in life.journal if entry.kind == "branch_cancelled"]
    assert ["ask/first", "ask/second", "ask/third"] == cancelled
    assert ("withdrawn", []) == (life.phase(), life.open_tasks())


def test_a_desk_task_of_a_branch_ends_with_it() -> None:
    life = Joint(route(ANY)).accept()
    life.do("2026-03-03T09:00", SendBack, life.actor("one"), task=life.task("one").key, to="desk", reason=REASON)

    life.complete("2026-03-04T09:00", "two", "approve")

    assert ["sign:1"] == life.open_tasks()
