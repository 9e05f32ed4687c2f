"""Leaders setting a case on its way again: another step of its route, or the whole of it reopened before delivery."""

from dataclasses import replace

from procedures.language.model.steps import Step
from workflows.core import clocks, custody, fees, guards, paths, proposals, rerouting
from workflows.core.events import Actor, Reopen, ResetRoute
from workflows.core.phases import collection_unit, outstanding, results_for_people
from workflows.core.refusals import Refused
from workflows.core.state import Outcome, Result, Stage, TrackState
from workflows.core.turn import Turn


def reset_route(turn: Turn, command: ResetRoute) -> Outcome:
    """Row a: to a step already visited, or the first; the limit, visits, papers and opinions stay."""
    guards.function(command.actor, proposals.LEADER)
    guards.unit(command.actor, proposals.approving_unit(turn.pin, turn.state, proposals.LEADER))
    reason = guards.words(command.reason)
    target = _of_the_route(turn, command.to)
    guards.undecided(turn.state)
    guards.no_signature_in_flight(turn.state)
    rerouting.may_enter(turn, target)

    def reset() -> None:
        turn.write("route_reset", reason=reason, data={"to": target.id})
        rerouting.go(turn, target)

    return proposals.with_second_person(turn, command, proposals.LEADER, reset)


def reopen(turn: Turn, command: Reopen) -> Outcome:
    """Row a: a result that nobody has had yet is taken back; the time between counts, as if it had never ended."""
    of_who_resolved(turn, command.actor)
    reason = guards.words(command.reason)
    out = [one for one in results_for_people(turn.state) if one.delivery in ("in_transit", "delivered")]
    guards.that(not out, "in-transit")
    target = _of_the_route(turn, command.to or _where_it_was_drafted(turn))
    rerouting.may_enter(turn, target)

    def act() -> None:
        _take_back(turn)
        turn.write("reopened", reason=reason, data={"to": target.id})
        rerouting.go(turn, target)

    return proposals.with_second_person(turn, command, proposals.LEADER, act)


def _take_back(turn: Turn) -> None:
    """-collect ~legal: nothing is decided any more, nothing is finished."""
    clocks.stop_kind(turn, "collect")
    for task in [*turn.tasks_of("delivery"), *turn.tasks_of("transfer")]:
        turn.drop_task(task.key)
    custody.void_offers(turn)
    root = turn.track(paths.ROOT)
    turn.set_track(replace(root, state=TrackState.WAITING, verdict=None, decided=False))
    turn.state = replace(
        turn.state, stage=Stage.HANDLING, decided_at=None, finished_at=None, verdict=None, results=_undelivered(turn)
    )
    for fee in [one for one in outstanding(turn.state) if one.track is None]:
        declared = turn.pin.procedure.fee(fee.id)
        if declared is not None and declared.collect == "before_result":
            fees.cancel(turn, fee)
    clocks.restart(turn, clocks.LEGAL)


def _undelivered(turn: Turn) -> tuple[Result, ...]:
    return tuple(replace(one, delivery="none") for one in turn.state.results)


def of_who_resolved(turn: Turn, actor: Actor) -> None:
    root = turn.track(paths.ROOT)
    guards.function(actor, turn.pin.procedure.intake.by, *([root.function] if root.function else []))
    desk = actor.function == turn.pin.procedure.intake.by
    guards.unit(actor, collection_unit(turn.state) if desk else root.unit or "")


def _of_the_route(turn: Turn, id: str | None) -> Step:
    """Find a step of the case's own route that it has come by, or the first."""
    procedure = turn.pin.procedure
    known = id is not None and procedure.has_step(id) and procedure.sequence_of(id) == paths.ROOT
    if id is None or not known or not (turn.state.visits.get(id) or procedure.first().id == id):
        raise Refused("bad-target", step=id)
    return procedure.step(id)


def _where_it_was_drafted(turn: Turn) -> str | None:
    """Name the step that drafted the first result, so that it is drafted and signed anew; else the last of a person."""
    procedure = turn.pin.procedure
    done = [paths.step_of(key) for key in turn.track(paths.ROOT).trail]
    own = [id for id in done if procedure.sequence_of(id) == paths.ROOT]
    drafting = [id for id in own if procedure.step(id).kind == "document" and procedure.step(id).result]
    working = [id for id in own if procedure.step(id).kind in ("task", "sign")]
    return drafting[0] if drafting else working[-1] if working else None
