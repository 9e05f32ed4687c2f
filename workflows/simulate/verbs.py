"""The verbs of scenarios as events of the core: commands of people, and answers of other systems."""

from procedures.json_types import JsonObject
from workflows.core import fees, paths, proposals
from workflows.core.documents import parse_command
from workflows.core.effects import Perform
from workflows.core.events import EffectDone, EffectFailed, Event, Message
from workflows.simulate import told
from workflows.simulate.drafts import draft_of, is_of_a_party
from workflows.simulate.plays import CannotPlay, Play
from workflows.simulate.world import APPLICANT

_CALL = "Connector.call"


def event_of(play: Play) -> Event | None:
    """Say what the core is told; None where only time passes. Raises `CannotPlay` and `BadCommand`."""
    match play.happening.verb:
        case "pass":
            return None
        case "answer_call":
            values: JsonObject = {"outcome": play.happening.outcome or "done", "values": play.happening.with_}
            return EffectDone(id=_call(play).id, result=values)
        case "fail_call":
            # A named outcome is the other system's no; without one it could not be reached at all.
            code = play.happening.outcome
            return EffectFailed(id=_call(play).id, code=code or "unreachable", business=code is not None)
        case "payment_confirmed" | "payment_reversed":
            return _payment(play)
        case "message_received" | "opinion_received" | "subcase_ended" | "delivery_reported" | "alias_given":
            return told.message_of(play)
        case _:
            return parse_command(command_document(play))


def command_document(play: Play) -> JsonObject:
    """The verb as a command that travels. Raises `CannotPlay`."""
    draft = draft_of(play)
    name = play.happening.by
    by_party = is_of_a_party(play.happening.verb)
    second = play.happening.approved_by
    return {
        "id": play.id,
        "verb": play.happening.verb,
        "actor": _party(name) if by_party else _officer(name, draft.function, draft.unit),
        "approval": None if second is None else {"actor": _approver(play, second, draft.approver)},
        "arguments": {key: value for key, value in draft.arguments.items() if value is not None},
    }


def _payment(play: Play) -> Message:
    """What the payment system says of a fee: the whole amount, unless the scenario says another."""
    asked = [fee for fee in play.state.fees if fee.id == play.subject]
    if not asked:
        raise CannotPlay(f"no fee '{play.subject}' was asked for")
    data: JsonObject = {"fee": play.subject, "amount": asked[-1].amount, **play.happening.with_}
    return Message(id=play.id, source=fees.PAYMENTS, name=play.happening.verb, key=asked[-1].key, data=data)


def _party(name: str | None) -> JsonObject:
    return {"ref": APPLICANT if name is None else f"account:{name}"}


def _approver(play: Play, name: str, function: str) -> JsonObject:
    return _officer(name, function, proposals.approving_unit(play.world.pin, play.state, function))


def _officer(name: str | None, function: str | None, unit: str | None) -> JsonObject:
    """An officer without a name is whoever does this function, always the same."""
    return {"ref": f"officer:{name or function}", "function": function, "unit": unit}


def _call(play: Play) -> Perform:
    calls = [effect for effect in play.world.waiting(_CALL) if paths.step_of(effect.id) == play.subject]
    wanted = play.happening.lines
    if wanted is not None:
        calls = [one for one in calls if not wanted or play.lines.key_at(paths.path_of(one.id)) in wanted]
    if not calls:
        raise CannotPlay(f"'{play.subject}' has not called, or has been answered")
    return calls[0]
