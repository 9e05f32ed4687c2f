"""What each kind of step must say, must not say, and cannot contain: code, message and hint, at the key at fault."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.procedures.language.flows import Step, decide, document, parallel, put, sign, task
from tests.procedures.language.house import House

PAPER = document("paper", "payment")
A, B = [task("a", {"approve": "end", "reject": "end_refused"})], [task("b", {"approve": "end"})]
BOTH = {"x": A, "y": B}
GROUND = {"vi": "Điều 13"}
REPORT = {"message": "report", "sender": "applicant", "within": "60 calendar days"}
REMEDY = {"outcomes": {"arrived": "paper", "expired": "refuse"}}


def _wait(wait: dict[str, Any], **more: Any) -> Step:
    return {"id": "remedy", "wait": wait, **more}


def _other(**more: Any) -> Step:
    outcomes = {"granted": "paper", "partly": "paper", "refused": "refuse", "ended": "stop"}
    return {"id": "other", "procedure": {"code": "1.005132", "at": "competent", **more}, "outcomes": outcomes}


def _rows(*rows: dict[str, str]) -> Step:
    return {"id": "route", "decide": list(rows)}


SAID: Mapping[str, Step] = {
    "missing-key 'then' is missing in a row of 'route'": _rows({"when": "form.self_bought"}, {"otherwise": "paper"}),
    "missing-key 'when' is missing in a row of 'route'": _rows({"then": "paper"}, {"otherwise": "paper"}),
    "two-kinds 'when' stands beside 'otherwise' (make it two rows, 'otherwise' the last)": _rows(
        {"when": "form.self_bought", "otherwise": "paper"}
    ),
    "decide-without-otherwise no row of 'route' fits where no condition is true (end with '- {otherwise: ...}')": _rows(
        {"when": "form.self_bought", "then": "paper"}
    ),
    "decide-without-otherwise no row of 'route' after this one is ever read (make it the last row)": _rows(
        {"otherwise": "paper"}, {"otherwise": "paper"}
    ),
    "then-and-outcomes 'then' stands beside 'decide' in 'route' (its rows name the targets)": {
        **decide("route", "paper"),
        "then": "paper",
    },
    "unknown-outcome decide step 'route' has no outcomes (its rows name the targets)": {
        **decide("route", "paper"),
        "outcomes": {"done": "paper"},
    },
    "one-branch 'both' has one branch only (put its steps here instead)": parallel("both", {"x": A}),
    "quorum-missing 'join: quorum' has no 'quorum' (add 'quorum')": parallel("both", BOTH, join="quorum"),
    "lead-missing 'join: on_ground' has no 'lead' (add 'lead')": parallel("both", BOTH, join="on_ground"),
    "wrong-type 'quorum' means nothing with 'join: all' (it is for 'join: quorum')": parallel(
        "both", BOTH, keys={"quorum": 2}
    ),
    "wrong-type 'lead' means nothing with 'join: any' (it is for 'join: on_ground')": parallel(
        "both", BOTH, join="any", keys={"lead": "leader"}
    ),
    "join-cannot-hold quorum 3 of 2 branches (ask for fewer, or add branches)": parallel(
        "both", BOTH, join="quorum", keys={"quorum": 3}
    ),
    "unknown-outcome 'both' never ends with 'partly' (known: granted, refused)": parallel(
        "both", BOTH, join="any", outcomes={"granted": "paper", "partly": "paper", "refused": "refuse"}
    ),
    "outcome-missing 'both' has no outcome 'partly' (say where it leads)": parallel(
        "both", BOTH, outcomes={"granted": "paper", "refused": "refuse"}
    ),
    "unknown-outcome 'both' never ends with 'return' (only task and sign are sent back)": parallel(
        "both", BOTH, outcomes={"granted": "paper", "partly": "paper", "refused": "refuse", "return": "desk"}
    ),
    "missing-key 'remedy' waits for nothing (one of message, until, last)": _wait({}),
    "two-kinds 'remedy' waits for 'message' already (make it two steps)": _wait({**REPORT, "last": "1 hour"}, **REMEDY),
    "missing-key 'sender' is missing beside 'message'": _wait(
        {"message": "report", "within": "60 calendar days"}, **REMEDY
    ),
    "missing-key 'within' is missing beside 'message'": _wait({"message": "report", "sender": "agency"}, **REMEDY),
    "wrong-type 'within' means nothing beside 'last' (it is for messages)": _wait(
        {"last": "15 calendar days", "within": "1 hour"}
    ),
    "pause-without-ground 'remedy' pauses the legal clock without ground (add 'ground' with the article)": _wait(
        {"last": "15 calendar days", "clock": "pauses"}
    ),
    "outcome-missing 'remedy' has no outcome 'expired' (say where it leads)": _wait(REPORT),
    "unknown-outcome 'remedy' never ends with 'arrived' (known: passed)": _wait(
        {"last": "15 calendar days"}, outcomes={"passed": "paper", "arrived": "paper"}
    ),
    "form-on-automatic 'remedy' is a wait (only task, sign and a wait for a message ask for values)": _wait(
        {"last": "15 calendar days"}, form={"x": {"type": "text", "label": GROUND}}
    ),
    "unknown-outcome 'remedy' has no outcome 'come' (known: arrived, expired)": _wait(
        REPORT, **REMEDY, form={"x": {"type": "text", "label": GROUND, "outcomes": "come"}}
    ),
    "bad-code '14140' is no procedure code (write it as \"1.014140\")": _other(code="14140"),
    "unknown-name no document 'invoice' (did you mean 'invoices'?)": _other(documents={"bill": "invoice"}),
    "outcome-missing 'other' has no outcome 'refused' (say where it leads)": {**_other(), "outcomes": {}},
    "result-never-produced 'hand' hands over 'refund', which no step makes (put 'result: refund' on a step before)": {
        "id": "hand",
        "deliver": {"results": ["refund"]},
    },
    "unknown-name no notice 'nothing' (known: verification_notice)": {"id": "tell", "notify": {"notice": "nothing"}},
    "unknown-name no notice 'remind' (known: verification_notice)": {
        **A[0],
        "task": {**A[0]["task"], "escalate": [{"moment": "due", "to": "head", "notice": "remind"}]},
        "outcomes": {"approve": "paper", "reject": "refuse"},
    },
    "unknown-step 'route' is done by nobody (name a task or sign step)": sign("signed", ["paper"]),
}


@pytest.mark.parametrize("said", SAID)
def test_a_step_that_says_too_little_or_too_much_is_told(house: House, said: str) -> None:
    house.change("results:\n", "results:\n  refund: {label: {vi: Hoàn tiền}}\n")
    step = SAID[said]
    if "done by nobody" in said:
        step = {**step, "sign": {**step["sign"], "not_same_as": ["route"]}}
        put(house, decide("route", "paper"), {**PAPER, "then": "signed"}, step)
    else:
        put(house, step, PAPER)

    problems = [house.shown(problem).partition(": ")[2] for problem in house.load().problems]

    assert said in problems, problems
