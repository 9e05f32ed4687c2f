"""Whom the case tells what: every notice is one effect, named after the entry that caused it."""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from pydantic import JsonValue

from procedures.language.applying.selection import fits
from workflows.core import facts
from workflows.core.events import Key, Ref
from workflows.core.phases import desk_unit, file_unit
from workflows.core.state import State
from workflows.core.turn import Turn, text_of

Recipient: TypeAlias = dict[str, JsonValue]
NoticeName: TypeAlias = Literal[
    "submission_received",
    "accepted",
    "acceptance_returned",
    "refused",
    "supplement_request",
    "supplement_completed",
    "supplement_cancelled",
    "withdrawn",
    "withdrawal_denied",
    "stopped",
    "handed_over",
    "handover_rejected",
    "handover_unconfirmed",
    "warned",
    "overdue",
    "escalated",
    "reminded",
    "opinion_due",
    "urged",
    "opinion_replaced",
    "opinion_not_needed",
    "ask_by_passed",
    "apology",
    "extended",
    "limit_switched",
    "recomputed",
    "fee_asked",
    "fee_reversed",
    "variant_changed",
    "recalled",
    "resolved",
    "delivered",
    "uncollected",
    "denied",
    "incident",
    "found_quiet",
]
# The words of the language's `on` for those a procedure may put into its own.
_ON: Mapping[NoticeName, str] = {
    "submission_received": "submitted",
    "accepted": "accepted",
    "refused": "refused",
    "supplement_request": "supplement_sent",
    "reminded": "reminded",
    "apology": "apologised",
    "extended": "extended",
    "fee_asked": "fee_asked",
    "limit_switched": "limit_switched",
    "resolved": "resolved",
    "delivered": "delivered",
    "withdrawn": "withdrawn",
    "stopped": "stopped",
}
# The law hangs something on these having been given; their failure may be retried, not skipped.
LEGAL: frozenset[str] = frozenset(
    {
        *("supplement_request", "supplement_completed", "refused", "stopped"),
        *("extended", "limit_switched", "recomputed", "fee_asked"),
    }
)


def tell(
    turn: Turn,
    notice: NoticeName,
    to: Sequence[Recipient],
    *,
    id: Key | None = None,
    document: Ref | None = None,
    values: Mapping[str, JsonValue] | None = None,
    own: str | None = None,
) -> None:
    """Order a notice, in the procedure's own words where it has some (`own` names them); to nobody orders nothing."""
    if not to:
        return
    for name in [own] if own is not None else _worded(turn, notice):
        with_: dict[str, JsonValue] = {"notice": name, "to": list(to), **about(turn.state)}
        if document is not None:
            with_["document"] = document
        with_["values"] = dict(values or {})
        turn.order(id or _next_id(turn), "Notification.send", with_, skippable=notice not in LEGAL)


def applicant(state: State) -> list[Recipient]:
    return _party(state, "submitter")


def recipient(state: State, to: str = "recipient") -> list[Recipient]:
    """Give who gets a result: the recipient, or the owner, or whoever filed; a person of the form has no account."""
    found = {"recipient": _reached(state, "recipient") or _reached(state, "owner"), "owner": _reached(state, "owner")}
    return found.get(to) or applicant(state)


def payer(state: State) -> list[Recipient]:
    return _reached(state, "payer") or applicant(state)


def declared_recipients(turn: Turn, notice: str, path: str) -> list[Recipient]:
    """Give those whom the procedure's own notice names; an agency is whoever has the file."""
    declared = turn.pin.procedure.notice(notice)
    assert declared is not None, notice
    match declared.to:
        case "owner":
            return _party(turn.state, "owner") or applicant(turn.state)
        case "recipient":
            return recipient(turn.state)
        case "agency":
            function = turn.track(path).function
            return holders(function, file_unit(turn.state, path)) if function is not None else []
        case _:
            return applicant(turn.state)


def holders(function: str, unit: str) -> list[Recipient]:
    return [{"function": function, "unit": unit}]


def head(function: str, unit: str) -> list[Recipient]:
    return [{"function": function, "unit": unit, "head": True}]


def operators(state: State) -> list[Recipient]:
    return holders("operator", desk_unit(state))


def _party(state: State, role: str) -> list[Recipient]:
    return [{"role": party.role, "ref": party.ref} for party in state.parties if party.role == role]


def _reached(state: State, role: str) -> list[Recipient]:
    return [one for one in _party(state, role) if str(one["ref"]).startswith("account:")]


def _worded(turn: Turn, notice: NoticeName) -> list[str]:
    on = _ON.get(notice)
    known = facts.known(turn)
    declared = [
        one.id for one in turn.pin.procedure.notices if one.on == on and fits(turn.pin.procedure, one.selectors, known)
    ]
    return declared[:1] or [notice]


def about(state: State) -> dict[str, JsonValue]:
    legal = next((clock for clock in state.clocks if clock.id == "legal"), None)
    about: dict[str, JsonValue] = {"code": state.code, "unit": desk_unit(state)}
    if legal is not None and legal.due is not None:
        about["due"] = text_of(legal.due)
    return about


def _next_id(turn: Turn) -> Key:
    """Name a notice after the entry that caused it; a second one for the same entry is counted in the path."""
    seq = turn.state.seq
    ending = f":{seq}"
    told = [
        one.effect.id
        for one in turn.state.effects
        if one.effect.id.startswith("_notice") and one.effect.id.endswith(ending)
    ]
    return f"_notice{ending}" if not told else f"_notice/{len(told) + 1}{ending}"
