"""Time limits on the applicant's side: whether what is filed lies inside them (language.md §2.7)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from procedures.json_types import Facts
from procedures.language.applying.selection import fits, places
from procedures.language.conditions.evaluation import ConditionError, evaluate
from procedures.language.model.parts import Expression, Window
from procedures.language.model.procedure import Procedure
from procedures.time.count_days import later_by
from procedures.time.duration import Duration, Unit, parse_duration
from procedures.time.errors import CalendarNotCovered
from procedures.time.instants import Instant, at, day_of
from procedures.time.limit import Rules, reckon
from procedures.time.working import WorkingTime

# Longer than any working day with the days off around it, and than any row of days off.
_DAYS_OF_A_WORKING_DAY, _DAYS_OFF = 3, timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Missed:
    """A window that what was filed lies outside of: too late, or `early`; `line` is the place of a line in its list.

    `opens` is known where the window ends with a date, `last` is its last day.
    """

    window: Window
    line: int | None
    last: date
    opens: date | None = None
    early: bool = False

    @property
    def id(self) -> str:
        return self.window.id if self.line is None else f"{self.window.id}/{self.line}"


def missed(procedure: Procedure, facts: Facts, submitted_at: Instant, working: WorkingTime) -> tuple[Missed, ...]:
    """Name the windows missed, in the order of file and list; the day of filing counts, whatever its hour.

    Raises ConditionError, and CalendarNotCovered where the answer hangs on days no calendar knows.
    """
    return tuple(_missed(procedure, facts, day_of(submitted_at), working))


def known_missed(procedure: Procedure, facts: Facts, submitted_at: Instant, working: WorkingTime) -> tuple[Missed, ...]:
    """A day that no calendar covers, or nobody named, leaves the question open: no dossier is lost for a warning."""
    try:
        return missed(procedure, facts, submitted_at, working)
    except (CalendarNotCovered, ConditionError):
        return ()


def _missed(procedure: Procedure, facts: Facts, filed: date, working: WorkingTime) -> Iterator[Missed]:
    for window in procedure.windows:
        for line, known in places(facts, window.per):
            if not fits(procedure, window.selectors, known):
                continue
            anchor = window.after or window.before
            assert anchor is not None
            day = _day(procedure, anchor, known)
            duration = parse_duration(window.within).counted()
            if window.after is not None:
                last = _last_day(working, duration, day, filed)
                if filed > last:
                    yield Missed(window, line, last)
            elif not (opens := _first_day(working, duration, day)) <= filed <= day:
                yield Missed(window, line, day, opens, early=filed < opens)


def _day(procedure: Procedure, anchor: Expression, facts: Facts) -> date:
    day = evaluate(procedure, anchor, facts)
    try:
        return date.fromisoformat(str(day))
    except ValueError:
        raise ConditionError(anchor.text, "no date") from None


def _last_day(working: WorkingTime, duration: Duration, day: date, filed: date) -> date:
    """Count from a day, which does not count itself; a last day that is not worked moves on (I1, I5)."""
    try:
        due = reckon(working, duration, Rules(), at(day)).due
    except CalendarNotCovered:
        longest = later_by(replace(duration, amount=duration.amount * _DAYS_OF_A_WORKING_DAY), day) + _DAYS_OFF
        if filed <= longest:
            raise
        # So long ago that no calendar could make it timely.
        return longest
    assert due is not None
    return day_of(due)


def _first_day(working: WorkingTime, duration: Duration, day: date) -> date:
    if duration.unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS_EXCL_HOLIDAYS):
        return working.covering(day).backward(duration.unit, day, duration.amount.numerator)
    return later_by(duration, day, sign=-1)
