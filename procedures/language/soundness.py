"""Checks over the whole flow: everything is reached, returns go back, and nobody leaves without an answer."""

from procedures.language.draft import Draft
from procedures.language.flow import visited
from procedures.language.making_steps import StepMaker
from procedures.language.model import ROOT
from procedures.language.steps import DESK, END, END_REFUSED, RESERVED_TARGETS
from procedures.language.ways import Ways
from procedures.language.words import entries_of, text_of

_KNOWN_KINDS = frozenset({"task", "sign", "document", "call"})


def find_unsound(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    """Look at the flow only where every step is known; otherwise one fault would be reported twenty times."""
    if draft.problems.has_errors or any(step.kind not in _KNOWN_KINDS for step in ways.steps.values()):
        return
    _find_unreached(draft, ways, steps)
    _find_wrong_returns(draft, ways, steps)
    _find_unanswered(draft, ways, steps)
    _find_unmade(draft, ways, steps)


def _find_unreached(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    for step in ways.lists[ROOT]:
        if step.id not in steps.flow.reached:
            hint = "no outcome or sequence leads to it"
            draft.problems.add(step.place, "step-unreachable", f"step '{step.id}' is never reached", hint)
        elif not {END, END_REFUSED} & steps.flow.reachable(step.id):
            hint = "give one outcome a target"
            draft.problems.add(step.place, "no-way-to-end", f"from '{step.id}' no way leads to an end", hint)


def _find_wrong_returns(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    for step in ways.steps.values():
        sure = steps.flow.sure.get(step.id)
        for target in step.returns:
            if target.text in RESERVED_TARGETS or target.text == DESK or sure is None:
                continue
            if visited(target.text) not in sure:
                message = f"'{step.id}' returns to '{target.text}', which may not have happened"
                draft.problems.add(target.place, "return-not-earlier", message, "choose an earlier step or desk")


def _find_unanswered(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    """Every way to an end passes a deciding step; a refusing one passes the signature of a written answer."""
    if steps.flow.ends_without(END, steps.deciding):
        last = ways.lists[ROOT][-1]
        message = "a way ends with no result for the citizen"
        draft.problems.add(last.place, "end-without-result", message, "put 'result' on a step of that way")
    answering = [id for id in steps.deciding if _refuses(draft, steps, id)]
    if steps.flow.ends_without(END_REFUSED, answering):
        place = next(
            (way.place for step in ways.steps.values() for way in step.ways if way.target == END_REFUSED), None
        )
        message = "a way refuses without a written answer"
        draft.problems.add(place or ways.lists[ROOT][0].place, "refusal-without-answer", message, "use target refuse")


def _find_unmade(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    made = {text_of(step.body, "result") for step in ways.steps.values()}
    results = entries_of(draft.resolved.own, "results")
    for id, place in results.keys.items():
        if id not in made:
            hint = f"put 'result: {id}' on a step"
            draft.problems.add(place, "result-never-produced", f"no step produces '{id}'", hint)


def _refuses(draft: Draft, steps: StepMaker, id: str) -> bool:
    named = entries_of(draft.resolved.own, "results").merged_over(entries_of(draft.resolved.profile, "results"))
    return any(text_of(entries_of(named, result), "kind") == "refusal" for result in steps.results_of(id))
