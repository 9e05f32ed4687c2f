"""The instants derived from a limit at which somebody is warned, reminded or told: every rule of a clock's marks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from procedures.time.backward import hours_before, last_call
from procedures.time.count_days import later_by
from procedures.time.count_hours import hours
from procedures.time.duration import Duration, Moment, Unit
from procedures.time.errors import BadDuration, CalendarNotCovered
from procedures.time.instants import MICROSECOND, Instant, day_of, end_of_day
from procedures.time.limit import Reckoning
from procedures.time.working import WorkingTime

LegalMark: TypeAlias = Literal["half", "warn", "draft", "last_call", "due"]
DRAFT_AHEAD = 2
"""Working days for writing and approving an extension, before the notice that it needs."""


@dataclass(frozen=True, slots=True)
class MarkAt:
    name: LegalMark
    at: Instant


def due_mark(due: Instant) -> Instant:
    """Give the first microsecond that is too late: exactly at the due instant is on time."""
    return due + MICROSECOND


def share(working: WorkingTime, reckoning: Reckoning, percent: int) -> Instant | None:
    """Give the instant at which this share of the limit's office time has passed, suspensions left out.

    Warnings so fall into office hours, whatever the unit. None without a due date.
    """
    if reckoning.due is None:
        return None
    lengths = [working.worked(span.begins, span.ends) for span in reckoning.running]
    left = sum(lengths, timedelta()) * percent // 100
    if not left:
        return _share_round_the_clock(reckoning, percent)
    for span, length in zip(reckoning.running, lengths, strict=True):
        if left <= length:
            return working.advance(span.begins, left)
        left -= length
    return reckoning.due


def before(working: WorkingTime, due: Instant, distance: Duration, *, since: Instant) -> Instant | None:
    """Give the moment so long before a due; None where that is not after `since`: there was nothing to warn of yet.

    In days it is the opening of the working day so many days before the due day, or of the last one before that.
    """
    return _after(since, lambda: _before(working, due, distance.counted()))


def after(working: WorkingTime, due: Instant, distance: Duration) -> Instant:
    """Give the moment so long after a due: in days, the opening of that day or of the next one worked."""
    counted = distance.counted()
    if counted.unit is Unit.HOURS:
        return due + hours(counted.amount)
    if counted.unit is Unit.WORKING_HOURS:
        return working.advance(due, hours(counted.amount))
    day = day_of(due)
    if counted.unit is Unit.WORKING_DAYS:
        day = working.covering(day).forward(Unit.WORKING_DAYS, day, counted.amount.numerator)
    else:
        day = later_by(counted, day)
    return working.opening(day if working.is_working_day(day) else working.next_working_day(day))


def moment(working: WorkingTime, due: Instant, what: Moment, *, since: Instant) -> Instant | None:
    """Give the instant of `1 working day before`, `due` or `2 working days after`."""
    if what.distance is None:
        return due_mark(due)
    if what.side == "before":
        return before(working, due, what.distance, since=since)
    return after(working, due, what.distance)


def legal_marks(working: WorkingTime, reckoning: Reckoning, notice: Duration) -> tuple[MarkAt, ...]:
    """Give the marks of the legal limit by time; none while suspended or without a limit (I21).

    Where there is no room for drafting an extension, the handler is warned when three quarters of the time are gone.
    """
    if reckoning.due is None:
        return ()
    due, since = reckoning.due, reckoning.counted_from
    is_short = reckoning.duration.is_below_two_days
    drafting = None if is_short else _after(since, lambda: draft(working, due, notice))
    found: list[tuple[LegalMark, Instant | None]] = [
        ("half", share(working, reckoning, 50)),
        ("draft", drafting) if drafting is not None else ("warn", share(working, reckoning, 75)),
        ("last_call", _after(since, lambda: last_call(working, due, notice))),
        ("due", due_mark(due)),
    ]
    marks = [MarkAt(name, at) for name, at in found if at is not None]
    return tuple(sorted(marks, key=lambda mark: mark.at))


def draft(working: WorkingTime, due: Instant, notice: Duration) -> Instant:
    """Give the opening of the working day two working days ahead of the notice that an extension needs."""
    counted = notice.counted()
    is_in_hours = counted.is_in_hours
    day = day_of(hours_before(working, due, counted)) if is_in_hours else _day_before(working, day_of(due), counted)
    return working.opening(working.working_day_before(day, DRAFT_AHEAD))


def span_end(duration: Duration, start: Instant) -> Instant:
    """Say when a span ends that no office calendar decides, such as keeping for ten years: nothing rolls over."""
    if duration.unit is Unit.HOURS:
        return start + hours(duration.amount)
    if duration.unit not in (Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS):
        raise BadDuration(f"'{duration}' needs an office calendar; say it in calendar days, months or years")
    return end_of_day(later_by(duration, day_of(start)))


def _share_round_the_clock(reckoning: Reckoning, percent: int) -> Instant | None:
    left = sum((span.ends - span.begins for span in reckoning.running), timedelta()) * percent // 100
    for span in reckoning.running:
        if left <= span.ends - span.begins:
            return span.begins + left
        left -= span.ends - span.begins
    return reckoning.due


def _before(working: WorkingTime, due: Instant, distance: Duration) -> Instant:
    if distance.is_in_hours:
        return hours_before(working, due, distance)
    day = _day_before(working, day_of(due), distance)
    return working.opening(day if working.is_working_day(day) else working.working_day_before(day))


def _day_before(working: WorkingTime, day: date, distance: Duration) -> date:
    if distance.unit is Unit.WORKING_DAYS:
        return working.working_day_before(day, distance.amount.numerator)
    return later_by(distance, day, sign=-1)


def _after(since: Instant, find: Callable[[], Instant]) -> Instant | None:
    """Look for an instant, None where it is not after `since`: what lies before may not be covered either."""
    try:
        instant = find()
    except CalendarNotCovered as error:
        if error.day < day_of(since):
            return None
        raise
    return instant if instant > since else None
