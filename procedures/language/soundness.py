"""Checks over the whole flow: everything is reached and ends, returns go back, and nobody leaves without an answer."""

from procedures.language.deciding import Deciders, way_without
from procedures.language.draft import Draft
from procedures.language.flow import Flow
from procedures.language.loops import endless
from procedures.language.making_steps import StepMaker
from procedures.language.model import ROOT
from procedures.language.nodes import Scalar
from procedures.language.problems import Place
from procedures.language.steps import END, END_REFUSED, RESERVED_TARGETS
from procedures.language.tracks import visited
from procedures.language.ways import StepWays, Ways
from procedures.language.words import entries_of, text_of


def find_unsound(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    """Look at the flow only where every step is known; otherwise one fault would be reported twenty times."""
    if draft.problems.has_errors or not ways.lists[ROOT]:
        return
    _find_loops(draft, ways, steps)
    _find_dead_ends(draft, ways, steps)
    if draft.problems.has_errors:
        return
    _find_impossible_joins(draft, ways, steps)
    _find_unreached(draft, ways, steps)
    _find_wrong_returns(draft, ways, steps)
    _find_unanswered(draft, ways, steps)
    _find_unreasoned(draft, ways)
    _find_unmade(draft, ways)


def _find_loops(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    tracks = [track for flow in steps.flows for track in flow.tracks.values()]
    for loop in dict.fromkeys(loop for track in tracks for loop in endless(ways, track)):
        named = ", ".join(f"'{id}'" for id in loop)
        message = f"steps {named} repeat for ever" if len(loop) > 1 else f"step {named} repeats for ever"
        draft.problems.add(ways.steps[loop[0]].place, "loop-without-exit", message, "add an outcome that leaves")


def _find_dead_ends(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    """Name the last step of a way that leads nowhere, not all the steps before it; a loop is told by itself."""
    for flow in steps.flows:
        for sequence, track in flow.tracks.items():
            for id in flow.reached(sequence):
                if id in ways.steps and flow.has(id) and not track.edges[id] and not ways.steps[id].inner:
                    message = f"from '{id}' no way leads to an end"
                    place = ways.steps[id].place
                    draft.problems.add(place, "no-way-to-end", message, "give one outcome a target")


def _find_impossible_joins(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    """A quorum is reached by the branches there can be; where there is none, the step is passed."""
    for flow in steps.flows:
        for id, join in flow.joins.items():
            if join.kind == "quorum" and 0 < len(join.present) < join.needed:
                message = f"quorum {join.needed} of {len(join.present)} branches"
                place = ways.steps[id].body.keys["quorum"]
                draft.problems.add(place, "join-cannot-hold", message, "ask for fewer, or add branches")


def _find_unreached(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    reached = steps.certainty.entering
    for step in ways.steps.values():
        owner = ways.owner(step.sequence)
        is_told = ways.is_profiles(step.sequence) or (owner is not None and owner.id not in reached)
        if step.id not in reached and not is_told:
            hint = "no outcome or sequence leads to it"
            draft.problems.add(step.place, "step-unreachable", f"step '{step.id}' is never reached", hint)


def _find_wrong_returns(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    for step in ways.steps.values():
        sure = steps.certainty.entering.get(step.id)
        for target in step.returns:
            if sure is None or target.text in RESERVED_TARGETS - ways.steps.keys() or visited(target.text) in sure:
                continue
            message = f"'{step.id}' returns to '{target.text}', which may not have happened"
            draft.problems.add(target.place, "return-not-earlier", message, "choose an earlier step or desk")


def _find_unanswered(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    """Every way to an end passes a deciding step; a refusing one passes the signature of a written answer."""
    results = entries_of(draft.resolved.own, "results").merged_over(entries_of(draft.resolved.profile, "results"))
    refusals = [id for id in results.keys if text_of(entries_of(results, id), "kind") == "refusal"]
    deciders = steps.results.deciders(steps.deciding, results.keys)
    answering = steps.results.deciders(steps.deciding, refusals)
    for flow in steps.flows:
        if flow.is_empty():
            variant = flow.situation.variant
            message = f"variant '{variant}' has no step left" if variant else "every step may be skipped"
            place = draft.resolved.own.keys["steps"]
            draft.problems.add(place, "skip-ends-all", message, "check selectors and skip_when")
            continue
        for end, needed in ((END, deciders), (END_REFUSED, answering)):
            _find_way(draft, ways, flow, end, needed)


def _find_way(draft: Draft, ways: Ways, flow: Flow, end: str, needed: Deciders) -> None:
    way = way_without(flow, end, needed)
    if way is None:
        return
    place, spoken = _place_of(ways.steps[way[-1]], end), " → ".join(id for id in way if flow.has(id))
    if end == END:
        message, hint = f"way {spoken} ends with no result for the citizen", "put 'result' on a step of that way"
        draft.problems.add(place, "end-without-result", message, hint)
    else:
        message = f"way {spoken} refuses without a written answer"
        draft.problems.add(place, "refusal-without-answer", message, "use target refuse")


def _place_of(step: StepWays, target: str) -> Place:
    return next((way.place for way in (*step.ways, *step.rows) if way.target == target), step.place)


def _find_unreasoned(draft: Draft, ways: Ways) -> None:
    """Nobody is refused without a written answer, be it one line of many or one part of the request."""
    for step in ways.steps.values():
        owner = ways.owner(step.sequence)
        for way in step.ways if owner else ():
            reason = way.node.get("reason") if way.node else None
            if way.target == END_REFUSED and isinstance(reason, Scalar) and reason.text == "none":
                kind = "line" if owner and owner.kind == "each" else "branch"
                message = f"a refused {kind} needs a reason"
                draft.problems.add(reason.place, "line-refused-without-reason", message, "remove 'reason: none'")


def _find_unmade(draft: Draft, ways: Ways) -> None:
    made = {text_of(step.body, "result") for step in ways.steps.values()}
    results = entries_of(draft.resolved.own, "results")
    for id, place in results.keys.items():
        if id not in made:
            hint = f"put 'result: {id}' on a step"
            draft.problems.add(place, "result-never-produced", f"no step produces '{id}'", hint)
