"""Where a track goes on when the request it asked for is over."""

from workflows.core import desk, flow
from workflows.core.state import Round
from workflows.core.turn import Turn


def go_on(turn: Turn, request: Round) -> None:
    """The asking step is entered again, or the desk takes over."""
    assert request.track is not None
    if turn.pin.procedure.supplement.resume == "desk":
        desk.take(turn, request.track)
        return
    flow.enter_again(turn, request.track)
