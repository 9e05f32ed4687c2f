"""Phase and status of a case, derived from its state and never set."""

from workflows.core import paths
from workflows.core.entries import DeliveryState, PaymentState, Status
from workflows.core.state import Fee, Handover, Result, Round, Stage, State, Track, TrackState
from workflows.core.status import business_of
from workflows.core.table import Phase

LIVE = (TrackState.READY, TrackState.OFFERED, TrackState.WAITING)
OPEN = (*LIVE, TrackState.JOINING, TrackState.HELD)
_SETTLING: tuple[PaymentState, ...] = ("reversed", "asked", "paid", "waived")
_ADVANCE: tuple[DeliveryState, ...] = ("none", "ready", "returned", "in_transit", "delivered", "replacing")


def phase(state: State) -> Phase:
    """Give the phase; of the six of handling the first that matches."""
    if state.stage is not Stage.HANDLING:
        return Phase(state.stage.value)
    if open_round(state) is not None:
        return Phase.SUPPLEMENTING
    files = [one for one in state.handovers if one.what == "file"]
    if not any(one.state == "confirmed" or one.was_confirmed for one in files):
        return Phase.ACCEPTED
    if fee_holds(state):
        return Phase.AWAITING_FEE
    live = live_tracks(state)
    if any(track.deciding for track in live):
        return Phase.SIGNING
    held = any(track.state is TrackState.HELD for track in state.tracks)
    if live and not held and all(track.asking for track in live):
        return Phase.CONSULTING
    return Phase.PROCESSING


def status(state: State) -> Status | None:
    """Give the dimensions the life sets by itself; nothing has a status before it is submitted."""
    last = business_of(Phase(state.last_stage.value)) if state.last_stage is not None else None
    business = business_of(phase(state), last)
    if business is None:
        return None
    holds = state.stage is Stage.HANDLING and fee_holds(state)
    return Status(business=business, payment=payment(state), holds=holds, delivery=delivery(state))


def payment(state: State) -> PaymentState:
    """Give the least settled of the fees that were asked for."""
    states = {fee.state for fee in state.fees}
    return next((one for one in _SETTLING if one in states), "none")


def outstanding(state: State) -> tuple[Fee, ...]:
    """Give the fees that are to be paid still, or again."""
    return tuple(fee for fee in state.fees if fee.state in ("asked", "reversed"))


def fee_holds(state: State) -> bool:
    """Is a fee asked for which a token waits, or time does?"""
    return any(fee.state == "asked" and (fee.track is not None or fee.pauses) for fee in state.fees)


def delivery(state: State) -> DeliveryState:
    """Give the least advanced of the results that go to people."""
    if state.correction is not None:
        return "replacing"
    states = [result.delivery for result in results_for_people(state)]
    found: DeliveryState = min(states, key=_ADVANCE.index, default="none")
    # What was handed over on the way counts as delivered when the case has been.
    if found == "delivered" and state.stage is Stage.RESOLVED:
        return "ready"
    return found


def results_for_people(state: State) -> tuple[Result, ...]:
    return tuple(one for one in state.results if one.kind != "paper" and one.state not in ("superseded", "replaced"))


def live_tracks(state: State) -> tuple[Track, ...]:
    return tuple(track for track in state.tracks if track.state in LIVE)


def open_tracks(state: State) -> tuple[Track, ...]:
    """Give also the held ones, and those that wait for what began in them."""
    return tuple(track for track in state.tracks if track.state in OPEN)


def open_round(state: State) -> Round | None:
    last = state.rounds[-1] if state.rounds else None
    return last if last is not None and last.closed is None else None


def desk_unit(state: State) -> str:
    """Name the unit of the desk: the one that received the dossier, or took it over before acceptance."""
    taken = [one.receiver for one in state.handovers if one.what == "intake" and one.state == "confirmed"]
    return taken[-1] if taken else state.receiving or ""


def collection_unit(state: State) -> str:
    """Name the unit where results are handed out: the desk, or the point of collection that confirmed them."""
    moved = [one.receiver for one in state.handovers if one.what == "result" and one.state == "confirmed"]
    return moved[-1] if moved else desk_unit(state)


def file_unit(state: State, path: str = paths.ROOT) -> str:
    """Name the unit that holds the file of a track; an offered file is still the sender's.

    A branch works on the file of the track it began in until one is handed on for it.
    """
    move = last_move(state, path)
    return move.receiver if move is not None else desk_unit(state)


def last_move(state: State, path: str) -> Handover | None:
    """Find the hand-over that brought a track's file to where it is; None where it has not left the desk."""
    moves = [one for one in state.handovers if one.what == "file" and one.state == "confirmed"]
    moved = {paths.file_of(one.track or paths.ROOT): one for one in moves}
    return next((moved[one] for one in paths.upwards(path) if one in moved), None)
