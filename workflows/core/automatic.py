"""Steps without a person as they open: a document is drafted, another system is asked; one effect each."""

from dataclasses import replace

from pydantic import JsonValue

from procedures.language.model.steps import CallStep, DocumentStep, NotifyStep
from workflows.core import custody, facts, lines, notices, papers, paths, tokens
from workflows.core.phases import file_unit
from workflows.core.state import Track, TrackState
from workflows.core.turn import Turn


def draft(turn: Turn, track: Track) -> None:
    step = tokens.step_of(turn, track.path)
    assert isinstance(step, DocumentStep)
    unit = tokens.unit_at(turn.state, step.at) or file_unit(turn.state, track.path)
    custody.send_with_first_step(turn, track.path, unit)
    with_ = papers.rendering(
        turn,
        step.id,
        template=step.template,
        unit=unit,
        result=step.result,
        reason=track.reason,
        values=facts.inputs(turn, track.path, step.inputs),
        path=track.path,
    )
    if paths.line(track.path) is None and (told := lines.told(turn.state)):
        with_["lines"] = told
    turn.set_track(replace(track, state=TrackState.WAITING))
    turn.order(tokens.node_of(track), "Document.render", with_, track=track.path)


def notify(turn: Turn, track: Track) -> bool:
    """Send the procedure's own notice; say whether there is anybody to send it to."""
    step = tokens.step_of(turn, track.path)
    assert isinstance(step, NotifyStep)
    custody.send_with_first_step(turn, track.path, file_unit(turn.state, track.path))
    to = notices.declared_recipients(turn, step.notice, track.path)
    if not to:
        return False
    with_: dict[str, JsonValue] = {"notice": step.notice, "to": list(to), **notices.about(turn.state), "values": {}}
    turn.set_track(replace(turn.track(track.path), state=TrackState.WAITING))
    turn.order(tokens.node_of(track), "Notification.send", with_, track=track.path, skippable=True)
    return True


def call(turn: Turn, track: Track) -> None:
    step = tokens.step_of(turn, track.path)
    assert isinstance(step, CallStep)
    operation = turn.pin.procedure.operation(step.connector, step.operation)
    assert operation is not None, (step.connector, step.operation)
    unit = tokens.unit_at(turn.state, step.at) or file_unit(turn.state, track.path)
    custody.send_with_first_step(turn, track.path, unit)
    by_message = operation.answered == "message"
    with_: dict[str, JsonValue] = {
        "connector": step.connector,
        "operation": step.operation,
        "with": facts.inputs(turn, track.path, step.inputs),
    }
    turn.set_track(replace(track, state=TrackState.WAITING, asking=track.asking or by_message))
    turn.order(
        tokens.node_of(track),
        "Connector.ask" if by_message else "Connector.call",
        with_,
        track=track.path,
        irrevocable=operation.irrevocable,
        by_message=by_message,
    )
