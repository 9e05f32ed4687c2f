"""Steps that wait: for a message, which may come before, until a date, for a span, and for a case opened elsewhere."""

from tests.workflows.core.joint import HEAD, Joint, routed
from tests.workflows.core.life import at
from workflows.core.events import Message
from workflows.core.timekeeping import ClockState

REMEDY = """
  - id: inspect
    task: {by: benefits, title: {vi: Kiểm tra, en: Inspect}}
    outcomes: {confirm: remedy}
  - id: remedy
    wait: {message: remedy_report, sender: SENDER, within: 10 calendar days, clock: pauses, ground: GROUND}
    form: {repaired_on: {type: date, label: {vi: Ngày khắc phục xong, en: Repaired on}}}
    outcomes: {arrived: last, expired: stop}
  - id: last
    task: {by: benefits, title: {vi: Cuối, en: Last}, result: paper}
    outcomes: {confirm: end}
"""


def remedy(sender: str = "applicant") -> Joint:
    steps = REMEDY.replace("SENDER", sender).replace("GROUND", '{vi: "Điều 13", en: "Article 13"}')
    return Joint(routed(steps)).accept()


def report(**more: object) -> Message:
    given: dict[str, object] = {"id": "m-1", "source": "portal", "name": "message_received", "key": "remedy_report"}
    return Message(**{**given, "data": {"form": "form:r"}, **more})  # type: ignore[arg-type]


def test_a_message_that_is_awaited_moves_the_case_on_with_its_form() -> None:
    life = remedy().complete("2026-03-03T09:00", "inspect", "confirm")
    assert at("2026-03-13T23:59:59.999999") == life.due("wait:remedy:1")
    assert ["message"] == [wait.what for wait in life.waits()]

    life.tell(report(), at("2026-03-06T09:00"))

    assert ["last:1"] == life.open_tasks()
    assert "form:r" == life.state.forms["remedy"]
    assert {"message": "remedy_report", "source": "portal", "id": "m-1", "form": "form:r"} == life.last(
        "message_taken"
    ).data


def test_while_it_waits_the_limit_stands_still_where_the_step_says_so() -> None:
    life = remedy().complete("2026-03-03T09:00", "inspect", "confirm")
    legal = next(clock for clock in life.state.clocks if clock.id == "legal")
    assert (ClockState.SUSPENDED, "step:remedy") == (legal.state, legal.intervals[0].ground)

    life.tell(report(), at("2026-03-06T09:00"))

    assert at("2026-04-03T23:59:59.999999") == life.due()


def test_a_message_that_came_before_anybody_waited_is_taken_when_somebody_does() -> None:
    life = remedy()
    life.tell(report(), at("2026-03-02T11:00"))
    assert "nobody-waits" == life.state.held[0].why

    life.complete("2026-03-03T09:00", "inspect", "confirm")

    assert (["last:1"], ()) == (life.open_tasks(), life.state.held)
    seq = life.state.seq
    life.tell(report(), at("2026-03-04T09:00"))
    assert [] == life.kinds(seq)


def test_a_message_without_the_form_it_needs_is_held_and_says_why() -> None:
    life = remedy().complete("2026-03-03T09:00", "inspect", "confirm")

    life.tell(report(data={}), at("2026-03-04T09:00"))

    assert "form-missing" == life.state.held[0].why
    assert ["remedy"] == [track.step for track in life.state.tracks]


def test_the_applicants_time_that_ran_out_stops_the_case_at_once() -> None:
    """language.md 4.2: only a window of the applicant stops without a second person."""
    life = remedy().complete("2026-03-03T09:00", "inspect", "confirm")

    life.wait_until("2026-03-14T00:00")

    assert "stopped" == life.phase()
    assert "expired" == life.last("waited").data["outcome"]


def test_an_agencys_time_that_ran_out_only_proposes_to_stop() -> None:
    life = remedy("agency").complete("2026-03-03T09:00", "inspect", "confirm")

    life.wait_until("2026-03-14T00:00")

    assert ("processing", ["stop"]) == (life.phase(), [one.command.verb for one in life.state.proposals])
    late = next(clock for clock in life.state.clocks if clock.kind == "wait")
    assert late.late


SPAN = """
  - id: posting
    wait: {WAIT}
  - id: last
    task: {by: benefits, title: {vi: Cuối, en: Last}, result: paper}
    outcomes: {confirm: end}
"""
DATED = """
form:
  from: {type: date, label: {vi: Từ ngày, en: From}}
"""


def waiting(wait: str, day: str) -> Joint:
    return Joint(routed(SPAN.replace("WAIT", wait), head=HEAD + DATED)).accept(facts={"form.from": day})


def test_a_span_passes_by_itself_and_no_office_calendar_makes_it_longer() -> None:
    life = waiting("last: 13 calendar days", "2026-03-10")
    assert [] == life.open_tasks()

    life.wait_until("2026-03-15T23:59")
    assert [] == life.open_tasks()
    life.wait_until("2026-03-16T00:00")
    life.take_over("2026-03-16T08:00")

    assert ["last:1"] == life.open_tasks()
    assert "overdue" not in life.kinds()


def test_a_date_is_waited_for_until_it_comes() -> None:
    life = waiting("until: form.from", "2026-03-10")
    assert at("2026-03-10T23:59:59.999999") == life.due("wait:posting:1")

    life.wait_until("2026-03-09T23:59")
    assert "waited" not in life.kinds()
    life.wait_until("2026-03-10T00:00")

    assert "passed" == life.last("waited").data["outcome"]


def test_a_date_that_has_come_already_is_not_waited_for() -> None:
    life = waiting("until: form.from", "2026-03-02")
    life.take_over("2026-03-02T11:00")

    assert ["last:1"] == life.open_tasks()


ELSEWHERE = """
  - id: confirm_idle
    procedure:
      code: "1.005132"
      at: labour_office
      form: {employer: form.from}
      documents: {their_request: request}
      within: 15 working days
    outcomes: {granted: tell, partly: tell, refused: refuse, ended: stop}
  - id: tell
    notify: {notice: site_visit}
  - id: last
    task: {by: benefits, title: {vi: Cuối, en: Last}, result: paper}
    outcomes: {confirm: end}
notices:
  site_visit: {to: applicant, ways: [portal], text: {vi: Mời, en: Come}}
units:
  labour_office: {agency: labour, level: province, label: {vi: Cơ quan lao động, en: Labour office}}
"""


def elsewhere() -> Joint:
    return Joint(routed(ELSEWHERE, head=HEAD + DATED)).accept(facts={"form.from": "2026-03-10"})


def ended(outcome: str) -> Message:
    data = {"outcome": outcome, "case": "case-2"}
    return Message(id="m-2", source="case-2", name="subcase_ended", key="confirm_idle:1", data=data)


def test_a_case_of_another_procedure_is_opened_and_its_end_is_taken() -> None:
    life = elsewhere()
    opened = life.orders("Case.open")[0]
    assert ("1.005132", {"their_request": []}) == (opened.with_["procedure"], opened.with_["documents"])
    assert ("message", "consulting") == (opened.answered, life.phase())

    life.tell(ended("partly"), at("2026-03-10T09:00"))
    life.take_over("2026-03-10T09:00")

    assert ["last:1"] == life.open_tasks()
    assert {"outcome": "partly", "case": "case-2"} == life.last("subcase_ended").data
    told = next(one for one in life.orders("Notification.send") if one.with_["notice"] == "site_visit")
    assert "tell:1" == told.id
    assert "tell:1" in [entry.node for entry in life.journal if entry.kind == "notified"]
    life.complete("2026-03-10T10:00", "last", "confirm")
    assert "partly" == life.state.verdict


def test_a_case_that_was_withdrawn_there_leads_where_the_step_says() -> None:
    life = elsewhere()

    life.tell(ended("ended"), at("2026-03-10T09:00"))

    assert ["stop"] == [one.command.verb for one in life.state.proposals]


def test_an_end_nobody_knows_is_held() -> None:
    life = elsewhere()

    life.tell(ended("sold"), at("2026-03-10T09:00"))

    assert "unknown-outcome" == life.state.held[0].why


def test_another_agencys_case_that_takes_too_long_is_late_and_is_waited_for_on() -> None:
    life = elsewhere()

    life.wait_until("2026-03-25T09:00")

    assert "overdue" in life.kinds()
    assert ["confirm_idle"] == [track.step for track in life.state.tracks]
