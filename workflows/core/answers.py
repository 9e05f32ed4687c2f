"""What a step without a person makes of its answer: a draft, values and a result, or the way a refusal leads."""

from collections.abc import Mapping

from pydantic import JsonValue

from procedures.language.model.steps import CallStep, DocumentStep, ProcedureStep, Step
from workflows.core import clocks, facts, flow, incidents, results, subcases, tokens, withdrawing
from workflows.core.entries import EntryKind
from workflows.core.events import EffectFailed
from workflows.core.state import Track
from workflows.core.turn import Turn

Result = Mapping[str, JsonValue]
DONE = "done"


def drafted(turn: Turn, track: Track, result: Result) -> None:
    step = tokens.step_of(turn, track.path)
    assert isinstance(step, DocumentStep)
    if step.deciding:
        turn.decide(track.path)
    draft = results.add_draft(turn, track.path, step, document=str(result["document"]), digest=str(result["digest"]))
    if not step.signed_by:
        results.bring_out(turn, draft)
    flow.leave(turn, track.path, None)


def called(turn: Turn, track: Track, result: Result, *, kind: EntryKind = "called") -> None:
    step = tokens.step_of(turn, track.path)
    assert isinstance(step, CallStep)
    outcome = _outcome(result)
    values = result.get("values")
    given = values if isinstance(values, dict) else {}
    facts.keep(turn, track.path, step.id, {**_scalars(given), "outcome": outcome})
    results.add_without_document(turn, track.path, step)
    if step.deciding:
        turn.decide(track.path)
    turn.write(kind, node=tokens.node_of(track), data={"outcome": outcome, "values": _public(turn, step, given)})
    if step.deciding:
        withdrawing.deny_deferred(turn)
    flow.leave(turn, track.path, outcome)


def ended(turn: Turn, track: Track, result: Result) -> None:
    """What a person says in place of the case that was opened elsewhere."""
    outcome = _outcome(result)
    subcases.end(turn, track, outcome, case=result.get("case"))
    flow.leave(turn, track.path, outcome)


def notified(turn: Turn, track: Track, result: Result) -> None:
    turn.write("notified", node=tokens.node_of(track))
    flow.leave(turn, track.path, None)


def follow_refusal(turn: Turn, track: Track, event: EffectFailed) -> bool:
    """The other system said no: a withdrawal that waited for it is good, else it goes where the step declares it."""
    step = tokens.step_of(turn, track.path)
    if not isinstance(step, CallStep):
        return False
    # A no that calls itself done is no answer anybody declared.
    declared = event.code != DONE and step.outcome(event.code) is not None
    if not declared and step.on_failure is None and turn.state.withdrawal is None:
        return False
    incidents.land(turn, event.id)
    clocks.stop(turn, f"answer:{event.id}")
    turn.write("called", node=event.id, data={"outcome": event.code, "business": True, "detail": event.detail})
    if withdrawing.carry_out_deferred(turn):
        return True
    if declared:
        flow.leave(turn, track.path, event.code)
    else:
        flow.go(turn, track.path, step.on_failure)
    return True


def is_unknown(step: Step, result: Result) -> bool:
    if isinstance(step, ProcedureStep):
        return _outcome(result) not in subcases.OUTCOMES
    return isinstance(step, CallStep) and bool(step.outcomes) and step.outcome(_outcome(result)) is None


def _outcome(result: Result) -> str:
    return str(result.get("outcome") or DONE)


def _scalars(values: Mapping[str, JsonValue]) -> dict[str, bool | int | str]:
    return {name: value for name, value in values.items() if isinstance(value, bool | int | str)}


def _public(turn: Turn, step: CallStep, values: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Only what is declared not to be personal is written down."""
    operation = turn.pin.procedure.operation(step.connector, step.operation)
    open_fields = [field.id for field in operation.gives if field.personal == "no"] if operation else []
    return {name: values[name] for name in open_fields if name in values}
