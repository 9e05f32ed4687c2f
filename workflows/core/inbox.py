"""The open tasks of a case as people see them: steps, statutory tasks, hand-overs, approvals and incidents."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TypeAlias

from pydantic import JsonValue

from procedures.language.conditions.evaluation import ConditionError, holds
from procedures.language.model.steps import CALLER, STOP, SUPPLEMENT, Outcome, SignStep, TaskStep
from workflows.core import paths
from workflows.core.clocks import counted_under
from workflows.core.facts import known_of, line_at
from workflows.core.phases import desk_unit, open_round
from workflows.core.pin import Pin
from workflows.core.separation import doers_of
from workflows.core.state import Stage, State, Task, TaskKind
from workflows.core.timekeeping import Clock
from workflows.core.views import Choice, TaskView

WorkStep: TypeAlias = TaskStep | SignStep

_VERBS: Mapping[TaskKind, tuple[str, ...]] = {
    "intake": ("accept", "ask_supplement", "refuse", "hand_over"),
    "check": ("complete_supplement", "reject_supplement"),
    "desk": ("forward", "ask_supplement", "stop"),
    "expiry": ("cancel_supplement", "stop"),
    "extension": ("extend",),
    "transfer": ("hand_over",),
    "delivery": ("deliver",),
    "fee": ("record_payment", "waive_fee"),
}
_OTHER_VERBS = {SUPPLEMENT: "ask_supplement", STOP: "stop"}
_WITH_REASON = ("refuse", "reject_supplement", "cancel_supplement", "stop", "forward", "reject_handover")


def inbox(pin: Pin, state: State, now: datetime) -> tuple[TaskView, ...]:
    return (
        *(_task(pin, state, task, now) for task in state.tasks),
        *_awaited(state),
        *_handovers(state),
        *_approvals(state),
        *_incidents(state),
    )


def _task(pin: Pin, state: State, task: Task, now: datetime) -> TaskView:
    clock = clock_of(state, task)
    step = _work_step(pin, task)
    return TaskView(
        key=task.key,
        kind=task.kind,
        function=task.function,
        unit=task.unit,
        opened_at=task.since,
        due=clock.due if clock is not None else None,
        late=clock is not None and clock.late,
        step=task.step,
        visit=task.visit,
        track=task.track,
        title=step.title if step is not None else None,
        choices=tuple(_choices(pin, state, task, step, now)) if step is not None else _statutory(state, task.kind),
        former=task.former,
        offered_to=task.offered_to,
        about=task.about,
        not_by=_not_by(pin, state, task, step) if step is not None else (),
    )


def _awaited(state: State) -> Iterator[TaskView]:
    """What was asked of the applicant stays in sight of who asked it; there is nothing to do until it arrives."""
    request = open_round(state)
    if request is None or request.sent_at is None or request.arrived_at is not None or request.expired:
        return
    window = _clock(state, f"window:{request.no}")
    yield TaskView(
        key=f"_request:{request.no}",
        kind="check",
        function=request.function,
        unit=request.unit,
        opened_at=request.sent_at,
        due=window.due if window is not None else None,
        held=True,
        track=request.track,
        about=str(request.no),
    )


def _work_step(pin: Pin, task: Task) -> WorkStep | None:
    step = pin.procedure.step(task.step) if task.step is not None else None
    return step if isinstance(step, TaskStep | SignStep) else None


def _choices(pin: Pin, state: State, task: Task, step: WorkStep, now: datetime) -> Iterator[Choice]:
    """The outcomes offered now; those that lead to a supplement or a stop are taken by these verbs."""
    conditional = any(outcome.when is not None for outcome in step.outcomes)
    path = task.track or paths.ROOT
    line = line_at(pin.procedure, state, path)
    known = known_of(state, now, path=path, line=line) if conditional else {}
    for outcome in step.outcomes:
        if _is_offered(pin, outcome, known):
            verb = _OTHER_VERBS.get(outcome.target, "complete_task")
            yield Choice(verb=verb, outcome=outcome.name, label=outcome.label, reason=outcome.reason)
    if state.correction is not None:
        yield Choice(verb="complete_task", outcome="drop", label=_DROP, reason="required")
        return
    caller = next((track.caller for track in state.tracks if track.path == task.track), None)
    for target in step.returns:
        to = caller if target == CALLER else target
        yield Choice(verb="send_back", outcome="return", to=to, label=step.return_label, reason="required")


_DROP = {"vi": "Không đính chính", "en": "Do not correct"}


def _is_offered(pin: Pin, outcome: Outcome, known: dict[str, JsonValue]) -> bool:
    try:
        return holds(pin.procedure, outcome.when, known)
    except ConditionError:
        return False


def _statutory(state: State, kind: TaskKind) -> tuple[Choice, ...]:
    # A payment taken back after everything was delivered is for finance to see to, nothing waits for it.
    if kind in ("refund", "return_papers") or (kind == "fee" and state.stage is Stage.DELIVERED):
        return (Choice(verb="complete_task", outcome="done"),)
    return tuple(_choice(verb) for verb in _VERBS[kind])


def _choice(verb: str) -> Choice:
    return Choice(verb=verb, reason="required" if verb in _WITH_REASON else "none")


def _not_by(pin: Pin, state: State, task: Task, step: WorkStep) -> tuple[str, ...]:
    """Who may not do it, since they did what it is to be separate from."""
    track = next(track for track in state.tracks if track.path == task.track)
    return tuple(person for _, doers in doers_of(pin.procedure, state, track, step.not_same_as) for person in doers)


def clock_of(state: State, task: Task) -> Clock | None:
    match task.kind:
        case "step":
            return _clock(state, f"step:{task.key}")
        case "check":
            return _clock(state, f"check:{task.about}")
        case "intake":
            running = [clock for clock in state.clocks if clock.kind == task.kind]
            return running[-1] if running else None
        case "transfer":
            counted = counted_under(state.clocks, "transfer", task.track or paths.ROOT)
            return counted[-1] if counted else None
        case "extension":
            return _clock(state, "legal")
        case _:
            return None


def _clock(state: State, id: str) -> Clock | None:
    return next((clock for clock in state.clocks if clock.id == id), None)


def _handovers(state: State) -> Iterator[TaskView]:
    for offer in state.handovers:
        if offer.state == "offered":
            clock = _clock(state, f"confirm:{offer.id}")
            yield TaskView(
                key=offer.id,
                kind="handover",
                function=offer.function,
                unit=offer.receiver,
                opened_at=offer.since,
                due=clock.due if clock is not None else None,
                late=clock is not None and clock.late,
                track=offer.track,
                choices=(_choice("confirm_handover"), _choice("reject_handover")),
                about=offer.what,
            )


def _approvals(state: State) -> Iterator[TaskView]:
    for proposal in state.proposals:
        yield TaskView(
            key=proposal.id,
            kind="approval",
            function=proposal.function,
            unit=proposal.unit,
            opened_at=proposal.since,
            track=proposal.track,
            choices=(_choice("approve"), Choice(verb="deny", reason="optional")),
            about=proposal.command.verb,
            not_by=proposal.command.actor.persons,
        )


def _incidents(state: State) -> Iterator[TaskView]:
    for incident in state.incidents:
        yield TaskView(
            key=incident.id,
            kind="incident",
            function=incident.owner,
            unit=desk_unit(state),
            opened_at=incident.since,
            track=incident.track,
            choices=(_choice("resolve_incident"),),
            about=incident.code,
        )
