"""Commands and messages the case has seen: what it answered, kept so that it answers the same again."""

from dataclasses import replace

from workflows.core.events import Message
from workflows.core.state import Outcome, Seen, State
from workflows.core.turn import Turn

# Older ones are answered by the command row in records, before anything is sent here.
KEPT = 200


def seen(state: State, id: str) -> Seen | None:
    return next((one for one in state.commands if one.id == id), None)


def message_id(message: Message) -> str:
    """No id of a command begins so."""
    return f"message:{message.source}/{message.id}"


def remember(turn: Turn, id: str, digest: str, outcome: Outcome, *, first: int) -> Seen:
    one = Seen(
        id=id,
        digest=digest,
        first=first,
        last=turn.state.seq,
        outcome=outcome,
        settled=outcome is not Outcome.PENDING,
    )
    turn.state = replace(turn.state, commands=_trimmed((*turn.state.commands, one)))
    return one


def settle(turn: Turn) -> None:
    """Where the effect that commands waited for has answered, so have they."""
    told = turn.settlement
    if told is None:
        return
    commands = tuple(
        one if one.settled else replace(one, outcome=told.outcome, settled=True, last=turn.state.seq, why=told.why)
        for one in turn.state.commands
    )
    turn.state = replace(turn.state, commands=commands)


def _trimmed(commands: tuple[Seen, ...]) -> tuple[Seen, ...]:
    surplus = len(commands) - KEPT
    return tuple(one for place, one in enumerate(commands) if place >= surplus or not one.settled)
