"""How tokens end that nobody needs any more: with their tasks, effects, clocks, requests, proposals and incidents."""

from collections.abc import Callable, Collection
from dataclasses import replace

from workflows.core import clocks, custody, fees, notices, proposals, results, rounds
from workflows.core.events import Reason
from workflows.core.paths import ROOT, is_within
from workflows.core.phases import open_round, outstanding
from workflows.core.state import Task, TrackState
from workflows.core.turn import Turn

NO_LONGER_NEEDED = Reason(code="no_longer_needed")
_NOTICE = "Notification.send"


def cancel(turn: Turn, ended: Collection[str]) -> None:
    """End branches with everything that began in them; results already issued stay (F11)."""
    for track in turn.state.tracks:
        if _inside(track.path, ended) and track.state not in (TrackState.DONE, TrackState.CANCELLED):
            turn.end_track(track.path, TrackState.CANCELLED)
    for path in ended:
        turn.write("branch_cancelled", node=path)
    _end_round(turn, ended)
    custody.void_offers(turn, [one for one in custody.offers(turn.state) if _inside(one.track, ended)])
    _void_drafts(turn, ended)
    for fee in outstanding(turn.state):
        if fee.track is not None and _inside(fee.track, ended):
            fees.cancel(turn, fee)
    proposals.void(turn, [one for one in turn.state.proposals if _inside(one.track, ended)])
    cancel_tasks(turn, [task for task in turn.state.tasks if _inside(task.track, ended)])
    cancel_effects(turn, ended)
    for clock in turn.state.clocks:
        if _inside(clocks.about(clock), ended):
            clocks.stop(turn, clock.id)


def cancel_tasks(turn: Turn, tasks: Collection[Task]) -> None:
    for task in tasks:
        turn.drop_task(task.key)
        turn.write("task_cancelled", node=task.key)


def cancel_effects(turn: Turn, ended: Collection[str]) -> None:
    """Notices go out all the same. What an incident parked runs no more; only what cannot be undone stays open."""
    _cancel_effects(turn, lambda track: _inside(track, ended))


def cancel_effects_of(turn: Turn, path: str) -> None:
    """The same for what one token has ordered."""
    _cancel_effects(turn, lambda track: track == path)


def _cancel_effects(turn: Turn, is_ended: Callable[[str | None], bool]) -> None:
    for flight in turn.state.effects:
        incident = turn.incident_of(flight.effect.id)
        goes_out = flight.effect.activity == _NOTICE or flight.effect.id.startswith(fees.CANCEL)
        if goes_out or flight.cancelled or not is_ended(flight.track):
            continue
        if incident is None:
            turn.cancel(flight.effect.id)
            continue
        turn.land(flight.effect.id)
        if flight.effect.irrevocable:
            # Nobody knows whether it happened: a person looks, and nothing is tried again.
            turn.set_incident(replace(incident, effect=None, track=None, detail=f"effect:{flight.effect.id}"))
            continue
        turn.drop_incident(incident.id)
        turn.write("incident_resolved", node=flight.effect.id, data={"incident": incident.id, "how": "ended"})
    for incident in turn.state.incidents:
        if incident.effect is None and incident.track is not None and is_ended(incident.track):
            turn.drop_incident(incident.id)
            turn.write("incident_resolved", data={"incident": incident.id, "how": "ended"})


def _inside(path: str | None, ended: Collection[str]) -> bool:
    """Everything belongs to the root, also what belongs to no track."""
    return any(outer == ROOT or (path is not None and is_within(path, outer)) for outer in ended)


def _end_round(turn: Turn, ended: Collection[str]) -> None:
    """What was asked of the applicant for a branch is asked no more."""
    request = open_round(turn.state)
    if request is None or not _inside(request.track, ended):
        return
    request = rounds.give_up(turn, request, void=False)
    turn.write("supplement_cancelled", reason=NO_LONGER_NEEDED, data=rounds.dues(request))
    notices.tell(turn, "supplement_cancelled", notices.applicant(turn.state))


def _void_drafts(turn: Turn, ended: Collection[str]) -> None:
    for draft in turn.state.results:
        if _inside(draft.track, ended) and draft.state == "draft":
            results.supersede(turn, draft)
