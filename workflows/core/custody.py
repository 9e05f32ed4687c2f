"""Who holds the dossier, the file or the result: a hand-over moves it, and until it is confirmed the sender answers."""

from dataclasses import replace
from typing import Literal

from workflows.core import clocks, notices
from workflows.core.events import Key
from workflows.core.phases import collection_unit, desk_unit, file_unit
from workflows.core.state import Handover, Stage, State, Task
from workflows.core.timekeeping import Limit
from workflows.core.turn import Turn


def move_file(turn: Turn, path: str, *, unit: str, function: str) -> bool:
    """Hand the file to the unit of a step that is reached; say whether it must be confirmed first."""
    standing = next((offer for offer in offers(turn.state) if offer.track == path), None)
    if standing is not None and (standing.receiver, standing.function) == (unit, function):
        return True
    if standing is not None:
        void_offers(turn)
    if _has_moved(turn.state) and unit == file_unit(turn.state):
        return False
    sender_function = _who_has_it(turn, path)
    offered = _must_be_confirmed(turn, unit)
    hand_over(turn, "file", to=unit, function=function, sender_function=sender_function, offered=offered, path=path)
    return offered


def send_with_first_step(turn: Turn, path: str, unit: str) -> None:
    """Where the first step has no person who could confirm, the accepted file is its unit's at once."""
    if not _has_moved(turn.state):
        by = turn.pin.procedure.intake.by
        hand_over(turn, "file", to=unit, function=by, sender_function=by, offered=False, path=path)


def bring_to_desk(turn: Turn, path: str) -> None:
    """The file comes back to the desk, without a pause of any clock."""
    if file_unit(turn.state) != desk_unit(turn.state):
        by = turn.pin.procedure.intake.by
        sender_function = turn.track(path).function or by
        hand_over(
            turn,
            "file",
            to=desk_unit(turn.state),
            function=by,
            sender_function=sender_function,
            offered=False,
            path=path,
        )


def hand_over(
    turn: Turn,
    what: Literal["intake", "file", "result"],
    *,
    to: str,
    function: str,
    sender_function: str,
    offered: bool,
    path: str | None = None,
) -> Handover:
    sender = _sender(turn.state, what)
    _end_transfer(turn, what)
    handover = turn.set_handover(
        Handover(
            id=turn.visit("_handover"),
            what=what,
            sender=sender,
            receiver=to,
            state="offered" if offered else "confirmed",
            since=turn.now,
            function=function,
            sender_function=sender_function,
            track=path,
        )
    )
    turn.write("handed_over", node=handover.id, data={"what": what, "from": sender, "to": to, "state": handover.state})
    if offered:
        limit = Limit(within=turn.pin.procedure.transfer.confirm_within, source="transfer.confirm_within")
        clocks.start(turn, "confirm", confirm_clock(handover.id), limit, at=turn.now)
        notices.tell(turn, "handed_over", notices.holders(function, to), values={"what": what})
    return handover


def confirm_clock(handover: Key) -> str:
    return f"confirm:{handover}"


def open_transfer(turn: Turn, *, unit: str, function: str, about: str | None = None, path: str | None = None) -> None:
    """Somebody has to hand over: a task, and the time for it."""
    key = turn.visit("_transfer")
    turn.add_task(Task(key=key, kind="transfer", function=function, unit=unit, since=turn.now, about=about, track=path))
    turn.write("task_opened", node=key, data={"kind": "transfer", "function": function, "unit": unit})
    start_transfer(turn)


def start_transfer(turn: Turn) -> None:
    limit = Limit(within=turn.pin.procedure.transfer.within, source="transfer.within")
    clocks.start_anew(turn, "transfer", limit)


def offers(state: State) -> tuple[Handover, ...]:
    return tuple(one for one in state.handovers if one.state == "offered")


def void_offers(turn: Turn) -> None:
    """What was offered comes to nothing: the sender acted on it, or the case ended."""
    for offer in offers(turn.state):
        turn.set_handover(replace(offer, state="recalled", since=turn.now))
        clocks.stop(turn, confirm_clock(offer.id))


def _has_moved(state: State) -> bool:
    """Since acceptance, or on its way: a hand-over that was rejected moved nothing."""
    return any(one.what == "file" and one.state in ("offered", "confirmed") for one in state.handovers)


def _who_has_it(turn: Turn, path: str) -> str:
    """Answer the function that hands the file on: of the step, or the desk where the file is there still or again."""
    by = turn.pin.procedure.intake.by
    moves = [one for one in turn.state.handovers if one.what == "file" and one.state == "confirmed"]
    if not moves or moves[-1].function == by:
        return by
    return turn.track(path).function or by


def _end_transfer(turn: Turn, what: str) -> None:
    """Whoever had to hand over has done so."""
    if what == "intake":
        return
    for task in turn.tasks_of("transfer"):
        if (task.about == "result") is (what == "result"):
            turn.drop_task(task.key)
    clocks.stop_kind(turn, "transfer")


def _sender(state: State, what: str) -> str:
    if what == "intake":
        return desk_unit(state)
    return collection_unit(state) if state.stage is Stage.RESOLVED else file_unit(state)


def _must_be_confirmed(turn: Turn, unit: str) -> bool:
    """`paper`: where papers move or the unit changes; two units count as two organisations, the stricter reading."""
    confirm = turn.pin.procedure.transfer.confirm
    if confirm != "paper":
        return confirm == "always"
    papers = turn.state.channel != "online" or any(paper.originals for paper in turn.state.papers)
    return papers or unit != file_unit(turn.state)
