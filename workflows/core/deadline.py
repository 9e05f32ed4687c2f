"""Which legal limit a case has: the row of the deadline that its variant, channel, submitter and data select."""

from procedures.language.applying.selection import deadline_of
from workflows.core import facts
from workflows.core.timekeeping import Limit
from workflows.core.turn import Turn


def limit(turn: Turn) -> Limit:
    row = deadline_of(turn.pin.procedure, facts.known(turn))
    source = f"deadline[{turn.pin.procedure.deadline.index(row)}]"
    return Limit(within=row.within, source=source, counted=source)
