"""Who a case is about: whoever filed, unless the procedure names somebody of the form."""

from procedures.language.model.parts import Expression
from workflows.core import facts, paths
from workflows.core.events import Party
from workflows.core.turn import Turn


def named(turn: Turn) -> tuple[Party, ...]:
    """Add whom the procedure finds in the form, as a reference into it; who was named at the door stays."""
    declared = turn.pin.procedure.parties
    known = {party.role for party in turn.state.parties}
    found: list[Party] = []
    for role in ("owner", "subject", "recipient", "payer"):
        expression: Expression | None = getattr(declared, role)
        if expression is not None and role not in known:
            name = expression.reads[0]
            found.append(Party(role=role, ref=facts.reference(turn.state, paths.ROOT, name)))
    return (*turn.state.parties, *found)
