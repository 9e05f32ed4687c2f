"""The applicant's window has run out: an officer decides, or what the procedure said happens at once."""

from dataclasses import replace
from datetime import datetime

from workflows.core import clocks, flow, intake, resuming, rounds, stops
from workflows.core.events import SYSTEM, Reason, Refuse
from workflows.core.state import Round, Stage
from workflows.core.timekeeping import Clock
from workflows.core.turn import Turn, text_of

EXPIRED = Reason(code="window_expired")


def expire(turn: Turn, clock: Clock, *, instant: datetime) -> None:
    """Before acceptance `stop` refuses and `continue` asks an officer: nothing was accepted that could be stopped."""
    clocks.stop(turn, clock.id, at=clock.due)
    request = turn.set_round(replace(rounds.current(turn), expired=True))
    turn.write("window_expired", data={"clock": clock.id, "round": request.no, "instant": text_of(instant)})
    on_expiry = turn.pin.procedure.supplement.on_expiry
    if on_expiry == "ask_officer" or (turn.state.stage is Stage.GUIDED and on_expiry == "continue"):
        rounds.open_expiry(turn, request)
        return
    if turn.state.stage is Stage.GUIDED:
        incomplete = Reason(code=intake.INCOMPLETE)
        intake.refuse_now(turn, Refuse(id=clock.id, actor=SYSTEM, reason=incomplete))
        return
    match on_expiry:
        case "stop":
            # No person chose it, and only the applicant's own time ran out: no second person.
            stops.stop_now(turn, EXPIRED, request.ground)
        case "refuse":
            _refuse(turn, request)
        case "continue":
            resuming.go_on(turn, rounds.give_up(turn, request, void=False))


def _refuse(turn: Turn, request: Round) -> None:
    assert request.track is not None
    rounds.give_up(turn, request, void=False)
    turn.set_track(replace(turn.track(request.track), reason=EXPIRED))
    flow.refuse(turn, request.track)
