"""What a document is made from: everything by value that is not personal, the rest by reference."""

from collections.abc import Mapping

from pydantic import JsonValue

from procedures.language.model.steps import EachStep
from workflows.core import facts, paths
from workflows.core.clocks import LEGAL
from workflows.core.events import Item, Reason, Ref
from workflows.core.state import State, Track
from workflows.core.turn import Turn, text_of


def rendering(
    turn: Turn,
    document: str,
    *,
    unit: str,
    path: str = paths.ROOT,
    template: str | None = None,
    result: str | None = None,
    reason: Reason | None = None,
    ground: Ref | None = None,
    items: tuple[Item, ...] = (),
    values: Mapping[str, JsonValue] | None = None,
    leaves: bool = False,
) -> dict[str, JsonValue]:
    """Give what `Document.render` needs; a statutory paper bears the profile's form number.

    `leaves`: approved already, it goes to the applicant as it is.
    """
    state = turn.state
    legal = turn.clock(LEGAL)
    optional: dict[str, JsonValue] = {
        "legal_form": turn.pin.procedure.legal_forms.get(document),
        "code": state.code,
        "receipt": state.receipt,
        "received": text_of(facts.received_at(state)),
        "accepted": text_of(state.accepted_at),
        "limit": None
        if legal is None
        else {"within": legal.limit_in_force.within, "source": legal.limit_in_force.source},
        "due": text_of(legal.due) if legal is not None else None,
        "original_due": text_of(legal.original_due) if legal is not None else None,
        "result": result,
        "leaves": True if leaves else None,
        "ground": ground,
        "reason": None if reason is None else {"code": reason.code, "text": reason.text},
        "line": paths.line(path),
        "lines": _lines(turn, path) or None,
        "fees": _fees(state) or None,
    }
    return {
        "document": document,
        "template": template or document,
        "unit": unit,
        "form": state.form,
        "forms": _forms(state, path),
        "items": [{"id": item.id, "kind": item.kind, "note": item.note} for item in items],
        "values": dict(values or {}),
        **{name: value for name, value in optional.items() if value is not None},
    }


def _lines(turn: Turn, path: str) -> dict[str, JsonValue]:
    """How each line of a list ended, with what was entered for it: nobody is refused without reading why (§4.4).

    By the step that goes through the list; a paper of one line tells of no other.
    """
    found: dict[str, JsonValue] = {}
    for step in turn.pin.procedure.all_steps if paths.line(path) is None else ():
        lines = [one for one in turn.state.tracks if isinstance(step, EachStep) and paths.owner(one.path) == step.id]
        if lines:
            found[step.id] = [_line(turn.state, one) for one in lines]
    return found


def _line(state: State, track: Track) -> JsonValue:
    own, reason = f"{track.path}/", track.reason
    ended: dict[str, JsonValue] = {
        "verdict": None if track.verdict is None else track.verdict.value,
        "reason": None if reason is None else {"code": reason.code, "text": reason.text},
        "forms": {name.removeprefix(own): ref for name, ref in state.forms.items() if name.startswith(own)} or None,
    }
    return {"line": paths.line(track.path), **{name: value for name, value in ended.items() if value is not None}}


def _fees(state: State) -> list[JsonValue]:
    """What was asked of the applicant so far and still stands."""
    standing = (fee for fee in state.fees if fee.state in ("asked", "paid", "waived"))
    return [{"id": fee.id, "amount": fee.amount, "state": fee.state} for fee in standing]


def _forms(state: State, path: str) -> dict[str, JsonValue]:
    """The forms entered at steps outside of lines, and in a line its own in their place."""
    own = f"{paths.scope(path)}/"
    common: dict[str, JsonValue] = {name: ref for name, ref in state.forms.items() if "/" not in name}
    return common | {name.removeprefix(own): ref for name, ref in state.forms.items() if name.startswith(own)}
