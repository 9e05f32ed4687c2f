"""Time limits on the applicant's side, looked at when the dossier comes and again when it is accepted: they warn."""

from dataclasses import replace

from pydantic import JsonValue

from procedures.language.applying.windows import Missed, known_missed
from workflows.core import facts
from workflows.core.turn import Turn


def look(turn: Turn) -> dict[str, JsonValue]:
    """Keep which windows were missed; give what the entry says of it, nothing where none was."""
    found = _missed(turn)
    turn.state = replace(turn.state, missed=tuple(one.id for one in found))
    return {"windows": [one.id for one in found]} if found else {}


def blocking(turn: Turn) -> list[str]:
    """Name the missed windows that the procedure, with a ground, makes a bar to acceptance."""
    return [one.id for one in _missed(turn) if one.window.if_late == "refuse"]


def _missed(turn: Turn) -> tuple[Missed, ...]:
    submitted_at = turn.state.submitted_at
    if submitted_at is None or not turn.pin.procedure.windows:
        return ()
    return known_missed(turn.pin.procedure, facts.known(turn), submitted_at, turn.pin.working)
