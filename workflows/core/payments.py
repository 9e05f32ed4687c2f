"""How a fee ends: paid at the counter or elsewhere, waived, not paid in time, or paid and taken back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pydantic import JsonValue

from procedures.language.applying.charges import Charge
from workflows.core import delivery, fees, flow, guards, intake, notices, side_tasks, stops
from workflows.core.entries import EntryKind
from workflows.core.events import SYSTEM, AskFee, Message, Reason, RecordPayment, Ref, Refuse, WaiveFee
from workflows.core.phases import collection_unit, desk_unit, outstanding, results_for_people
from workflows.core.side_tasks import FINANCE
from workflows.core.state import Fee, Outcome, Stage, TrackState
from workflows.core.timekeeping import Clock
from workflows.core.turn import Turn, text_of

EXPIRED = "expired"
MISMATCH = "payment-mismatch"
_EXPIRED = Reason(code="fee_expired")


def ask_fee(turn: Turn, command: AskFee) -> Outcome:
    """Rows a and b: a fee of the procedure, or another amount on a ground of its own; each once at a time."""
    guards.function(command.actor, turn.pin.procedure.intake.by, FINANCE)
    id = command.fee or fees.OTHER
    declared = turn.pin.procedure.fee(id)
    guards.that(declared is not None or id == fees.OTHER, "form-invalid", fields=["fee"])
    guards.that(not [fee for fee in outstanding(turn.state) if fee.id == id], "fee-already-asked")
    guards.that(turn.state.stage is not Stage.RESOLVED or not _all_on_their_way(turn), "in-transit")
    if declared is None:
        guards.ground(command.ground)
        guards.that(command.amount is not None and command.amount > 0, "form-invalid", fields=["amount"])
        fees.bill(turn, id, command.amount or 0, ground=command.ground)
        return Outcome.DONE
    guards.that(fees.standing(turn, id) is None, "fee-already-asked")
    charge = fees.charge_of(turn, declared)
    guards.that(charge != Charge(), "form-invalid", fields=["fee"])
    fees.ask(turn, declared, charge)
    return Outcome.DONE


def waive_fee(turn: Turn, command: WaiveFee) -> Outcome:
    guards.function(command.actor, FINANCE)
    fee = _named(turn, command.fee)
    guards.ground(command.ground)
    fees.cancel_bill(turn, fee)
    _settle(turn, fee, "waived", "fee_waived", ground=command.ground)
    return Outcome.DONE


def record_payment(turn: Turn, command: RecordPayment) -> Outcome:
    """Paid at the counter, or a transfer that finance has found."""
    desk = turn.pin.procedure.intake.by
    guards.function(command.actor, FINANCE, desk)
    if command.actor.function == desk:
        where = collection_unit(turn.state) if turn.state.stage is Stage.RESOLVED else desk_unit(turn.state)
        guards.unit(command.actor, where)
    fee = _named(turn, command.fee)
    guards.that(bool(command.receipt), "form-invalid", fields=["receipt"])
    fees.cancel_bill(turn, fee)
    _settle(turn, fee, "paid", "paid", data={"by": "desk", "receipt": command.receipt})
    return Outcome.DONE


def confirmed(turn: Turn, message: Message) -> str | None:
    """payment_confirmed a: money for a fee that was asked; amount and bill must agree, or a person looks at it."""
    fee = _meant(turn, message, outstanding(turn.state))
    if fee is None:
        return "no-fee-asked"
    if not _agrees(fee, message.data):
        return MISMATCH
    _settle(turn, fee, "paid", "paid", data={"by": message.source, "reference": message.data.get("reference")})
    return None


def reversed(turn: Turn, message: Message) -> str | None:
    """payment_reversed a: it was paid and taken back, so it is owed again; finance sees to it."""
    fee = _meant(turn, message, tuple(one for one in turn.state.fees if one.state == "paid"))
    if fee is None:
        return "was-not-paid"
    fees.set_fee(turn, replace(fee, state="reversed", settled_at=None))
    turn.write("payment_reversed", node=fee.key, data={"fee": fee.id, "amount": fee.amount, "by": message.source})
    unit = side_tasks.finance_unit(turn)
    side_tasks.open_side_task(turn, "fee", FINANCE, unit, about=fee.key)
    notices.tell(turn, "fee_reversed", notices.holders(FINANCE, unit))
    return None


def expire(turn: Turn, clock: Clock, *, instant: datetime) -> None:
    """The payer's time is over: the step's own way out, or what the procedure says of a fee without a step.

    Nobody pauses for longer than the payer was given; what is paid while an officer decides is still taken.
    """
    fee = next(one for one in turn.state.fees if fees.clock_of(one) == clock.id)
    gives_up = fee.track is not None or (turn.pin.procedure.fee_wait.on_expiry == "stop" and _may_end(turn))
    fees.end(turn, replace(fee, state="expired", settled_at=clock.due) if gives_up else fee, at=clock.due)
    turn.write("fee_expired", node=fee.key, data={"fee": fee.id, "clock": clock.id, "instant": text_of(instant)})
    if not gives_up:
        by = turn.pin.procedure.intake.by
        side_tasks.open_side_task(turn, "fee", by, desk_unit(turn.state), about=fee.key)
        return
    fees.cancel_bill(turn, fee)
    if fee.track is not None:
        _go_on(turn, fee.track, EXPIRED)
    elif turn.state.stage is Stage.HANDLING:
        # No person chose it, and only the payer's own time ran out: no second person.
        stops.stop_now(turn, _EXPIRED)
    else:
        intake.refuse_now(turn, Refuse(id=clock.id, actor=SYSTEM, reason=_EXPIRED))


def _all_on_their_way(turn: Turn) -> bool:
    """Nothing is left that could be kept until the fee is paid."""
    return all(one.delivery in ("in_transit", "delivered") for one in results_for_people(turn.state))


def _may_end(turn: Turn) -> bool:
    """What is decided can only be delivered; what a signer was asked for is not called back."""
    if turn.state.stage is Stage.RESOLVED:
        return False
    return turn.state.decided_at is None and not guards.signature_in_flight(turn.state)


def _settle(
    turn: Turn,
    fee: Fee,
    state: str,
    kind: EntryKind,
    *,
    ground: Ref | None = None,
    data: Mapping[str, JsonValue] | None = None,
) -> None:
    fees.end(turn, replace(fee, state="paid" if state == "paid" else "waived", settled_at=turn.now))
    turn.write(kind, node=fee.key, ground=ground, data={"fee": fee.id, "amount": fee.amount, **(data or {})})
    if fee.track is not None:
        _go_on(turn, fee.track, flow.PAID)
    if turn.state.stage is Stage.RESOLVED and not outstanding(turn.state):
        delivery.begin(turn)


def _go_on(turn: Turn, path: str, outcome: str) -> None:
    """A token that is held enters its step again when the hold ends, and finds there what became of the fee."""
    if turn.track(path).state is TrackState.WAITING:
        flow.leave(turn, path, outcome, reason=_EXPIRED if outcome == EXPIRED else None)


def _named(turn: Turn, id: str | None) -> Fee:
    """The fee named by its id or its bill's key, or the only one that is owed."""
    owed = [fee for fee in outstanding(turn.state) if id in (None, fee.id, fee.key)]
    guards.that(bool(owed), "no-fee-asked")
    guards.that(len(owed) == 1, "form-invalid", fields=["fee"])
    return owed[0]


def _meant(turn: Turn, message: Message, candidates: tuple[Fee, ...]) -> Fee | None:
    """Correlate by the bill's key, its number, or the name of the fee."""
    for fee in candidates:
        named = (message.key == fee.key, message.data.get("fee") == fee.id, _is_bill(fee, message.data))
        if any(named):
            return fee
    return None


def _is_bill(fee: Fee, data: Mapping[str, JsonValue]) -> bool:
    return fee.bill is not None and data.get("bill") == fee.bill


def _agrees(fee: Fee, data: Mapping[str, JsonValue]) -> bool:
    bill = data.get("bill")
    return data.get("amount") == fee.amount and (bill is None or fee.bill is None or bill == fee.bill)
