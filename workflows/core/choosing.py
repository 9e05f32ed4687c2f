"""A decide step: the first row that fits the data names where the case goes."""

from procedures.language.conditions.evaluation import holds
from procedures.language.model.steps import DecideStep
from workflows.core import facts, tokens
from workflows.core.state import Track
from workflows.core.turn import Turn


def choose(turn: Turn, track: Track) -> str | None:
    """Give the target of the row that hit, and write down its rule; None where no row fits."""
    step = tokens.step_of(turn, track.path)
    assert isinstance(step, DecideStep)
    known = facts.known(turn, track.path)
    for number, row in enumerate(step.rows, start=1):
        if holds(turn.pin.procedure, row.when, known):
            rule = "otherwise" if row.when is None else row.when.text
            turn.write("decided", node=tokens.node_of(track), data={"row": number, "rule": rule, "target": row.target})
            return row.target
    return None
