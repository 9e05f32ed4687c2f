"""Which outcomes each kind of step has, and whether the file names them (language.md §2.9)."""

from collections.abc import Mapping

from procedures.language.flow.ways import ASKING, RETURN, StepWays, Way
from procedures.language.grammar.tables import STEP_KINDS
from procedures.language.model.steps import END
from procedures.language.reading.nodes import Entries
from procedures.language.reading.problems import Problems, did_you_mean
from procedures.language.reading.words import entries_of, text_of, words_of
from procedures.language.resolving.resolution import Resolved

# Whoever leaves these out has not thought of them: silence and refusal never go the way of success by default.
ALWAYS_NAMED: Mapping[str, tuple[str, ...]] = {
    "wait": ("expired",),
    "pay": ("expired",),
    "procedure": ("refused", "ended"),
}
_WITHOUT: Mapping[str, str] = {
    "document": "use 'then'",
    "notify": "use 'then'",
    "deliver": "use 'then'",
    "decide": "its rows name the targets",
}


def outcomes_of(resolved: Resolved, step: StepWays) -> tuple[str, ...]:
    """Name the outcomes a step has by its kind; a task has those the file gives it."""
    match step.kind:
        case "sign":
            return ("sign",)
        case "call":
            connector = entries_of(resolved.named("connectors"), text_of(step.body, "connector") or "")
            operation = entries_of(entries_of(connector, "operations"), text_of(step.body, "operation") or "")
            return words_of(operation, "outcomes") or ("done",)
        case "parallel" if text_of(step.body, "join") in ("any", "quorum"):
            return "granted", "refused"
        case "parallel" | "each":
            return "granted", "partly", "refused"
        case "wait":
            return ("arrived", "expired") if "message" in step.body.keys else ("passed",)
        case "pay":
            return "paid", "expired"
        case "procedure":
            return "granted", "partly", "refused", "ended"
    return ()


def complete_outcomes(resolved: Resolved, step: StepWays, problems: Problems) -> None:
    """Compare with the outcomes the kind of step has; where none is written, all go the same way."""
    written = entries_of(step.node, "outcomes")
    given = [way.name for way in step.ways]
    if any(key in step.node.keys for key in STEP_KINDS if key != step.kind):
        # Of which kind it is meant to be is not known.
        return
    if RETURN in written.keys and step.kind not in ASKING:
        message = f"'{step.id}' never ends with '{RETURN}'"
        problems.add(written.keys[RETURN], "unknown-outcome", message, "only task and sign are sent back")
    if step.kind in _WITHOUT:
        _refuse(step, written, problems)
    elif step.kind == "task" and not given:
        message = f"task '{step.id}' has no outcome besides 'return'"
        problems.add(step.place, "outcome-missing", message, "add e.g. 'outcomes: {approve: end}'")
    elif given:
        _compare(step, outcomes_of(resolved, step), written, problems)
    else:
        has = outcomes_of(resolved, step)
        _find_missing(step, [name for name in has if name in ALWAYS_NAMED.get(step.kind, ())], written, problems)
        step.ways = [Way(name, step.then or END, step.place) for name in has]


def _refuse(step: StepWays, written: Entries, problems: Problems) -> None:
    """These kinds just go on."""
    for place in list(written.keys.values())[:1]:
        message = f"{step.kind} step '{step.id}' has no outcomes"
        problems.add(place, "unknown-outcome", message, _WITHOUT[step.kind])
    step.ways = []
    if step.kind == "decide" and "then" in step.node.keys:
        message = f"'then' stands beside 'decide' in '{step.id}'"
        problems.add(step.node.keys["then"], "then-and-outcomes", message, _WITHOUT["decide"])


def _compare(step: StepWays, has: tuple[str, ...], written: Entries, problems: Problems) -> None:
    given = [way.name for way in step.ways]
    strange = [name for name in given if name not in has] if has and step.kind not in ASKING else []
    # An outcome the kind does not have probably stands for one it has.
    missing = [name for name in has if name not in given]
    _find_missing(step, missing[len(strange) :], written, problems)
    for name in strange:
        message = f"'{step.id}' never ends with '{name}'"
        problems.add(written.keys[name], "unknown-outcome", message, did_you_mean(name, has))


def _find_missing(step: StepWays, missing: list[str], written: Entries, problems: Problems) -> None:
    place = next(iter(written.keys.values()), step.place)
    for name in missing:
        problems.add(place, "outcome-missing", f"'{step.id}' has no outcome '{name}'", "say where it leads")
