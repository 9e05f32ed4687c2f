"""The verbs of a hand-over: offer, confirm and reject the dossier, the file or the result."""

from dataclasses import replace

from workflows.core import clocks, custody, guards, notices, paths, proposals, tokens, work
from workflows.core.events import ConfirmHandover, HandOver, Key, Recall, RejectHandover
from workflows.core.phases import collection_unit, desk_unit, file_unit
from workflows.core.refusals import Refused
from workflows.core.state import Handover, Outcome, Stage, Task, TaskKind, Track, TrackState
from workflows.core.turn import Turn


def hand_over_dossier(turn: Turn, command: HandOver) -> Outcome:
    """Row a: another one-stop is competent. The time for the check runs on."""
    by = turn.pin.procedure.intake.by
    guards.function(command.actor, by)
    guards.unit(command.actor, desk_unit(turn.state))
    _not_offered(turn, "intake", None)
    guards.that(command.to != desk_unit(turn.state), "already-offered", unit=command.to)
    custody.hand_over(turn, "intake", to=command.to, function=by, sender_function=by, offered=True)
    return Outcome.DONE


def hand_over_file(turn: Turn, command: HandOver) -> Outcome:
    """Row b: the file to another unit, or an issued result on paper to the desk."""
    what = "result" if command.what == "result" else "file"
    task = _handing_over(turn, command, what)
    path = (task.track if task is not None else turn.state.tracks[0].path) or paths.ROOT
    sender = (task.function if task is not None else turn.state.tracks[0].function) or turn.pin.procedure.intake.by
    guards.function(command.actor, sender)
    guards.unit(command.actor, file_unit(turn.state, paths.file_of(path)))
    if what == "file":
        _not_offered(turn, what, path)
        _hand_over_file(turn, task, path, command, sender)
        return Outcome.DONE
    holder = task.track if task is not None else None
    _not_offered(turn, what, holder)
    guards.that(task is not None, "not-finished")
    by = turn.pin.procedure.intake.by
    custody.hand_over(turn, "result", to=command.to, function=by, sender_function=sender, offered=True, path=holder)
    return Outcome.DONE


def hand_over_result(turn: Turn, command: HandOver) -> Outcome:
    """Row c: result papers to another point of collection."""
    by = turn.pin.procedure.intake.by
    guards.function(command.actor, by)
    guards.unit(command.actor, collection_unit(turn.state))
    _not_offered(turn, "result", None)
    guards.that(any(one.form == "paper" and one.delivery == "ready" for one in turn.state.results), "in-transit")
    custody.hand_over(turn, "result", to=command.to, function=by, sender_function=by, offered=True)
    return Outcome.DONE


def confirm(turn: Turn, command: ConfirmHandover) -> Outcome:
    """Rows a-c: unit, not person: any officer of the function there."""
    offer = guards.named_offer(turn.state, command.handover)
    guards.unit(command.actor, offer.receiver)
    guards.function(command.actor, offer.function)
    turn.set_handover(replace(offer, state="confirmed", since=turn.now))
    clocks.stop(turn, custody.confirm_clock(offer.id))
    if offer.what == "intake":
        _move_tasks(turn, "intake", offer.receiver)
    if offer.what == "result":
        _move_tasks(turn, "delivery", offer.receiver)
    turn.write("handover_confirmed", node=offer.id, data={"from": offer.sender, "to": offer.receiver})
    for track in _moved_by(turn, offer.id):
        tokens.set_route(turn, track.path, offer.receiver)
        work.begin(turn, track.path, offer.receiver)
    return Outcome.DONE


def reject(turn: Turn, command: RejectHandover) -> Outcome:
    """Rows a-c: the sender answers on, and in handling has to hand over again."""
    offer = guards.named_offer(turn.state, command.handover)
    guards.unit(command.actor, offer.receiver)
    guards.function(command.actor, offer.function)
    guards.reason(command.reason)
    turn.set_handover(replace(offer, state="rejected", since=turn.now))
    clocks.stop(turn, custody.confirm_clock(offer.id))
    data = {"from": offer.sender, "to": offer.receiver}
    turn.write("handover_rejected", node=offer.id, reason=command.reason, data=dict(data))
    _give_back(turn, offer, _moved_by(turn, offer.id))
    notices.tell(turn, "handover_rejected", notices.holders(offer.sender_function, offer.sender))
    return Outcome.DONE


def recall(turn: Turn, command: Recall) -> Outcome:
    """Rows a-c: the sender takes back what nobody has confirmed, or with the receiver what nobody has worked on."""
    handover = next((one for one in turn.state.handovers if one.id == command.handover), None)
    if handover is None:
        raise Refused("no-such-handover")
    guards.unit(command.actor, handover.sender)
    guards.function(command.actor, handover.sender_function)
    guards.reason(command.reason)
    if handover.state == "offered":
        _recall(turn, command, handover, _moved_by(turn, handover.id))
        return Outcome.DONE
    taken = _untouched(turn, handover)
    guards.that(bool(taken), "no-such-handover")
    return proposals.with_second_person(
        turn, command, handover.function, lambda: _recall(turn, command, handover, taken)
    )


def _untouched(turn: Turn, handover: Handover) -> list[Track]:
    """Find the tokens whose tasks opened with a confirmed hand-over and are open still."""
    files = [one for one in turn.state.handovers if (one.what, one.track) == (handover.what, handover.track)]
    if handover.what != "file" or handover.state != "confirmed" or files[-1] != handover:
        return []
    opened = [task for task in turn.tasks_of("step") if (task.unit, task.since) == (handover.receiver, handover.since)]
    return [turn.track(task.track) for task in opened if task.track is not None]


def _recall(turn: Turn, command: Recall, handover: Handover, taken: list[Track]) -> None:
    was = handover.state == "confirmed"
    turn.set_handover(replace(handover, state="recalled", since=turn.now, was_confirmed=was))
    clocks.stop(turn, custody.confirm_clock(handover.id))
    data = {"from": handover.sender, "to": handover.receiver}
    turn.write("recalled", node=handover.id, reason=command.reason, data=dict(data))
    for track in taken:
        if track.task is not None:
            turn.drop_task(track.task)
            turn.set_track(replace(track, task=None))
            turn.write("task_cancelled", node=track.task, data={"why": "recalled"})
    _give_back(turn, handover, [turn.track(track.path) for track in taken])
    notices.tell(turn, "recalled", notices.holders(handover.function, handover.receiver))


def _give_back(turn: Turn, offer: Handover, waiting: list[Track]) -> None:
    """In handling the sender has to hand over again, and the time for it runs."""
    for track in waiting:
        turn.set_track(replace(track, state=TrackState.WAITING))
    if turn.state.stage is Stage.HANDLING and (waiting or offer.what == "result"):
        about = "result" if offer.what == "result" else None
        key = custody.open_transfer(
            turn, unit=offer.sender, function=offer.sender_function, about=about, path=offer.track
        )
        for track in waiting:
            custody.wait_for(turn, track.path, TrackState.WAITING, key)


def _handing_over(turn: Turn, command: HandOver, what: str) -> Task | None:
    """Find the task by which somebody hands over: the one named, or the actor's own; what must move comes first."""
    if command.task is not None:
        named = turn.task(command.task)
        if named is None:
            raise guards.no_task(turn.state, command.task)
        return named
    moving = [one for one in turn.tasks_of("transfer") if (one.about == "result") is (what == "result")]
    found = moving or ([] if what == "result" else list(turn.tasks_of("step")))
    own = [one for one in found if (one.function, one.unit) == (command.actor.function, command.actor.unit)]
    return next(iter([*own, *found]), None)


def _hand_over_file(turn: Turn, task: Task | None, path: str, command: HandOver, sender: str) -> None:
    """The step's task opens anew where the file is confirmed; its budget runs on."""
    tracks = _moved_by(turn, task.key) if task is not None and task.kind == "transfer" else [turn.track(path)]
    guards.that(bool(tracks), "task-held")
    for track in tracks:
        guards.that(track.state in (TrackState.OFFERED, TrackState.WAITING), "task-held")
        guards.that(tokens.step_of(turn, track.path).kind in ("task", "sign"), "task-held")
    step = tokens.work_step(turn, tracks[0].path)
    # Who has the work and keeps the file after all confirms nothing to themselves.
    stays = command.to == file_unit(turn.state, paths.file_of(path)) and sender == step.by
    offer = custody.hand_over(
        turn,
        "file",
        to=command.to,
        function=step.by,
        sender_function=sender,
        offered=not stays,
        path=path,
        task=None if task is None or task.kind != "transfer" else task.key,
    )
    for track in tracks:
        if track.task is not None:
            turn.drop_task(track.task)
            turn.write("task_cancelled", node=track.task, data={"why": "handed_over"})
        custody.wait_for(turn, track.path, TrackState.OFFERED, offer.id)
        if stays:
            work.begin(turn, track.path, command.to)


def _moved_by(turn: Turn, key: Key) -> list[Track]:
    """Find the tokens that wait for this hand-over, or for the task to hand over."""
    return [track for track in turn.state.tracks if track.moving == key]


def _move_tasks(turn: Turn, kind: TaskKind, unit: str) -> None:
    for task in turn.tasks_of(kind):
        turn.set_task(replace(task, unit=unit))


def _not_offered(turn: Turn, what: str, holder: str | None) -> None:
    offers = custody.offers(turn.state)
    standing = next((one for one in offers if (one.what, one.track) == (what, holder)), None)
    guards.that(standing is None, "already-offered", unit=standing.receiver if standing is not None else None)
