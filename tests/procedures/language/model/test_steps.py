"""The kinds of steps: each loads into its model, with the outcomes its kind has."""

from procedures.language.model.steps import (
    Branch,
    CallStep,
    DecideStep,
    DeliverStep,
    NotifyStep,
    ParallelStep,
    ProcedureStep,
    SignStep,
    TaskStep,
    WaitStep,
)
from tests.procedures.language.house import House

END = """
  - id: decision
    document: {template: decision, number_from: decisions, result: payment}
  - id: sign
    sign: {by: leader, documents: [decision], not_same_as: [review], title: {vi: Ký}}
"""
REVIEW = """
  - id: review
    task: {by: benefits, title: {vi: Xét}}
    form: {visit: {type: boolean, label: {vi: Cần kiểm tra}}}
    outcomes: {approve: %s, reject: refuse}
"""


def test_decide_has_rows_and_the_last_has_no_condition(house: House) -> None:
    rows = """
  - id: route
    decide:
      - {when: review.visit, then: look}
      - {otherwise: decision}
  - id: look
    task: {by: benefits, title: {vi: Xem}}
    outcomes: {confirm: decision}
"""

    route = house.steps(REVIEW % "route" + rows + END).procedure().step("route")

    assert isinstance(route, DecideStep)
    assert [("review.visit", "look"), (None, "decision")] == [
        (row.when.text if row.when else None, row.target) for row in route.rows
    ]
    assert ((), None) == (route.outcomes, route.then)


def test_parallel_has_branches_that_are_sequences_of_their_own(house: House) -> None:
    branches = """
  - id: agencies
    parallel:
      join: on_ground
      lead: leader
      rest: keep
      branches:
        opinion:
          label: {vi: Lấy ý kiến}
          within: 3 working days
          public: {show: hidden}
          steps:
            - id: give_opinion
              task: {by: benefits, title: {vi: Cho ý kiến}}
              outcomes: {confirm: end}
        inspection:
          label: {vi: Kiểm tra}
          optional: true
          when: review.visit
          steps:
            - id: inspect
              task: {by: collection, title: {vi: Kiểm tra}, records: [minutes], assign: head, batch: true}
              outcomes: {approve: write, reject: end_refused}
            - id: write
              document: {template: minutes}
"""

    procedure = house.steps(REVIEW % "agencies" + branches + END).procedure()

    agencies, inspect = procedure.step("agencies"), procedure.step("inspect")
    assert isinstance(agencies, ParallelStep) and isinstance(inspect, TaskStep)
    assert ("on_ground", None, "leader", "keep") == (agencies.join, agencies.quorum, agencies.lead, agencies.rest)
    assert [("granted", "decision"), ("partly", "decision"), ("refused", "decision")] == [
        (outcome.name, outcome.target) for outcome in agencies.outcomes
    ]
    assert [("opinion", "3 working days", False, None), ("inspection", None, True, "review.visit")] == [
        _branch(branch) for branch in agencies.branches
    ]
    assert ("agencies/inspection", agencies) == (procedure.sequence_of("inspect"), procedure.owner("inspect"))
    assert "end" == procedure.step("write").then
    assert (("minutes",), "head", True) == (inspect.records, inspect.assign, inspect.batch)


def _branch(branch: Branch) -> tuple[str, str | None, bool, str | None]:
    when = branch.selectors.when
    return branch.id, branch.within, branch.optional, when.text if when else None


def test_wait_is_for_a_message_a_date_or_a_span(house: House) -> None:
    waits = """
  - id: posting
    wait: {last: 15 calendar days}
  - id: deadline_day
    wait: {until: case.accepted_on}
  - id: remedy
    wait:
      message: remedy_report
      sender: applicant
      within: 60 calendar days
      clock: pauses
      ground: {vi: Điều 13 Nghị định 17/2020}
      documents:
        photos: {label: {vi: Ảnh}, copy: 2}
    form: {repaired_on: {type: date, label: {vi: Ngày khắc phục}}}
    outcomes: {arrived: decision, expired: stop}
"""

    procedure = house.steps(REVIEW % "posting" + waits + END).procedure()

    posting, day, remedy = (procedure.step(id) for id in ("posting", "deadline_day", "remedy"))
    assert isinstance(posting, WaitStep) and isinstance(day, WaitStep) and isinstance(remedy, WaitStep)
    assert ("15 calendar days", [("passed", "deadline_day")]) == (posting.last, _ways(posting))
    assert ("case.accepted_on", [("passed", "remedy")]) == (day.until.text if day.until else None, _ways(day))
    assert ("remedy_report", "applicant", "60 calendar days") == (remedy.message, remedy.sender, remedy.within)
    assert ("pauses", [("arrived", "decision"), ("expired", "stop")]) == (remedy.clock, _ways(remedy))
    assert ["photos"] == [document.id for document in remedy.documents]
    assert ["repaired_on"] == [field.id for field in remedy.form]


def test_notify_deliver_and_procedure_name_what_they_stand_for(house: House) -> None:
    steps = """
  - id: tell
    notify: {notice: verification_notice}
  - id: idle
    procedure: {code: "1.005132", at: office, form: {card: form.card_number}, within: 15 working days}
    outcomes: {granted: decision, partly: decision, refused: refuse, ended: stop}
"""
    unit = "units: {office: {agency: commune, level: commune, label: {vi: UBND xã}}}\n"
    handing = END + "    outcomes: {sign: hand_over}\n  - id: hand_over\n    deliver: {results: [payment]}\n"

    house.change("form:\n  card_number", unit + "form:\n  card_number")
    procedure = house.steps(REVIEW % "tell" + steps + handing).procedure()

    tell, idle, hand_over = (procedure.step(id) for id in ("tell", "idle", "hand_over"))
    assert isinstance(tell, NotifyStep) and isinstance(idle, ProcedureStep) and isinstance(hand_over, DeliverStep)
    assert ("verification_notice", "idle") == (tell.notice, tell.then)
    assert ("1.005132", "office", "15 working days") == (idle.code, idle.at, idle.within)
    assert [("card", "form.card_number")] == [(one.name, one.reference) for one in idle.inputs]
    assert (("payment",), "one_stop", "end") == (hand_over.results, hand_over.by, hand_over.then)
    assert ["office"] == [one.id for one in procedure.units]


def test_a_sign_step_is_digital_and_sealed_unless_it_says_otherwise(house: House) -> None:
    plain = house.steps(REVIEW % "decision" + END).procedure().step("sign")
    wet = house.change("documents: [decision],", "documents: [decision], signature: wet, seal: false,").procedure()

    other = wet.step("sign")

    assert isinstance(plain, SignStep) and isinstance(other, SignStep)
    assert [("digital", True), ("wet", False)] == [(one.signature, one.seal) for one in (plain, other)]


def test_sequences_are_spliced_into_branches_too(house: House) -> None:
    common = "catalogue/bhxh/common.yaml"
    asking = "sequences:\n  asking:\n    - id: ask\n      task: {by: collection, title: {vi: Hỏi}}\n"
    asking += "      outcomes: {confirm: end, reject: end_refused}\n"
    house.change("sequences:\n", asking, name=common)
    branches = """
  - id: both
    parallel:
      join: all
      branches:
        one: {label: {vi: Một}, steps: [{include: asking}]}
        two: {label: {vi: Hai}, steps: [{id: tell, notify: {notice: verification_notice}}]}
"""

    procedure = house.steps(REVIEW % "both" + branches + END).procedure()
    lost = house.change("include: asking", "include: askin").load().problems

    assert ("both/one", "collection") == (procedure.sequence_of("ask"), getattr(procedure.step("ask"), "by", None))
    assert ["no sequence 'askin'"] == [problem.message for problem in lost if problem.code == "unknown-name"]


def test_a_connector_may_answer_by_a_message(house: House) -> None:
    house.change("irrevocable: true", "irrevocable: true\n        answered: message", name="registry/connectors.yaml")

    operation = house.procedure().operation("treasury", "pay")

    assert operation is not None and "message" == operation.answered


def test_a_person_who_turns_the_case_away_says_why(house: House) -> None:
    pay = "  - id: pay\n    wait: {message: paid, sender: system, within: 5 working days}\n"
    ways = "    outcomes: {sign: pay, reject: refuse}\n" + pay + "    outcomes: {arrived: end, expired: end}\n"
    procedure = house.steps(REVIEW % "decision" + END + ways).procedure()

    steps = [procedure.step(id) for id in ("review", "sign", "pay", "sign_refusal")]

    assert [("review", "reject"), ("sign", "reject")] == [
        (step.id, outcome.name) for step in steps for outcome in step.outcomes if outcome.reason == "required"
    ]


def test_a_call_that_fails_goes_where_the_file_says(house: House) -> None:
    house.change("result: payment}\n", "result: payment, on_failure: review}\n")

    pay = house.procedure().step("pay")

    assert isinstance(pay, CallStep) and "review" == pay.on_failure


def _ways(step: WaitStep) -> list[tuple[str, str]]:
    return [(outcome.name, outcome.target) for outcome in step.outcomes]
