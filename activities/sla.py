"""What a fired mark does to the world: the words of a reminder, a warning, an escalation, and the draft of an apology.

Marks fire inside the core; here is only what people read of them. A place that is not filled drops its sentence.
"""

from collections.abc import Mapping
from datetime import datetime

from procedures.json_types import Json, JsonObject
from workflows.core.words import CLOCK_NAMES, LANGUAGES

WINDOW, FEE, COLLECT = "window", "fee", "collect"


def places(fired: Mapping[str, Json], *, unit: Json) -> JsonObject:
    """Answer what a notice may say of the clock whose mark fired: its name, its limit, and what a citizen must do."""
    clock, until = fired.get("clock"), fired.get("until")
    if not isinstance(clock, str):
        return {}
    named: JsonObject = {"clock": _name(clock), "clock_due": until}
    if clock == WINDOW:
        return {**named, "answer_by": until}
    if clock == FEE:
        return {**named, "pay_by": until}
    if clock == COLLECT:
        return {**named, "collect_at": unit}
    return named


def apology(due: Json, *, at: datetime) -> JsonObject:
    """Answer the own part of Mẫu số 04 as drafted: cause and new date are for the officer and the leader to fill in."""
    late = isinstance(due, str) and datetime.fromisoformat(due) < at
    return {"late": late, "new_date": None}


def _name(clock: str) -> Json:
    names = CLOCK_NAMES.get(clock)
    return dict(zip(LANGUAGES, names, strict=True)) if names else None
