"""The whole flow: what is reached and what ends, in branches as at the root, and nobody leaves without an answer."""

from collections.abc import Mapping

import pytest

from tests.procedures.language.flows import Step, decide, document, parallel, put, sign, task
from tests.procedures.language.house import House

PAPER = document("paper", "payment")
REFUSE = {"granted": "end", "partly": "refuse", "refused": "refuse"}
CHECK = task("check", {"approve": "paper", "reject": "end_refused"})
REVIEW = task("review", {"approve": "certificate", "reject": "refuse"})
PAID = {"amount": "1", "account": "form.account"}
OTHER = task("other", {"approve": "end", "reject": "end_refused"})


def _told(house: House, *steps: Step) -> list[str]:
    """Give code and message of every problem, in the order of the file."""
    return [f"{problem.code} {problem.message}" for problem in put(house, *steps).load().problems]


def test_a_result_of_a_branch_that_is_awaited_answers_the_citizen(house: House) -> None:
    told = _told(house, parallel("both", {"a": [CHECK, PAPER], "b": [OTHER]}, outcomes=REFUSE))

    assert [] == told
    assert ["paper", "sign_refusal"] == [step.id for step in house.procedure().all_steps if step.deciding]


MISSED: list[tuple[str, Step]] = [
    ("the join holds without it", parallel("both", {"a": [CHECK, PAPER], "b": [OTHER]}, join="any")),
    ("it is not awaited", parallel("both", {"a": [CHECK, PAPER], "b": [OTHER]}, branch={"a": {"optional": True}})),
    (
        "it may be left out",
        parallel("both", {"a": [CHECK, PAPER], "b": [OTHER]}, branch={"a": {"when": "form.self_bought"}}),
    ),
    (
        "the lead goes on without it",
        parallel("both", {"a": [CHECK, PAPER], "b": [OTHER]}, join="on_ground", keys={"lead": "leader"}),
    ),
    (
        "one way of it makes no result",
        parallel("both", {"a": [task("check", {"approve": "paper", "confirm": "end"}), PAPER], "b": [OTHER]}),
    ),
]


@pytest.mark.parametrize(("why", "step"), MISSED, ids=[why for why, _ in MISSED])
def test_a_result_of_a_branch_is_no_answer_where(house: House, why: str, step: Step) -> None:
    ways = {"granted": "end", "refused": "refuse"} if step["parallel"]["join"] == "any" else REFUSE

    told = _told(house, {**step, "outcomes": ways})

    assert ["end-without-result way both ends with no result for the citizen"] == told


def test_a_quorum_needs_as_many_answers_as_it_counts(house: House) -> None:
    branches = {name: [task(f"check_{name}", {"approve": f"paper_{name}", "reject": "end_refused"})] for name in "abc"}
    answered = {name: [*steps, document(f"paper_{name}", "payment")] for name, steps in branches.items()}
    silent = {**answered, "c": [task("check_c", {"approve": "end", "reject": "end_refused"})]}
    ways = {"granted": "end", "refused": "refuse"}

    one_is_enough = _told(house, parallel("vote", silent, join="quorum", keys={"quorum": 1}, outcomes=ways))
    two_are_needed = _told(house, parallel("vote", silent, join="quorum", keys={"quorum": 2}, outcomes=ways))

    assert ["end-without-result way vote ends with no result for the citizen"] == one_is_enough
    assert [] == two_are_needed


def test_a_signature_over_no_draft_answers_nobody(house: House) -> None:
    steps = [
        task("review", {"approve": "decision", "confirm": "sign", "reject": "refuse"}),
        {"id": "decision", "document": {"template": "decision", "number_from": "decisions", "result": "payment"}},
        sign("sign", ["decision"]),
    ]

    assert ["end-without-result way review → sign ends with no result for the citizen"] == _told(house, *steps)


def test_a_refusal_of_a_task_is_no_result_for_whom_it_grants(house: House) -> None:
    work = {"by": "benefits", "title": {"vi": "Xét"}, "result": "refusal"}
    check = {"id": "check", "task": work, "outcomes": {"approve": "end", "reject": "end_refused"}}
    granting = {**check, "outcomes": {"approve": "paper", "reject": "end_refused"}}

    told = _told(house, check)
    granted = _told(house, granting, {**PAPER, "then": "end"})

    assert "end-without-result way check ends with no result for the citizen" in told
    assert [] == granted


def test_a_refused_branch_needs_a_written_answer_where_the_case_ends_refused(house: House) -> None:
    refusal = {"id": "answer", "document": {"template": "refusal", "number_from": "outgoing", "result": "refusal"}}
    written = [task("check", {"approve": "paper", "reject": "answer"}), {**PAPER, "then": "end"}, refusal]
    signed = [*written, sign("sign_answer", ["answer"], {"sign": "end_refused"})]
    ways = {"granted": "end", "partly": "end", "refused": "end_refused"}

    told = _told(house, parallel("both", {"a": signed, "b": [OTHER]}, outcomes=ways))
    without = _told(house, parallel("both", {"a": [CHECK, PAPER], "b": [OTHER]}, outcomes=ways))

    assert [] == told
    assert ["refusal-without-answer way both refuses without a written answer"] == [
        one for one in without if one.startswith("refusal")
    ]


def test_steps_of_a_branch_are_reached_and_end_like_others(house: House) -> None:
    lost = [task("check", {"approve": "end", "reject": "end_refused"}), task("lost", {"confirm": "end"})]
    stuck = [task("ask", {"confirm": "desk"})]

    told = _told(house, parallel("both", {"a": lost, "b": [OTHER]}), PAPER)
    ends = _told(house, parallel("both", {"a": stuck, "b": [OTHER]}), PAPER)

    assert ["step-unreachable step 'lost' is never reached"] == told
    assert ["no-way-to-end from 'ask' no way leads to an end"] == ends


LOOPS: Mapping[str, list[Step]] = {
    "steps 'first', 'second' repeat for ever": [
        task("first", {"confirm": "second"}),
        task("second", {"confirm": "first"}),
        PAPER,
    ],
    "steps 'paper', 'route' repeat for ever": [PAPER, decide("route", "end", paper="form.self_bought")],
    "step 'route' repeats for ever": [decide("route", "paper", route="form.self_bought"), PAPER],
}


@pytest.mark.parametrize("message", LOOPS)
def test_a_loop_has_a_way_out_that_data_may_take(house: House, message: str) -> None:
    assert [f"loop-without-exit {message}"] == _told(house, *LOOPS[message])


def test_a_person_may_leave_a_loop(house: House) -> None:
    steps = [
        task("check", {"approve": "paper", "incomplete": "repair", "reject": "refuse"}),
        task("repair", {"confirm": "check"}),
        PAPER,
    ]

    assert [] == _told(house, *steps)


def test_a_return_goes_to_a_step_of_its_branch_that_surely_happened(house: House) -> None:
    first = task("first", {"approve": "second", "confirm": "third"})
    third = task("third", {"approve": "end", "return": "second"})
    branch = [first, task("second", {"approve": "third"}), third]

    told = _told(house, parallel("both", {"a": branch, "b": [OTHER]}), PAPER)

    assert ["return-not-earlier 'third' returns to 'second', which may not have happened"] == told


def test_a_return_may_name_a_step_of_other_situations_beside_one_that_surely_happened(house: House) -> None:
    of_counter = task("at_counter", {"approve": "last", "reject": "refuse"}, channels="counter")
    of_online = task("online", {"approve": "last", "reject": "refuse"}, channels="online")
    last = task("last", {"approve": "paper", "return": ["at_counter", "online"]})

    assert [] == _told(house, of_counter, of_online, last, PAPER)


def test_a_signature_decides_only_where_it_signs_a_result(house: House) -> None:
    """Where the signed draft is no result, the step behind it that gives one decides."""
    steps = [
        task("review", {"approve": "certificate", "reject": "refuse"}),
        document("certificate", "payment", channels="counter"),
        document("decision", channels="online"),
        sign("sign", ["certificate", "decision"]),
        task("hand_out", {"confirm": "end"}, channels="online"),
    ]
    steps[1]["document"].pop("unsigned")
    steps[4]["task"]["result"] = "payment"

    assert [] == _told(house, *steps)
    deciding = [step.id for step in house.procedure().all_steps if step.deciding]
    assert ["sign", "hand_out", "sign_refusal"] == deciding


def test_nothing_is_sent_back_once_the_case_is_decided(house: House) -> None:
    draft = document("certificate", "payment")
    draft["document"].pop("unsigned")
    steps = [REVIEW, draft, sign("sign", ["certificate"]), task("hand_out", {"confirm": "end", "return": "desk"})]

    assert ["return-too-late 'hand_out' returns after 'sign' has decided the case"] == _told(house, *steps)


def test_a_signature_that_decides_only_for_some_leaves_others_their_return(house: House) -> None:
    certificate = document("certificate", "payment", channels="counter")
    certificate["document"].pop("unsigned")
    decision = document("decision", channels="online")
    hand_out = task("hand_out", {"confirm": "end", "return": "review"}, channels="online")
    hand_out["task"]["result"] = "payment"

    assert [] == _told(house, REVIEW, certificate, decision, sign("sign", ["certificate", "decision"]), hand_out)


@pytest.mark.parametrize(
    "past",
    [
        {"id": "past", "procedure": {"code": "1.005132", "at": "competent"}}
        | {"outcomes": {"granted": "last", "partly": "last", "refused": "refuse", "ended": "refuse"}},
        {"id": "past", "call": {"connector": "treasury", "operation": "pay", "with": PAID}},
    ],
    ids=["procedure", "call"],
)
def test_nothing_is_sent_back_past_what_cannot_be_undone(house: House, past: Step) -> None:
    last = task("last", {"approve": "paper", "return": ["review", "desk"]})

    review = task("review", {"approve": "past", "reject": "refuse"})

    told = _told(house, review, past, last, PAPER)

    assert ["return-too-late 'last' returns to 'review', past 'past', which cannot be undone"] == told


def test_a_refused_branch_has_its_reason(house: House) -> None:
    silent = task("check", {"approve": "end", "reject": {"then": "end_refused", "reason": "none"}})

    told = _told(house, parallel("both", {"a": [silent], "b": [OTHER]}), PAPER)

    assert ["line-refused-without-reason a refused branch needs a reason"] == told


def test_not_every_step_may_be_skipped(house: House) -> None:
    steps = [
        task("check", {"approve": "paper", "reject": "refuse"}, skip_when="form.self_bought"),
        {**PAPER, "skip_when": "form.higher_rate"},
    ]

    assert ["skip-ends-all every step may be skipped"] == _told(house, *steps)


def test_a_variant_has_a_step_left(house: House) -> None:
    house.change("channels: [", "variants: {one: {label: {vi: Một}}, two: {label: {vi: Hai}}}\nchannels: [")
    check = task("check", {"approve": "paper", "reject": "refuse"}, variants="one")

    assert ["skip-ends-all variant 'two' has no step left"] == _told(house, check, {**PAPER, "variants": ["one"]})
    assert [] == _told(house, check, PAPER)


def test_steps_only_for_some_are_followed_for_each_of_them(house: House) -> None:
    of_counter = task("at_counter", {"approve": "paper", "reject": "refuse"}, channels="counter")
    of_online = task("online", {"approve": "end", "reject": "refuse"}, channels="online")

    told = _told(house, of_counter, of_online, {**PAPER, "channels": "counter"})

    assert ["end-without-result way online ends with no result for the citizen"] == told
