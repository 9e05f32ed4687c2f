"""What a case knows of time: clocks made of a limit, intervals, adjustments and marks, never of one stored date."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from workflows.core.events import Ref

SupplementEffect: TypeAlias = Literal["restart", "pause", "replace", "none"]
ClockKind: TypeAlias = Literal[
    "intake",
    "check",
    "window",
    "fee",
    "ask_by",
    "legal",
    "step",
    "reply",
    "transfer",
    "confirm",
    "wait",
    "answer",
    "collect",
    "settle",
]


class ClockState(StrEnum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    STOPPED = "stopped"
    NO_LIMIT = "no_limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """`within` as written, `source` where it stands (`intake.within`, `steps.review.within`).

    `counted` is the row of the deadline that says how it is counted (`deadline[0]`), where one does.
    """

    within: str
    source: str
    counted: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Time that the clock does not count, and how what follows is counted.

    `by_arrival`: a dossier's arrival closed it, so the rules of a receipt apply to that instant (I20). `pause`: it
    stands for what is waited for beside any supplement (`pauses`).
    """

    opened: datetime
    closed: datetime | None = None
    effect: SupplementEffect
    new_limit: str | None = None
    by_arrival: bool = True
    ground: Ref | None = None
    document: Ref | None = None
    void: bool = False
    pause: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """Why a due moved: an extension adds `by` to the due in force, a `limit` counts anew from the original start."""

    kind: Literal["supplement", "cancelled", "extended", "switched", "variant", "recomputed", "paused"]
    seq: int
    ground: Ref | None = None
    old_due: datetime | None = None
    new_due: datetime | None = None
    at: datetime | None = None
    by: str | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An instant at which the clock does something; `fired` is the seq it was entered with."""

    name: str
    at: datetime
    fired: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """An accountable time. `due` and `marks` are caches of a computation over limit, start, intervals and the pin."""

    id: str
    kind: ClockKind
    limit: Limit
    started_at: datetime
    intervals: tuple[Interval, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    state: ClockState = ClockState.RUNNING
    late: bool = False
    original_due: datetime | None = None
    due: datetime | None = None
    marks: tuple[Mark, ...] = ()
    stopped_at: datetime | None = None

    @property
    def limit_in_force(self) -> Limit:
        """The limit it started with, or the one it was switched to last."""
        switched = (one.limit for one in reversed(self.adjustments) if one.limit is not None)
        return next(switched, self.limit)
