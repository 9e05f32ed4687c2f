"""The life of a case as a pure function: from equal pin, state, event and instant follow equal steps."""

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import JsonValue

from procedures.language.conditions.evaluation import ConditionError
from workflows.core import commands, completions, firing, fitting, flow, messages, settling
from workflows.core import explain as explaining
from workflows.core import phases as derived
from workflows.core import snapshot as snapshots
from workflows.core import status as codes
from workflows.core import waits as waiting
from workflows.core.documents import command_digest, dump_state, load_state
from workflows.core.effects import Effect
from workflows.core.entries import Entry, Status
from workflows.core.events import (
    SYSTEM,
    AnyCommand,
    Command,
    EffectCancelled,
    EffectDone,
    EffectFailed,
    Event,
    Message,
    Recorded,
    Resumed,
    Woke,
)
from workflows.core.explain import Explanation
from workflows.core.fitting import Misfit
from workflows.core.marks import next_firing
from workflows.core.pin import Pin
from workflows.core.refusals import Refused
from workflows.core.state import Answer, Outcome, Seen, Stage, State, TrackState
from workflows.core.table import Phase
from workflows.core.turn import Turn, text_of
from workflows.core.views import Snapshot, Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    state: State
    effects: tuple[Effect, ...] = ()
    entries: tuple[Entry, ...] = ()
    answer: Answer | None = None


class WrongPin(Exception):
    """A defect: the driver handed in another pin than the case is bound to."""


def begin(case: str, engine_rev: int) -> State:
    return State(case=case, engine_rev=engine_rev)


def check(pin: Pin, state: State, command: AnyCommand, now: datetime) -> None:
    """Refuse exactly where `apply` would."""
    apply(pin, state, command, now)


def apply(pin: Pin, state: State, event: Event, now: datetime) -> Step:
    """Apply one event; only a command may be refused."""
    if state.stage is not Stage.NEW and pin.digest != state.pin_digest:
        raise WrongPin(f"{state.case} is bound to {state.pin_digest}, not to {pin.digest}")
    match event:
        case Recorded():
            return Step(state=_recorded(state, event.upto))
        case Resumed():
            return _resumed(state)
        case Command():
            return _obey(pin, state, event, now)
        case _:
            return _take(pin, state, event, now)


def phase(state: State) -> Phase:
    return derived.phase(state)


def status(state: State) -> Status | None:
    return derived.status(state)


def national_code(status: Status | None) -> int | None:
    return codes.national_code(status)


def fits(pin: Pin, state: State) -> tuple[Misfit, ...]:
    return fitting.fits(pin, state)


def waits(pin: Pin, state: State) -> tuple[Wait, ...]:
    return waiting.waits(state)


def snapshot(pin: Pin, state: State, now: datetime) -> Snapshot:
    return snapshots.snapshot(pin, state, now)


def explain(pin: Pin, state: State, clock: str) -> Explanation:
    return explaining.explain(pin, state, clock)


def next_wake(pin: Pin, state: State) -> datetime | None:
    """Say when the case must be woken; None only in new and closed."""
    firing_next = next_firing(state)
    return None if firing_next is None else firing_next.at


def quiescent(state: State) -> bool:
    """Is this a point at which the run may be renewed: nothing moves that would be lost with it?"""
    parked = {incident.effect for incident in state.incidents}
    return (
        not any(track.state is TrackState.READY for track in state.tracks)
        and all(flight.asked is not None or flight.effect.id in parked for flight in state.effects)
        and all(one.settled for one in state.commands)
    )


def dump(state: State) -> dict[str, JsonValue]:
    return dump_state(state)


def load(document: JsonValue) -> State:
    return load_state(document)


def _obey(pin: Pin, state: State, command: AnyCommand, now: datetime) -> Step:
    digest = command_digest(state.case, command)
    state = _recorded(state, command.have)
    known = settling.seen(state, command.id)
    if known is not None:
        if known.digest != digest:
            raise Refused("command-id-reused")
        return Step(state=state, answer=_answer(state, known, command))
    turn = _turn(pin, state, now, cause=command.id, command=command)
    firing.fire_due(turn)
    first = turn.next_seq
    try:
        outcome = commands.obey(turn, command)
    except ConditionError as error:
        # An expression that fails on what was given is never taken for false.
        raise Refused("form-invalid", fields=[error.text]) from error
    _run_on(turn)
    seen = settling.remember(turn, command.id, digest, outcome, first=first)
    step = _freeze(state, turn)
    return replace(step, answer=_answer(step.state, seen, command))


def _take(
    pin: Pin,
    state: State,
    event: Message | EffectDone | EffectFailed | EffectCancelled | Woke,
    now: datetime,
) -> Step:
    if isinstance(event, Message) and messages.is_known(state, event):
        return Step(state=state)
    turn = _turn(pin, state, now, cause=_cause(event), command=None)
    firing.fire_due(turn)
    match event:
        case Message():
            messages.take(turn, event)
        case EffectDone():
            completions.done(turn, event)
        case EffectFailed():
            completions.failed(turn, event)
        case EffectCancelled():
            completions.cancelled(turn, event)
        case Woke():
            pass
    _run_on(turn)
    settling.settle(turn)
    return _freeze(state, turn)


def _turn(pin: Pin, state: State, now: datetime, *, cause: str, command: Command | None) -> Turn:
    """Time never runs backwards for a case, whatever the clock of its worker says."""
    instant = now if state.now is None else max(now, state.now)
    actor = SYSTEM if command is None else command.actor
    return Turn(pin, state, instant, cause=cause, actor=actor, answers=command is not None)


def _run_on(turn: Turn) -> None:
    """Move tokens until none is ready; what became due by that fires as well."""
    flow.advance(turn)
    firing.fire_due(turn)


def _freeze(before: State, turn: Turn) -> Step:
    state = replace(turn.state, now=turn.now, unrecorded=(*before.unrecorded, *turn.entries))
    return Step(state=state, effects=tuple(turn.effects), entries=tuple(turn.entries))


def _answer(state: State, seen: Seen, command: AnyCommand) -> Answer:
    """The first outcome and seqs, for ever; with all entries the caller's records lack."""
    data: dict[str, JsonValue] = {"first": seen.first, "last": seen.last}
    if seen.outcome is Outcome.PROPOSED:
        data["proposal"] = f"_proposal:{seen.first}"
    if seen.why is not None:
        data["why"] = seen.why
    if command.verb == "accept" and seen.outcome is Outcome.DONE:
        legal = next((clock for clock in state.clocks if clock.id == "legal"), None)
        data |= {"code": state.code, "receipt": state.receipt, "due": text_of(legal.original_due) if legal else None}
    return Answer(
        seq=state.seq,
        outcome=seen.outcome,
        data=data,
        settled=seen.settled,
        entries=tuple(entry for entry in state.unrecorded if entry.seq > command.have),
    )


def _recorded(state: State, upto: int) -> State:
    """Believe records so far as they can know; a number above the seq is no word of this case."""
    if upto <= state.recorded or upto > state.seq:
        return state
    left = tuple(entry for entry in state.unrecorded if entry.seq > upto)
    return replace(state, recorded=upto, unrecorded=left)


def _resumed(state: State) -> Step:
    """Start anew what is in flight, under the same ids and keys; what was cancelled went down with its run."""
    parked = {incident.effect for incident in state.incidents}
    left = tuple(flight for flight in state.effects if not flight.cancelled)
    orders = tuple(flight.effect for flight in left if flight.asked is None and flight.effect.id not in parked)
    return Step(state=replace(state, effects=left), effects=orders)


def _cause(event: Message | EffectDone | EffectFailed | EffectCancelled | Woke) -> str:
    match event:
        case Message():
            return f"{event.source}/{event.id}"
        case Woke():
            return "clock"
        case EffectDone() | EffectFailed() | EffectCancelled():
            return event.id
