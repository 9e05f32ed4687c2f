"""Work beside the route: money or papers to give back, a fee that finance has to see to."""

from workflows.core import tokens
from workflows.core.phases import desk_unit
from workflows.core.state import Task, TaskKind
from workflows.core.turn import Turn

FINANCE = "finance"


def open_side_task(turn: Turn, kind: TaskKind, function: str, unit: str, *, about: str | None = None) -> None:
    key = turn.visit(f"_{kind}")
    turn.add_task(Task(key=key, kind=kind, function=function, unit=unit, since=turn.now, about=about))
    turn.write("task_opened", node=key, data={"kind": kind, "function": function, "unit": unit})


def open_refund(turn: Turn, *, about: str | None = None) -> None:
    open_side_task(turn, "refund", FINANCE, finance_unit(turn), about=about)


def finance_unit(turn: Turn) -> str:
    return tokens.unit_for(turn.state, FINANCE, "competent") or desk_unit(turn.state)
