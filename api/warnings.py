"""What is told of a dossier and stops nothing: to who files it, to its parties and to the desk that accepts it."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel

from procedures.json_types import Json
from procedures.language.applying.filled import flat
from procedures.language.applying.warnings import FilingWarning, filing_warnings
from workflows.core.facts import known_of
from workflows.core.pin import Pin
from workflows.core.state import State


class Warned(BaseModel):
    """`text` by language."""

    id: str
    text: dict[str, str]


def warned(warnings: Iterable[FilingWarning]) -> list[Warned]:
    return [Warned(id=one.id, text=one.texts) for one in warnings]


def warned_of_case(pin: Pin, state: State, values: Json, now: datetime) -> list[Warned]:
    """Look at the dossier as it stands: what was mended since is not told any more."""
    if state.submitted_at is None:
        return []
    declared = flat("form", values) if isinstance(values, dict) else {}
    return warned(filing_warnings(pin.procedure, {**known_of(state, now), **declared}, state.submitted_at, pin.working))
