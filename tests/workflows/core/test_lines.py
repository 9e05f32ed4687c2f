"""The same steps for every line of a list: one token, one outcome and one reason each, one command for several."""

from pydantic import JsonValue

from procedures.json_types import canonical_json
from tests.workflows.core.joint import Joint, declared, pin
from tests.workflows.core.life import DUNG, GROUND, LAN, REASON, pin_of
from workflows.core.documents import dump_state
from workflows.core.events import (
    AskSupplement,
    CompleteSupplement,
    CompleteTask,
    GivenPaper,
    Item,
    Party,
    Reason,
    Recorded,
    ResolveIncident,
    SendSupplement,
    Submit,
)
from workflows.core.state import TrackState, Verdict

WHEN = "2026-03-04T09:00"


def filed(*days: int, by_hand: tuple[str, ...] = ("Connector.call",)) -> Joint:
    return Joint(pin("sickness"), by_hand=by_hand).accept(lines={"workers": tuple({"days": one} for one in days)})


def approve(*lines: int, payable: int = 900_000) -> dict[str, object]:
    first, *others = [f"review/{line}/assess:1" for line in lines]
    return {
        "task": first,
        "others": tuple(others),
        "outcome": "approve",
        "form": "form:a",
        "facts": {"payable": payable},
    }


def assess(life: Joint, when: str, **arguments: object) -> Joint:
    life.do(when, CompleteTask, life.actor(str(arguments["task"]), "an"), **arguments)
    return life


def test_lines_begin_in_the_order_of_filing_each_on_the_way_its_own_data_choose() -> None:
    life = filed(10, 150, 7)

    assert ["review/1/assess:1", "review/2/assess_long:1", "review/3/assess:1"] == sorted(life.open_tasks())
    assert {"lines": 3} == life.last("branched").data
    assert (TrackState.JOINING, "processing") == (life.track("").state, life.phase())


def test_several_lines_are_completed_in_one_command_each_with_its_own_entry() -> None:
    life = filed(10, 3, 7)

    assess(life, WHEN, **approve(1, 2))

    completed = [entry.node for entry in life.journal if entry.kind == "task_completed"]
    assert ["review/1/assess:1", "review/2/assess:1"] == completed
    assert ["review/3/assess:1"] == life.open_tasks()
    assert Verdict.GRANTED is life.track("review/1").verdict


def test_what_the_granted_lines_add_up_to_is_known_afterwards() -> None:
    life = assess(filed(10, 3, 7), WHEN, **approve(1, 2))
    rejected = {"task": "review/3/assess:1", "outcome": "reject", "reason": Reason(code="other", text="text:why")}
    assess(life, "2026-03-04T10:00", **rejected)

    assert {"outcome": "partly", "granted": 2, "refused": 1, "count": 3} == life.last("joined").data
    assert 1_800_000 == life.state.facts["review.amount"]
    assert ["sign:1"] == life.open_tasks()

    life.complete("2026-03-05T09:00", "sign", "sign", by="binh")
    assert 1_800_000 == life.orders("Connector.call")[0].with_["with"]["amount"]  # type: ignore[index,call-overload]
    life.answer("pay:1", result={"outcome": "done"})
    assert Verdict.PARTLY is life.state.verdict


def test_the_result_names_what_became_of_every_line_and_why() -> None:
    life = assess(filed(10, 3), WHEN, **approve(1))
    why = Reason(code="not_insured", text="text:why")

    assess(life, "2026-03-04T10:00", task="review/2/assess:1", outcome="reject", reason=why)

    drawn = next(one for one in life.orders("Document.render") if one.id == "draft:1").with_["lines"]
    said: JsonValue = {
        "review": [
            {"line": 1, "verdict": "granted", "forms": {"assess": "form:a"}},
            {"line": 2, "verdict": "refused", "forms": {}, "reason": {"code": "not_insured", "text": "text:why"}},
        ]
    }
    assert said == drawn


def test_where_every_line_is_refused_the_answer_gives_the_reasons() -> None:
    life = filed(10, 3)
    rejecting = {**approve(1, 2), "outcome": "reject", "form": None, "reason": REASON}

    assess(life, WHEN, **rejecting)

    assert "refused" == life.last("joined").data["outcome"]
    own = life.completing("sign_refusal", "sign")
    assert "same-person" == life.refused("2026-03-05T09:00", CompleteTask, life.actor("sign_refusal", "an"), **own)
    life.complete("2026-03-05T09:00", "sign_refusal", "sign", by="binh")
    assert (Verdict.REFUSED, "delivered") == (life.state.verdict, life.phase())
    answer = next(one for one in life.orders("Document.render") if one.id == "refuse:1")
    assert {"code": "other", "text": "command:c/reason"} == answer.with_["reason"]


def test_who_assessed_any_line_may_not_sign_the_list() -> None:
    life = assess(filed(10, 3), WHEN, **approve(1))
    life.do(WHEN, CompleteTask, life.actor("review/2/assess:1", "chi"), **approve(2))

    signing = life.completing("sign", "sign")
    for officer in ("an", "chi"):
        assert "same-person" == life.refused("2026-03-05T09:00", CompleteTask, life.actor("sign", officer), **signing)


def test_only_lines_at_the_same_step_go_together() -> None:
    life = filed(10, 150)
    actor = life.actor("review/1/assess:1")
    other_step = {**approve(1), "others": ("review/2/assess_long:1",)}
    nothing = {**approve(1), "others": ("review/9/assess:1",)}

    assert "form-invalid" == life.refused(WHEN, CompleteTask, actor, **other_step)
    assert "no-such-task" == life.refused(WHEN, CompleteTask, actor, **nothing)


def test_one_line_that_waits_for_papers_leaves_the_others_at_work() -> None:
    life = filed(10, 3)
    asking = {"items": (Item(id="list", kind="missing"),), "ground": GROUND, "task": "review/1/assess:1"}
    life.do("2026-03-03T09:00", AskSupplement, life.actor("review/1/assess:1"), **asking)

    assess(life, WHEN, **approve(2))

    assert ("supplementing", TrackState.HELD) == (life.phase(), life.track("review/1").state)
    rows = {"workers": ({"days": 10}, {"days": 3}, {"days": 9})}
    assert "form-invalid" == life.refused("2026-03-05T09:00", SendSupplement, LAN, form="form:f2", lines=rows)


def test_an_incident_in_one_line_leaves_the_others_running() -> None:
    """core.md section 9, scenario 2."""
    life = Joint(pin("sickness")).accept(lines={"workers": ({"days": "many"}, {"days": 3})})

    assert [("bad-expression", "review/1")] == [(one.code, one.track) for one in life.state.incidents]
    assert ["review/2/assess:1"] == life.open_tasks()


def test_a_sum_that_cannot_be_made_is_tried_again_by_a_person_and_never_guessed() -> None:
    life = assess(filed(10), WHEN, **{**approve(1), "facts": {"payable": "much"}})
    assert [("bad-expression", "")] == [(one.code, one.track) for one in life.state.incidents]

    life.do("2026-03-04T11:00", ResolveIncident, DUNG, incident=life.state.incidents[0].id, how="retry")

    assert ["bad-expression"] == [incident.code for incident in life.state.incidents]
    assert (TrackState.JOINING, []) == (life.track("").state, life.open_tasks())


def test_budgets_of_lines_are_forgotten_when_they_are_over() -> None:
    life = assess(filed(10, 3), WHEN, **approve(1))

    assert ["step:review/2/assess:1"] == [clock.id for clock in life.state.clocks if clock.kind == "step"]


def test_a_case_of_200_lines_with_twenty_rounds_stays_small() -> None:
    """Invariant 24: what the driver carries from run to run, at its fullest."""
    given = declared("sickness")
    supplement = given.supplement.model_copy(update={"rounds": 20, "ask_within": None})
    life = Joint(pin_of(given.model_copy(update={"supplement": supplement})))
    life.accept(lines={"workers": tuple({"days": place % 90 + 1} for place in range(200))})
    for place in range(1, 21):
        task = next(one for one in life.state.tasks if one.track == f"review/{place}")
        asking = {"items": (Item(id="list", kind="missing"),), "ground": GROUND, "task": task.key}
        life.do("2026-03-03T09:00", AskSupplement, life.actor(task.key), **asking)
        life.do("2026-03-03T09:00", SendSupplement, LAN, papers=(GivenPaper(id="list"),))
        check = next(one for one in life.state.tasks if one.kind == "check")
        life.do("2026-03-03T09:00", CompleteSupplement, life.actor(check.key))
        life.tell(Recorded(upto=life.state.seq))

    assert (20, 200) == (len(life.state.rounds), len(life.open_tasks()))
    assert len(canonical_json(dump_state(life.state))) < 200_000


def test_a_list_of_more_lines_than_a_case_may_have_is_sent_back() -> None:
    rows = {"workers": tuple({"days": 1} for _ in range(201))}
    parties = (Party(role="submitter", ref=LAN.ref),)
    filing = {"receiving": "receiving", "channel": "online", "submitter": "employer", "parties": parties}

    code = Joint(pin("sickness")).refused("2026-03-02T09:00", Submit, LAN, form="form:f", lines=rows, **filing)

    assert "form-invalid" == code
