"""A machine's word is never lost: taken by its row, or, where it does not fit now, kept, journalled and shown."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from workflows.core import aliases, arrivals, handing_out, incidents, payments, settling
from workflows.core.events import Message
from workflows.core.phases import phase
from workflows.core.state import Held, Outcome, Stage, State
from workflows.core.table import MESSAGES, Row, lookup
from workflows.core.turn import Turn

NOBODY_WAITS = "nobody-waits"
MONEY = "payment_confirmed"

# Each says why nothing here waits for it, so that it is held; None where it was taken.
Handler = Callable[[Turn, Message], str | None]


def is_known(state: State, message: Message) -> bool:
    is_held = any((one.message.source, one.message.id) == (message.source, message.id) for one in state.held)
    return is_held or settling.seen(state, settling.message_id(message)) is not None


def take(turn: Turn, message: Message) -> None:
    """Do what the row says; what has none, or whose row finds nothing that waits for it, is held."""
    found = lookup(message.name, phase(turn.state)) if message.name in MESSAGES else None
    handler = ROWS.get(found.id) if isinstance(found, Row) else None
    first = turn.next_seq
    why = NOBODY_WAITS if handler is None else handler(turn, message)
    if why is None:
        settling.remember(turn, settling.message_id(message), "", Outcome.DONE, first=first)
    else:
        _hold(turn, message, why)


def _hold(turn: Turn, message: Message, why: str) -> None:
    """Keep it. Held money is somebody's, so a person looks at it."""
    begun = turn.state.stage is not Stage.NEW
    held = Held(message=message, why=why, held=turn.next_seq if begun else 0)
    turn.state = replace(turn.state, held=(*turn.state.held, held))
    if not begun:
        return
    data = {"source": message.source, "id": message.id, "name": message.name, "why": why}
    turn.write("message_held", node=message.key, data=dict(data))
    if message.name == MONEY and turn.state.stage is not Stage.CLOSED:
        code = why if why == payments.MISMATCH else "unclaimed-money"
        incidents.open_incident(turn, code=code, detail=f"message:{message.source}/{message.id}")


ROWS: Mapping[str, Handler] = {
    "alias_given a": aliases.given,
    "message_received a": arrivals.received,
    "opinion_received a": arrivals.opinion_received,
    "subcase_ended a": arrivals.subcase_ended,
    "delivery_reported a": handing_out.reported,
    "delivery_reported b": handing_out.reported,
    "delivery_reported c": handing_out.reported,
    "payment_confirmed a": payments.confirmed,
    "payment_reversed a": payments.reversed,
}
