"""When a limit ends: the rules, what happened on the way, and the due instant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from typing import Literal, TypeAlias

from procedures.time.counting import Count, count
from procedures.time.duration import Duration
from procedures.time.errors import BadChanges
from procedures.time.gap import Gap
from procedures.time.instants import Instant, Span, day_of, utc
from procedures.time.lines import Code, Line
from procedures.time.receipt import Deemed, deem
from procedures.time.working import WorkingTime


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

    Whether it was asked in time is judged once, by the due date in force at the asking; no recount judges it anew.
    `none` is what was asked too late: it stops nothing (I23).
    `by_arrival` says that a dossier's arrival closed it, so cut-off and off-hours rules apply to that instant (I20);
    a window that ran out or a fee that was paid is taken at its own instant.
    """

    opened: Instant
    closed: Instant | None = None
    effect: Literal["pause", "restart", "replace", "none"] = "pause"
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


def reckon(
    working: WorkingTime, duration: Duration, rules: Rules, start: Instant, changes: Sequence[Change] = ()
) -> Reckoning:
    """Say when a limit that `start` began ends, after everything that changed it, in order of time."""
    return run_of(working, duration, rules, start, changes).reckoning()


def run_of(working: WorkingTime, duration: Duration, rules: Rules, start: Instant, changes: Sequence[Change]) -> "Run":
    """Let a limit run through all that changed it."""
    run = Run(working, duration, rules, utc(start))
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
    return run


def _in_utc(change: Change) -> Change:
    if isinstance(change, Pause):
        return replace(change, opened=utc(change.opened), closed=None if change.closed is None else utc(change.closed))
    return replace(change, at=utc(change.at))


@dataclass(frozen=True, slots=True)
class Chapter:
    """A count that a supplement ended: it tells where the limit stood, and moves nothing any more."""

    duration: Duration
    origin: Instant
    shifted: tuple[Line, ...]
    events: tuple[Pause | Switched, ...]
    ended: Pause


class Run:
    """A limit in the making: where it counts from and why (`shifted`), what it counts, and what it leaves out.

    `events` moved no date by themselves: a switch, and what was asked too late.
    """

    def __init__(self, working: WorkingTime, duration: Duration, rules: Rules, start: Instant) -> None:
        self.working = working
        self.duration = duration
        self.past: list[Chapter] = []
        self.events: list[Pause | Switched] = []
        self.extensions: list[Extended] = []
        self.is_open = False
        self._rules = rules
        self._pauses: list[Pause] = []
        self._gaps: list[Gap] = []
        self._received = self._floor = start
        self._shifts = True
        self._rule = ""
        self._place()
        self.deemed_start = self.origin

    def take(self, change: Change) -> None:
        match change:
            case Pause():
                self._pause(change)
            case Extended():
                if self.duration.is_unlimited:
                    raise BadChanges("What has no limit cannot be extended.")
                self.extensions.append(change)
            case Switched():
                self.events.append(change)
                self.duration = change.to
                self.extensions = []
                self._place()
                self._gaps = [self._gap(pause) for pause in self._pauses]

    def counts(self) -> list[Count]:
        """Count the limit, then each extension from the due date in force (I22), as far as nothing is open."""
        gaps = tuple(self._gaps)
        found = [count(self.working, self.duration, self.origin, gaps, rollover=self._rules.rollover)]
        for extension in self.extensions:
            due = found[-1].due
            if due is None:
                break
            gaps = tuple(gap for gap in gaps if gap.closed is None or gap.closed > due)
            found.append(count(self.working, extension.by, due, gaps, rollover=self._rules.rollover))
        if self.is_open:
            # Also where calendars that came later use it up before the asking (I21).
            found[-1] = replace(found[-1], due=None)
        return found

    def reckoning(self) -> Reckoning:
        if self.duration.is_unlimited:
            return Reckoning(RunState.NO_LIMIT, None, None, self.deemed_start, self.origin, self.duration, ())
        last = self.counts()[-1]
        return Reckoning(
            state=RunState.SUSPENDED if last.due is None else RunState.RUNNING,
            due=last.due,
            last_day=None if last.due is None or last.duration.is_in_hours else day_of(last.due),
            deemed_start=self.deemed_start,
            counted_from=self.origin,
            duration=self.duration,
            running=self._running(last.due),
        )

    def _pause(self, pause: Pause) -> None:
        if self.duration.is_unlimited and pause.effect != "replace":
            return
        if pause.effect == "none":
            self.events.append(pause)
        elif pause.closed is None or pause.effect == "pause":
            self._pauses.append(pause)
            self._gaps.append(self._gap(pause))
            self.is_open = pause.closed is None
        else:
            self._begin_anew(pause, pause.closed)

    def _begin_anew(self, pause: Pause, arrived: Instant) -> None:
        """Take a restart (I18) or a replacement (I19): what was counted or extended before no longer matters."""
        self.past.append(Chapter(self.duration, self.origin, tuple(self.shifted), tuple(self.events), pause))
        self._floor = max([self.origin, *(gap.closed for gap in self._gaps if gap.closed is not None)])
        self._received, self._shifts, self._rule = arrived, self._moves(pause), "I20"
        if pause.effect == "replace":
            if pause.new_limit is None:
                raise BadChanges("A supplement that replaces the limit names the new limit.")
            self.duration = pause.new_limit
        self.extensions, self._pauses, self._gaps, self.events = [], [], [], []
        self._place()

    def _place(self) -> None:
        """Find the instant from which the limit counts, and why it is not that of the receipt."""
        self.shifted: list[Line] = []
        self.origin = self._received
        if self.duration.is_unlimited:
            return
        if self._shifts:
            deemed = self._deem(self._received, rule=self._rule)
            self.origin = deemed.at
            self.shifted += [deemed.why] if deemed.why is not None else []
        if self._rules.start_next_day and self.duration.is_in_hours:
            began = self.origin
            self.origin = self.working.opening(self.working.next_working_day(day_of(began)))
            self.shifted.append(Line(Code.START_NEXT_DAY, "I9", day_of(began), begins=began, ends=self.origin))
        self.origin = max(self.origin, self._floor)

    def _gap(self, pause: Pause) -> Gap:
        if pause.closed is None or not self._moves(pause):
            return Gap(pause.opened, pause.closed)
        deemed = self._deem(pause.closed, rule="I20")
        return Gap(pause.opened, deemed.at, deemed.why)

    def _moves(self, pause: Pause) -> bool:
        return self._rules.cutoff_on_resume and pause.by_arrival

    def _deem(self, received: Instant, *, rule: str) -> Deemed:
        cutoff = self._rules.cutoff_for(self.duration)
        shifts = self._rules.off_hours == "next_working_day"
        return deem(self.working, received, cutoff=cutoff, shifts_off_hours=shifts, rule=rule)

    def _running(self, due: Instant | None) -> tuple[Span, ...]:
        spans, since = [], self.origin
        for gap in self._gaps:
            if due is not None and due < gap.opened:
                break
            if since < gap.opened:
                spans.append(Span(since, gap.opened))
            since = since if gap.closed is None else max(since, gap.closed)
        if due is not None and since < due:
            spans.append(Span(since, due))
        return tuple(spans)
