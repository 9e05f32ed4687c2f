"""Scenarios whose route has branches, waits and cases elsewhere: their verbs, expectations and coverage."""

from typing import Any

from procedures.language.scenarios.scenario import Given, Happening, Scenario
from procedures.time.files import load_calendars
from tests.workflows.core.joint import HEAD, routed
from tests.workflows.core.life import HOURS, at
from tests.workflows.core.test_joining import ON_GROUND, route
from tests.workflows.core.test_opinions import ASKED
from tests.workflows.core.test_waiting import DATED, ELSEWHERE, remedy
from workflows.core.pin import Pin
from workflows.simulate.coverage import ways_of
from workflows.simulate.runs import Outcome, run

CALENDARS = load_calendars(["vn-2026"])


def do(when: str, expect: dict[str, Any] | None = None, **said: Any) -> Happening:
    rest = {
        name: said.pop(name) for name in ("by", "approved_by", "outcome", "with_", "lines", "reason") if name in said
    }
    expected = said.pop("expect", expect or {})
    [(verb, argument)] = said.items()
    return Happening("s.yaml:10:5", at(f"2026-03-{when}"), verb, argument, expect=expected, **rest)


def played(pin: Pin, *happenings: Happening, form: dict[str, Any] | None = None) -> Outcome:
    given = Given("s.yaml:3:1", at("2026-03-02T09:00"), "online", "citizen", form=form or {}, documents=("request",))
    [outcome] = run(pin.procedure, [Scenario("s.yaml:2:1", "one", given, happenings)], CALENDARS, HOURS)
    assert [] == [failure.sentence for failure in outcome.failures]
    return outcome


def test_a_message_comes_early_or_in_time() -> None:
    taken = played(
        remedy().pin,
        do("02T10:00", accept={}),
        do("03T09:00", complete_task="inspect", outcome="confirm", expect={"open": ["remedy"], "due": "none"}),
        do("04T09:00", {"due_of": {"remedy": "2026-03-13"}}, **{"pass": {}}),
        do(
            "05T09:00", message_received="remedy_report", with_={"repaired_on": "2026-03-04"}, expect={"open": ["last"]}
        ),
    )

    assert ("remedy", "arrived") in taken.coverage


def test_a_case_elsewhere_ends() -> None:
    taken = played(
        routed(ELSEWHERE, head=HEAD + DATED),
        do("02T10:00", accept={}, expect={"open": ["confirm_idle"]}),
        do(
            "03T09:00",
            subcase_ended="confirm_idle",
            outcome="granted",
            expect={"open": ["last"], "notices": ["site_visit"]},
        ),
        form={"from": "2026-03-10"},
    )

    assert ("confirm_idle", "granted") in taken.coverage


def test_opinions_come_and_are_replaced() -> None:
    pin = routed(ASKED)
    taken = played(
        pin,
        do("02T10:00", accept={}),
        do("03T09:00", complete_task="opinion", outcome="agree", by="an", expect={"open": ["query"]}),
        do(
            "03T10:00", replace_opinion="opinion", outcome="disagree", with_={"remark": "no"}, by="an", reason="mistake"
        ),
        do("04T09:00", opinion_received="query", outcome="agree", expect={"open": ["sign_refusal"]}),
    )

    assert {("choose", "row 2"), ("ask", "branch system"), ("ask", "granted")} <= taken.coverage
    assert {("choose", "row 1"), ("choose", "row 2")} <= set(ways_of(pin.procedure))


def test_the_lead_goes_on_without_those_who_are_silent() -> None:
    late = {"late_of": ["ask/third"]}
    played(
        route(ON_GROUND),
        do("02T10:00", accept={}, expect={"due_of": {"ask/third": "2026-03-05"}}),
        do("03T09:00", complete_task="one", outcome="approve"),
        do("09T09:00", {**late, "open": ["two", "three"]}, **{"pass": {}}),
        do("09T10:00", join_on_ground="ask", by="an", approved_by="binh", expect={"open": ["sign"]}),
    )


def test_days_off_announced_later_move_a_date() -> None:
    """A day within the limit of twenty working days turns out to be off."""
    played(
        remedy().pin,
        do("02T10:00", accept={}, expect={"due": "2026-03-30"}),
        do(
            "03T09:00",
            recompute={"off": ["2026-03-04"], "ground": "TB 1"},
            approved_by="an",
            expect={"due": "2026-03-31"},
        ),
    )


def test_a_delivered_result_is_corrected() -> None:
    played(
        routed(DRAFTED),
        do("02T10:00", accept={}),
        do("03T09:00", complete_task="write", outcome="confirm", by="an"),
        do("03T10:00", complete_task="seal", outcome="sign", by="binh"),
        do("04T09:00", {"status": 10, "results": ["paper"]}, **{"pass": {}}),
        do("05T09:00", correct_result={"to": "write"}, reason="mistake", by="mai", approved_by="binh"),
        do("05T10:00", complete_task="write", outcome="confirm", by="an", expect={"open": ["seal"]}),
        do("05T11:00", complete_task="seal", outcome="sign", by="binh", expect={"open": []}),
        do("06T09:00", {"status": 10, "results": ["paper"]}, **{"pass": {}}),
    )


DRAFTED = """
  - id: write
    task: {by: benefits, title: {vi: Soạn, en: Write}}
    outcomes: {confirm: paper}
  - id: paper
    document: {template: paper, result: paper}
  - id: seal
    sign: {by: leader, documents: [paper], title: {vi: Ký, en: Sign}}
    outcomes: {sign: end, return: write}
"""
