"""Which days are worked and at what hours: announced days off and make-up days, and an office's own week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from procedures.time.instants import Span, at, each_day

Certainty: TypeAlias = Literal["high", "medium", "low", "none"]
SATURDAY = 5


class DayKind(StrEnum):
    WORKING_DAY = "working_day"
    MAKE_UP_DAY = "make_up_day"
    HALF_DAY = "half_day"
    WEEKEND = "weekend"
    REST_DAY = "rest_day"
    PUBLIC_HOLIDAY = "public_holiday"
    COMPENSATORY = "compensatory"
    SWAPPED_OFF = "swapped_off"


@dataclass(frozen=True, slots=True)
class Session:
    """A sitting of the office, in minutes after midnight at +07:00."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The sessions of each weekday, Monday first; a weekday without sessions is a rest day (I13)."""

    week: tuple[tuple[Session, ...], ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """The law or announcement that says so."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class DayOff:
    day: date
    kind: Literal["public_holiday", "compensatory", "swapped_off"]
    name: str
    basis: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class MakeUpDay:
    """A weekend day worked with the hours of the weekday it is exchanged for."""

    day: date
    instead_of: date
    basis: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A working day with hours of its own (I12)."""

    day: date
    sessions: tuple[Session, ...]
    name: str
    basis: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Calendar:
    """Travels by value in a case's pin, so that a later announcement moves no date by itself (I25)."""

    id: str
    title: str
    status: Literal["final", "provisional", "fictional"]
    first: date
    last: date
    basis: tuple[Basis, ...] = ()
    days_off: tuple[DayOff, ...] = ()
    make_up_days: tuple[MakeUpDay, ...] = ()
    half_days: tuple[HalfDay, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """What one day is for one office, and who says so; no spans means not worked."""

    day: date
    kind: DayKind
    spans: tuple[Span, ...]
    calendar: str
    name: str = ""
    basis: str = ""
    certainty: str = ""

    @property
    def is_worked(self) -> bool:
        return bool(self.spans)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a calendar and an office's week make of a day; `source` is what sets it apart from its weekday."""

    kind: DayKind
    sessions: tuple[Session, ...]
    source: DayOff | MakeUpDay | HalfDay | None = None


class CalendarDays:
    """One calendar by day, for one office."""

    __slots__ = ("_basis", "_half", "_hours", "_make_up", "_off", "_week", "calendar")

    def __init__(self, calendar: Calendar, hours: OfficeHours) -> None:
        self.calendar = calendar
        self._hours = hours
        self._week = tuple(Plan(_kind(sessions, day), sessions) for day, sessions in enumerate(hours.week))
        self._basis = {basis.id: basis.text for basis in calendar.basis}
        self._off = {one.day: one for one in calendar.days_off}
        self._make_up = {one.day: one for one in calendar.make_up_days}
        self._half = {one.day: one for one in calendar.half_days}

    def plans(self) -> Iterator[Plan]:
        """Give the plan of each day the calendar covers."""
        return map(self.plan, each_day(self.calendar.first, self.calendar.last))

    def plan(self, day: date) -> Plan:
        off = self._off.get(day)
        if off is not None:
            return Plan(DayKind(off.kind), (), off)
        plan = self._week[day.weekday()]
        make_up = self._make_up.get(day)
        # An office that never works the exchanged weekday has nothing to make up.
        if make_up is not None and (exchanged := self._hours.week[make_up.instead_of.weekday()]):
            plan = Plan(DayKind.MAKE_UP_DAY, exchanged, make_up)
        half = self._half.get(day)
        if half is not None and plan.sessions:
            return Plan(DayKind.HALF_DAY, half.sessions, half)
        return plan

    def day(self, day: date) -> Day:
        plan = self.plan(day)
        spans = tuple(Span(at(day, one.opens), at(day, one.closes)) for one in plan.sessions)
        source = plan.source
        if source is None:
            return Day(day, plan.kind, spans, self.calendar.id)
        name = "" if isinstance(source, MakeUpDay) else source.name
        basis = self._basis.get(source.basis, source.basis)
        return Day(day, plan.kind, spans, self.calendar.id, name, basis, source.certainty)


def _kind(sessions: tuple[Session, ...], weekday: int) -> DayKind:
    if sessions:
        return DayKind.WORKING_DAY
    return DayKind.WEEKEND if weekday >= SATURDAY else DayKind.REST_DAY
