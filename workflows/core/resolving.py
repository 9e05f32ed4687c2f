"""How a person resolves an incident: retry, go on without, or give with evidence what the effect would have."""

from collections.abc import Mapping

from pydantic import JsonValue

from workflows.core import answers, completions, flow, guards, proposals, tokens
from workflows.core.events import ResolveIncident
from workflows.core.incidents import OPERATOR
from workflows.core.refusals import Refused
from workflows.core.state import Incident, InFlight, Outcome
from workflows.core.turn import Turn

_GIVES: Mapping[str, tuple[str, ...]] = {
    "Intake.register": ("code", "receipt"),
    "Document.render": ("document", "digest"),
    "Document.number": ("number",),
    "Document.issue": ("document", "digest"),
    "Connector.call": ("outcome",),
    "Connector.ask": ("outcome",),
    "Case.open": ("outcome",),
}


def resolve(turn: Turn, command: ResolveIncident) -> Outcome:
    incident = next((one for one in turn.state.incidents if one.id == command.incident), None)
    if incident is None:
        raise Refused("no-such-incident")
    flight = turn.flight(incident.effect) if incident.effect is not None else None
    if command.how == "retry":
        guards.function(command.actor, OPERATOR)
        _write_resolved(turn, incident, command)
        _retry(turn, incident, flight)
        return Outcome.DONE
    guards.function(command.actor, _function_of(turn, incident))
    if command.how == "skip":
        guards.that(flight is None or flight.effect.skippable, "cannot-skip")
        guards.that(flight is not None or incident.track is None, "cannot-skip")
        _write_resolved(turn, incident, command)
        if flight is not None:
            completions.skip(turn, flight)
        return Outcome.DONE
    guards.that(flight is not None and command.result is not None, "cannot-skip")
    guards.ground(command.evidence)
    assert flight is not None
    _looks_like_an_answer(turn, flight, command.result or {})
    answered = flight
    return proposals.with_second_person(
        turn, command, proposals.LEADER, lambda: _correct(turn, incident, command, answered)
    )


def _retry(turn: Turn, incident: Incident, flight: InFlight | None) -> None:
    """The same id and key again; where the route itself stood still, its token moves on."""
    if flight is not None:
        turn.effects.append(flight.effect)
    elif incident.effect is None and incident.track is not None:
        flow.try_again(turn, incident.track)


def _correct(turn: Turn, incident: Incident, command: ResolveIncident, flight: InFlight) -> None:
    _write_resolved(turn, incident, command)
    completions.take(turn, flight, command.result or {})


def _looks_like_an_answer(turn: Turn, flight: InFlight, result: Mapping[str, JsonValue]) -> None:
    """What a person gives in place of an activity has the activity's shape."""
    needed = _GIVES.get(flight.effect.activity, ())
    missing = [name for name in needed if not isinstance(result.get(name), str)]
    if flight.effect.activity == "Intake.register":
        missing += [] if isinstance(result.get("routes"), dict) else ["routes"]
        # A version is pinned by the registration itself, never by hand.
        missing += [] if result.get("pin") == turn.pin.digest else ["pin"]
    guards.that(not missing, "form-invalid", fields=list(missing))
    track = turn.known_track(flight.track)
    known = track is None or not answers.is_unknown(tokens.step_of(turn, track.path), result)
    guards.that(known, "unknown-outcome", outcome=str(result.get("outcome")))


def _write_resolved(turn: Turn, incident: Incident, command: ResolveIncident) -> None:
    turn.drop_incident(incident.id)
    turn.write(
        "incident_resolved",
        node=incident.effect,
        ground=command.evidence,
        data={"incident": incident.id, "how": command.how},
    )


def _function_of(turn: Turn, incident: Incident) -> str:
    """The function of the step, where the effect stands for one; else the desk's, which all core papers bear."""
    track = turn.known_track(incident.track)
    if track is not None and track.function is not None:
        return track.function
    return turn.pin.procedure.intake.by
