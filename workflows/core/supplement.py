"""The verbs of a supplement: ask, send, complete, reject and cancel."""

from dataclasses import replace

from workflows.core import (
    clocks,
    desk,
    dossier,
    facts,
    fees,
    guards,
    intake,
    notices,
    proposals,
    resuming,
    rounds,
    speaking,
    tokens,
)
from workflows.core.events import (
    Actor,
    AskSupplement,
    CancelSupplement,
    CheckedPaper,
    CompleteSupplement,
    Key,
    Lines,
    RejectSupplement,
    SendSupplement,
)
from workflows.core.phases import desk_unit
from workflows.core.refusals import Refused
from workflows.core.state import Outcome, Paper, Round, Stage, State, Track, TrackState
from workflows.core.timekeeping import SupplementEffect
from workflows.core.turn import Turn, text_of

ASKED_IN_ERROR = "asked_in_error"
NO_ROUNDS_LEFT = "no_rounds_left"
WINDOW_EXPIRED = "window_expired"


def ask_at_intake(turn: Turn, command: AskSupplement) -> Outcome:
    """Row a: complete written guidance before acceptance."""
    by = turn.pin.procedure.intake.by
    unit = desk_unit(turn.state)
    guards.function(command.actor, by)
    guards.unit(command.actor, unit)
    _items_with_ground(command)
    guards.that(rounds.rounds_left(turn, "intake") > 0, "no-round-left")
    turn.state = replace(turn.state, stage=Stage.GUIDED)
    request = rounds.new_round(
        turn, stage="intake", items=command.items, ground=command.ground, function=by, unit=unit, effect="none"
    )
    rounds.write_asked(turn, rounds.add(turn, request))
    for task in turn.tasks_of("intake"):
        turn.drop_task(task.key)
        turn.write("task_cancelled", node=task.key)
    return Outcome.DONE


def ask_in_handling(turn: Turn, command: AskSupplement) -> Outcome:
    """Row b: in the desk's name at once, whoever asks; asked too late it needs a second person and suspends nothing."""
    track = _asking(turn, command)
    _items_with_ground(command)
    guards.undecided(turn.state, track.path)
    guards.no_signature_in_flight(turn.state, track.path)
    guards.that(rounds.rounds_left(turn, "handling") > 0, "no-round-left")
    rules = turn.pin.procedure.supplement
    if not rounds.asked_too_late(turn):
        _ask(turn, command, track, rules.effect)
        return Outcome.DONE
    passed = turn.clock(clocks.ASK_BY)
    guards.that(rules.late_ask == "no_effect", "ask-by-passed", date=text_of(passed.due) if passed else None)
    named = replace(command, task=command.task or _speaking_task(turn, track))
    return proposals.with_second_person(
        turn, named, proposals.LEADER, lambda: _ask(turn, command, track, "none"), path=track.path
    )


def send(turn: Turn, command: SendSupplement) -> Outcome:
    """Rows a and b. What arrives after the window, before the verdict, is still taken."""
    guards.party_or_desk(turn, command.actor)
    guards.that(bool(command.papers) or command.form is not None, "form-invalid", fields=["papers"])
    guards.not_too_many(command.lines)
    request = rounds.current(turn)
    _take_in(turn, command)
    clocks.stop(turn, rounds.window_clock(request))
    if request.arrived is None:
        rounds.drop_tasks(turn)
    arrived = replace(request, arrived=turn.next_seq, arrived_at=turn.now)
    at_intake = request.stage == "intake"
    turn.set_round(replace(arrived, closed=turn.next_seq) if at_intake else arrived)
    if at_intake:
        turn.state = replace(turn.state, stage=Stage.SUBMITTED)
    turn.write("supplement_received", data={"round": request.no, "papers": [paper.id for paper in command.papers]})
    if at_intake:
        intake.close_intake(turn)
        intake.open_intake(turn)
        intake.start_intake(turn)
        fees.ask_at_intake(turn)
    elif request.arrived is None:
        rounds.open_check(turn, arrived)
    return Outcome.DONE


def complete(turn: Turn, command: CompleteSupplement) -> Outcome:
    """Row a: the dossier is complete since its last delivery arrived, not since somebody looked at it."""
    request = _checked_by(turn, command.actor)
    guards.that(request.arrived is not None, "not-answered")
    turn.state = replace(turn.state, papers=_found_good(turn, request, command.verdicts))
    request = rounds.complete(turn, request)
    turn.write("supplement_completed", ground=request.ground, data=rounds.dues(request))
    resuming.go_on(turn, request)
    notices.tell(turn, "supplement_completed", notices.applicant(turn.state))
    return Outcome.DONE


def reject(turn: Turn, command: RejectSupplement) -> Outcome:
    """Row a: found incomplete, and asked once more while rounds are left; the limit stays suspended."""
    request = _checked_by(turn, command.actor)
    guards.that(request.arrived is not None, "not-answered")
    guards.reason(command.reason)
    guards.that(bool(command.items), "form-invalid", fields=["items"])
    guards.that(rounds.rounds_left(turn, "handling") > 0, "no-round-left")
    turn.state = replace(turn.state, papers=dossier.with_verdicts(turn.state.papers, command.verdicts))
    clocks.stop(turn, f"check:{request.no}")
    rounds.drop_tasks(turn)
    turn.set_round(replace(request, closed=turn.next_seq, verdict="incomplete"))
    again = replace(
        request,
        no=request.no + 1,
        items=command.items,
        asked=turn.next_seq + 1,
        sent=None,
        sent_at=None,
        arrived=None,
        arrived_at=None,
        document=None,
        expired=False,
    )
    # Known before the entry is written: between the two the case has not stopped asking.
    rounds.add(turn, again)
    turn.write("supplement_found_incomplete", reason=command.reason, data={"round": request.no})
    rounds.write_asked(turn, again)
    return Outcome.DONE


def cancel_at_intake(turn: Turn, command: CancelSupplement) -> Outcome:
    guards.function(command.actor, turn.pin.procedure.intake.by)
    guards.reason(command.reason)
    request = rounds.end_unanswered(turn, rounds.current(turn))
    turn.state = replace(turn.state, stage=Stage.SUBMITTED)
    turn.write("supplement_cancelled", reason=command.reason, data={"round": request.no})
    intake.resume_intake(turn)
    notices.tell(turn, "supplement_cancelled", notices.applicant(turn.state))
    return Outcome.DONE


def cancel_in_handling(turn: Turn, command: CancelSupplement) -> Outcome:
    """Row b: asked in error, or no complete answer came in the time and rounds there were."""
    request = rounds.current(turn)
    guards.function(command.actor, request.function)
    guards.unit(command.actor, request.unit)
    guards.reason(command.reason)
    assert command.reason is not None
    in_error = command.reason.code == ASKED_IN_ERROR
    if not in_error:
        _nothing_more_to_come(turn, request, command.reason.code)
    request = rounds.give_up(turn, request, void=in_error)
    turn.write("supplement_cancelled", reason=command.reason, data=rounds.dues(request))
    resuming.go_on(turn, request)
    notices.tell(turn, "supplement_cancelled", notices.applicant(turn.state))
    return Outcome.DONE


def _asking(turn: Turn, command: AskSupplement) -> Track:
    """Find the token that asks; an approval needs the asking task to be still open."""
    if turn.approving is not None and command.task is not None and turn.task(command.task) is None:
        raise guards.no_task(turn.state, command.task)
    return speaking.track_of(turn, command.actor, command.task)


def _speaking_task(turn: Turn, track: Track) -> Key | None:
    """Name the task that asks, so that a later approval finds it still open."""
    at_desk = desk.task_of(turn, track.path)
    return track.task or (at_desk.key if at_desk is not None else None)


def _ask(turn: Turn, command: AskSupplement, track: Track, effect: SupplementEffect) -> None:
    request = rounds.new_round(
        turn,
        stage="handling",
        items=command.items,
        ground=command.ground,
        function=command.actor.function or turn.pin.procedure.intake.by,
        unit=command.actor.unit or desk_unit(turn.state),
        effect=effect,
        track=track.path,
        step=track.step,
        late=effect == "none" and turn.pin.procedure.supplement.effect != "none",
    )
    rounds.write_asked(turn, rounds.add(turn, request))
    if track.state is not TrackState.HELD:
        tokens.hold(turn, track.path)
    desk.leave(turn, track.path)


def _items_with_ground(command: AskSupplement) -> None:
    guards.that(bool(command.items), "form-invalid", fields=["items"])
    guards.ground(command.ground)


def _take_in(turn: Turn, command: SendSupplement) -> None:
    state = turn.state
    if command.form is not None:
        others = {name: value for name, value in state.facts.items() if not name.startswith("form.")}
        values = {**others, **facts.kept(turn, command.facts)}
        lines = facts.kept_lines(turn, command.lines)
        guards.that(not state.pinned or _same_lines(state, lines), "form-invalid", fields=[*state.lines])
        turn.state = replace(state, form=command.form, facts=dict(sorted(values.items())), lines=lines)
    # Other values may demand other papers, before acceptance.
    known = dossier.demanded_anew(turn) if turn.state.stage is Stage.GUIDED else turn.state.papers
    papers = dossier.with_given(known, command.papers, desk=command.actor.function is not None)
    turn.state = replace(turn.state, papers=papers)


def _same_lines(state: State, lines: Lines) -> bool:
    """A line is its place in the list: once accepted, none comes or goes."""
    return {field: len(rows) for field, rows in state.lines.items()} == {field: len(lines[field]) for field in lines}


def _checked_by(turn: Turn, actor: Actor) -> Round:
    request = rounds.current(turn)
    own = (turn.pin.procedure.intake.by, desk_unit(turn.state))
    asking = (request.function, request.unit)
    guards.function(actor, own[0], asking[0])
    if (actor.function, actor.unit) not in (own, asking):
        raise Refused("wrong-unit", unit=own[1] if actor.function == own[0] else asking[1])
    return request


def _found_good(turn: Turn, request: Round, verdicts: tuple[CheckedPaper, ...]) -> tuple[Paper, ...]:
    """What was asked for is in order unless the officer says otherwise; then it is not complete."""
    asked = [item.id for item in request.items]
    known = {one.id for one in verdicts}
    silent = tuple(CheckedPaper(id=id, verdict="ok") for id in asked if id not in known)
    papers = dossier.with_verdicts(turn.state.papers, (*verdicts, *silent))
    wanting = [paper.id for paper in papers if paper.id in asked and paper.verdict not in intake.GOOD]
    guards.that(not wanting, "unchecked-papers", papers=list(wanting))
    return papers


def _nothing_more_to_come(turn: Turn, request: Round, code: str) -> None:
    """Nobody cuts short the time the applicant was given."""
    guards.that(code in (NO_ROUNDS_LEFT, WINDOW_EXPIRED), "reason-required")
    window = turn.clock(rounds.window_clock(request))
    running = request.arrived is None and not request.expired
    guards.that(not running, "window-running", date=text_of(window.due) if window is not None else None)
    no_rounds = rounds.rounds_left(turn, "handling") == 0
    guards.that(request.expired if code == WINDOW_EXPIRED else no_rounds, "reason-required")
