"""What waiting tokens are told: a message or a date has come, an opinion was given, a case elsewhere has ended."""

from dataclasses import replace

from pydantic import JsonValue

from procedures.language.model.steps import STOP, SUPPLEMENT, CallStep, ProcedureStep, TaskStep, WaitStep
from workflows.core import answers, clocks, facts, flow, guards, incidents, paths, stops, subcases, tokens, waiting
from workflows.core.events import Message, Reason
from workflows.core.state import Track, TrackState
from workflows.core.timekeeping import Clock
from workflows.core.turn import Turn

NOBODY_WAITS, UNKNOWN_OUTCOME, NO_FORM = "nobody-waits", "unknown-outcome", "form-missing"


def received(turn: Turn, message: Message) -> str | None:
    """message_received a: the first token that waits for it takes it, else it is held for a later one."""
    for track in turn.state.tracks:
        step = turn.pin.procedure.step(track.step)
        if track.state is not TrackState.WAITING or not isinstance(step, WaitStep):
            continue
        if waiting.is_for(step, tokens.node_of(track), message):
            if waiting.lacks_form(step, message):
                return NO_FORM
            waiting.take(turn, track, step, message)
            flow.leave(turn, track.path, waiting.ARRIVED)
            return None
    return NOBODY_WAITS


def time_is_up(turn: Turn, clock: Clock) -> None:
    """A wait is over by its own clock: the date has come, the span has passed, or nobody sent what was awaited."""
    track = _at(turn, clock.id.removeprefix("wait:"))
    step = None if track is None else turn.pin.procedure.step(track.step)
    if track is None or not isinstance(step, WaitStep):
        clocks.stop(turn, clock.id)
        return
    outcome = waiting.PASSED if step.message is None else waiting.EXPIRED
    waiting.end(turn, track)
    turn.write("waited", node=tokens.node_of(track), data={"outcome": outcome, "clock": clock.id})
    chosen = step.outcome(outcome)
    if step.sender == "applicant" and chosen is not None and chosen.target == STOP and turn.state.decided_at is None:
        # Only the applicant's own time ran out: no second person decides (language.md 4.2).
        stops.stop_now(turn, Reason(code="window_expired"), f"step:{step.id}")
        return
    facts.keep(turn, track.path, step.id, {"outcome": outcome})
    flow.leave(turn, track.path, outcome)


def subcase_ended(turn: Turn, message: Message) -> str | None:
    """subcase_ended a."""
    track = _at(turn, message.key)
    step = None if track is None else turn.pin.procedure.step(track.step)
    if track is None or not isinstance(step, ProcedureStep):
        return NOBODY_WAITS
    outcome = message.data.get("outcome")
    if outcome not in subcases.OUTCOMES:
        return UNKNOWN_OUTCOME
    incidents.land(turn, tokens.node_of(track))
    subcases.end(turn, track, str(outcome), case=message.data.get("case"))
    flow.leave(turn, track.path, str(outcome), reason=_reason(message))
    return None


def opinion_received(turn: Turn, message: Message) -> str | None:
    """opinion_received a: what another system was asked, or what an officer elsewhere has as a task."""
    track = _at(turn, message.key)
    step = None if track is None else turn.pin.procedure.step(track.step)
    if track is None:
        return NOBODY_WAITS
    if isinstance(step, CallStep):
        if answers.is_unknown(step, message.data):
            return UNKNOWN_OUTCOME
        node = tokens.node_of(track)
        incidents.land(turn, node)
        clocks.stop(turn, f"answer:{node}")
        answers.called(turn, track, message.data, kind="opinion_given")
        return None
    if isinstance(step, TaskStep) and track.path != paths.ROOT and track.task is not None:
        return _instead_of_task(turn, track, step, message)
    return NOBODY_WAITS


def _instead_of_task(turn: Turn, track: Track, step: TaskStep, message: Message) -> str | None:
    """The asked agency answers through its own system: the same outcome, values and reason as by its task."""
    chosen = step.outcome(str(message.data.get("outcome")))
    form, task = message.data.get("form"), track.task
    if chosen is None or chosen.target in (SUPPLEMENT, STOP):
        return UNKNOWN_OUTCOME
    needed = [field.id for field in step.fields(chosen.name) if field.required and field.default is None]
    if needed and not isinstance(form, str):
        return NO_FORM
    if step.deciding and not guards.is_without_round(turn.state):
        return "supplement-outstanding"
    assert task is not None
    given = message.data.get("facts")
    facts.keep(turn, track.path, step.id, {**waiting.scalars(given), "outcome": chosen.name})
    kept = paths.named(track.path, step.id)
    forms = {name: ref for name, ref in turn.state.forms.items() if name != kept}
    doers = {**turn.state.doers, kept: (f"system:{message.source}",)}
    turn.state = replace(
        turn.state,
        forms=dict(sorted({**forms, **({kept: form} if isinstance(form, str) else {})}.items())),
        doers=dict(sorted(doers.items())),
    )
    tokens.stop_budget(turn, track.path)
    turn.drop_task(task)
    turn.set_track(replace(turn.track(track.path), task=None))
    if step.deciding:
        turn.decide(track.path)
    data: dict[str, JsonValue] = {"outcome": chosen.name, "source": message.source, "form": form}
    turn.write("opinion_given", node=task, reason=_reason(message), data=data)
    flow.leave(turn, track.path, chosen.name, reason=_reason(message))
    return None


def _at(turn: Turn, node: str | None) -> Track | None:
    """Find the token that waits at a visit."""
    waits = (track for track in turn.state.tracks if track.state is TrackState.WAITING)
    return next((track for track in waits if tokens.node_of(track) == node), None)


def _reason(message: Message) -> Reason | None:
    code = message.data.get("reason")
    return Reason(code="other", text=f"message:{message.source}/{message.id}") if code else None
