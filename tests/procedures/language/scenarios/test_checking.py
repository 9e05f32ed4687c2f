"""Scenarios held against their procedure: every name they use is there, and is of the kind the verb acts on."""

from collections.abc import Mapping

import pytest

from procedures.language.scenarios.scenario import load_scenarios
from tests.procedures.language.flows import document, parallel, put, sign, task
from tests.procedures.language.house import House

FORM = {"amount": {"type": "money", "label": {"vi": "Số tiền"}, "outcomes": ["approve"]}}
REPORT = {"message": "report", "sender": "applicant", "within": "60 calendar days"}
CALLED = {"connector": "population", "operation": "identity", "with": {"number": "form.card_number"}}
STEPS = (
    task("review", {"approve": "both", "reject": "refuse"}, form=FORM),
    parallel("both", {"a": [task("a", {"approve": "end"})], "b": [task("b", {"approve": "end"})]}),
    {"id": "remedy", "wait": REPORT, "form": FORM | {"amount": {"type": "money", "label": {"vi": "Số tiền"}}}}
    | {"outcomes": {"arrived": "ask", "expired": "refuse"}},
    {"id": "ask", "call": CALLED, "outcomes": {"found": "other", "not_found": "other"}},
    {"id": "other", "procedure": {"code": "1.005132", "at": "competent"}}
    | {"outcomes": {"granted": "paper", "partly": "paper", "refused": "refuse", "ended": "stop"}},
    document("paper"),
    task("look_again", {"confirm": "sign"}),
    sign("sign", ["paper"], {"sign": "result", "return": ["look_again", "desk"]}),
    document("result", "payment"),
)
HEAD = """scenarios: "1.014140"
calendars: [vn-2026]
given: {channel: online, submitter: patient, submitted: 2026-03-02 09:00, documents: [request]}
cases:
  - id: story
    do:
      - {at: 2026-03-02 10:00, %s}
"""


def _told(house: House, entry: str) -> list[str]:
    put(house, *STEPS)
    file = house.file.with_name("scenarios.yaml")
    file.write_text(HEAD % entry)
    return [f"{one.code} {one.message}" for one in load_scenarios(file, house.procedure()).problems]


GOOD = (
    "complete_task: review, outcome: approve, with: {amount: 5}, by: an",
    "complete_task: a, outcome: approve",
    "send_back: sign, to: look_again, reason: Tính lại",
    "message_received: report, with: {amount: 5}",
    "answer_call: ask, outcome: found, with: {name: An}",
    "subcase_ended: other, outcome: ended",
    "forward: review",
    "join_on_ground: both",
    "opinion_received: b",
    "replace_opinion: b",
    "signature_answered: sign",
    "approve: stop",
    "deny: extend",
    "extend: {add: 5 working days, ground: complex}, approved_by: binh",
    "ask_supplement: {step: review, items: [invoices, {id: visit.visit_book, kind: missing}]}, outcome: approve",
    "send_supplement: {documents: [visit.visit_book], form: {self_bought: true}}",
    "change_variant: {reason: Khai nhầm}",
    "accept: {verdicts: {request: incorrect}}",
    "pass: {}, expect: {open: [a, b], due_of: {both/a: 2026-03-05, a: none}, late_of: [both/b], unit: competent}",
    "pass: {}, expect: {results: [payment, refusal], documents: [request, visit], skipped: [ask], void: [paper]}",
)


@pytest.mark.parametrize("entry", GOOD)
def test_what_is_there_may_be_named(house: House, entry: str) -> None:
    assert [] == _told(house, entry)


BAD: Mapping[str, str] = {
    "complete_task: ask": "unknown-step 'ask' is a call, complete_task acts on a task or sign",
    "complete_task: revew": "unknown-step no step 'revew'",
    "complete_task: review, outcome: aprove": "unknown-outcome no outcome of 'review' 'aprove'",
    "complete_task: review, outcome: reject, with: {amount: 5}": "unknown-name no field of 'review' 'amount'",
    "complete_task: review, lines: all": "unknown-name 'review' is done once for the case, not for each line",
    "send_back: review": "unknown-outcome 'review' has no outcome 'return'",
    "send_back: sign, to: a": "unknown-step no return of 'sign' 'a'",
    "message_received: reprot": "unknown-name no message 'reprot'",
    "message_received: report, with: {sum: 5}": "unknown-name no field of 'report' 'sum'",
    "answer_call: ask, outcome: lost": "unknown-outcome no outcome of 'ask' 'lost'",
    "answer_call: ask, with: {nam: An}": "unknown-name no field of 'ask' 'nam'",
    "subcase_ended: other, outcome: done": "unknown-outcome no outcome of a case 'done'",
    "approve: stopp": "unknown-name no verb 'stopp'",
    "record_payment: fee": "unknown-name no fee 'fee'",
    "ask_supplement: {items: [invoice]}": "unknown-name no document 'invoice'",
    "ask_supplement: {step: revew, items: [invoices]}": "unknown-step no step 'revew'",
    "ask_supplement: {step: review, items: [invoices]}, outcome: less": "unknown-outcome no outcome of 'review' 'less'",
    "reject_supplement: {items: [{id: invoice}]}": "unknown-name no document 'invoice'",
    "send_supplement: {form: {self_bougth: true}}": "unknown-name no field 'self_bougth'",
    "accept: {verdicts: {requests: incorrect}}": "unknown-name no document 'requests'",
    "accept: {form: {x: 1}}": "unknown-name no field of intake 'x'",
    "accept: {variant: inpatient}": "unknown-name no variant 'inpatient'",
    "change_variant: {variant: inpatient}": "unknown-name no variant 'inpatient'",
    "pass: {}, expect: {open: [c]}": "unknown-step no step 'c'",
    "pass: {}, expect: {open: [a/1]}": "unknown-name no line '1'",
    "pass: {}, expect: {void: [papre]}": "unknown-step no step 'papre'",
    "pass: {}, expect: {due_of: {both/c: none}}": "unknown-name no branch of 'both' 'c'",
    "pass: {}, expect: {late_of: [bth]}": "unknown-step no step 'bth'",
    "pass: {}, expect: {results: [paid]}": "unknown-name no result 'paid'",
    "pass: {}, expect: {documents: [requst]}": "unknown-name no document 'requst'",
    "pass: {}, expect: {warnings: [worker]}": "unknown-name no window 'worker'",
    "pass: {}, expect: {owed: {fee: 5}}": "unknown-name no fee 'fee'",
    "pass: {}, expect: {unit: province}": "unknown-name no unit 'province'",
}


@pytest.mark.parametrize("entry", BAD)
def test_what_is_not_there_is_told(house: House, entry: str) -> None:
    assert [BAD[entry]] == _told(house, entry)


def test_lines_and_the_second_person_are_read(house: House) -> None:
    put(house, *STEPS)
    file = house.file.with_name("scenarios.yaml")
    file.write_text(HEAD % 'extend: {add: 1 working day}, approved_by: binh, lines: ["1", "2"]')
    named = load_scenarios(file, house.procedure()).scenarios[0].do[0]
    file.write_text(HEAD % "pass: {}, lines: all")

    every = load_scenarios(file, house.procedure()).scenarios[0].do[0]

    assert ("binh", ("1", "2")) == (named.approved_by, named.lines)
    assert () == every.lines
