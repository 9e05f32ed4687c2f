"""What the verbs of money, of time and of changing a case say to the core in a scenario."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from procedures.json_types import Json, JsonObject
from procedures.time.calendar import Calendar
from workflows.core import proposals
from workflows.core.limits import HANDLER
from workflows.core.phases import collection_unit, results_for_people
from workflows.core.state import Stage
from workflows.simulate import filing
from workflows.simulate.plays import Draft, Play, at_desk, in_hand, only


def _extend(play: Play) -> Draft:
    why: JsonObject = {"code": play.arguments.get("ground") or "other", "text": play.text_ref("reason")}
    arguments: JsonObject = {"add": play.arguments.get("add"), "reason": why}
    return in_hand(play, arguments, approver=play.world.pin.procedure.extension.approved_by)


def _switch_limit(play: Play) -> Draft:
    rules = play.world.pin.procedure.verification
    draft = in_hand(play, {"reason": play.reason}, approver=rules.approved_by)
    named = [one for one in rules.offered_to if one != HANDLER]
    return replace(draft, function=named[0]) if named else draft


def _apologise(play: Play) -> Draft:
    arguments = {**play.arguments, "reason": play.reason}
    if play.state.stage is Stage.HANDLING:
        unit = proposals.approving_unit(play.world.pin, play.state, proposals.LEADER)
        return Draft(arguments, "leader", unit)
    return at_desk(play, arguments)


def _ask_fee(play: Play) -> Draft:
    arguments: JsonObject = {"fee": play.subject, "ground": play.text_ref("ground")}
    return at_desk(play, arguments)


def _waive_fee(play: Play) -> Draft:
    return at_desk(play, {"fee": play.subject, "ground": play.text_ref("ground")}, function="finance")


def _record_payment(play: Play) -> Draft:
    arguments: JsonObject = {"fee": play.subject, "receipt": play.text_ref("receipt")}
    if play.state.stage is Stage.RESOLVED:
        return Draft(arguments, play.world.pin.procedure.intake.by, collection_unit(play.state))
    return at_desk(play, arguments)


def _recall(play: Play) -> Draft:
    id = play.arguments.get("handover")
    offered = [one for one in play.state.handovers if one.state == "offered" and id in (None, one.id)]
    handover = only(offered, "nothing is offered", "several hand-overs are offered: say handover")
    return Draft({"handover": handover.id, "reason": play.reason}, handover.sender_function, handover.sender)


def _change_variant(play: Play) -> Draft:
    given: JsonObject = {paper.id: "ok" for paper in play.state.papers if paper.satisfied_by is not None}
    said = play.arguments.get("verdicts")
    verdicts = given | (said if isinstance(said, dict) else {})
    checked: list[Json] = [{"id": id, "verdict": verdict} for id, verdict in sorted(verdicts.items())]
    return at_desk(play, {"variant": play.arguments.get("variant"), "verdicts": checked, "reason": play.reason})


def _reset_route(play: Play) -> Draft:
    unit = proposals.approving_unit(play.world.pin, play.state, "leader")
    return Draft({"to": play.arguments.get("to"), "reason": play.reason}, "leader", unit)


def _reopen(play: Play) -> Draft:
    arguments: JsonObject = {"to": play.arguments.get("to"), "reason": play.reason}
    return Draft(arguments, play.world.pin.procedure.intake.by, collection_unit(play.state))


def _correct_result(play: Play) -> Draft:
    named = play.arguments.get("replaces") or next((one.id for one in results_for_people(play.state)), None)
    arguments: JsonObject = {"replaces": named, "to": play.arguments.get("to"), "reason": play.reason}
    return Draft(arguments, play.world.pin.procedure.intake.by, collection_unit(play.state))


def _recompute(play: Play) -> Draft:
    """These days are announced to be off; the rest of the calendars stays."""
    pin = play.world.pin
    off = [date.fromisoformat(str(day)) for day in _listed(play.arguments.get("off"))]
    announced: list[Json] = [
        {"day": day.isoformat(), "kind": "swapped_off", "name": "", "basis": "", "certainty": "none"} for day in off
    ]
    calendars: list[Json] = [
        {**written, "days_off": [*_listed(written["days_off"]), *_within(calendar, announced)]}
        for calendar, written in zip(pin.calendars, _listed(pin.document["calendars"]), strict=True)
        if isinstance(written, dict)
    ]
    unit = proposals.approving_unit(pin, play.state, proposals.LEADER)
    return Draft({"calendars": calendars, "ground": play.text_ref("ground")}, proposals.LEADER, unit)


def _within(calendar: Calendar, days: Sequence[Json]) -> list[Json]:
    first, last = calendar.first.isoformat(), calendar.last.isoformat()
    return [one for one in days if isinstance(one, dict) and first <= str(one["day"]) <= last]


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _rate(play: Play) -> Draft:
    return Draft({"score": play.arguments.get("score", 5), "comment": play.text_ref("comment")})


def _amend(play: Play) -> Draft:
    form = play.arguments.get("form")
    changed = filing.changed_form(play.world.pin.procedure, play.given, form, play.happening.at, play.world.forms)
    why: JsonObject = {"code": "other", "text": play.text_ref("reason")}
    wishes: JsonObject = {"wishes": play.arguments.get("wishes") or {}}
    return Draft({**wishes, "reason": play.reason or why, **changed})


def _link(play: Play) -> Draft:
    return Draft(play.arguments)


def _correct_entry(play: Play) -> Draft:
    return at_desk(play, {**play.arguments, "reason": play.reason})


DRAFTS: Mapping[str, Callable[[Play], Draft]] = MappingProxyType(
    {
        "extend": _extend,
        "switch_limit": _switch_limit,
        "apologise": _apologise,
        "ask_fee": _ask_fee,
        "waive_fee": _waive_fee,
        "record_payment": _record_payment,
        "recall": _recall,
        "change_variant": _change_variant,
        "reset_route": _reset_route,
        "reopen": _reopen,
        "correct_result": _correct_result,
        "recompute": _recompute,
        "rate": _rate,
        "amend": _amend,
        "link": _link,
        "correct_entry": _correct_entry,
    }
)
