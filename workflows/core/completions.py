"""The end of an effect: taken by its node, absorbed where nobody waits, an incident where it cannot be undone."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import JsonValue

from procedures.language.model.steps import CallStep
from workflows.core import (
    acceptance,
    answers,
    clocks,
    delivery,
    endings,
    fees,
    flow,
    handing_out,
    incidents,
    limits,
    results,
    rounds,
    tokens,
    work,
)
from workflows.core.events import EffectCancelled, EffectDone, EffectFailed, Key
from workflows.core.state import InFlight, Track, TrackState
from workflows.core.timekeeping import Limit
from workflows.core.turn import Turn

Result = Mapping[str, JsonValue]


def done(turn: Turn, event: EffectDone) -> None:
    flight = turn.flight(event.id)
    if flight is None:
        return
    if flight.cancelled:
        _late(turn, flight)
        return
    if flight.effect.answered == "message" and flight.asked is None:
        _question_is_out(turn, flight)
        return
    if flight.effect.activity == "Case.open":
        # It is open; how it ended is told by a message.
        return
    take(turn, flight, event.result)


def take(turn: Turn, flight: InFlight, result: Result) -> None:
    """Give an effect's answer to the node that waits for it."""
    id = flight.effect.id
    track = _waiting(turn, flight)
    if track is not None and answers.is_unknown(tokens.step_of(turn, track.path), result):
        incidents.open_incident(turn, code="unknown-answer", effect=id, track=track.path)
        return
    incidents.land(turn, id)
    clocks.stop(turn, f"answer:{id}")
    handler = _CORE_NODES.get(_node(id))
    if handler is not None:
        handler(turn, id, result)
    elif track is not None:
        _STEPS[tokens.step_of(turn, track.path).kind](turn, track, result)


def failed(turn: Turn, event: EffectFailed) -> None:
    flight = turn.flight(event.id)
    if flight is None:
        return
    if flight.cancelled:
        incidents.land(turn, event.id)
        return
    if _node(event.id) == "_accept":
        acceptance.failed(turn, event)
        return
    track = _waiting(turn, flight)
    if event.business and track is not None and answers.follow_refusal(turn, track, event):
        return
    incidents.open_incident(turn, code=event.code, effect=event.id, track=flight.track, detail=event.detail)


def cancelled(turn: Turn, event: EffectCancelled) -> None:
    """The driver's word that it ended an effect, because the case asked for it or the machine went down."""
    flight = turn.flight(event.id)
    if flight is None:
        return
    if flight.cancelled:
        incidents.land(turn, event.id)
        return
    incidents.open_incident(turn, code="effect-cancelled", effect=event.id, track=flight.track)


def skip(turn: Turn, flight: InFlight) -> None:
    """Nothing of legal effect hangs on it: go on without."""
    track = _waiting(turn, flight)
    incidents.land(turn, flight.effect.id)
    if track is not None:
        flow.leave(turn, track.path, None)


def _late(turn: Turn, flight: InFlight) -> None:
    """Cancelled, and it happened all the same: what cannot be undone needs a person."""
    incidents.land(turn, flight.effect.id)
    if flight.effect.irrevocable:
        incidents.open_incident(turn, code="late-result", detail=f"effect:{flight.effect.id}")


def _question_is_out(turn: Turn, flight: InFlight) -> None:
    asked = tuple(
        replace(one, asked=turn.state.seq) if one.effect.id == flight.effect.id else one for one in turn.state.effects
    )
    turn.state = replace(turn.state, effects=asked)
    track = _waiting(turn, flight)
    step = tokens.step_of(turn, track.path) if track is not None else None
    if isinstance(step, CallStep):
        limit = Limit(within=step.within, source=f"steps.{step.id}.within")
        clocks.start(turn, "answer", f"answer:{flight.effect.id}", limit, at=turn.now)


def _waiting(turn: Turn, flight: InFlight) -> Track | None:
    """Find the token that waits for an effect of its step."""
    track = turn.known_track(flight.track)
    if track is None or track.state is not TrackState.WAITING:
        return None
    return track if tokens.node_of(track) == flight.effect.id else None


def _paper(turn: Turn, id: Key, result: Result) -> str:
    document = str(result["document"])
    turn.write("drafted", node=id, data={"document": document, "digest": result["digest"]})
    return document


def _kept(turn: Turn, id: Key, result: Result) -> None:
    _paper(turn, id, result)


def _ending(turn: Turn, id: Key, result: Result) -> None:
    endings.tell_ending(turn, _paper(turn, id, result))


def _request_written(turn: Turn, id: Key, result: Result) -> None:
    rounds.rendered(turn, int(_place(id)), _paper(turn, id, result))


def _notified(turn: Turn, id: Key, result: Result) -> None:
    turn.write("notified", node=id)


def _routed(turn: Turn, id: Key, result: Result) -> None:
    """The organisation knows the unit, or the desk has to find one."""
    track = next((one for one in turn.state.tracks if tokens.node_of(one) == _place(id)), None)
    if track is None or track.state is not TrackState.WAITING:
        return
    unit = result.get("unit")
    if not isinstance(unit, str):
        work.dispatch(turn, track.path)
        return
    tokens.set_route(turn, track.path, unit)
    work.place(turn, track.path, unit)


def _dispatched(turn: Turn, id: Key, result: Result) -> None:
    one = next(one for one in turn.state.results if one.node == _place(id))
    if result.get("delivered") is False:
        handing_out.came_back(turn, one, result.get("reason"))
    else:
        delivery.hand_out(turn, one, {"by": "dispatch"})
    handing_out.go_on(turn)


def _issued(turn: Turn, id: Key, result: Result) -> None:
    results.issued(turn, _place(id), str(result["document"]), str(result["digest"]))
    handing_out.go_on(turn)


def _node(id: Key) -> str:
    """Name the core node of an effect; a step's id has none of these names."""
    return id.partition("/")[0].partition(":")[0]


def _place(id: Key) -> str:
    """Say what a core node is about: a visit (`_issue/decision:1`) or its own number (`_supplement:2`)."""
    return id.partition("/")[2] or id.partition(":")[2]


_CORE_NODES: Mapping[str, Callable[[Turn, Key, Result], None]] = {
    "_accept": lambda turn, id, result: acceptance.registered(turn, result),
    "_receipt": _kept,
    "_apology_extension": _kept,
    "_extended": lambda turn, id, result: limits.tell_letter(turn, id, _paper(turn, id, result)),
    "_apology": lambda turn, id, result: limits.tell_letter(turn, id, _paper(turn, id, result)),
    "_supplement": _request_written,
    "_request": lambda turn, id, result: rounds.sent(turn, int(_place(id))),
    "_intake_refusal": _ending,
    "_stop_notice": _ending,
    "_notice": _notified,
    "_route": _routed,
    "_number": lambda turn, id, result: results.numbered(turn, _place(id), str(result["number"])),
    "_issue": _issued,
    "_deliver": _dispatched,
    "_bill": lambda turn, id, result: fees.billed(turn, id, result),
    "_cancel_bill": _notified,
}
_STEPS: Mapping[str, Callable[[Turn, Track, Result], None]] = {
    "document": answers.drafted,
    "call": answers.called,
    "notify": answers.notified,
    "procedure": answers.ended,
}
