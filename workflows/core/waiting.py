"""A wait step as it opens: for a message, which may have come before, until a date, or for a span of time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pydantic import JsonValue

from procedures.language.conditions.evaluation import ConditionError, evaluate
from procedures.language.model.steps import WaitStep
from procedures.time.instants import day_of
from workflows.core import clocks, custody, facts, paths, pauses, settling, tokens
from workflows.core.events import Key, Message, Scalar
from workflows.core.phases import file_unit
from workflows.core.state import Outcome, Track, TrackState
from workflows.core.timekeeping import Limit
from workflows.core.turn import Turn

RECEIVED = "message_received"
ARRIVED, EXPIRED, PASSED = "arrived", "expired", "passed"


def begin(turn: Turn, track: Track) -> str | None:
    """Park the token and start its clock; give the outcome where there is nothing to wait for."""
    step = tokens.step_of(turn, track.path)
    assert isinstance(step, WaitStep)
    custody.send_with_first_step(turn, track.path, file_unit(turn.state, track.path))
    track = turn.set_track(replace(turn.track(track.path), state=TrackState.WAITING))
    if (early := _held(turn, track, step)) is not None:
        take(turn, track, step, early)
        return ARRIVED
    limit = _limit(turn, track, step)
    if limit is None:
        turn.write("waited", node=tokens.node_of(track), data={"outcome": PASSED})
        return PASSED
    clocks.start(turn, "wait", clock_of(track), limit, at=turn.now)
    if step.clock == "pauses":
        pauses.begin(turn, clock_of(track), f"step:{step.id}")
    return None


def clock_of(track: Track) -> str:
    return f"wait:{tokens.node_of(track)}"


def is_for(step: WaitStep, node: Key, message: Message) -> bool:
    """By the visit that waits, or by the message's own name in the procedure."""
    named = message.key in (node, step.message) or message.data.get("message") == step.message
    return step.message is not None and message.name == RECEIVED and named


def lacks_form(step: WaitStep, message: Message) -> bool:
    needed = any(field.required and field.default is None for field in step.form)
    return needed and not isinstance(message.data.get("form"), str)


def take(turn: Turn, track: Track, step: WaitStep, message: Message) -> None:
    """Keep what came with it; its clock ends, and what it paused goes on."""
    node, form, given = tokens.node_of(track), message.data.get("form"), message.data.get("facts")
    end(turn, track)
    facts.keep(turn, track.path, step.id, {**scalars(given), "outcome": ARRIVED})
    if isinstance(form, str):
        forms = {**turn.state.forms, paths.named(track.path, step.id): form}
        turn.state = replace(turn.state, forms=dict(sorted(forms.items())))
    data: dict[str, JsonValue] = {"message": step.message, "source": message.source, "id": message.id}
    data |= {name: message.data[name] for name in ("form", "documents") if name in message.data}
    turn.write("message_taken", node=node, data=data)


def end(turn: Turn, track: Track) -> None:
    """Before the entry that says so."""
    clocks.stop(turn, clock_of(track))
    pauses.end(turn, clock_of(track))


def _held(turn: Turn, track: Track, step: WaitStep) -> Message | None:
    """Find a message that came before anybody waited for it."""
    node = tokens.node_of(track)
    for held in turn.state.held:
        if is_for(step, node, held.message) and not lacks_form(step, held.message):
            turn.state = replace(turn.state, held=tuple(one for one in turn.state.held if one != held))
            settling.remember(turn, settling.message_id(held.message), "", Outcome.DONE, first=turn.next_seq)
            return held.message
    return None


def _limit(turn: Turn, track: Track, step: WaitStep) -> Limit | None:
    """None where the date has come already. A date is waited for until its first moment."""
    if step.until is None:
        name = "within" if step.message is not None else "last"
        return Limit(within=step.within or step.last or "no limit", source=f"steps.{step.id}.{name}")
    found = evaluate(turn.pin.procedure, step.until, facts.known(turn, track.path))
    try:
        days = (date.fromisoformat(str(found)) - day_of(turn.now)).days
    except ValueError as error:
        raise ConditionError(step.until.text, f"'{found}' is no date") from error
    amount = f"{days} calendar day" if days == 1 else f"{days} calendar days"
    return Limit(within=amount, source=f"steps.{step.id}.until") if days > 0 else None


def scalars(given: JsonValue) -> dict[str, Scalar]:
    values = given if isinstance(given, Mapping) else {}
    return {name: value for name, value in values.items() if isinstance(value, bool | int | str)}
