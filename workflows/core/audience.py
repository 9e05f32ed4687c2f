"""Whom a mark reaches: who has the case in hand, their head, the signer, or a function the procedure names."""

from workflows.core import notices, paths
from workflows.core.notices import Recipient
from workflows.core.phases import desk_unit, file_unit
from workflows.core.state import Task
from workflows.core.turn import Turn


def answering(turn: Turn) -> list[tuple[str, str]]:
    """Who has the case in hand: everybody with an open task of a step, or of the desk, else the desk itself."""
    tasks = (*turn.tasks_of("step"), *turn.tasks_of("desk"))
    desk = (turn.pin.procedure.intake.by, desk_unit(turn.state))
    return list(dict.fromkeys((task.function, task.unit) for task in tasks)) or [desk]


def holder(turn: Turn) -> list[Recipient]:
    return [one for answers in answering(turn) for one in notices.holders(*answers)]


def head(turn: Turn) -> list[Recipient]:
    return [one for answers in answering(turn) for one in notices.head(*answers)]


def signer(turn: Turn) -> list[Recipient]:
    signing = next((step for step in turn.pin.procedure.steps if step.kind == "sign"), None)
    return [] if signing is None else reached(turn, signing.by)


def asked(turn: Turn, path: str) -> list[Recipient]:
    """Give whom a branch waits for: those with its open tasks; where a machine has them, who has the case in hand."""
    tasks = [task for task in turn.state.tasks if task.track is not None and paths.is_within(task.track, path)]
    there = dict.fromkeys((task.function, task.unit) for task in tasks)
    return [one for answers in there for one in notices.holders(*answers)] or holder(turn)


def reached(turn: Turn, to: str, task: Task | None = None) -> list[Recipient]:
    """Of a task it is its own holder and head; without one those of the whole case."""
    match to:
        case "holder":
            return holder(turn) if task is None else notices.holders(task.function, task.unit)
        case "head":
            return head(turn) if task is None else notices.head(task.function, task.unit)
        case _:
            path = task.track if task is not None and task.track is not None else paths.ROOT
            unit = turn.state.routes.get(f"{to}@competent", file_unit(turn.state, path))
            return notices.holders(to, unit)
