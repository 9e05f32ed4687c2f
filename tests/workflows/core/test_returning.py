"""Work sent back into and past branches and lines: what lies between is void, the others keep their verdict."""

from tests.workflows.core.joint import HEAD, Joint, routed
from tests.workflows.core.life import REASON
from tests.workflows.core.test_joining import ALL, ANY, route
from tests.workflows.core.test_lines import approve, assess, filed
from workflows.core.events import SendBack
from workflows.core.state import TrackState, Verdict

WHEN = "2026-03-04T09:00"


def settled() -> Joint:
    """Three lines granted, the list drafted, the leader to sign."""
    return assess(filed(10, 3, 7), WHEN, **approve(1, 2, 3))


def back(life: Joint, task: str, when: str = "2026-03-05T09:00", **more: object) -> Joint:
    arguments = {"task": life.task(task).key, "reason": REASON, **more}
    life.do(when, SendBack, life.actor(task, "binh"), **arguments)
    return life.take_over(when)


def test_the_leader_sends_one_line_back_and_the_others_keep_their_verdict() -> None:
    life = settled()

    back(life, "sign", lines=("1",))

    assert ["review/1/assess:2"] == life.open_tasks()
    assert {"to": "review", "lines": ["1"]} == life.last("returned").data
    assert (2, TrackState.JOINING) == (life.track("").visit, life.track("").state)
    assert Verdict.GRANTED is life.track("review/2").verdict
    assert [("draft", "superseded")] == [(one.step, one.state) for one in life.state.results]
    assert ["review/2/assess.payable", "review/3/assess.payable"] == [
        name for name in life.state.facts if name.endswith("payable")
    ]


def test_the_line_that_came_back_is_assessed_anew_and_everything_after_it() -> None:
    life = back(settled(), "sign", lines=("1",))

    task = {"task": "review/1/assess:2", "outcome": "approve", "form": "form:b", "facts": {"payable": 1}}
    assess(life, "2026-03-05T10:00", **task)

    assert ["sign:2"] == life.open_tasks()
    assert 1_800_001 == life.state.facts["review.amount"]
    assert ["superseded", "draft"] == [one.state for one in life.state.results]
    assert 200 > len(life.state.visits)


def test_without_names_every_line_begins_anew() -> None:
    life = back(settled(), "sign")

    assert [f"review/{line}/assess:2" for line in (1, 2, 3)] == life.open_tasks()


def test_a_line_that_is_not_there_cannot_come_back() -> None:
    life = settled()
    arguments = {"task": life.task("sign").key, "reason": REASON, "lines": ("4",)}

    assert "bad-target" == life.refused("2026-03-05T09:00", SendBack, life.actor("sign"), **arguments)


def test_one_branch_is_asked_again() -> None:
    life = Joint(route(ALL)).accept()
    for step in ("one", "two", "three"):
        life.complete(WHEN, step, "approve")

    back(life, "sign", lines=("third",))

    assert ["ask/third/three:2"] == life.open_tasks()
    assert ["reply:ask/third", "reply:ask/third:2"] == [one.id for one in life.state.clocks if one.kind == "reply"]
    life.complete("2026-03-06T09:00", "three", "reject")
    assert {"first": "granted", "second": "granted", "third": "refused"} == life.last("joined").data["branches"]


def test_branches_that_were_not_needed_are_asked_all_the_same_when_the_step_is_entered_anew() -> None:
    life = Joint(route(ANY)).accept()
    life.complete(WHEN, "one", "approve")

    back(life, "sign")

    assert ["one", "three", "two"] == sorted(life.open_steps())


BEHIND = """
  - id: first
    task: {by: benefits, title: {vi: Đầu, en: First}}
    outcomes: {confirm: ask}
  - id: ask
    parallel:
      join: all
      branches:
        paid:
          label: {vi: Chi, en: Paid}
          steps:
            - id: amount
              task: {by: benefits, title: {vi: Số tiền, en: Amount}}
              form: {sum: {type: money, label: {vi: Số tiền, en: Amount}}}
              outcomes: {confirm: pay, reject: end}
            - id: pay
              call: {connector: treasury, operation: pay, with: {amount: amount.sum, account: form.account}}
        told:
          label: {vi: Ý kiến, en: Opinion}
          steps:
            - id: opinion
              task: {by: collection, title: {vi: Ý kiến, en: Opinion}}
              outcomes: {confirm: end}
    outcomes: {granted: last, partly: last, refused: last}
  - id: last
    task: {by: benefits, title: {vi: Cuối, en: Last}, result: paper}
    outcomes: {confirm: end, return: first}
"""
HEAD_WITH_ACCOUNT = """
form:
  account: {type: bank_account, label: {vi: Tài khoản, en: Account}}
"""


def behind(outcome: str) -> Joint:
    """Past a step with branches; with `confirm` money is on its way."""
    life = Joint(routed(BEHIND, head=HEAD + HEAD_WITH_ACCOUNT)).accept()
    life.complete(WHEN, "first", "confirm", by="an")
    life.complete(WHEN, "opinion", "confirm")
    return life.complete(WHEN, "amount", outcome)


def test_past_branches_everything_that_began_in_them_is_void() -> None:
    life = behind("reject")
    assert {"opinion", "amount"} <= set(life.state.doers)

    back(life, "last")

    assert (["first:2"], [""]) == (life.open_tasks(), [track.path for track in life.state.tracks])
    assert {} == life.state.joins
    assert ["first"] == [*life.state.doers]
    life.complete("2026-03-05T10:00", "first", "confirm")
    assert ["ask/paid/amount:2", "ask/told/opinion:2"] == life.open_tasks()


def test_nothing_is_sent_back_past_what_a_branch_has_paid_out() -> None:
    life = behind("confirm")
    life.answer("ask/paid/pay:1", result={"outcome": "done"})
    arguments = {"task": life.task("last").key, "reason": REASON}

    assert "cannot-undo" == life.refused("2026-03-05T09:00", SendBack, life.actor("last"), **arguments)


def test_branches_that_were_kept_open_end_and_begin_anew_with_the_others() -> None:
    life = Joint(route(f"{ANY}\n      rest: keep")).accept()
    life.complete(WHEN, "one", "approve")
    assert {"two", "three", "sign"} == set(life.open_steps())

    back(life, "sign")

    assert ["ask/first/one:2", "ask/second/two:2", "ask/third/three:2"] == sorted(life.open_tasks())
