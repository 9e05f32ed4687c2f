"""From when a receipt counts: cut-offs (I6, I7) and what arrives outside office hours (I8)."""

from dataclasses import dataclass
from datetime import time

from procedures.time.instants import Instant, day_of, local
from procedures.time.lines import Code, Line
from procedures.time.working import WorkingTime


@dataclass(frozen=True, slots=True)
class Deemed:
    """The instant as of which a receipt counts, and why it is another than its own."""

    at: Instant
    why: Line | None = None


def deem(
    working: WorkingTime, received: Instant, *, cutoff: time | None, shifts_off_hours: bool, rule: str = ""
) -> Deemed:
    """Give the instant itself, or the next working day's opening; `rule` is that of a supplement's arrival (I20)."""
    day = working.day(day_of(received))
    if cutoff is not None and local(received).time() > cutoff:
        code, own = Code.CUTOFF, "I7"
    elif shifts_off_hours and (not day.is_worked or received > day.spans[-1].ends):
        code, own = Code.OFF_HOURS, "I8"
    else:
        return Deemed(received)
    opening = working.opening(working.next_working_day(day.day))
    return Deemed(opening, Line(code, rule or own, day.day, begins=received, ends=opening))
