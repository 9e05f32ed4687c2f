"""Who holds the dossier, the file or the result: a hand-over moves it, and until it is confirmed the sender answers."""

import re
from dataclasses import replace
from typing import Literal

from workflows.core import clocks, notices, paths
from workflows.core.events import Key
from workflows.core.phases import collection_unit, desk_unit, file_unit, last_move
from workflows.core.state import Handover, Stage, State, Task, TrackState
from workflows.core.timekeeping import Limit
from workflows.core.turn import Turn


def move_file(turn: Turn, path: str, *, unit: str, function: str) -> Handover | None:
    """Hand the file to the unit of a step that is reached; give the hand-over that must be confirmed first."""
    if turn.state.correction is not None:
        # The file is settled: a correction is made where its steps are done.
        return None
    holder = _holder(turn.state, path)
    standing = [offer for offer in offers(turn.state) if offer.track == holder]
    for offer in standing:
        if (offer.receiver, offer.function) == (unit, function):
            return offer
    if not paths.is_lines(holder):
        void_offers(turn, standing)
    if _has_moved(turn.state) and _is_there(turn, holder, unit):
        return None
    sender_function = _who_has_it(turn, path)
    offered = _must_be_confirmed(turn, holder, unit)
    made = hand_over(
        turn, "file", to=unit, function=function, sender_function=sender_function, offered=offered, path=holder
    )
    return made if offered else None


def send_with_first_step(turn: Turn, path: str, unit: str) -> None:
    """Where the first step has no person who could confirm, the accepted file is its unit's at once."""
    if not _has_moved(turn.state):
        by = turn.pin.procedure.intake.by
        hand_over(turn, "file", to=unit, function=by, sender_function=by, offered=False, path=path)


def bring_to_desk(turn: Turn, path: str) -> None:
    """The file comes back to the desk, without a pause of any clock."""
    if file_unit(turn.state, path) != desk_unit(turn.state):
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
    task: Key | None = None,
) -> Handover:
    """`task` is the one by which it is handed over, where there is one."""
    sender = _sender(turn.state, what, path)
    _end_transfer(turn, what, path, task)
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


def open_transfer(turn: Turn, *, unit: str, function: str, about: str | None = None, path: str | None = None) -> Key:
    """Somebody has to hand over: a task, and the time for it."""
    key = turn.visit("_transfer")
    turn.add_task(Task(key=key, kind="transfer", function=function, unit=unit, since=turn.now, about=about, track=path))
    turn.write("task_opened", node=key, data={"kind": "transfer", "function": function, "unit": unit})
    start_transfer(turn, path)
    return key


def start_transfer(turn: Turn, path: str | None) -> None:
    limit = Limit(within=turn.pin.procedure.transfer.within, source="transfer.within")
    clocks.start_anew(turn, "transfer", limit, about=path or paths.ROOT)


def stop_transfer(turn: Turn, path: str | None) -> None:
    for clock in clocks.counted_under(turn.state.clocks, "transfer", path or paths.ROOT):
        clocks.stop(turn, clock.id)


def moving(clock: str) -> str:
    """Name the track whose file is to be handed over while this clock runs: `transfer:2`, `transfer:<path>:2`."""
    found = re.fullmatch(r"transfer(?::(\D.*?))?(?::\d+)?", clock)
    return found[1] or paths.ROOT if found is not None else paths.ROOT


def offers(state: State) -> tuple[Handover, ...]:
    return tuple(one for one in state.handovers if one.state == "offered")


def void_offers(turn: Turn, void: list[Handover] | None = None) -> None:
    """What was offered comes to nothing: the sender acted on it, or what it was for has ended."""
    for offer in offers(turn.state) if void is None else void:
        turn.set_handover(replace(offer, state="recalled", since=turn.now))
        clocks.stop(turn, confirm_clock(offer.id))


def wait_for(turn: Turn, path: str, state: TrackState, moving: Key) -> None:
    """Let a token wait for the hand-over, or for the task to hand over, that brings its step the file."""
    turn.set_track(replace(turn.track(path), state=state, task=None, moving=moving))


def _holder(state: State, path: str) -> str:
    """Name whose file it is: the lines of a list share one until one of them is handed on by itself."""
    own = any(one.what == "file" and one.track == path for one in state.handovers)
    return path if own or paths.line(path) is None else paths.lines_of(path)


def _is_there(turn: Turn, holder: str, unit: str) -> bool:
    """Lines go different ways: a unit that had the file for one of them in this pass has it for the others."""
    if unit == file_unit(turn.state, paths.file_of(holder)):
        return True
    since = turn.track(paths.file_of(holder)).since
    had = [one for one in turn.state.handovers if one.state == "confirmed" and one.since >= since]
    return paths.is_lines(holder) and any((one.track, one.receiver) == (holder, unit) for one in had)


def _has_moved(state: State) -> bool:
    """Since acceptance, or on its way: a hand-over that was rejected moved nothing."""
    return any(one.what == "file" and one.state in ("offered", "confirmed") for one in state.handovers)


def _who_has_it(turn: Turn, path: str) -> str:
    """Answer the function that hands the file on: of the step, or the desk where the file is there still or again."""
    by = turn.pin.procedure.intake.by
    move = last_move(turn.state, path)
    if move is None or move.function == by:
        return by
    return _function_of(turn, path) or by


def _function_of(turn: Turn, path: str) -> str | None:
    """A branch that has just begun has its file from the track it began in."""
    own = turn.track(path).function
    return own if own is not None or path == paths.ROOT else _function_of(turn, paths.parent(path))


def _end_transfer(turn: Turn, what: str, path: str | None, key: Key | None) -> None:
    """Whoever had to hand over has done so; of lines that go different ways others may still have to."""
    if what == "intake":
        return
    for task in turn.tasks_of("transfer"):
        if (task.about == "result") is (what == "result") and task.track == path and key in (None, task.key):
            turn.drop_task(task.key)
    if not any(task.track == path for task in turn.tasks_of("transfer")):
        stop_transfer(turn, path)


def _sender(state: State, what: str, path: str | None) -> str:
    if what == "intake":
        return desk_unit(state)
    if state.stage is Stage.RESOLVED:
        return collection_unit(state)
    return file_unit(state, paths.file_of(path or paths.ROOT))


def _must_be_confirmed(turn: Turn, holder: str, unit: str) -> bool:
    """`paper`: where papers move or the unit changes; two units count as two organisations, the stricter reading."""
    confirm = turn.pin.procedure.transfer.confirm
    if confirm != "paper":
        return confirm == "always"
    papers = turn.state.channel != "online" or any(paper.originals for paper in turn.state.papers)
    return papers or unit != file_unit(turn.state, paths.file_of(holder))
