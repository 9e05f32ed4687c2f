"""What a case is asked to pay: which fees apply, how much, and how asking one begins its time and its bill."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pydantic import JsonValue

from procedures.language.applying import charges
from procedures.language.applying.charges import Charge
from procedures.language.conditions.evaluation import ConditionError
from procedures.language.model.parts import Fee as Declared
from procedures.language.model.steps import PayStep
from workflows.core import clocks, facts, incidents, notices, pauses
from workflows.core.events import Key, Ref
from workflows.core.phases import outstanding
from workflows.core.state import Fee, Stage, Track
from workflows.core.timekeeping import Limit
from workflows.core.turn import Turn, text_of

OTHER = "other"
# The connector a registry declares where bills go to a payment system; without it a fee is paid at the counter.
PAYMENTS, BILL, CANCEL_BILL = "payments", "bill", "cancel_bill"
CANCEL = "_cancel_bill"
_SETTLED = ("paid", "waived")


def ask_at_intake(turn: Turn) -> None:
    """Ask for what is to be paid before acceptance, as form, variant and channel stand now; idempotent."""
    for declared in turn.pin.procedure.fees:
        if declared.collect != "intake":
            continue
        known = standing(turn, declared.id)
        charge = charge_of(turn, declared)
        if known is not None and known.state == "asked" and known.amount != charge.owed:
            cancel(turn, known)
            known = None
        if known is None:
            ask(turn, declared, charge)


def ask_before_result(turn: Turn) -> None:
    """After signing, before delivery."""
    for declared in turn.pin.procedure.fees:
        if declared.collect != "before_result" or standing(turn, declared.id) is not None:
            continue
        try:
            charge = charge_of(turn, declared)
        except ConditionError:
            # An expression that cannot be evaluated is never taken for nothing: somebody asks by hand.
            incidents.open_incident(turn, code="bad-expression", detail=f"fee:{declared.id}")
            continue
        ask(turn, declared, charge)


def unsettled_at_intake(turn: Turn) -> list[str]:
    """Name what must be paid or waived before the dossier can be accepted."""
    due = {fee.id for fee in outstanding(turn.state)}
    for declared in turn.pin.procedure.fees:
        if declared.collect == "intake" and charge_of(turn, declared).owed:
            known = standing(turn, declared.id)
            if not (known is not None and known.state in _SETTLED):
                due.add(declared.id)
    return sorted(due)


def standing(turn: Turn, id: str) -> Fee | None:
    """Give the fee as it was asked for last, where it still stands for something."""
    asked = [fee for fee in turn.state.fees if fee.id == id and fee.state not in ("expired", "cancelled")]
    return asked[-1] if asked else None


def charge_of(turn: Turn, declared: Declared) -> Charge:
    """Nothing owed and nothing waived where the fee is not this case's. Raises ConditionError."""
    return charges.charge_of(turn.pin.procedure, declared, facts.known(turn))


def ask(
    turn: Turn, declared: Declared, charge: Charge, *, track: str | None = None, within: Limit | None = None
) -> Fee | None:
    """Ask for what is owed of a declared fee, if anything is; `track` is the token that waits for it."""
    if not charge.owed:
        if charge.waived:
            waived = _add(turn, declared.id, charge.waived, state="waived", track=None)
            data = {"fee": waived.id, "amount": charge.waived, **_why(declared)}
            turn.write("fee_waived", node=waived.key, data=data)
        return None
    if within is None and declared.pay_within is not None:
        within = Limit(within=declared.pay_within, source=f"fees.{declared.id}.pay_within")
    return bill(turn, declared.id, charge.owed, within=within, track=track)


def bill(
    turn: Turn,
    id: str,
    amount: int,
    *,
    within: Limit | None = None,
    track: str | None = None,
    ground: Ref | None = None,
) -> Fee:
    """Ask for an amount: the payer is told, a bill goes to a payment system if there is one, time may stand still."""
    fee = _add(turn, id, amount, state="asked", track=track)
    due = start_clock(turn, fee, within) if within is not None else None
    hold_time(turn, fee)
    turn.write("fee_asked", node=fee.key, ground=ground, data={"fee": id, "amount": amount, "pay_by": due})
    if turn.pin.procedure.operation(PAYMENTS, BILL) is not None:
        turn.order(fee.key, "Connector.call", _request(BILL, {"fee": id, "amount": amount, "code": turn.state.code}))
    notices.tell(turn, "fee_asked", notices.payer(turn.state), values={"pay_by": due})
    return fee


def start_clock(turn: Turn, fee: Fee, limit: Limit) -> str | None:
    return text_of(clocks.start(turn, "fee", clock_of(fee), limit, at=turn.now).due)


def hold_time(turn: Turn, fee: Fee) -> None:
    """After acceptance, where the procedure says that waiting for a fee is nobody's lateness."""
    if turn.state.stage is Stage.HANDLING and turn.pin.procedure.fee_wait.clock == "pauses" and not turn.state.late:
        set_fee(turn, replace(fee, pauses=True))
        pauses.begin(turn, clock_of(fee), "procedure:fee_wait.ground")


def end(turn: Turn, fee: Fee, *, at: datetime | None = None) -> Fee:
    """Nobody waits for it any more, since now or an instant gone by: -fee ~legal. Call it before the entry."""
    clocks.stop(turn, clock_of(fee), at=at)
    for task in turn.tasks_of("fee"):
        if task.about == fee.key:
            turn.drop_task(task.key)
    pauses.end(turn, clock_of(fee), at=at)
    return set_fee(turn, replace(fee, track=None, pauses=False))


def cancel(turn: Turn, fee: Fee) -> None:
    """It is not owed after all: the case or its branch has ended, or other data ask for another fee."""
    end(turn, replace(fee, state="cancelled", settled_at=turn.now))
    cancel_bill(turn, fee)


def cancel_all(turn: Turn) -> None:
    for fee in outstanding(turn.state):
        cancel(turn, fee)


def await_payment(turn: Turn, track: Track, step: PayStep) -> bool:
    """F3 of a `pay` step: ask, or wait for what is asked already; say whether anything is to be waited for."""
    declared = turn.pin.procedure.fee(step.fee)
    assert declared is not None, step.fee
    within = Limit(within=step.within, source=f"steps.{step.id}.within")
    known = standing(turn, step.fee)
    if known is None:
        return ask(turn, declared, charge_of(turn, declared), track=track.path, within=within) is not None
    if known.state in _SETTLED:
        return False
    set_fee(turn, replace(known, track=track.path))
    if turn.clock(clock_of(known)) is None:
        start_clock(turn, known, within)
    return True


def cancel_bill(turn: Turn, fee: Fee) -> None:
    """Nobody shall pay what was paid at the counter or is not owed."""
    if turn.flight(fee.key) is not None:
        turn.cancel(fee.key)
    elif fee.bill is not None and turn.pin.procedure.operation(PAYMENTS, CANCEL_BILL) is not None:
        with_ = _request(CANCEL_BILL, {"bill": fee.bill})
        turn.order(turn.visit(f"{CANCEL}/{fee.id}"), "Connector.call", with_, skippable=True)


def billed(turn: Turn, key: Key, result: Mapping[str, JsonValue]) -> None:
    """The payment system has made the bill; its number comes back with the money."""
    values = result.get("values")
    number = values.get("bill") if isinstance(values, dict) else None
    for fee in turn.state.fees:
        if fee.key == key and isinstance(number, str):
            set_fee(turn, replace(fee, bill=number))
    turn.write("called", node=key, data={"outcome": result.get("outcome"), "values": {"bill": number}})


def to_refund(turn: Turn, *, ended: bool) -> tuple[Fee, ...]:
    """Say which paid fees go back: as the procedure's condition says, else those of a case without result."""
    paid = [fee for fee in turn.state.fees if fee.state == "paid"]
    return tuple(fee for fee in paid if _is_refunded(turn, fee, ended=ended))


def set_fee(turn: Turn, fee: Fee) -> Fee:
    fees = tuple(fee if one.no == fee.no else one for one in turn.state.fees)
    turn.state = replace(turn.state, fees=fees)
    return fee


def clock_of(fee: Fee) -> str:
    return f"fee:{fee.no}"


def _add(turn: Turn, id: str, amount: int, *, state: str, track: str | None) -> Fee:
    fee = Fee(
        no=len(turn.state.fees) + 1,
        id=id,
        key=turn.visit(f"_bill/{id}"),
        amount=amount,
        state="waived" if state == "waived" else "asked",
        asked=turn.next_seq,
        asked_at=turn.now,
        settled_at=turn.now if state == "waived" else None,
        track=track,
    )
    turn.state = replace(turn.state, fees=(*turn.state.fees, fee))
    return fee


def _why(declared: Declared) -> dict[str, JsonValue]:
    return {"why": "waive_when", "expression": declared.waive_when.text if declared.waive_when else None}


def _is_refunded(turn: Turn, fee: Fee, *, ended: bool) -> bool:
    declared = turn.pin.procedure.fee(fee.id)
    if declared is None:
        return ended
    try:
        said = charges.is_refunded(turn.pin.procedure, declared, facts.known(turn))
        return ended if said is None else said
    except ConditionError:
        # Finance sees to what cannot be evaluated.
        return True


def _request(operation: str, with_: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    return {"connector": PAYMENTS, "operation": operation, "with": dict(with_)}
