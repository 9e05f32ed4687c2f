"""When a limit ends and why: the rules, what happened on the way, the due instant and every day on the way to it."""

from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from typing import Literal, TypeAlias

from procedures.time.duration import Duration
from procedures.time.instants import Instant, Span
from procedures.time.lines import Line


@dataclass(frozen=True, slots=True)
class Rules:
    """How a limit is counted, as the procedure or its profile says; the defaults are those of a silent profile."""

    cutoff_after: time | None = None
    cutoff_moves: Literal["transfer", "same_day", "start"] = "start"
    off_hours: Literal["as_is", "next_working_day"] = "as_is"
    rollover: bool = True
    start_next_day: bool = False
    cutoff_on_resume: bool = True

    def for_transfer(self) -> "Rules":
        """Count the hand-over of the file: whatever a cut-off moves, it moves this (I7)."""
        return replace(self, cutoff_moves="start")

    def without_receipt(self) -> "Rules":
        """Count what no receipt starts (windows, steps, answers): there is nothing to cut off."""
        return Rules(rollover=self.rollover)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the limit did not run, and what its end does; open while `closed` is None.

    `by_arrival` says that a dossier's arrival closed it, so cut-off and off-hours rules apply to that instant (I20);
    a window that ran out or a fee that was paid is taken at its own instant.
    """

    opened: Instant
    closed: Instant | None = None
    effect: Literal["pause", "restart", "replace"] = "pause"
    new_limit: Duration | None = None
    by_arrival: bool = True


@dataclass(frozen=True, slots=True)
class Extended:
    """An extension approved `at`, counted from the due date in force (I22)."""

    at: Instant
    by: Duration


@dataclass(frozen=True, slots=True)
class Switched:
    """Another total from the start of the limit (I26)."""

    at: Instant
    to: Duration


Change: TypeAlias = Pause | Extended | Switched


class RunState(StrEnum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    NO_LIMIT = "no_limit"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The answer: `due` is None while suspended or without a limit; `last_day` is how a day-limit's due is shown."""

    state: RunState
    due: Instant | None
    last_day: date | None
    deemed_start: Instant
    counted_from: Instant
    duration: Duration
    running: tuple[Span, ...]
    lines: tuple[Line, ...]
