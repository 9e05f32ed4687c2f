"""A machine's word is never lost: what does not fit now is kept, journalled and shown."""

from dataclasses import replace

from workflows.core import incidents
from workflows.core.events import Message
from workflows.core.state import Held, Stage, State
from workflows.core.turn import Turn

NOBODY_WAITS = "nobody-waits"
MONEY = "payment_confirmed"


def is_known(state: State, message: Message) -> bool:
    return any((one.message.source, one.message.id) == (message.source, message.id) for one in state.held)


def hold(turn: Turn, message: Message) -> None:
    """Keep it. Held money is somebody's, so a person looks at it."""
    begun = turn.state.stage is not Stage.NEW
    held = Held(message=message, why=NOBODY_WAITS, held=turn.next_seq if begun else 0)
    turn.state = replace(turn.state, held=(*turn.state.held, held))
    if not begun:
        return
    data = {"source": message.source, "id": message.id, "name": message.name, "why": NOBODY_WAITS}
    turn.write("message_held", node=message.key, data=dict(data))
    if message.name == MONEY and turn.state.stage is not Stage.CLOSED:
        incidents.open_incident(turn, code="unclaimed-money", detail=f"message:{message.source}/{message.id}")
