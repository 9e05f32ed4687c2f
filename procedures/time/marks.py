"""The instants derived from a limit at which somebody is warned, reminded or told: every rule of a clock's marks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from procedures.time.count_days import months_later
from procedures.time.count_hours import hours
from procedures.time.duration import Duration, Moment, Unit
from procedures.time.errors import BadDuration
from procedures.time.instants import MICROSECOND, ONE_DAY, Instant, day_of, end_of_day
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
    counted = distance.counted()
    if counted.is_in_hours:
        return _later(_hours_before(working, due, counted, since), since)
    day = _days_before(working, day_of(due), counted, day_of(since))
    return _later(_opening(working, day, day_of(since)), since)


def after(working: WorkingTime, due: Instant, distance: Duration) -> Instant:
    """Give the moment so long after a due: in days, the opening of that day or of the next one worked."""
    counted = distance.counted()
    if counted.unit is Unit.HOURS:
        return due + hours(counted.amount)
    if counted.unit is Unit.WORKING_HOURS:
        return working.advance(due, hours(counted.amount))
    day = day_of(due)
    if counted.unit is Unit.WORKING_DAYS:
        for _ in range(counted.amount.numerator):
            day = working.next_working_day(day)
        return working.opening(day)
    day = _calendar_days(day, counted, 1)
    return working.opening(day if working.is_working_day(day) else working.next_working_day(day))


def moment(working: WorkingTime, due: Instant, what: Moment, *, since: Instant) -> Instant | None:
    """Give the instant of `1 working day before`, `due` or `2 working days after`."""
    if what.distance is None:
        return due_mark(due)
    if what.side == "before":
        return before(working, due, what.distance, since=since)
    return after(working, due, what.distance)


def draft(working: WorkingTime, due: Instant, notice: Duration, *, since: Instant) -> Instant | None:
    """Give the opening of the working day two working days ahead of the notice that an extension needs."""
    counted, first = notice.counted(), day_of(since)
    if counted.is_in_hours:
        instant = _hours_before(working, due, counted, since)
        day = None if instant is None else day_of(instant)
    else:
        day = _days_before(working, day_of(due), counted, first)
    return _later(_opening(working, _back(working, day, DRAFT_AHEAD, first), first), since)


def last_call(working: WorkingTime, due: Instant, notice: Duration, *, since: Instant) -> Instant | None:
    """Give the end of the last day on which an extension may be approved: its notice is left after that day (I22)."""
    counted, first = notice.counted(), day_of(since)
    if counted.is_in_hours:
        return _later(_hours_before(working, due, counted, since), since)
    # The due day is itself one of the days left, so its notice is counted back from the day after it.
    day = _days_before(working, day_of(due) + ONE_DAY, counted, first)
    return None if day is None else _later(end_of_day(day - ONE_DAY), since)


def legal_marks(working: WorkingTime, reckoning: Reckoning, notice: Duration) -> tuple[MarkAt, ...]:
    """Give the marks of the legal limit by time; none while suspended or without a limit (I21).

    Where there is no room for drafting an extension, the handler is warned when three quarters of the time are gone.
    """
    if reckoning.due is None:
        return ()
    due, since = reckoning.due, reckoning.counted_from
    drafting = None if reckoning.duration.is_below_two_days else draft(working, due, notice, since=since)
    found: list[tuple[LegalMark, Instant | None]] = [
        ("half", share(working, reckoning, 50)),
        ("draft", drafting) if drafting is not None else ("warn", share(working, reckoning, 75)),
        ("last_call", last_call(working, due, notice, since=since)),
        ("due", due_mark(due)),
    ]
    marks = [MarkAt(name, at) for name, at in found if at is not None]
    return tuple(sorted(marks, key=lambda mark: mark.at))


def span_end(duration: Duration, start: Instant) -> Instant:
    """Say when a span ends that no office calendar decides, such as keeping for ten years: nothing rolls over."""
    if duration.unit is Unit.HOURS:
        return start + hours(duration.amount)
    if duration.unit not in (Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS):
        raise BadDuration(f"'{duration}' needs an office calendar; say it in calendar days, months or years")
    return end_of_day(_calendar_days(day_of(start), duration, 1))


def _share_round_the_clock(reckoning: Reckoning, percent: int) -> Instant | None:
    left = sum((span.ends - span.begins for span in reckoning.running), timedelta()) * percent // 100
    for span in reckoning.running:
        if left <= span.ends - span.begins:
            return span.begins + left
        left -= span.ends - span.begins
    return reckoning.due


def _hours_before(working: WorkingTime, due: Instant, distance: Duration, since: Instant) -> Instant | None:
    if distance.unit is Unit.HOURS:
        return due - hours(distance.amount)
    return working.retreat(due, hours(distance.amount), since=since)


def _days_before(working: WorkingTime, day: date, distance: Duration, first: date) -> date | None:
    if distance.unit is Unit.WORKING_DAYS:
        return _back(working, day, distance.amount.numerator, first)
    return _calendar_days(day, distance, -1)


def _back(working: WorkingTime, day: date | None, number: int, first: date) -> date | None:
    """Go back so many working days, not beyond the first day: what lies before it may not be covered."""
    for _ in range(number):
        if day is None or day <= first:
            return None
        day -= ONE_DAY
        while not working.is_working_day(day):
            day -= ONE_DAY
            if day < first:
                return None
    return day


def _opening(working: WorkingTime, day: date | None, first: date) -> Instant | None:
    """Give the opening of a day, or of the last working day before it."""
    while day is not None and day >= first:
        if working.is_working_day(day):
            return working.opening(day)
        day -= ONE_DAY
    return None


def _calendar_days(day: date, distance: Duration, sign: int) -> date:
    amount = sign * distance.amount.numerator
    match distance.unit:
        case Unit.MONTHS:
            return months_later(day, amount)
        case Unit.YEARS:
            return months_later(day, 12 * amount)
        case _:
            return day + timedelta(days=amount)


def _later(instant: Instant | None, since: Instant) -> Instant | None:
    return instant if instant is not None and instant > since else None
