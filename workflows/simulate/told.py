"""What other systems say in a scenario: messages to the token that waits for them, with their values as a form."""

from procedures.json_types import JsonObject
from procedures.language.model.steps import ProcedureStep, Step, WaitStep
from workflows.core import paths, tokens
from workflows.core.events import Message
from workflows.core.state import Track
from workflows.simulate import filing
from workflows.simulate.plays import Play

SOURCE = "elsewhere"
_ARRIVED = "arrived"


def message_of(play: Play) -> Message:
    """Nobody may wait for it: then the case holds it, as it would in life."""
    verb, happening = play.happening.verb, play.happening
    if verb == "message_received":
        return _said(play, play.subject, _values(play, _waiting_for(play, play.subject), _ARRIVED))
    if verb in ("opinion_received", "subcase_ended"):
        step = play.world.pin.procedure.step(play.subject)
        data: JsonObject = {"outcome": happening.outcome or "done", **_values(play, step, happening.outcome or "")}
        return _said(play, _node(play, step), data | ({"reason": happening.reason} if happening.reason else {}))
    arguments = {name: value for name, value in play.arguments.items() if name != "result"}
    return _said(play, _dispatched(play), arguments)


def _said(play: Play, key: str | None, data: JsonObject) -> Message:
    return Message(id=play.id, source=SOURCE, name=play.happening.verb, key=key, data=data)


def _values(play: Play, step: Step | None, outcome: str) -> JsonObject:
    """Values of a step's form travel as a form; a call gives its values themselves."""
    if step is None or isinstance(step, ProcedureStep):
        return {}
    if step.kind == "call":
        return {"values": play.happening.with_}
    world, happening = play.world, play.happening
    given = filing.step_values(world.pin.procedure, step.id, outcome, happening.with_, happening.at, world.forms)
    return given if step.form else {"facts": given["facts"]}


def _waiting_for(play: Play, message: str) -> WaitStep | None:
    steps = play.world.pin.procedure.all_steps
    return next((one for one in steps if isinstance(one, WaitStep) and one.message == message), None)


def _node(play: Play, step: Step) -> str:
    """The visit at which a token stands, of the line that is named; the first where none stands there."""
    standing = [track for track in play.state.tracks if track.step == step.id and _is_named(play, track)]
    return tokens.node_of(standing[0]) if standing else f"{step.id}:1"


def _is_named(play: Play, track: Track) -> bool:
    wanted = play.happening.lines
    return not wanted or paths.line(track.path) is None or play.lines.key_at(track.path) in wanted


def _dispatched(play: Play) -> str | None:
    """The parcel of the result that is named, or the only one under way."""
    wanted = play.arguments.get("result")
    moving = [one for one in play.state.results if one.delivery == "in_transit" and wanted in (None, one.id)]
    return moving[0].node if moving else None
