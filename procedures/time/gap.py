"""A suspension of a limit, as counting meets it."""

from dataclasses import dataclass
from datetime import date

from procedures.time.instants import Instant, day_of
from procedures.time.lines import Line


@dataclass(frozen=True, slots=True)
class Gap:
    """A suspension: `closed` is the instant from which the count goes on, `moved` says why that is not the arrival."""

    opened: Instant
    closed: Instant | None = None
    moved: Line | None = None

    @property
    def first(self) -> date:
        return day_of(self.opened)

    @property
    def last(self) -> date | None:
        return None if self.closed is None else day_of(self.closed)

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.closed is None or day <= day_of(self.closed))
