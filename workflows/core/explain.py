"""Why a date is what it is: the rule, the inputs, and every day on the way to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from procedures.time.errors import CalendarNotCovered
from procedures.time.limit import Reckoning
from procedures.time.lines import Line
from procedures.time.summary import summary
from procedures.time.wording import LANGUAGES, Language
from workflows.core.pin import Pin
from workflows.core.reckoning import reckoned, rules_of, told
from workflows.core.state import State
from workflows.core.timekeeping import Adjustment, Clock, ClockKind, ClockState, Interval, Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The counting rules in force for this clock."""

    cutoff_after: str | None
    cutoff_moves: str
    off_hours: str
    rollover: bool
    start_next_day: bool
    cutoff_on_resume: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`within`, `source` and `place` (file and line) say what was promised and where; `lines` is the count itself.

    `summary` says the count in a few sentences, by language; `not_covered` is the first day that the pinned calendars
    do not know.
    """

    clock: str
    kind: ClockKind
    state: ClockState
    within: str
    source: str
    place: str | None
    rule: Rule
    started_at: datetime
    deemed_start: datetime | None
    counted_from: datetime | None
    due: datetime | None
    last_day: date | None
    original_due: datetime | None
    late: bool
    stopped_at: datetime | None
    intervals: tuple[Interval, ...]
    adjustments: tuple[Adjustment, ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    summary: Mapping[Language, str]
    calendars: tuple[str, ...]
    not_covered: date | None


class NoSuchClock(LookupError):
    """The case never had a clock of that name."""


def explain(pin: Pin, state: State, clock: str) -> Explanation:
    found = next((one for one in state.clocks if one.id == clock), None)
    if found is None:
        raise NoSuchClock(clock)
    gap: date | None = None
    reckoning: Reckoning | None = None
    lines: tuple[Line, ...] = ()
    try:
        reckoning, lines = reckoned(pin, found), told(pin, found)
    except CalendarNotCovered as error:
        gap = error.day
    return Explanation(
        clock=found.id,
        kind=found.kind,
        state=found.state,
        within=found.limit_in_force.within,
        source=found.limit_in_force.source,
        place=_place(pin, found),
        rule=_rule(pin, found),
        started_at=found.started_at,
        deemed_start=reckoning.deemed_start if reckoning is not None else None,
        counted_from=reckoning.counted_from if reckoning is not None else None,
        due=found.due,
        last_day=reckoning.last_day if reckoning is not None else None,
        original_due=found.original_due,
        late=found.late,
        stopped_at=found.stopped_at,
        intervals=found.intervals,
        adjustments=found.adjustments,
        marks=found.marks,
        lines=lines,
        summary=_summary(reckoning, lines),
        calendars=tuple(calendar.id for calendar in pin.calendars),
        not_covered=gap,
    )


def _summary(reckoning: Reckoning | None, lines: Sequence[Line]) -> dict[Language, str]:
    if reckoning is None:
        return {}
    return {language: summary(reckoning.duration, reckoning.due, lines, language) for language in LANGUAGES}


def _place(pin: Pin, clock: Clock) -> str | None:
    return pin.procedure.places.get(clock.limit_in_force.source)


def _rule(pin: Pin, clock: Clock) -> Rule:
    rules = rules_of(pin.procedure, clock)
    return Rule(
        cutoff_after=None if rules.cutoff_after is None else rules.cutoff_after.isoformat("minutes"),
        cutoff_moves=rules.cutoff_moves,
        off_hours=rules.off_hours,
        rollover=rules.rollover,
        start_next_day=rules.start_next_day,
        cutoff_on_resume=rules.cutoff_on_resume,
    )
