"""Every date that was ever promised, first to last: a date that did not hold stays on the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from web.citizen.sight import Sight
from web.dates import Badge, Dates


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedDate:
    day: str
    what: Markup
    now: Markup
    badge: Badge | None = None


def promises(sight: Sight, dates: Dates) -> list[PromisedDate]:
    """Answer nothing where one date was promised and stands."""
    found = list(_promised(sight, dates))
    return found if len(found) > 1 or sight.snapshot.late else []


def _promised(sight: Sight, dates: Dates) -> Iterator[PromisedDate]:
    legal = next((clock for clock in sight.state.clocks if clock.id == "legal"), None)
    if legal is None or legal.original_due is None:
        return
    dues = [(legal.original_due, dates.words("promise.first", limit=dates.duration(legal.limit.within)))]
    dues += [
        (one.new_due, dates.words(f"promise.{one.kind}"))
        for one in legal.adjustments
        if one.new_due is not None and one.new_due != one.old_due
    ]
    for due, what in dues[:-1]:
        yield PromisedDate(day=dates.figures(due), what=what, now=dates.words("promise.replaced"))
    due, what = dues[-1]
    is_open = legal.stopped_at is None and legal.due is not None
    badge = dates.badge(due, sight.pin.working) if is_open else None
    key = "late" if legal.late else "suspended" if legal.due is None and legal.stopped_at is None else "kept"
    yield PromisedDate(day=dates.figures(due), what=what, now=dates.words(f"promise.{key}"), badge=badge)
