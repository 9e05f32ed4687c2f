"""What a case waits for, of whom, since when: never nothing while it is open."""

from collections.abc import Iterator
from datetime import datetime

from workflows.core.inbox import clock_of
from workflows.core.marks import quiet_at
from workflows.core.phases import open_round, outstanding
from workflows.core.state import Stage, State
from workflows.core.timekeeping import ClockState
from workflows.core.views import Wait, WaitFor


def waits(state: State) -> tuple[Wait, ...]:
    if state.stage in (Stage.NEW, Stage.CLOSED):
        return ()
    found = (*_people(state), *_machines(state), *_waiting(state))
    return found or tuple(_time(state))


def _people(state: State) -> Iterator[Wait]:
    for task in state.tasks:
        clock = clock_of(state, task)
        until = clock.due if clock is not None else None
        yield Wait(what="task", who=f"{task.function}@{task.unit}", since=task.since, until=until, key=task.key)
    for offer in state.handovers:
        if offer.state == "offered":
            until = _due(state, f"confirm:{offer.id}")
            who = f"{offer.function}@{offer.receiver}"
            yield Wait(what="handover", who=who, since=offer.since, until=until, key=offer.id)
    request = open_round(state)
    if request is not None and request.arrived is None:
        since = request.sent_at or state.written_at or state.submitted_at
        assert since is not None
        yield Wait(what="applicant", who="applicant", since=since, until=_due(state, f"window:{request.no}"))
    for fee in outstanding(state):
        until = _due(state, f"fee:{fee.no}")
        yield Wait(what="fee", who="payer", since=fee.asked_at, until=until, key=fee.key)
    for proposal in state.proposals:
        who = f"{proposal.function}@{proposal.unit}"
        yield Wait(what="approval", who=who, since=proposal.since, key=proposal.id)
    for incident in state.incidents:
        yield Wait(what="incident", who=incident.owner, since=incident.since, key=incident.id)


def _machines(state: State) -> Iterator[Wait]:
    parked = {incident.effect for incident in state.incidents}
    for flight in state.effects:
        if flight.effect.id not in parked and state.written_at is not None:
            asked = flight.asked is not None
            until = _due(state, f"answer:{flight.effect.id}")
            yield Wait(
                what="message" if asked else "effect",
                who=flight.effect.activity,
                since=state.written_at,
                until=until,
                key=flight.effect.id,
            )


def _waiting(state: State) -> Iterator[Wait]:
    """What `wait` steps wait for: a message within its time, or time itself; also a case opened elsewhere."""
    for clock in state.clocks:
        if clock.kind == "wait" and clock.state is ClockState.RUNNING:
            what: WaitFor = "message" if clock.limit.source.endswith(".within") else "clock"
            key = clock.id.removeprefix("wait:")
            yield Wait(what=what, who=clock.id, since=clock.started_at, until=clock.due, key=key)


def _time(state: State) -> Iterator[Wait]:
    for clock in state.clocks:
        if clock.kind == "settle" and clock.state is ClockState.RUNNING:
            yield Wait(what="clock", who=clock.id, since=clock.started_at, until=clock.due)
    quiet = quiet_at(state)
    if quiet is not None and state.written_at is not None:
        yield Wait(what="clock", who="quiet", since=state.written_at, until=quiet)


def _due(state: State, clock: str) -> datetime | None:
    return next((one.due for one in state.clocks if one.id == clock), None)
