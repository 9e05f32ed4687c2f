"""A result that people have already is corrected: drafted and signed anew, and delivered in place of the first."""

from dataclasses import replace

from procedures.language.model.steps import SignStep, TaskStep
from workflows.core import clocks, flow, guards, paths, proposals, resetting
from workflows.core.events import CorrectResult, Reason
from workflows.core.refusals import Refused
from workflows.core.state import Correction, Outcome, Result
from workflows.core.turn import Turn


def correct_result(turn: Turn, command: CorrectResult) -> Outcome:
    """Row a: by who resolved the case, with a second person; `to` is the task whose values were wrong."""
    resetting.of_who_resolved(turn, command.actor)
    reason = guards.words(command.reason)
    guards.that(turn.state.correction is None, "not-settled", waits=["correction"])
    result = guards.named_result(turn.state, command.replaces)
    guards.that(result.delivery == "delivered" and result.track == paths.ROOT, "in-transit")
    guards.that(result.document is not None, "cannot-undo", step=result.step)
    way = _way(turn, result, command.to)
    return proposals.with_second_person(turn, command, proposals.LEADER, lambda: _open(turn, result, way, reason))


def _way(turn: Turn, result: Result, to: str | None) -> tuple[str, ...]:
    procedure = turn.pin.procedure
    come_by = [paths.step_of(key) for key in turn.track(paths.ROOT).trail]
    if to is not None and not (to in come_by and isinstance(procedure.step(to), TaskStep)):
        raise Refused("bad-target", step=to)
    steps = [procedure.step(id) for id in dict.fromkeys(come_by)]
    signed = [one.id for one in steps if isinstance(one, SignStep) and result.step in one.documents]
    return (*([to] if to else []), result.step, *signed[-1:])


def _open(turn: Turn, result: Result, way: tuple[str, ...], reason: Reason) -> None:
    """-settle: the code stays, the first result holds until another takes its place."""
    clocks.stop_kind(turn, "settle")
    turn.state = replace(turn.state, correction=Correction(result=result.node, way=way[1:], verdict=turn.state.verdict))
    turn.write("correction_opened", node=result.node, reason=reason, data={"result": result.id, "to": way[0]})
    turn.set_track(replace(turn.track(paths.ROOT), verdict=None, reason=None))
    flow.enter(turn, paths.ROOT, turn.pin.procedure.step(way[0]))
