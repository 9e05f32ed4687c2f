"""Days off announced while a case runs: its dates move by an explicit act, and what was missed stays missed."""

from dataclasses import replace
from datetime import date

from pydantic import JsonValue

from procedures.json_types import JsonObject
from procedures.time.calendar import DayOff
from tests.workflows.core.life import (
    ALL_GOOD,
    AN,
    BINH,
    INVOICES,
    MAI,
    PROVINCE,
    Life,
    accepted,
    asked,
    at,
    pin,
    procedure,
    submit,
)
from workflows.core import machine
from workflows.core.effects import UsePin
from workflows.core.events import Accept, Actor, Approval, Approve, AskSupplement, ConfirmHandover, Recompute
from workflows.core.pin import dump_pin, make_pin, with_calendars
from workflows.core.state import Outcome

CHI = Actor(ref="officer:chi", function="leader", unit=PROVINCE)
GIANG = Actor(ref="officer:giang", function="designer", unit="unit:house")
TWO = Approval(actor=CHI)
WHEN, GROUND = "2026-03-10T09:00", "command:c/ground"


def calendars(*off: str) -> tuple[JsonObject, ...]:
    """The calendars of the case with these days off as well."""
    more = tuple(DayOff(date.fromisoformat(day), "swapped_off", "", "", "high") for day in off)
    changed = tuple(
        replace(one, days_off=(*one.days_off, *more)) if one.id == "vn-2026" else one for one in pin().calendars
    )
    documents = dump_pin(make_pin(procedure(), changed, pin().hours))["calendars"]
    assert isinstance(documents, list)
    return tuple(one for one in documents if isinstance(one, dict))


def recompute(life: Life, *off: str, when: str = WHEN) -> Outcome:
    arguments: dict[str, object] = {"calendars": calendars(*off), "ground": GROUND}
    return life.do(when, Recompute, BINH, **arguments, approval=TWO).outcome


def test_a_day_off_announced_later_moves_the_due_and_the_applicant_is_told() -> None:
    """I25: from the original start, by the new calendar; the journal keeps both dues."""
    life = accepted()
    old = life.due()

    assert Outcome.DONE == recompute(life, "2026-03-27")

    legal = next(one for one in life.state.clocks if one.id == "legal")
    assert (at("2026-03-27T23:59:59.999999"), at("2026-03-30T23:59:59.999999")) == (old, life.due())
    assert (old, "recomputed") == (legal.original_due, legal.adjustments[-1].kind)
    moved = life.last("recomputed").data["clocks"]
    assert isinstance(moved, dict)
    assert {"old_due": "2026-03-27T16:59:59.999999Z", "new_due": "2026-03-30T16:59:59.999999Z"} == moved["legal"]
    told = [one.with_ for one in life.orders("Notification.send") if one.with_["notice"] == "recomputed"]
    assert ["2026-03-30T16:59:59.999999Z"] == [values_of(one)["new_date"] for one in told]


def values_of(with_: object) -> dict[str, JsonValue]:
    assert isinstance(with_, dict)
    values = with_["values"]
    assert isinstance(values, dict)
    return values


def test_the_driver_is_handed_the_pin_that_the_case_is_bound_to_from_then_on() -> None:
    life = accepted()

    recompute(life, "2026-03-16")

    used = [one for one in life.ordered if isinstance(one, UsePin)]
    assert [life.state.pin_digest] == [one.digest for one in used]
    assert life.pin.digest == life.state.pin_digest != pin().digest
    assert machine.load(machine.dump(life.state)) == life.state


def test_who_was_late_stays_late_and_a_new_due_in_the_past_is_missed_now() -> None:
    """I23."""
    late = accepted(Life())
    late.wait_until("2026-03-28T00:00")
    longer = accepted(Life(with_calendars(pin(), calendars("2026-03-27", "2026-03-30"))))
    assert not longer.state.late

    recompute(late, "2026-03-27", "2026-03-30", when="2026-03-30T09:00")
    recompute(longer, when="2026-03-30T09:00")

    assert late.state.late and at("2026-03-31T23:59:59.999999") == late.due()
    assert longer.state.late and at("2026-03-27T23:59:59.999999") == longer.due()
    assert ["legal"] == [entry.cause for entry in longer.journal if entry.kind == "overdue" and entry.cause == "legal"]


def test_it_takes_the_decision_two_persons_and_a_calendar_that_reaches() -> None:
    life = accepted()
    new = calendars("2026-03-16")

    assert "wrong-function" == life.refused(WHEN, Recompute, AN, calendars=new, ground=GROUND)
    assert "ground-required" == life.refused(WHEN, Recompute, GIANG, calendars=new)
    assert "form-invalid" == life.refused(WHEN, Recompute, GIANG, ground=GROUND)
    assert "form-invalid" == life.refused(WHEN, Recompute, GIANG, calendars=({"id": "x"},), ground=GROUND)
    assert "calendar-unchanged" == life.refused(WHEN, Recompute, GIANG, calendars=calendars(), ground=GROUND)
    assert "calendar-not-covered" == life.refused(WHEN, Recompute, GIANG, calendars=new[:1], ground=GROUND)
    assert Outcome.PROPOSED == life.do(WHEN, Recompute, GIANG, calendars=new, ground=GROUND).outcome
    life.do("2026-03-10T10:00", Approve, CHI, proposal=life.state.proposals[0].id)
    assert ["approved", "recomputed"] == [one.kind for one in life.journal if one.kind in ("approved", "recomputed")]


def test_while_a_supplement_is_out_the_window_moves_and_the_limit_follows_when_it_resumes() -> None:
    life = asked()
    window = life.due("window:1")

    recompute(life, "2026-03-26")

    moved = life.due("window:1")
    assert window is not None and moved is not None and window < moved
    told = [one.with_ for one in life.orders("Notification.send") if one.with_["notice"] == "recomputed"]
    assert [None] == [values_of(one)["new_date"] for one in told]


def test_the_calendar_that_was_missing_ends_its_incident() -> None:
    """The window of a request that left in December ends in a year that nobody had announced yet."""
    life = Life(with_calendars(pin(), calendars("2026-12-31")[:2]))
    submit(life, "2026-12-04T08:00")
    life.do("2026-12-04T09:00", Accept, MAI, verdicts=ALL_GOOD)
    life.do("2026-12-04T10:00", ConfirmHandover, AN, handover="_handover:1")
    life.do("2026-12-11T09:00", AskSupplement, AN, items=INVOICES, ground=GROUND)
    assert ["calendar-not-covered"] == [one.code for one in life.state.incidents]

    recompute(life, "2026-12-31", when="2026-12-14T09:00")

    assert () == life.state.incidents
    assert life.due("window:1") is not None
    assert "recomputed" == life.last("incident_resolved").data["how"]
