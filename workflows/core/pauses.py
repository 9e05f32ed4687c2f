"""What else than a supplement makes the legal limit stand still: a fee that is waited for, a `wait` that pauses.

Several may hold it at once, and a request for supplement may be open as well: the limit stands still as long as any
does, each interval is of one of them, and none overlaps another. Each counts as `pause`; late, nothing pauses.
"""

from dataclasses import replace
from datetime import datetime

from workflows.core import clocks
from workflows.core.events import Ref
from workflows.core.state import Pause
from workflows.core.timekeeping import Clock, ClockState, Interval
from workflows.core.turn import Turn


def begin(turn: Turn, id: str, ground: Ref) -> None:
    legal = turn.clock(clocks.LEGAL)
    if turn.state.late or legal is None or legal.state not in (ClockState.RUNNING, ClockState.SUSPENDED):
        return
    pause = Pause(id=id, opened=turn.now, ground=ground)
    turn.state = replace(turn.state, pauses=(*turn.state.pauses, pause))
    clocks.suspend(turn, clocks.LEGAL, _interval(pause, turn.now))


def end(turn: Turn, id: str, *, at: datetime | None = None) -> None:
    """It is over, now or at an instant gone by; what else holds the limit goes on holding it. Before the entry."""
    if not any(one.id == id and one.closed is None for one in turn.state.pauses):
        return
    closed = at or turn.now
    pauses = tuple(
        replace(one, closed=closed) if one.id == id and one.closed is None else one for one in turn.state.pauses
    )
    turn.state = replace(turn.state, pauses=pauses)
    legal = turn.clock(clocks.LEGAL)
    if legal is None or not is_held_by_pause(legal) or any(one.closed is None for one in pauses):
        return
    _resume(turn, closed)


def give_way(turn: Turn) -> None:
    """A request for supplement has left: from now on it is what the limit stands still for."""
    legal = turn.clock(clocks.LEGAL)
    if legal is not None and is_held_by_pause(legal):
        clocks.resume(turn, clocks.LEGAL, closed=turn.now, by_arrival=False)


def take_over(turn: Turn, since: datetime) -> None:
    """The supplement ended at this instant: what was waited for beside it goes on from there."""
    legal = turn.clock(clocks.LEGAL)
    if legal is None or legal.state is not ClockState.RUNNING:
        return
    for pause in sorted(turn.state.pauses, key=lambda one: one.opened):
        opened = max(pause.opened, since)
        if pause.closed is None:
            clocks.suspend(turn, clocks.LEGAL, _interval(pause, opened))
            return
        if opened < pause.closed:
            clocks.suspend(turn, clocks.LEGAL, _interval(pause, opened))
            clocks.resume(turn, clocks.LEGAL, closed=pause.closed, by_arrival=False)
            since = pause.closed


def _resume(turn: Turn, closed: datetime) -> None:
    old_due = clocks.due_in_force(turn.clock(clocks.LEGAL))
    clocks.resume(turn, clocks.LEGAL, closed=closed, by_arrival=False)
    clocks.adjust(turn, clocks.LEGAL, kind="paused", old_due=old_due, ground=None)


def is_held_by_pause(legal: Clock) -> bool:
    """Say whether it stands still for something beside a supplement."""
    still = any(one.closed is None and one.pause for one in legal.intervals)
    return still and legal.state is ClockState.SUSPENDED


def _interval(pause: Pause, opened: datetime) -> Interval:
    return Interval(opened=opened, effect="pause", by_arrival=False, ground=pause.ground, pause=True)
