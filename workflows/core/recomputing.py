"""Other calendars for a running case: every date is counted anew, and who is late stays late (I23, I25)."""

from collections.abc import Sequence
from typing import TypeAlias

from pydantic import JsonValue

from procedures.json_types import JsonObject
from procedures.time.errors import CalendarNotCovered
from workflows.core import clocks, guards, notices, proposals
from workflows.core.effects import UsePin
from workflows.core.events import Recompute, Ref
from workflows.core.pin import Pin, dump_pin, with_calendars
from workflows.core.reckoning import reckoned
from workflows.core.refusals import Refused
from workflows.core.state import Outcome
from workflows.core.timekeeping import Clock
from workflows.core.turn import Turn, text_of

DESIGNER = "designer"
_NOT_COVERED = "calendar-not-covered"
# The clocks whose end the applicant was told.
_TOLD = ("legal", "window")
# The due before and after, by the id of the clock that moved.
Moved: TypeAlias = dict[str, JsonValue]


def recompute(turn: Turn, command: Recompute) -> Outcome:
    """Row a: with the decision that changed the calendar, by a second person, where the new one reaches far enough."""
    guards.function(command.actor, DESIGNER, proposals.LEADER)
    if command.actor.function == proposals.LEADER:
        guards.unit(command.actor, proposals.approving_unit(turn.pin, turn.state, proposals.LEADER))
    guards.ground(command.ground)
    pin = _pin_with(turn.pin, command.calendars)
    guards.that(pin.digest != turn.pin.digest, "calendar-unchanged")
    for clock in _counting(turn):
        _is_covered(pin, clock)
    return proposals.with_second_person(
        turn, command, proposals.LEADER, lambda: _recompute(turn, pin, str(command.ground))
    )


def _pin_with(pin: Pin, calendars: Sequence[JsonObject]) -> Pin:
    guards.that(bool(calendars), "form-invalid", fields=["calendars"])
    try:
        return with_calendars(pin, calendars)
    except ValueError as bad:
        raise Refused("form-invalid", fields=["calendars"]) from bad


def _is_covered(pin: Pin, clock: Clock) -> None:
    try:
        reckoned(pin, clock)
    except CalendarNotCovered as gap:
        raise Refused(_NOT_COVERED, day=gap.day.isoformat()) from gap


def _recompute(turn: Turn, pin: Pin, ground: Ref) -> None:
    turn.use_pin(pin)
    turn.order_untracked(UsePin(digest=pin.digest, document=dump_pin(pin)))
    moved: Moved = {}
    for clock in _counting(turn):
        if (counted := clocks.recompute(turn, clock.id, ground=ground)).due != clock.due:
            moved[clock.id] = {"old_due": text_of(clock.due), "new_due": text_of(counted.due)}
    calendars: list[JsonValue] = [calendar.id for calendar in pin.calendars]
    turn.write("recomputed", ground=ground, data={"calendars": calendars, "clocks": moved})
    _end_incidents(turn)
    _tell(turn, moved)


def _counting(turn: Turn) -> list[Clock]:
    return [clock for clock in turn.state.clocks if clock.state in clocks.RUNNING]


def _end_incidents(turn: Turn) -> None:
    """The calendar that was missing is there: nobody has to look for it any more."""
    for incident in [one for one in turn.state.incidents if one.code == _NOT_COVERED]:
        turn.drop_incident(incident.id)
        turn.write("incident_resolved", data={"incident": incident.id, "how": "recomputed"})


def _tell(turn: Turn, moved: Moved) -> None:
    kinds = {clock.kind: clock.due for clock in turn.state.clocks if clock.id in moved and clock.kind in _TOLD}
    if kinds:
        values: dict[str, JsonValue] = {
            "new_date": text_of(kinds.get("legal")),
            "answer_by": text_of(kinds.get("window")),
        }
        notices.tell(turn, "recomputed", notices.applicant(turn.state), values=values)
