"""When a due date may not be moved: pure answers in the codes of the life's table, for the core to raise."""

from typing import Literal, TypeAlias

from procedures.time.backward import leaves_notice
from procedures.time.duration import Duration
from procedures.time.instants import Instant
from procedures.time.limit import Reckoning, RunState
from procedures.time.working import WorkingTime

Refusal: TypeAlias = Literal[
    "no-such-limit", "clock-suspended", "late", "ground-required", "no-extension-left", "too-late-to-extend"
]


def extension_refusal(
    working: WorkingTime,
    reckoning: Reckoning,
    at: Instant,
    *,
    has_ground: bool,
    made: int,
    most: int,
    notice: Duration,
) -> Refusal | None:
    """Say why a limit may not be extended at this instant, after so many extensions `made` of `most` (I22)."""
    refusal = _standing_refusal(reckoning, at)
    if refusal is not None:
        return refusal
    if not has_ground:
        return "ground-required"
    if made >= most:
        return "no-extension-left"
    due = reckoning.due
    return None if due is not None and leaves_notice(working, at, due, notice) else "too-late-to-extend"


def switch_refusal(reckoning: Reckoning, at: Instant, *, has_ground: bool, has_notice: bool) -> Refusal | None:
    """Say why a limit may not be switched to that of a verification at this instant (I26)."""
    refusal = _standing_refusal(reckoning, at)
    if refusal is not None:
        return refusal
    return None if has_ground and has_notice else "ground-required"


def _standing_refusal(reckoning: Reckoning, at: Instant) -> Refusal | None:
    if reckoning.state is RunState.NO_LIMIT:
        return "no-such-limit"
    if reckoning.due is None:
        return "clock-suspended"
    return "late" if at > reckoning.due else None
