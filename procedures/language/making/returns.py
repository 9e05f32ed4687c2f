"""Where steps send back to: to what has happened on every way here, and past nothing that cannot be undone (F7)."""

from procedures.language.flow.deciding import hollow
from procedures.language.flow.flow import Flow
from procedures.language.flow.tracks import visited
from procedures.language.flow.ways import StepWays, Ways
from procedures.language.making.draft import Draft
from procedures.language.making.steps import StepMaker
from procedures.language.model.steps import RESERVED_TARGETS
from procedures.language.reading.nodes import Scalar
from procedures.language.reading.words import flag_of, text_of
from procedures.language.resolving.naming import operation_of


def find_wrong_returns(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    for step in ways.steps.values():
        sure = steps.certainty.entering.get(step.id)
        if sure is None:
            continue
        for target in step.returns:
            if target.text not in RESERVED_TARGETS - ways.steps.keys() and visited(target.text) not in sure:
                message = f"'{step.id}' returns to '{target.text}', which may not have happened"
                draft.problems.add(target.place, "return-not-earlier", message, "choose an earlier step or desk")
            elif not ways.is_profiles(step.sequence):
                _find_too_late(draft, ways, steps, step, target)


def _find_too_late(draft: Draft, ways: Ways, steps: StepMaker, step: StepWays, target: Scalar) -> None:
    """A return that every case would be refused: the case is decided by then, or what lies between stays done."""
    beside = [one for one in ways.lists[step.sequence] if one.id != step.id]
    flows = [flow for flow in steps.flows if flow.has(step.id) and step.id in flow.reached(step.sequence)]
    # A task decides by its outcome, so another outcome may lead here.
    signing = steps.results.deciders(
        [one.id for one in beside if one.id in steps.deciding - _tasks(ways)], steps.results.named
    )
    for decider in signing:
        if all(decider not in hollow(flow, signing) and _passes(flow, step, None, decider) for flow in flows):
            message = f"'{step.id}' returns after '{decider}' has decided the case"
            draft.problems.add(target.place, "return-too-late", message, "leave return out")
            return
    for past in (one.id for one in beside if target.text in ways.steps and _is_for_ever(draft, one)):
        if all(_passes(flow, step, target.text, past) for flow in flows):
            message = f"'{step.id}' returns to '{target.text}', past '{past}', which cannot be undone"
            draft.problems.add(target.place, "return-too-late", message, "return to a later step or desk")
            return


def _passes(flow: Flow, step: StepWays, start: str | None, past: str) -> bool:
    """Say whether all ways to a step, from the start or from another step, pass a third one."""
    return step.id not in flow.reached(step.sequence, frozenset({past}), start)


def _tasks(ways: Ways) -> frozenset[str]:
    return frozenset(step.id for step in ways.steps.values() if step.kind == "task")


def _is_for_ever(draft: Draft, step: StepWays) -> bool:
    """A result handed over, a case opened elsewhere, a call that cannot be taken back."""
    if step.kind != "call":
        return step.kind in ("deliver", "procedure")
    names = text_of(step.body, "connector") or "", text_of(step.body, "operation") or ""
    operation = operation_of(draft.resolved, *names)
    return operation is not None and flag_of(operation, "irrevocable", default=False)
