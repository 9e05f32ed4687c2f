"""What each kind of step must say, must not say, and cannot contain (language.md §2.9)."""

from collections.abc import Callable, Mapping

from procedures.language.flow.ways import StepWays, Ways
from procedures.language.making.draft import Draft
from procedures.language.reading.nodes import Scalar
from procedures.language.reading.problems import did_you_mean
from procedures.language.reading.words import entries_of, maps_of, scalars_of, text_of
from procedures.language.resolving.values import PROCEDURE_CODE

_WAITED_FOR = ("message", "until", "last")
_OF_MESSAGES = ("sender", "within", "documents")


def check_kind(draft: Draft, ways: Ways, step: StepWays) -> None:
    if step.kind in _CHECKS:
        _CHECKS[step.kind](draft, ways, step)


def _check_decide(draft: Draft, ways: Ways, step: StepWays) -> None:
    """Rows have a condition and a target; the last has none, so that some row always fits."""
    rows = maps_of(step.node.get("decide"))
    if not any("otherwise" in row.keys for row in rows):
        message = f"no row of '{step.id}' fits where no condition is true"
        place = step.node.keys["decide"]
        draft.problems.add(place, "decide-without-otherwise", message, "end with '- {otherwise: ...}'")
    for row in rows:
        for key in ("when", "then"):
            if "otherwise" in row.keys and key in row.keys:
                message = f"'{key}' stands beside 'otherwise'"
                draft.problems.add(row.keys[key], "two-kinds", message, "make it two rows, 'otherwise' the last")
            elif "otherwise" not in row.keys and key not in row.keys:
                draft.problems.add(row.place, "missing-key", f"'{key}' is missing in a row of '{step.id}'")
    for row in rows[:-1]:
        if "otherwise" in row.keys:
            message = f"no row of '{step.id}' after this one is ever read"
            draft.problems.add(row.keys["otherwise"], "decide-without-otherwise", message, "make it the last row")


def _check_parallel(draft: Draft, ways: Ways, step: StepWays) -> None:
    join, branches = text_of(step.body, "join"), entries_of(step.body, "branches")
    if len(branches.keys) == 1:
        message = f"'{step.id}' has one branch only"
        draft.problems.add(step.body.keys["branches"], "one-branch", message, "put its steps here instead")
    for key, of, code in (("quorum", "quorum", "quorum-missing"), ("lead", "on_ground", "lead-missing")):
        if join == of and key not in step.body.keys:
            place = step.body.keys["join"]
            draft.problems.add(place, code, f"'join: {of}' has no '{key}'", f"add '{key}'")
        elif join is not None and join != of and key in step.body.keys:
            message = f"'{key}' means nothing with 'join: {join}'"
            draft.problems.add(step.body.keys[key], "wrong-type", message, f"it is for 'join: {of}'")


def _check_each(draft: Draft, ways: Ways, step: StepWays) -> None:
    for inner in step.inner:
        for one in ways.lists[inner]:
            if one.kind in ("each", "parallel"):
                message = f"'{one.kind}' stands inside the lines of '{step.id}'"
                hint = "a line takes one way; a sub-procedure for each line may branch"
                draft.problems.add(one.node.keys[one.kind], "nested-in-each", message, hint)


def _check_wait(draft: Draft, ways: Ways, step: StepWays) -> None:
    """A wait is for exactly one thing; a clock that pauses has its ground."""
    named = [key for key in _WAITED_FOR if key in step.body.keys]
    if not named:
        hint = "one of " + ", ".join(_WAITED_FOR)
        draft.problems.add(step.node.keys["wait"], "missing-key", f"'{step.id}' waits for nothing", hint)
    for key in named[1:]:
        message = f"'{step.id}' waits for '{named[0]}' already"
        draft.problems.add(step.body.keys[key], "two-kinds", message, "make it two steps")
    for key in _OF_MESSAGES:
        if named[:1] == ["message"] and key not in step.body.keys and key != "documents":
            message = f"'{key}' is missing beside 'message'"
            draft.problems.add(step.body.keys["message"], "missing-key", message)
        elif named and named[0] != "message" and key in step.body.keys:
            message = f"'{key}' means nothing beside '{named[0]}'"
            draft.problems.add(step.body.keys[key], "wrong-type", message, "it is for messages")
    clock = step.body.get("clock")
    if isinstance(clock, Scalar) and clock.text == "pauses" and "ground" not in step.body.keys:
        message = f"'{step.id}' pauses the legal clock without ground"
        draft.problems.add(clock.place, "pause-without-ground", message, "add 'ground' with the article")
    for id, place in entries_of(step.body, "documents").keys.items():
        if id in draft.resolved.documents.keys:
            message = f"'{id}' is a document of the procedure already"
            draft.problems.add(place, "bad-id", message, "choose another id for what the message brings")


def _check_procedure(draft: Draft, ways: Ways, step: StepWays) -> None:
    """The other case is of a procedure of the catalogue, and gets papers we have."""
    for code in scalars_of(step.body, "code"):
        if not PROCEDURE_CODE.match(code.text):
            draft.problems.add(code.place, "bad-code", f"'{code.text}' is no procedure code", 'write it as "1.014140"')
    ours = draft.resolved.documents.keys
    for node in entries_of(step.body, "documents").values.values():
        if isinstance(node, Scalar) and node.text not in ours:
            hint = did_you_mean(node.text, ours)
            draft.problems.add(node.place, "unknown-name", f"no document '{node.text}'", hint)


def _check_deliver(draft: Draft, ways: Ways, step: StepWays) -> None:
    """Only what some step makes can be handed over."""
    made = {text_of(one.body, "result") for one in ways.steps.values()}
    known = {*entries_of(draft.resolved.own, "results").keys, *entries_of(draft.resolved.profile, "results").keys}
    for result in scalars_of(step.body, "results"):
        if result.text in known and result.text not in made:
            hint = f"put 'result: {result.text}' on a step before"
            message = f"'{step.id}' hands over '{result.text}', which no step makes"
            draft.problems.add(result.place, "result-never-produced", message, hint)


_CHECKS: Mapping[str, Callable[[Draft, Ways, StepWays], None]] = {
    "decide": _check_decide,
    "parallel": _check_parallel,
    "each": _check_each,
    "wait": _check_wait,
    "procedure": _check_procedure,
    "deliver": _check_deliver,
}
