"""A suspension of a limit, as counting meets it."""

from dataclasses import dataclass

from procedures.time.instants import Instant, day_of
from procedures.time.lines import Code, Line


@dataclass(frozen=True, slots=True)
class Gap:
    """A suspension: `closed` is the instant from which the count goes on, `moved` says why that is not the arrival."""

    opened: Instant
    closed: Instant | None = None
    moved: Line | None = None


def suspension(gap: Gap, rule: str) -> tuple[Line, ...]:
    if gap.closed is None:
        return ()
    line = Line(Code.SUSPENDED, rule, day_of(gap.opened), begins=gap.opened, ends=gap.closed)
    return (line,) if gap.moved is None else (line, gap.moved)
