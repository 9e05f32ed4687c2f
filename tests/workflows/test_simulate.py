"""Scenarios on the virtual clock: those of the catalogue pass, and what is wrong in one is said at its place."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

from procedures.language.check import check_procedure
from procedures.language.model import steps
from procedures.language.model.procedure import Procedure
from procedures.language.scenarios.scenario import Given, Happening, Scenario
from procedures.time.files import load_calendars
from tests.workflows.core.life import HOURS, at, pin
from workflows.simulate.coverage import ways_of
from workflows.simulate.runs import Outcome, run

FOLDER = Path(__file__).parents[2] / "procedures" / "catalogue" / "bhxh" / "1.014140" / "v1"
GIVEN = Given(
    place="s.yaml:3:1",
    submitted=at("2026-03-02 09:00"),
    channel="online",
    submitter="patient",
    form={
        "card_number": "GD4797912345678",
        "account": {"bank": "VCB", "number": "0123456789", "holder": "Nguyễn Văn A"},
    },
    documents=("request", "identity", "visit.discharge_paper", "invoices"),
)


@cache
def _outcomes() -> tuple[Outcome, ...]:
    checked = check_procedure(FOLDER / "procedure.yaml")
    assert checked.procedure is not None and checked.scenarios is not None, checked.problems
    calendars = load_calendars(checked.scenarios.calendars)
    return tuple(run(checked.procedure, checked.scenarios.scenarios, calendars, HOURS))


def test_every_scenario_of_the_catalogue_passes() -> None:
    failures = [f"{one.place}: {one.sentence}" for outcome in _outcomes() for one in outcome.failures]

    assert [] == failures
    assert len(_outcomes()) >= 3


def test_every_outcome_and_return_is_taken_by_some_scenario() -> None:
    ways = ways_of(pin().procedure)
    taken = {way for outcome in _outcomes() for way in outcome.coverage}

    assert [] == [way for way in ways if way not in taken]
    assert {("review", "reject"), ("sign", "return"), ("pay", "done")} <= set(ways)


def test_asking_for_a_supplement_takes_the_outcome_that_leads_to_it() -> None:
    procedure = pin().procedure
    review, *rest = procedure.steps
    incomplete = steps.Outcome(name="incomplete", label={"vi": "Thiếu"}, target="supplement", reason="required")
    asking = review.model_copy(update={"outcomes": (*review.outcomes, incomplete)})
    do = (
        _do("2026-03-02 10:00", accept={}),
        _do(
            "2026-03-03 09:00", ask_supplement={"items": ["invoices"], "reason": "Thiếu"}, outcome="incomplete", by="an"
        ),
    )
    scenario = Scenario(place="s.yaml:2:3", id="tried", given=GIVEN, do=do)

    changed = Procedure.model_validate(procedure.model_dump() | {"steps": (asking, *rest)})
    [outcome] = run(changed, [scenario], pin().calendars, HOURS)

    assert outcome.failures == ()
    assert ("review", "incomplete") in outcome.coverage


def test_a_scenario_takes_milliseconds() -> None:
    do = (
        _do("2026-03-02 10:00", accept={}),
        _do("2026-03-12 15:00", complete_task="review", outcome="approve", with_={"payable": 4200000}, by="an"),
        _do("2026-03-13 10:00", complete_task="sign", outcome="sign", by="binh"),
        _do("2026-03-13 10:05", answer_call="pay", expect={"status": 9}),
    )
    assert _played(*do).passed
    began = process_time()

    _played(*do)

    assert process_time() - began < 0.1


def test_an_expectation_that_fails_is_reported_with_its_place_and_what_was_found() -> None:
    outcome = _played(_do("2026-03-02 10:00", accept={}, expect={"due": "2026-03-28", "status": 4}))

    assert not outcome.passed
    assert ["s.yaml:10:5"] == [failure.place for failure in outcome.failures]
    assert "due: expected 2026-03-28, found 2026-03-27" == outcome.failures[0].sentence


def test_what_is_not_built_is_said_at_its_place() -> None:
    verb = _played(_do("2026-03-02 10:00", migrate={}))

    assert "'migrate' is not built yet" == verb.failures[0].sentence


def test_an_event_refused_against_expectation_says_why_and_ends_the_scenario() -> None:
    outcome = _played(
        _do("2026-03-02 10:00", complete_task="review", outcome="approve", with_={"payable": 1000}),
        _do("2026-03-02 11:00", accept={}, expect={"status": 99}),
    )

    assert 1 == len(outcome.failures)
    assert outcome.failures[0].sentence.startswith("refused with no-such-task, it was to be allowed")


def test_a_refusal_that_does_not_come_is_a_failure() -> None:
    outcome = _played(_do("2026-03-02 10:00", accept={}, expect={"refused": "wrong-unit"}))

    assert "expected to be refused with wrong-unit, but it was allowed" == outcome.failures[0].sentence


def test_an_expected_refusal_changes_nothing() -> None:
    outcome = _played(_do("2026-03-02 10:00", deliver={}, expect={"refused": "not-finished", "status": 1, "open": []}))

    assert outcome.passed
    assert {"submitted", "task_opened", "notified"} == {entry.kind for entry in outcome.journal}


def test_events_out_of_order_are_a_mistake_of_the_scenario() -> None:
    outcome = _played(_do("2026-03-02 10:00", accept={}), _do("2026-03-02 09:30", withdraw={}))

    assert "order events by time" in outcome.failures[0].sentence


def test_an_outcome_that_leads_elsewhere_is_taken_by_its_own_verb() -> None:
    outcome = _played(
        _do("2026-03-02 10:00", accept={}), _do("2026-03-03 10:00", complete_task="review", outcome="return")
    )

    assert "'return' is taken by send_back" == outcome.failures[0].sentence


def test_values_the_door_would_send_back_are_reported_with_their_field() -> None:
    outcome = _played(
        _do("2026-03-02 10:00", accept={}),
        _do("2026-03-03 10:00", complete_task="review", outcome="approve", with_={"payable": 0}),
    )

    assert "/values/payable" in outcome.failures[0].sentence


def test_a_form_that_is_not_complete_cannot_be_submitted() -> None:
    given = replace(GIVEN, form={"card_number": "GD4797912345678"})

    outcome = _played(_do("2026-03-02 10:00", accept={}), given=given)

    assert ["s.yaml:3:1"] == [failure.place for failure in outcome.failures]
    assert "/form/account" in outcome.failures[0].sentence


def test_a_call_that_nobody_made_cannot_be_answered() -> None:
    outcome = _played(_do("2026-03-02 10:00", accept={}), _do("2026-03-02 11:00", answer_call="pay"))

    assert "'pay' has not called, or has been answered" == outcome.failures[0].sentence


def test_timers_due_before_an_event_have_fired_when_it_comes() -> None:
    outcome = _played(
        _do("2026-03-02 10:00", accept={}, expect={"late": False}),
        _do("2026-03-28 00:00", stop={}, reason="Lý do", by="an", expect={"late": True}),
    )

    assert outcome.passed, outcome.failures
    overdue = [entry.at for entry in outcome.journal if entry.kind == "overdue" and entry.cause == "legal"]
    assert [at("2026-03-28 00:00")] == overdue


def test_hand_overs_by_hand_wait_for_their_verb() -> None:
    given = replace(GIVEN, by_hand=("handovers",))

    outcome = _played(
        _do("2026-03-02 10:00", accept={}, expect={"status": 2, "open": ["review"]}),
        _do("2026-03-02 11:00", complete_task="review", outcome="approve", with_={"payable": 5}, expect=_REFUSED),
        _do("2026-03-02 14:00", reject_handover={}, reason="Thiếu bản giấy"),
        _do("2026-03-02 15:00", hand_over={"to": "competent"}),
        _do("2026-03-02 16:00", confirm_handover={}, by="an", expect={"status": 4, "unit": "competent"}),
        given=given,
    )

    assert outcome.passed, outcome.failures


def test_a_second_person_may_come_with_the_command_or_after_it() -> None:
    at_once = _played(
        _do("2026-03-02 10:00", accept={}),
        _do("2026-03-03 10:00", stop={}, reason="Lý do", by="an", approved_by="binh", expect={"verdict": "stopped"}),
    )
    same = _played(
        _do("2026-03-02 10:00", accept={}),
        _do("2026-03-03 10:00", stop={}, reason="Lý do", by="an", approved_by="an", expect={"refused": "same-person"}),
    )

    assert at_once.passed and same.passed, (at_once.failures, same.failures)


_REFUSED = {"refused": "handover-unconfirmed"}


def _played(*do: Happening, given: Given = GIVEN) -> Outcome:
    placed = tuple(replace(one, place=f"s.yaml:{10 + line}:5") for line, one in enumerate(do))
    scenario = Scenario(place="s.yaml:2:3", id="tried", given=given, do=placed)
    [outcome] = run(pin().procedure, [scenario], pin().calendars, HOURS)
    return outcome


def _do(when: str, *, expect: dict[str, Any] | None = None, **said: Any) -> Happening:
    """Write an event as a scenario does: a verb with its argument, and what goes with it."""
    names = ("by", "approved_by", "outcome", "to", "with_", "reason")
    beside = {name: said.pop(name) for name in names if name in said}
    ((verb, argument),) = said.items()
    return Happening(place="", at=at(when), verb=verb, argument=argument, expect=expect or {}, **beside)
