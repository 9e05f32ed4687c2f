"""Whom a file may be handed to: a unit that does today what is to be done with it there."""

from datetime import date

from api.arguments import Arguments, HandOver
from api.problems import FieldError
from procedures.language.model.procedure import Procedure
from records.organisation import receiving_units
from records.pool import Db
from workflows.core.state import Stage, State


async def wrong_receiver(
    db: Db, procedure: Procedure, state: State, arguments: Arguments, *, today: date
) -> list[FieldError]:
    """Answer what is wrong with the unit a hand-over names: an offer to nobody would lie there for ever."""
    if not isinstance(arguments, HandOver):
        return []
    function = _awaited(procedure, state, arguments)
    known = [unit.id for unit in await receiving_units(db, function=function, on=today)]
    if arguments.to in known:
        return []
    detail = f"Đơn vị này hôm nay không làm phần việc này; các đơn vị: {', '.join(known)}."
    return [FieldError(pointer="#/to", code="unknown-unit", detail=detail)]


def _awaited(procedure: Procedure, state: State, arguments: HandOver) -> str:
    """Answer the function of the step the file is at; a dossier or a result goes to a one-stop."""
    if state.stage is Stage.HANDLING and arguments.what != "result":
        step = procedure.step(state.tracks[0].step)
        return getattr(step, "by", None) or procedure.intake.by
    return procedure.intake.by
