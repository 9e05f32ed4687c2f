"""At which instants a clock does something, and which of all marks is the next to fire."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from procedures.time import marks as instants
from procedures.time.duration import parse_duration, parse_moment
from procedures.time.instants import ONE_DAY, day_of, end_of_day
from procedures.time.limit import Reckoning
from workflows.core import paths
from workflows.core.phases import phase
from workflows.core.pin import Pin
from workflows.core.state import State
from workflows.core.table import Phase, Row, lookup
from workflows.core.timekeeping import Clock, ClockKind, ClockState, Mark

DUE = "due"
HALF = "half"
TWO_DAYS = "two_days"
BEFORE = "before"
REMIND = "remind"
URGE = "urge"
DAY = "day"
# The core's own, no parameters (core.md section 4).
QUIET_AFTER = parse_duration("30 calendar days")
URGE_EVERY = parse_duration("2 working days")
_TWO_WORKING_DAYS = parse_duration("2 working days")
_ONE_WORKING_DAY = parse_duration("1 working day")

# At one instant lateness is known before anything that would end or suspend.
RANKS: tuple[str, ...] = (
    "legal",
    "window",
    "fee",
    "intake",
    "check",
    "ask_by",
    "step",
    "reply",
    "confirm",
    "transfer",
    "wait",
    "answer",
    "collect",
    "settle",
    "quiet",
)


@dataclass(frozen=True, slots=True)
class Firing:
    """A mark whose time has come; the quiet watch has no clock of its own."""

    at: datetime
    rank: int
    clock: str
    mark: str

    @property
    def order(self) -> tuple[datetime, int, str, str]:
        return (self.at, self.rank, self.clock, self.mark)


def marks_of(pin: Pin, clock: Clock, reckoning: Reckoning) -> tuple[Mark, ...]:
    """Derive the marks of a clock from its due; none while suspended or without a limit (I21)."""
    if reckoning.due is None:
        return ()
    found = {name: at for name, at in _instants(pin, clock, reckoning, reckoning.due) if at is not None}
    marks = (Mark(name=name, at=at) for name, at in found.items() if at > clock.started_at)
    return tuple(sorted(marks, key=lambda mark: (mark.at, mark.name)))


def next_firing(state: State) -> Firing | None:
    """Choose the least (instant, rank, clock, mark) of those that may fire in this phase."""
    return min(_waiting(state), key=lambda firing: firing.order, default=None)


def quiet_at(state: State) -> datetime | None:
    return None if state.written_at is None else instants.due_mark(instants.span_end(QUIET_AFTER, state.written_at))


def _waiting(state: State) -> Iterator[Firing]:
    where = phase(state)
    for clock in state.clocks:
        if clock.state is ClockState.RUNNING and may_fire(clock.kind, where):
            for mark in clock.marks:
                if mark.fired is None:
                    yield Firing(mark.at, RANKS.index(clock.kind), clock.id, mark.name)
    quiet = quiet_at(state)
    if quiet is not None and may_fire("quiet", where):
        yield Firing(quiet, RANKS.index("quiet"), "quiet", DUE)


def may_fire(kind: str, where: Phase) -> bool:
    return isinstance(lookup(f"clock_{kind}", where), Row)


def _instants(pin: Pin, clock: Clock, reckoning: Reckoning, due: datetime) -> Iterator[tuple[str, datetime | None]]:
    kind: ClockKind = clock.kind
    since = reckoning.counted_from
    match kind:
        case "legal":
            notice = parse_duration(pin.procedure.extension.notice_before)
            yield from ((mark.name, mark.at) for mark in instants.legal_marks(pin.working, reckoning, notice))
        case "intake" | "check" | "fee" | "reply":
            yield HALF, instants.share(pin.working, reckoning, 50)
        case "window":
            yield HALF, instants.share(pin.working, reckoning, 50)
            yield TWO_DAYS, instants.before(pin.working, due, _TWO_WORKING_DAYS, since=since)
        case "ask_by":
            yield BEFORE, instants.before(pin.working, due, _ONE_WORKING_DAY, since=since)
        case "step":
            yield from _escalations(pin, clock, due, since)
        case "collect":
            remind_after = parse_duration(pin.procedure.delivery.remind_after)
            yield f"{REMIND}.1", instants.after(pin.working, clock.started_at, remind_after)
        case "wait" if clock.limit.source.endswith(".until"):
            # A date is waited for until it comes, not until it is over.
            yield DAY, instants.due_mark(end_of_day(day_of(due) - ONE_DAY))
        case "transfer" | "confirm" | "wait" | "answer" | "settle":
            pass
    yield DUE, instants.due_mark(due)


def _escalations(pin: Pin, clock: Clock, due: datetime, since: datetime) -> Iterator[tuple[str, datetime | None]]:
    """One mark for each moment at which the step's budget reaches somebody; several may hear of one moment."""
    step = pin.procedure.step(paths.step_of(clock.id.removeprefix("step:")))
    if step.kind not in ("task", "sign"):
        return
    for escalation in step.escalate:
        if escalation.moment != DUE:
            moment = parse_moment(escalation.moment)
            yield escalation.moment, instants.moment(pin.working, due, moment, since=since)
