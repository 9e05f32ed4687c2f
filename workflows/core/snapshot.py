"""What records and pages know of a case at one seq: derived from its state, without personal data."""

from datetime import datetime
from typing import Literal

from procedures.language.applying.selection import document_named
from procedures.language.model.steps import SignStep, TaskStep
from procedures.time.duration import parse_duration
from workflows.core import paths
from workflows.core.clocks import LEGAL, due_in_force
from workflows.core.inbox import inbox
from workflows.core.inner_views import branches, is_line, lists
from workflows.core.marks import next_firing
from workflows.core.phases import file_unit, open_round, phase, status
from workflows.core.pin import Pin
from workflows.core.state import Fee, Incident, Paper, Result, Round, State, Track, TrackState
from workflows.core.status import national_code
from workflows.core.timekeeping import Clock, ClockState
from workflows.core.views import (
    ClockView,
    FeeView,
    HandoverView,
    IncidentView,
    PaperView,
    ProposalView,
    ResultView,
    RoundView,
    Snapshot,
    StepView,
    Texts,
    WarningView,
)
from workflows.core.waits import waits


def snapshot(pin: Pin, state: State, now: datetime) -> Snapshot:
    legal = _clock(state, LEGAL)
    request = open_round(state)
    boundary = next_firing(state)
    stands = status(state)
    return Snapshot(
        case=state.case,
        seq=state.seq,
        phase=phase(state),
        status=stands,
        national_code=national_code(stands),
        code=state.code,
        receipt=state.receipt,
        procedure=pin.procedure.procedure,
        version=pin.procedure.version,
        pin_digest=pin.digest,
        variant=state.variant,
        channel=state.channel,
        submitter=state.submitter,
        receiving=state.receiving,
        unit=file_unit(state) or None,
        form=state.form,
        submitted_at=state.submitted_at,
        accepted_at=state.accepted_at,
        decided_at=state.decided_at,
        finished_at=state.finished_at,
        ended_at=state.ended_at,
        due=legal.due if legal is not None else None,
        original_due=legal.original_due if legal is not None else None,
        suspended=legal is not None and legal.state is ClockState.SUSPENDED,
        late=state.late,
        verdict=state.verdict,
        ending=state.ending,
        next_boundary=None if boundary is None else boundary.at,
        parties=state.parties,
        tasks=inbox(pin, state, now),
        clocks=tuple(_clock_view(clock) for clock in state.clocks),
        steps=tuple(step for track in state.tracks if not is_line(track.path) for step in _steps(pin, track)),
        branches=branches(pin, state),
        lines=lists(pin, state),
        round=None if request is None else _round_view(state, request),
        rounds=tuple(_round_view(state, one) for one in state.rounds),
        papers=tuple(_paper_view(pin, paper) for paper in state.papers),
        handovers=_handovers(state),
        proposals=_proposals(state),
        incidents=tuple(_incident_view(state, incident) for incident in state.incidents),
        results=tuple(_result_view(pin, result) for result in state.results),
        waits=waits(state),
        fees=tuple(_fee_view(pin, state, fee) for fee in state.fees),
        warnings=tuple(view for missed in state.missed if (view := _warning_view(pin, missed)).if_late != "record"),
        promised=state.promised,
        verified=state.verified,
    )


def _clock(state: State, id: str) -> Clock | None:
    return next((clock for clock in state.clocks if clock.id == id), None)


def _clock_view(clock: Clock) -> ClockView:
    return ClockView(
        id=clock.id,
        kind=clock.kind,
        within=clock.limit_in_force.within,
        source=clock.limit_in_force.source,
        state=clock.state,
        started_at=clock.started_at,
        due=clock.due,
        original_due=clock.original_due,
        day_limit=not parse_duration(clock.limit_in_force.within).is_in_hours,
        late=clock.late,
        stopped_at=clock.stopped_at,
    )


def _steps(pin: Pin, track: Track) -> list[StepView]:
    """The visits of this pass: all are done but the last, where the token stands."""
    views = []
    for place, key in enumerate(track.trail):
        id = paths.step_of(key)
        step = pin.procedure.step(id)
        last = place == len(track.trail) - 1
        views.append(
            StepView(
                step=id,
                track=track.path,
                visit=paths.visit_of(key),
                state=_standing(track) if last else "done",
                title=_public_title(step.public.text, step.title if isinstance(step, TaskStep | SignStep) else None)
                if step.public.show == "step"
                else None,
                unit=track.unit if last else None,
                function=step.by if isinstance(step, TaskStep | SignStep) else None,
                since=track.since if last else None,
            )
        )
    return views


def _standing(track: Track) -> Literal["done", "open", "held"]:
    if track.state in (TrackState.DONE, TrackState.CANCELLED):
        return "done"
    return "held" if track.state is TrackState.HELD else "open"


def _public_title(said: Texts | None, own: Texts | None) -> Texts | None:
    return said if said is not None else own


def _round_view(state: State, request: Round) -> RoundView:
    window = _clock(state, f"window:{request.no}")
    return RoundView(
        no=request.no,
        stage=request.stage,
        items=request.items,
        ground=request.ground,
        document=request.document,
        sent_at=request.sent_at,
        arrived_at=request.arrived_at,
        answer_by=window.due if window is not None else None,
        expired=request.expired,
        suspends=request.stage == "handling" and request.effect != "none",
        verdict=request.verdict,
    )


def _paper_view(pin: Pin, paper: Paper) -> PaperView:
    declared = document_named(pin.procedure, paper.id)
    named = declared.rules if declared is not None else ()
    rules = [one for one in pin.procedure.rules if one.id in named]
    return PaperView(
        id=paper.id,
        label=declared.label if declared is not None else {},
        demanded=paper.demanded,
        papers=paper.papers,
        verdict=paper.verdict,
        documents=paper.documents,
        foreign=paper.foreign,
        rules=tuple(one.label for one in rules if one.applies_to == "all" or paper.foreign),
    )


def _handovers(state: State) -> tuple[HandoverView, ...]:
    return tuple(
        HandoverView(
            id=one.id,
            what=one.what,
            sender=one.sender,
            receiver=one.receiver,
            function=one.function,
            since=one.since,
            confirm_by=due_in_force(_clock(state, f"confirm:{one.id}")),
        )
        for one in state.handovers
        if one.state == "offered"
    )


def _proposals(state: State) -> tuple[ProposalView, ...]:
    return tuple(
        ProposalView(
            id=one.id,
            verb=one.command.verb,
            proposer=one.command.actor.ref,
            function=one.function,
            unit=one.unit,
            since=one.since,
        )
        for one in state.proposals
    )


def _incident_view(state: State, incident: Incident) -> IncidentView:
    flight = next((one for one in state.effects if one.effect.id == incident.effect), None)
    return IncidentView(
        id=incident.id,
        code=incident.code,
        effect=incident.effect,
        activity=flight.effect.activity if flight is not None else None,
        owner=incident.owner,
        since=incident.since,
        detail=incident.detail,
        skippable=flight is not None and flight.effect.skippable,
    )


def _warning_view(pin: Pin, missed: str) -> WarningView:
    id, _, line = missed.partition("/")
    declared = next(one for one in pin.procedure.windows if one.id == id)
    return WarningView(
        window=id,
        line=int(line) if line else None,
        if_late=declared.if_late,
        who=declared.who,
        to=declared.to,
        within=declared.within,
        ground=declared.ground,
    )


def _fee_view(pin: Pin, state: State, fee: Fee) -> FeeView:
    declared = pin.procedure.fee(fee.id)
    clock = _clock(state, f"fee:{fee.no}")
    return FeeView(
        id=fee.id,
        key=fee.key,
        label=declared.label if declared is not None else None,
        amount=fee.amount,
        state=fee.state,
        asked_at=fee.asked_at,
        pay_by=clock.due if clock is not None else None,
        bill=fee.bill,
    )


def _result_view(pin: Pin, result: Result) -> ResultView:
    declared = pin.procedure.result(result.id) if result.kind != "paper" else None
    return ResultView(
        id=result.id,
        step=result.step,
        kind=result.kind,
        code=result.code,
        label=declared.label if declared is not None else None,
        document=result.document,
        digest=result.digest,
        number=result.number,
        state=result.state,
        delivery=result.delivery,
    )
