"""What `Intake.register` answers: the case is accepted from the instant of the officer's command, or given back."""

from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

from workflows.core import clocks, deadline, dossier, facts, fitting, flow, incidents, intake, notices, papers
from workflows.core.effects import UsePin
from workflows.core.events import EffectFailed
from workflows.core.phases import desk_unit
from workflows.core.pin import load_pin
from workflows.core.reckoning import deadline_row
from workflows.core.state import Outcome, Stage
from workflows.core.timekeeping import Limit
from workflows.core.turn import Settlement, Turn, text_of


def registered(turn: Turn, result: Mapping[str, JsonValue]) -> None:
    """effect_done a: code, receipt, pin and routes are there; clocks run from the accepting instant."""
    submitted_under = turn.pin.digest
    _take_pin(turn, result)
    routes = result["routes"]
    assert isinstance(routes, dict)
    turn.state = replace(
        turn.state,
        stage=Stage.HANDLING,
        pinned=True,
        pin_digest=turn.pin.digest,
        code=str(result["code"]),
        receipt=str(result["receipt"]),
        facts=dict(sorted({**fitting.defaults(turn.pin.procedure), **turn.state.facts}.items())),
        routes={name: str(unit) for name, unit in sorted(routes.items()) if unit},
    )
    turn.state = replace(turn.state, papers=dossier.demanded_anew(turn))
    limit = start_legal(turn)
    procedure = turn.pin.procedure
    legal = turn.clock(clocks.LEGAL)
    due = text_of(legal.due) if legal is not None else None
    turn.write(
        "accepted",
        data={
            "code": turn.state.code,
            "receipt": turn.state.receipt,
            "due": due,
            "accepted_at": text_of(turn.state.accepted_at),
            "version": procedure.version,
            "pin": turn.pin.digest,
            "submitted_under": submitted_under,
        },
    )
    turn.write("limit_set", data={"within": limit.within, "source": limit.source, "due": due})
    with_ = papers.rendering(turn, "receipt", unit=desk_unit(turn.state))
    turn.order(turn.visit("_receipt"), "Document.render", with_)
    notices.tell(turn, "accepted", notices.applicant(turn.state))
    flow.open_root(turn)
    turn.settlement = Settlement(Outcome.DONE)


def start_legal(turn: Turn) -> Limit:
    """The limit by the selectors of the deadline; with `counted_from: received` it began at the arrival."""
    procedure = turn.pin.procedure
    limit = deadline.limit(turn)
    row = deadline_row(procedure, limit.source)
    accepted_at = turn.state.accepted_at or turn.now
    received = facts.received_at(turn.state)
    counted_from = received if row.counted_from == "received" and received is not None else accepted_at
    clocks.start(turn, "legal", clocks.LEGAL, limit, at=counted_from)
    asking = procedure.supplement
    if asking.ask_within is not None and "handling" in asking.stages and asking.rounds > 0:
        # Counted like the deadline (language.md 2.7).
        ask_by = Limit(within=asking.ask_within, source="supplement.ask_within", counted=limit.source)
        clocks.start(turn, "ask_by", clocks.ASK_BY, ask_by, at=accepted_at)
    return limit


def failed(turn: Turn, event: EffectFailed) -> None:
    """effect_failed a: what no retry can mend gives the dossier back, with no code used; an outage keeps it waiting."""
    flight = turn.flight(event.id)
    if not event.business:
        incidents.open_incident(turn, code=event.code, effect=event.id, detail=event.detail)
        return
    assert flight is not None
    incidents.land(turn, event.id)
    turn.state = replace(turn.state, stage=Stage.SUBMITTED, accepted_at=None)
    turn.write("acceptance_returned", node=event.id, data={"why": event.code, "detail": event.detail})
    intake.resume_intake(turn)
    by = turn.pin.procedure.intake.by
    notices.tell(turn, "acceptance_returned", notices.holders(by, desk_unit(turn.state)), values={"why": event.code})
    turn.settlement = Settlement(Outcome.RETURNED, event.code)


def _take_pin(turn: Turn, result: Mapping[str, JsonValue]) -> None:
    """The version in force at the accepting instant may be another than that of the submission."""
    digest = str(result["pin"])
    if digest == turn.pin.digest:
        return
    document = result["pin_document"]
    assert isinstance(document, dict)
    turn.pin = load_pin(document)
    assert turn.pin.digest == digest
    turn.order_untracked(UsePin(digest=digest))
