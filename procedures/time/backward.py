"""Looking back from a due instant: the last at which a limit may begin, a supplement be asked, an extension be made."""

from datetime import date, datetime, time

from procedures.time.count_days import later_by
from procedures.time.count_hours import hours
from procedures.time.duration import Duration, Unit
from procedures.time.errors import BadDuration, CalendarNotCovered
from procedures.time.instants import MICROSECOND, ONE_DAY, ZONE, Instant, day_of, end_of_day, utc
from procedures.time.limit import Rules, Run
from procedures.time.working import WorkingTime


def latest_start(working: WorkingTime, duration: Duration, rules: Rules, due: Instant) -> Instant:
    """Give the last instant of a receipt whose limit ends by a due instant; of any later one it ends after it."""
    due = utc(due)
    origin = _latest_origin(working, duration, due, rollover=rules.rollover)
    day = day_of(origin)
    while True:
        for instant in _last_instants(working, day, rules.cutoff_for(duration)):
            received = min(instant, origin)
            if _begins_by(origin, working, duration, rules, received):
                return received
        day -= ONE_DAY


def latest_ask(working: WorkingTime, answer_within: Duration, then: Duration, rules: Rules, due: Instant) -> Instant:
    """Give the last instant to ask for a supplement so that the limit that follows still ends by a due instant.

    The answer may take its whole window; `then` is the limit that its arrival begins (I18, I19).
    """
    arrival = latest_start(working, then, rules, due)
    return latest_start(working, answer_within, rules.without_receipt(), arrival)


def last_call(working: WorkingTime, due: Instant, notice: Duration) -> Instant:
    """Give the last instant to extend: days of notice are left after its own day, up to the due day (I22)."""
    counted, day = notice.counted(), day_of(due)
    if counted.is_in_hours:
        return hours_before(working, due, counted)
    if counted.is_in_months:
        return end_of_day(_months_before(counted, day))
    return end_of_day(working.covering(day).backward(counted.unit, day, counted.amount.numerator))


def leaves_notice(working: WorkingTime, at: Instant, due: Instant, notice: Duration) -> bool:
    """Say whether an instant leaves a notice before the due date: up to the `last_call` each does, none after it."""
    counted, first, last = notice.counted(), day_of(at), day_of(due)
    if counted.unit is Unit.HOURS:
        return due - at >= hours(counted.amount)
    if counted.is_in_hours:
        return at <= due and working.worked(at, due) >= hours(counted.amount)
    if counted.is_in_months:
        return later_by(counted, first) <= last
    return first <= last and working.covering(first).passed(counted.unit, first, last) >= counted.amount


def hours_before(working: WorkingTime, due: Instant, distance: Duration) -> Instant:
    """Give the last instant from which so many hours are left."""
    length = hours(distance.amount)
    return due - length if distance.unit is Unit.HOURS else working.retreat(due, length)


def _latest_origin(working: WorkingTime, duration: Duration, due: Instant, *, rollover: bool) -> Instant:
    """Give the last instant from which the limit may count."""
    counted = duration.counted()
    if counted.is_unlimited:
        raise BadDuration("'no limit' has no due date to look back from")
    if counted.is_in_hours:
        return hours_before(working, due, counted)
    # A limit in days ends with a whole day, which has to be over by the due instant.
    last = day_of(due + MICROSECOND) - ONE_DAY
    if rollover and counted.unit is not Unit.WORKING_DAYS and not working.is_working_day(last):
        last = working.working_day_before(last)
    if counted.is_in_months:
        return end_of_day(_months_before(counted, last))
    return end_of_day(working.covering(last).backward(counted.unit, last, counted.amount.numerator))


def _months_before(months: Duration, last: date) -> date:
    """Give the last day whose corresponding day is not after another: of several with one month's end, the last."""
    day = later_by(months, last, sign=-1)
    while later_by(months, day + ONE_DAY) <= last:
        day += ONE_DAY
    return day


def _last_instants(working: WorkingTime, day: date, cutoff: time | None) -> list[Instant]:
    """Give the last instants of a day, latest first, after which a receipt counts as the next day's (I6, I8)."""
    instants = [end_of_day(day)]
    if working.is_working_day(day):
        instants.append(working.closing(day))
    if cutoff is not None:
        instants.append(utc(datetime.combine(day, cutoff, ZONE)))
    return sorted(instants, reverse=True)


def _begins_by(origin: Instant, working: WorkingTime, duration: Duration, rules: Rules, received: Instant) -> bool:
    try:
        return Run(working, duration, rules, received).origin <= origin
    except CalendarNotCovered as error:
        # What begins on a day after those covered begins too late; before them nothing can be said.
        if error.day <= day_of(received):
            raise
        return False
