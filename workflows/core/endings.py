"""How a case ends without a result, or is archived: what is live is cancelled, what people are owed is opened."""

from dataclasses import replace

from pydantic import JsonValue

from procedures.time.duration import parse_duration
from procedures.time.instants import day_of
from procedures.time.marks import span_end
from workflows.core import (
    cancelling,
    clocks,
    custody,
    delivery,
    fees,
    guards,
    notices,
    papers,
    proposals,
    side_tasks,
    tokens,
)
from workflows.core.effects import Finish, Perform
from workflows.core.entries import EntryKind
from workflows.core.events import Actor, Archive, Reason, Ref
from workflows.core.paths import ROOT, is_branch
from workflows.core.phases import desk_unit, file_unit, live_tracks, open_tracks
from workflows.core.refusals import Refused
from workflows.core.state import Outcome, Stage, State, TaskKind, TrackState
from workflows.core.turn import Turn

CLERK = "clerk"


def end(
    turn: Turn,
    stage: Stage,
    kind: EntryKind,
    *,
    actor: Actor | None = None,
    reason: Reason | None = None,
    ground: Ref | None = None,
    data: dict[str, JsonValue] | None = None,
    refund: bool | None = None,
) -> None:
    """Refused, withdrawn or stopped: -all +settle. `refund` is what somebody settled about money paid."""
    fees.cancel_all(turn)
    clocks.stop_all(turn)
    custody.void_offers(turn)
    _close_round(turn)
    branches = [track.path for track in open_tracks(turn.state) if is_branch(track.path)]
    tracks = tuple(
        track if track.state is TrackState.DONE else replace(track, state=TrackState.CANCELLED, task=None)
        for track in turn.state.tracks
    )
    turn.state = replace(turn.state, stage=stage, tracks=tracks, ended_at=turn.now, ending=reason, withdrawal=None)
    turn.write(kind, actor=actor, reason=reason, ground=ground, data=data)
    cancelling.cancel_tasks(turn, turn.state.tasks)
    for path in branches:
        turn.write("branch_cancelled", node=path)
    cancelling.cancel_effects(turn, [ROOT])
    proposals.void(turn, turn.state.proposals)
    delivery.start_settling(turn)
    if any(paper.originals for paper in turn.state.papers):
        side_tasks.open_side_task(turn, "return_papers", turn.pin.procedure.intake.by, desk_unit(turn.state))
    _open_refunds(turn, refund)


def end_with_paper(turn: Turn, document: str, *, reason: Reason | None, ground: Ref | None = None) -> None:
    """Order the statutory paper of an ending, by who holds the file; its notice follows when there is one to send."""
    with_ = papers.rendering(turn, document, unit=file_unit(turn.state), reason=reason, ground=ground)
    turn.order(turn.visit(f"_{document}"), "Document.render", with_)


def tell_ending(turn: Turn, document: Ref | None) -> None:
    match turn.state.stage:
        case Stage.REFUSED:
            notices.tell(turn, "refused", notices.applicant(turn.state), document=document)
        case Stage.STOPPED:
            notices.tell(turn, "stopped", notices.applicant(turn.state), document=document)
        case Stage.WITHDRAWN:
            notices.tell(turn, "withdrawn", notices.applicant(turn.state), document=document)
        case _:
            # Archived meanwhile: the paper is in the file.
            return


def archive(turn: Turn, command: Archive) -> Outcome:
    """Row a: by the clerk, or by the case itself when its settling time is over."""
    _may_archive(turn, command.actor)
    close(turn)
    return Outcome.DONE


def archive_uncollected(turn: Turn, command: Archive) -> Outcome:
    """Row b: nobody fetched the result in all the time there was."""
    guards.function(command.actor, CLERK)
    guards.that(command.ground == "uncollected", "ground-required")
    expired = any(clocks.has_fired(clock, "due") for clock in clocks.running(turn.state.clocks, "collect"))
    guards.that(expired, "not-settled", waits=["collect"])
    _may_archive(turn, command.actor, but="delivery")
    return proposals.with_second_person(turn, command, proposals.LEADER, lambda: close(turn))


def close(turn: Turn) -> None:
    """Archive; the run may end once everything is recorded."""
    clocks.stop_all(turn)
    for task in turn.state.tasks:
        turn.drop_task(task.key)
    state = turn.state
    outcome = state.stage.value
    until = _retain_until(turn)
    turn.state = replace(state, stage=Stage.CLOSED, last_stage=state.stage, ended_at=state.ended_at or turn.now)
    turn.write("archived", data={"retain_until": until, "outcome": outcome})
    id = turn.visit("_archive")
    with_: dict[str, JsonValue] = {"code": state.code, "outcome": outcome, "retain_until": until}
    turn.order_untracked(Perform(id=id, activity="Archive.pack", key=f"{state.case}/{id}", with_=with_))
    turn.order_untracked(Finish(outcome=outcome))


def unsettled(state: State, *, but: TaskKind | None = None) -> list[str]:
    """Name what still stands in the way of the archive."""
    return [
        *(tokens.node_of(track) for track in live_tracks(state)),
        *(task.key for task in state.tasks if task.kind != but),
        *(flight.effect.id for flight in state.effects),
        *(incident.id for incident in state.incidents),
        *(proposal.id for proposal in state.proposals),
    ]


def _may_archive(turn: Turn, actor: Actor, *, but: TaskKind | None = None) -> None:
    if actor.ref != "system":
        guards.function(actor, CLERK)
    waits = unsettled(turn.state, but=but)
    if waits:
        raise Refused("not-settled", waits=list(waits))


def _open_refunds(turn: Turn, settled: bool | None) -> None:
    """A fee whose own condition says so is given back in any case; of the others whoever ends the case may settle."""
    owed = fees.to_refund(turn, ended=settled is None)
    for fee in owed:
        side_tasks.open_refund(turn, about=fee.key)
    if settled and not owed:
        side_tasks.open_refund(turn)


def _close_round(turn: Turn) -> None:
    last = turn.state.rounds[-1] if turn.state.rounds else None
    if last is not None and last.closed is None:
        turn.set_round(replace(last, closed=turn.next_seq, verdict="cancelled"))


def _retain_until(turn: Turn) -> str | None:
    """A date, not a timer: years are the archive's to keep."""
    retention = turn.pin.procedure.retention
    if retention.keep is None:
        return None
    delivered_at = next((clock.started_at for clock in turn.state.clocks if clock.kind == "settle"), None)
    counted_from = turn.state.finished_at if retention.counted_from == "finished" else delivered_at
    start = counted_from or turn.state.ended_at or turn.now
    return day_of(span_end(parse_duration(retention.keep), start)).isoformat()
