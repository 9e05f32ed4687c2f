"""From when a receipt counts: cut-offs (I6, I7) and what arrives outside office hours (I8)."""

from datetime import time

from procedures.time.instants import Instant, day_of, local
from procedures.time.lines import Code, Line
from procedures.time.working import WorkingTime


def deem(
    working: WorkingTime,
    received: Instant,
    *,
    cutoff: time | None,
    off_hours_shift: bool,
    rule: str,
    lines: list[Line],
) -> Instant:
    """Give the instant itself, or the next working day's opening, with a line that says why."""
    day = working.day(day_of(received))
    if cutoff is not None and local(received).time() > cutoff:
        code, own = Code.CUTOFF, "I7"
    elif off_hours_shift and (not day.is_worked or received > day.spans[-1].ends):
        code, own = Code.OFF_HOURS, "I8"
    else:
        return received
    deemed = working.opening(working.next_working_day(day.day))
    lines.append(Line(code, rule or own, day.day, begins=received, ends=deemed))
    return deemed
