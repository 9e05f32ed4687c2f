"""When a limit ends and why: the rules, what happened on the way, the due instant and every day on the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from typing import Literal, TypeAlias

from procedures.time.calendar import WorkingTime
from procedures.time.count_hours import hours
from procedures.time.counting import count
from procedures.time.duration import Duration, Unit
from procedures.time.errors import BadChanges
from procedures.time.gap import Gap
from procedures.time.instants import Instant, Span, day_of, utc
from procedures.time.lines import Code, Line
from procedures.time.receipt import deem


@dataclass(frozen=True, slots=True)
class Rules:
    """How a limit is counted, as the procedure or its profile says; the defaults are those of a silent profile."""

    cutoff_after: time | None = None
    cutoff_moves: Literal["transfer", "same_day", "start"] = "start"
    off_hours: Literal["as_is", "next_working_day"] = "as_is"
    rollover: bool = True
    start_next_day: bool = False
    cutoff_on_resume: bool = True

    def cutoff_for(self, duration: Duration) -> time | None:
        """Give the time of day after which a receipt moves the start of this limit."""
        moves = self.cutoff_moves == "start" or (self.cutoff_moves == "same_day" and duration.is_within_the_day)
        return self.cutoff_after if moves else None

    def for_transfer(self) -> "Rules":
        """Count the hand-over of the file: whatever a cut-off moves, it moves this (I7)."""
        return replace(self, cutoff_moves="start")

    def without_receipt(self) -> "Rules":
        """Count what no receipt starts (windows, steps, answers): there is nothing to cut off."""
        return Rules(rollover=self.rollover)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the limit did not run, and what its end does; open while `closed` is None.

    `by_arrival` says that a dossier's arrival closed it, so cut-off and off-hours rules apply to that instant (I20);
    a window that ran out or a fee that was paid is taken at its own instant.
    """

    opened: Instant
    closed: Instant | None = None
    effect: Literal["pause", "restart", "replace"] = "pause"
    new_limit: Duration | None = None
    by_arrival: bool = True


@dataclass(frozen=True, slots=True)
class Extended:
    """An extension approved `at`, counted from the due date in force (I22)."""

    at: Instant
    by: Duration


@dataclass(frozen=True, slots=True)
class Switched:
    """Another total from the start of the limit (I26)."""

    at: Instant
    to: Duration


Change: TypeAlias = Pause | Extended | Switched


class RunState(StrEnum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    NO_LIMIT = "no_limit"


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The answer: `due` is None while suspended or without a limit.

    `last_day` is how the due of a limit in days is shown; `counted_from` is the deemed start, or where a supplement
    began the count anew; `running` are the stretches in which the limit ran or will run, from there to the due.
    """

    state: RunState
    due: Instant | None
    last_day: date | None
    deemed_start: Instant
    counted_from: Instant
    duration: Duration
    running: tuple[Span, ...]
    lines: tuple[Line, ...]


_ENDS = {Unit.WORKING_HOURS: "I10", Unit.HOURS: "I27"}


def reckon(
    working: WorkingTime, duration: Duration, rules: Rules, start: Instant, changes: Sequence[Change] = ()
) -> Reckoning:
    """Say when a limit that `start` began ends, after everything that changed it, in order of time."""
    run = _Run(working, rules, duration, utc(start))
    before = start
    for change in map(_in_utc, changes):
        began = change.opened if isinstance(change, Pause) else change.at
        ended = change.closed if isinstance(change, Pause) else change.at
        if run.is_open or began < before or (ended is not None and ended < began):
            raise BadChanges(
                f"The change of {began.isoformat()} is out of order; give changes by time, the open one last."
            )
        before = began if ended is None else ended
        run.take(change)
    return run.reckoning()


def _in_utc(change: Change) -> Change:
    if isinstance(change, Pause):
        return replace(change, opened=utc(change.opened), closed=None if change.closed is None else utc(change.closed))
    return replace(change, at=utc(change.at))


class _Run:
    """A limit in the making: where it counts from, what it counts, and what it does not."""

    def __init__(self, working: WorkingTime, rules: Rules, duration: Duration, start: Instant) -> None:
        self.working = working
        self.rules = rules
        self.duration = duration
        self.received = self.floor = start
        self.shifts = True
        self.rule = ""
        self.extensions: list[Extended] = []
        self.pauses: list[Pause] = []
        self.past: list[Line] = []
        self.events: list[Line] = []
        self.is_open = False
        self.deemed_start = self._origin([])

    def take(self, change: Change) -> None:
        match change:
            case Pause():
                self._pause(change)
            case Extended():
                if self.duration.is_unlimited:
                    raise BadChanges("What has no limit cannot be extended.")
                self.extensions.append(change)
            case Switched():
                self.events.append(Line(Code.SWITCHED, "I26", day_of(change.at), begins=change.at))
                self.duration = change.to
                self.extensions = []

    def reckoning(self) -> Reckoning:
        if self.duration.is_unlimited:
            lines = (*self.past, Line(Code.NO_LIMIT, "", day_of(self.received), begins=self.received))
            return Reckoning(RunState.NO_LIMIT, None, None, self.deemed_start, self.received, self.duration, (), lines)
        found: list[Line] = []
        due = self._count(found)
        origin = self._origin([])
        last = self.extensions[-1].by if self.extensions else self.duration
        if due is None:
            opened = self.pauses[-1].opened
            found.append(Line(Code.SUSPENDED, "I21", day_of(opened), begins=opened))
        else:
            found.append(Line(Code.DUE, _ENDS.get(last.counted().unit, "I4"), day_of(due), begins=due))
        return Reckoning(
            state=RunState.SUSPENDED if due is None else RunState.RUNNING,
            due=due,
            last_day=None if due is None or last.is_in_hours else day_of(due),
            deemed_start=self.deemed_start,
            counted_from=origin,
            duration=self.duration,
            running=self._running(origin, due),
            lines=(*self.past, *found),
        )

    def _pause(self, pause: Pause) -> None:
        if self.duration.is_unlimited and pause.effect != "replace":
            return
        due = None if self.duration.is_unlimited else self._count([])
        if due is not None and pause.opened > due:
            self.events.append(Line(Code.ASKED_TOO_LATE, "I23", day_of(pause.opened), begins=pause.opened))
            return
        if pause.closed is None or pause.effect == "pause":
            self.pauses.append(pause)
            self.is_open = pause.closed is None
            return
        self._begin_anew(pause, pause.closed)

    def _begin_anew(self, pause: Pause, arrived: Instant) -> None:
        """Take a restart (I18) or a replacement (I19): what was counted or extended before no longer matters."""
        code, rule = (Code.RESTARTED, "I18") if pause.effect == "restart" else (Code.REPLACED, "I19")
        if not self.duration.is_unlimited:
            self._starting(self.past, self._origin(self.past))
        self.past += self.events
        self.past.append(Line(Code.SUSPENDED, rule, day_of(pause.opened), begins=pause.opened, ends=arrived))
        self.past.append(Line(code, rule, day_of(arrived), begins=arrived))
        self.floor = max([self._origin([]), *(gap.closed for gap in self._gaps() if gap.closed is not None)])
        self.received, self.shifts, self.rule = arrived, self._moves(pause), "I20"
        if pause.effect == "replace":
            if pause.new_limit is None:
                raise BadChanges("A supplement that replaces the limit names the new limit.")
            self.duration = pause.new_limit
        self.extensions, self.pauses, self.events = [], [], []

    def _count(self, lines: list[Line]) -> Instant | None:
        origin = self._origin(lines)
        self._starting(lines, origin)
        lines += self.events
        gaps = self._gaps()
        due = count(self.working, self.duration, origin, gaps, rollover=self.rules.rollover, lines=lines)
        for extension in self.extensions:
            if due is None:
                break
            lines.append(Line(Code.EXTENDED, "I22", day_of(extension.at), begins=extension.at, ends=due))
            gaps = [gap for gap in gaps if gap.closed is None or gap.closed > due]
            due = count(self.working, extension.by, due, gaps, rollover=self.rules.rollover, lines=lines)
        return due

    def _starting(self, lines: list[Line], origin: Instant) -> None:
        if self.duration.is_within_the_day:
            lines.append(Line(Code.WITHIN_DAY, "I15", day_of(origin), begins=origin))
        elif not self.duration.is_in_hours:
            lines.append(Line(Code.FIRST_DAY, "I1", day_of(origin), begins=origin))
        else:
            counted = self.duration.counted()
            lines.append(Line(Code.FROM_INSTANT, "I2", day_of(origin), begins=origin))
            if counted != self.duration:
                lines.append(Line(Code.PART_OF_DAY, "I11", day_of(origin), used=hours(counted.amount)))

    def _origin(self, lines: list[Line]) -> Instant:
        if self.duration.is_unlimited:
            return self.received
        origin = self._deem(self.received, lines, rule=self.rule) if self.shifts else self.received
        if self.rules.start_next_day and self.duration.is_in_hours:
            began = origin
            origin = self.working.opening(self.working.next_working_day(day_of(began)))
            lines.append(Line(Code.START_NEXT_DAY, "I9", day_of(began), begins=began, ends=origin))
        return max(origin, self.floor)

    def _gaps(self) -> list[Gap]:
        return [self._gap(pause) for pause in self.pauses]

    def _gap(self, pause: Pause) -> Gap:
        if pause.closed is None or not self._moves(pause):
            return Gap(pause.opened, pause.closed)
        moved: list[Line] = []
        closed = self._deem(pause.closed, moved, rule="I20")
        return Gap(pause.opened, closed, moved[0] if moved else None)

    def _moves(self, pause: Pause) -> bool:
        return self.rules.cutoff_on_resume and pause.by_arrival

    def _deem(self, received: Instant, lines: list[Line], *, rule: str) -> Instant:
        cutoff = self.rules.cutoff_for(self.duration)
        shifts = self.rules.off_hours == "next_working_day"
        return deem(self.working, received, cutoff=cutoff, off_hours_shift=shifts, rule=rule, lines=lines)

    def _running(self, origin: Instant, due: Instant | None) -> tuple[Span, ...]:
        spans, since = [], origin
        for gap in self._gaps():
            if since < gap.opened:
                spans.append(Span(since, gap.opened))
            since = since if gap.closed is None else max(since, gap.closed)
        if due is not None and since < due:
            spans.append(Span(since, due))
        return tuple(spans)
