"""Checks over the whole flow: everything is reached and ends, returns go back, and nobody leaves without an answer."""

from procedures.language.flow.deciding import Deciders, way_without
from procedures.language.flow.flow import Flow
from procedures.language.flow.loops import endless
from procedures.language.flow.ways import StepWays, Ways
from procedures.language.making.draft import Draft
from procedures.language.making.returns import find_wrong_returns
from procedures.language.making.steps import StepMaker
from procedures.language.model.procedure import ROOT
from procedures.language.model.steps import END, END_REFUSED
from procedures.language.reading.nodes import Scalar
from procedures.language.reading.problems import Place, Severity
from procedures.language.reading.words import entries_of, text_of

# Chapters whose errors leave the flow as it is.
_APART = frozenset(
    {
        *("version", "title", "basis", "in_force", "replaces", "parties", "units", "form", "checks", "documents"),
        *("papers", "rules", "windows", "time", "deadline", "fees", "notices", "requirements", "overrides"),
        "scenarios",
    }
)


def find_unsound(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    """Look at the flow only where every step is known; otherwise one fault would be reported twenty times."""
    if not ways.lists[ROOT] or _is_unclear(draft):
        return
    _find_loops(draft, ways, steps)
    _find_dead_ends(draft, ways, steps)
    if _is_unclear(draft):
        return
    _find_impossible_joins(draft, ways, steps)
    find_wrong_returns(draft, ways, steps)
    _find_unreasoned(draft, ways)
    if _find_unanswered(draft, ways, steps):
        # A way that ends too early leaves steps behind: they are not told as well.
        return
    _find_unreached(draft, ways, steps)
    _find_unmade(draft, ways)


def _is_unclear(draft: Draft) -> bool:
    """Say whether an error may change how the flow looks; those of chapters that do not touch it may not."""
    own = draft.resolved.own
    chapters = sorted(own.keys, key=lambda key: own.keys[key])
    for problem in draft.problems.sorted:
        if problem.severity is Severity.ERROR:
            chapter = next((key for key in reversed(chapters) if own.keys[key] <= problem.place), "")
            if problem.place.file != own.place.file or chapter not in _APART:
                return True
    return False


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
    """Of steps that lead to each other the first is told."""
    reached = steps.certainty.entering
    behind: set[str] = set()
    for step in ways.steps.values():
        owner = ways.owner(step.sequence)
        is_told = ways.is_profiles(step.sequence) or (owner is not None and owner.id not in reached)
        if step.id not in reached and not is_told and step.id not in behind:
            behind |= _led_to(ways, step)
            hint = "no outcome or sequence leads to it"
            draft.problems.add(step.place, "step-unreachable", f"step '{step.id}' is never reached", hint)


def _led_to(ways: Ways, step: StepWays) -> set[str]:
    seen: set[str] = set()
    todo = [step.id]
    while todo:
        one = ways.steps.get(todo.pop())
        if one is not None and one.id not in seen:
            seen.add(one.id)
            todo += [way.target for way in (*one.ways, *one.rows)] + [one.then or "", ways.following(one)]
    return seen


def _find_unanswered(draft: Draft, ways: Ways, steps: StepMaker) -> bool:
    """Every way to an end passes a deciding step; a refusing one passes the signature of a written answer.

    Answers whether some way ends without a result.
    """
    results = entries_of(draft.resolved.own, "results").merged_over(entries_of(draft.resolved.profile, "results"))
    refusals = [id for id in results.keys if text_of(entries_of(results, id), "kind") == "refusal"]
    answering = steps.results.deciders(steps.deciding, refusals)
    # A task gives a refusal only where it ends refused (decision 0014).
    refusing = {
        id for id in steps.deciding if ways.steps[id].kind == "task" and set(steps.results.made_by(id)) <= {*refusals}
    }
    deciders = steps.results.deciders(steps.deciding - refusing, results.keys)
    without = False
    for flow in steps.flows:
        if flow.is_empty():
            variant = flow.situation.variant
            message = f"variant '{variant}' has no step left" if variant else "every step may be skipped"
            place = draft.resolved.own.keys["steps"]
            draft.problems.add(place, "skip-ends-all", message, "check selectors and skip_when")
            continue
        without = _find_way(draft, ways, flow, END, deciders) or without
        _find_way(draft, ways, flow, END_REFUSED, answering)
    return without


def _find_way(draft: Draft, ways: Ways, flow: Flow, end: str, needed: Deciders) -> bool:
    way = way_without(flow, end, needed)
    if way is None:
        return False
    place, spoken = _place_of(ways.steps[way[-1]], end), " → ".join(id for id in way if flow.has(id))
    if end == END:
        message, hint = f"way {spoken} ends with no result for the citizen", "put 'result' on a step of that way"
        draft.problems.add(place, "end-without-result", message, hint)
    else:
        message = f"way {spoken} refuses without a written answer"
        draft.problems.add(place, "refusal-without-answer", message, "use target refuse")
    return True


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
