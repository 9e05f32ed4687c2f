"""Which days are worked and at what hours: announced days off and make-up days, and an office's own week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, TypeAlias

from procedures.time.errors import BadCalendar, CalendarNotCovered
from procedures.time.instants import ONE_DAY, Instant, Span, at, day_of

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


class WorkingTime:
    """Calendars and office hours joined; made once for a pin, answers from memory afterwards."""

    __slots__ = ("_calendars", "_days", "_hours")

    def __init__(self, calendars: Sequence[Calendar], hours: OfficeHours) -> None:
        self._calendars = tuple(_Lookup(calendar) for calendar in sorted(calendars, key=lambda one: one.first))
        self._hours = hours
        self._days: dict[date, Day] = {}
        problems = [
            f"Calendars {left.calendar.id} and {right.calendar.id} both cover {right.calendar.first}; give one of them."
            for left, right in zip(self._calendars, self._calendars[1:], strict=False)
            if right.calendar.first <= left.calendar.last
        ]
        if problems:
            raise BadCalendar(problems)

    def day(self, day: date) -> Day:
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = self._resolve(day)
        return known

    def is_working_day(self, day: date) -> bool:
        return bool(self.day(day).spans)

    def opening(self, day: date) -> Instant:
        """Give the opening of a working day."""
        return self.day(day).spans[0].begins

    def closing(self, day: date) -> Instant:
        """Give the closing of a working day."""
        return self.day(day).spans[-1].ends

    def next_working_day(self, day: date) -> date:
        """Give the first working day after this one."""
        day += ONE_DAY
        while not self.day(day).spans:
            day += ONE_DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """Give the last working day before this one."""
        day -= ONE_DAY
        while not self.day(day).spans:
            day -= ONE_DAY
        return day

    def working_days_after(self, day: date, upto: date) -> int:
        """Count the working days after a day, up to and including another."""
        return sum(self.is_working_day(day + timedelta(days=n)) for n in range(1, (upto - day).days + 1))

    def worked(self, begins: Instant, ends: Instant) -> timedelta:
        """Measure the office time between two instants."""
        total = timedelta()
        day, last = day_of(begins), day_of(ends)
        while day <= last:
            for span in self.day(day).spans:
                total += max(min(span.ends, ends) - max(span.begins, begins), timedelta())
            day += ONE_DAY
        return total

    def advance(self, begins: Instant, length: timedelta) -> Instant:
        """Give the first instant at which this much office time has passed (I10)."""
        day, left = day_of(begins), length
        while left:
            for span in self.day(day).spans:
                since = max(span.begins, begins)
                if since + left <= span.ends:
                    return since + left
                left -= max(span.ends - since, timedelta())
            day += ONE_DAY
        return begins

    def retreat(self, ends: Instant, length: timedelta, *, since: Instant) -> Instant | None:
        """Give the last instant from which this much office time is left, None where that is before `since`."""
        day, left, first = day_of(ends), length, day_of(since)
        if not left:
            return ends
        while day >= first:
            for span in reversed(self.day(day).spans):
                until = min(span.ends, ends)
                if until - left >= span.begins:
                    return until - left if until - left >= since else None
                left -= max(until - span.begins, timedelta())
            day -= ONE_DAY
        return None

    def _resolve(self, day: date) -> Day:
        for lookup in self._calendars:
            if lookup.calendar.first <= day <= lookup.calendar.last:
                return lookup.resolve(day, self._hours)
        raise CalendarNotCovered(day)


class _Lookup:
    """One calendar by day."""

    __slots__ = ("_basis", "_half", "_make_up", "_off", "calendar")

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._basis = {basis.id: basis.text for basis in calendar.basis}
        self._off = {one.day: one for one in calendar.days_off}
        self._make_up = {one.day: one for one in calendar.make_up_days}
        self._half = {one.day: one for one in calendar.half_days}

    def resolve(self, day: date, hours: OfficeHours) -> Day:
        off = self._off.get(day)
        if off is not None:
            return self._day(day, DayKind(off.kind), (), off, off.name)
        sessions, kind = hours.week[day.weekday()], DayKind.WORKING_DAY
        make_up = self._make_up.get(day)
        exchanged = hours.week[make_up.instead_of.weekday()] if make_up is not None else ()
        source: MakeUpDay | HalfDay | None = None
        # An office that never works the exchanged weekday has nothing to make up.
        if exchanged:
            sessions, kind, source = exchanged, DayKind.MAKE_UP_DAY, make_up
        half = self._half.get(day)
        if half is not None and sessions:
            return self._day(day, DayKind.HALF_DAY, half.sessions, half, half.name)
        if not sessions:
            kind = DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.REST_DAY
        return self._day(day, kind, sessions, source)

    def _day(
        self,
        day: date,
        kind: DayKind,
        sessions: tuple[Session, ...],
        source: DayOff | MakeUpDay | HalfDay | None,
        name: str = "",
    ) -> Day:
        spans = tuple(Span(at(day, one.opens), at(day, one.closes)) for one in sessions)
        if source is None:
            return Day(day, kind, spans, self.calendar.id)
        basis = self._basis.get(source.basis, source.basis)
        return Day(day, kind, spans, self.calendar.id, name, basis, source.certainty)
