"""Whom a mark reaches: who has the case in hand, their head, the signer, or a function the procedure names."""

from workflows.core import notices
from workflows.core.notices import Recipient
from workflows.core.phases import desk_unit, file_unit
from workflows.core.turn import Turn


def answering(turn: Turn) -> tuple[str, str]:
    """Who has the case in hand: the open task of a step, or of the desk, or the desk itself."""
    for task in (*turn.tasks_of("step"), *turn.tasks_of("desk")):
        return task.function, task.unit
    return turn.pin.procedure.intake.by, desk_unit(turn.state)


def holder(turn: Turn) -> list[Recipient]:
    return notices.holders(*answering(turn))


def head(turn: Turn) -> list[Recipient]:
    return notices.head(*answering(turn))


def signer(turn: Turn) -> list[Recipient]:
    signing = next((step for step in turn.pin.procedure.steps if step.kind == "sign"), None)
    return [] if signing is None else reached(turn, signing.by)


def reached(turn: Turn, to: str) -> list[Recipient]:
    match to:
        case "holder":
            return holder(turn)
        case "head":
            return head(turn)
        case _:
            unit = turn.state.routes.get(f"{to}@competent", file_unit(turn.state))
            return notices.holders(to, unit)
