"""Technical failures that a person must resolve: the case never dies of one, and clocks run on through it."""

from dataclasses import replace

from workflows.core import notices
from workflows.core.events import Key, Ref
from workflows.core.state import Incident
from workflows.core.turn import Turn

OPERATOR = "operator"


def open_incident(
    turn: Turn,
    *,
    code: str,
    effect: Key | None = None,
    track: str | None = None,
    detail: Ref | None = None,
    owner: str = OPERATOR,
) -> None:
    if effect is not None and turn.incident_of(effect) is not None:
        # Nobody has tried again since: it has failed already, and a person knows.
        return
    incident = Incident(
        id=f"_incident:{turn.next_seq}",
        code=code,
        effect=effect,
        owner=owner,
        opened=turn.next_seq,
        since=turn.now,
        detail=detail,
        track=track,
    )
    turn.state = replace(turn.state, incidents=(*turn.state.incidents, incident))
    turn.write("incident_opened", node=effect, data={"incident": incident.id, "code": code, "detail": detail})
    # That the operators could not be told is seen on their page; telling them again would never end.
    if effect is None or not effect.startswith("_notice"):
        notices.tell(turn, "incident", notices.operators(turn.state), values={"code": code, "incident": incident.id})


def land(turn: Turn, effect: Key) -> None:
    """Take an effect out of what is in flight; answered after all, it needs nobody any more to try it again."""
    turn.land(effect)
    incident = turn.incident_of(effect)
    if incident is not None:
        turn.drop_incident(incident.id)
        turn.write("incident_resolved", node=effect, data={"incident": incident.id, "how": "answered"})
