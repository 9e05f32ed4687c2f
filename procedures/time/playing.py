"""Plays a worked example on its calendars, as the life of a case would, and says what came out otherwise."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias, assert_never

from procedures.time.calendar import Calendar
from procedures.time.course import Course, Refused
from procedures.time.errors import CalendarNotCovered
from procedures.time.examples import (
    CorrectFinish,
    Event,
    Example,
    Extension,
    Finished,
    Recompute,
    SupplementAsked,
    SupplementReceived,
    SwitchLimit,
)
from procedures.time.hours import office_hours
from procedures.time.instants import Instant, day_of, local
from procedures.time.limit import Reckoning
from procedures.time.lines import Line
from procedures.time.working import WorkingTime

Calendars: TypeAlias = Callable[[str], Calendar]
_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Played:
    """What came out: a reckoning and its explanation, or the day that no calendar covers."""

    late: bool
    refused: tuple[tuple[int, Refused], ...]
    reckoning: Reckoning | None = None
    explanation: tuple[Line, ...] = ()
    error: CalendarNotCovered | None = None


def play(example: Example, calendars: Calendars) -> Played:
    """Apply the events in order, each with its own instant as the clock. Raises `BadCalendar`."""
    course = Course(_working(example, example.calendar, calendars), example.policy(), example.start)
    refused: list[tuple[int, Refused]] = []
    try:
        for number, event in enumerate(example.events):
            refusal = _done(course, event, example, calendars)
            if refusal is not None:
                refused.append((number, refusal))
        return Played(course.late, tuple(refused), course.reckoning(), course.explanation())
    except CalendarNotCovered as error:
        return Played(course.late, tuple(refused), error=error)


def differences(example: Example, played: Played) -> Iterator[str]:
    """Say each thing that is not as expected: what was expected, and what came out."""
    due = None if played.reckoning is None else played.reckoning.due
    got = _said(due, example) if played.error is None else f"the error {played.error.code}: {played.error.sentence}"
    if example.expect_error is not None:
        if played.error is None:
            yield f"expected the error {example.expect_error}, got {got}"
        return
    if played.error is not None or not _agree(example, due):
        yield f"expected {_said(example.expect_due, example)}, got {got}"
    if played.reckoning is None:
        return
    if example.expect_state not in (None, played.reckoning.state):
        yield f"expected the state {example.expect_state}, got {played.reckoning.state}"
    if example.expect_late not in (None, played.late):
        yield f"expected {_late(example.expect_late)}, got {_late(played.late)}"
    rejected = tuple(number for number, _ in played.refused)
    if example.expect_rejected not in (None, rejected):
        yield f"expected the rejected events {list(example.expect_rejected or ())}, got {list(rejected)}"


def _done(course: Course, event: Event, example: Example, calendars: Calendars) -> Refused | None:
    # Calendars that do not reach are what a recompute is there to replace.
    with suppress(CalendarNotCovered) if isinstance(event, Recompute) else nullcontext():
        course.pass_to(event.at)
    refusal = _acted(course, event, example, calendars)
    course.pass_to(event.at)
    return refusal


def _acted(course: Course, event: Event, example: Example, calendars: Calendars) -> Refused | None:
    match event:
        case SupplementAsked():
            return course.ask(event.at)
        case SupplementReceived():
            return course.receive(event.at)
        case Extension():
            return course.extend(event.at, event.duration(), has_ground=_is_said(event.ground))
        case SwitchLimit():
            told = event.notice is True
            return course.switch(event.at, event.duration(), has_ground=_is_said(event.ground), has_notice=told)
        case Recompute():
            working = _working(example, event.calendar, calendars)
            return course.recompute(working, has_ground=_is_said(event.ground))
        case Finished():
            return course.finish()
        case CorrectFinish():
            return course.correct_finish()
        case _:
            assert_never(event)


def _working(example: Example, ids: Iterable[str], calendars: Calendars) -> WorkingTime:
    return WorkingTime([calendars(id_) for id_ in ids], office_hours(example.hours))


def _is_said(ground: str | None) -> bool:
    return bool(ground and ground.strip())


def _agree(example: Example, due: Instant | None) -> bool:
    expected = example.expect_due
    if expected is None or due is None:
        return expected is due
    if example.precision == "day":
        return day_of(expected) == day_of(due)
    return abs(expected - due) < _A_MINUTE


def _said(due: Instant | None, example: Example) -> str:
    if due is None:
        return "no due date"
    return f"due {day_of(due)}" if example.precision == "day" else f"due {local(due):%Y-%m-%d %H:%M:%S}"


def _late(late: bool | None) -> str:
    return "late" if late else "not late"
