"""The clocks of a case at the desk: name, what is left, the instant, the date it began with, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from api.looking import explained
from web.dates import Badge
from web.desk.names import Names
from web.why import Why, why
from workflows.core.explain import Explanation
from workflows.core.timekeeping import ClockState
from workflows.core.words import clock_name

# Kinds that stay on the page after they stopped: what was promised, and what may no longer be asked.
_STAYS = ("legal", "ask_by")
_UNSEEN = ("settle", "collect")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskClock:
    id: str
    name: str
    badge: Badge | None
    due: Markup | None
    original: Markup | None
    why: Why


def clocks(names: Names) -> list[DeskClock]:
    """Answer the legal limit first, then what runs, then what is over and still matters."""
    found = [one for one in explained(names.reading).clocks if _is_seen(one)]
    order = {"legal": 0, "intake": 1, "step": 1, "check": 1, "window": 1, "confirm": 2, "transfer": 2}
    return [_clock(one, names) for one in sorted(found, key=lambda one: order.get(one.kind, 3))]


def _is_seen(one: Explanation) -> bool:
    if one.kind in _UNSEEN:
        return False
    return one.kind in _STAYS or one.state is not ClockState.STOPPED


def _clock(one: Explanation, names: Names) -> DeskClock:
    dates = names.dates
    moved = one.original_due is not None and one.due is not None and one.original_due != one.due
    return DeskClock(
        id=one.clock,
        name=_name(one, names),
        badge=next(_badge(one, names), None),
        due=dates.limit(one.due) if one.due is not None else None,
        original=dates.limit(one.original_due) if moved and one.original_due is not None else None,
        why=why(one, names.reading.pin.procedure, dates),
    )


def _name(one: Explanation, names: Names) -> str:
    name = clock_name(one.kind, names.words.language)
    step = names.node(one.clock.partition(":")[2]) if one.kind == "step" else ""
    return f"{name} “{step}”" if step else name


def _badge(one: Explanation, names: Names) -> Iterator[Badge]:
    words, dates = names.words, names.dates
    if one.state is ClockState.SUSPENDED:
        yield Badge("held", words("due.suspended"))
    elif one.state is ClockState.STOPPED and one.late:
        yield Badge("late", words("due.ended_late"))
    elif one.state is ClockState.STOPPED and one.stopped_at is not None:
        yield Badge("held", words("due.closed", day=dates.brief(one.stopped_at)))
    elif one.due is not None:
        yield dates.badge(one.due, names.reading.pin.working)
