"""Stopping a case: proposed by a person or the route, approved by a second; a window that ran out stops at once."""

from workflows.core import desk, endings, guards, proposals, speaking
from workflows.core.events import SYSTEM, Reason, Ref, Stop
from workflows.core.state import Outcome, Stage, TrackState
from workflows.core.turn import Turn

_REFUNDS = {"refund": True, "nothing_due": False}


def stop(turn: Turn, command: Stop) -> Outcome:
    track = speaking.track_of(turn, command.actor, command.task)
    guards.reason(command.reason)
    if command.actor != SYSTEM:
        guards.ground(command.ground)
        guards.that(command.settlement is not None, "reason-required")
    guards.undecided(turn.state)
    guards.no_signature_in_flight(turn.state)
    return proposals.with_second_person(
        turn,
        command,
        turn.pin.procedure.stop.approved_by,
        lambda: stop_now(turn, command.reason, command.ground, refund=_REFUNDS.get(command.settlement or "")),
        path=track.path,
        hold=track.state is not TrackState.HELD or desk.task_of(turn, track.path) is not None,
    )


def propose_by_system(turn: Turn, path: str) -> None:
    """A route that no person chose leads to `stop`: a second person decides all the same."""
    track = turn.track(path)
    pending = next((one for one in turn.state.proposals if one.command.verb == "stop"), None)
    if pending is not None:
        # It waits for the same second person; now the token waits with it.
        proposals.hold_for(turn, pending, path)
        return
    reason = track.reason or Reason(code="route", text=f"step:{track.step}")
    command = Stop(id=f"_stop/{track.step}:{track.visit}", actor=SYSTEM, reason=reason)
    proposals.propose(turn, command, turn.pin.procedure.stop.approved_by, path=path, hold=True)


def stop_now(turn: Turn, reason: Reason | None, ground: Ref | None = None, *, refund: bool | None = None) -> None:
    endings.end(turn, Stage.STOPPED, "stopped", reason=reason, ground=ground, refund=refund)
    endings.end_with_paper(turn, "stop_notice", reason=reason, ground=ground)
