"""Reads where each step leads, target by target: `outcomes`, `then`, the rows of `decide`, `on_failure`."""

from collections.abc import Iterator

from procedures.language.flow.outcomes import complete_outcomes
from procedures.language.flow.targets import Targets
from procedures.language.flow.ways import RETURN, StepWays, Way, Ways
from procedures.language.model.steps import CALLER, DESK, REFUSE, RESERVED_TARGETS
from procedures.language.reading.nodes import Entries, Items, Node, Scalar
from procedures.language.reading.problems import Problems
from procedures.language.reading.words import entries_of, maps_of, scalars_of
from procedures.language.resolving.resolution import Resolved


def lead_out(resolved: Resolved, problems: Problems) -> Ways:
    """List every step and lead each to where it goes; what is wrong with a target is reported at the target."""
    ways = Ways(resolved, problems)
    leader = _Leader(resolved, ways, problems)
    for step in ways.steps.values():
        leader.lead(step)
    return ways


class _Leader:
    def __init__(self, resolved: Resolved, ways: Ways, problems: Problems) -> None:
        self._resolved = resolved
        self._ways = ways
        self._problems = problems
        self._targets = Targets(resolved, ways, problems)

    def lead(self, step: StepWays) -> None:
        step.then = self._ways.following(step)
        written = step.node.get("then")
        if isinstance(written, Scalar):
            self._targets.check(step, written, f"'then' of '{step.id}'")
            step.then = written.text
        outcomes = entries_of(step.node, "outcomes")
        for name, node in outcomes.values.items():
            if name == RETURN:
                self._return(step, node)
            elif way := self._outcome(step, name, node):
                step.ways.append(way)
        if isinstance(failed := step.body.get("on_failure"), Scalar):
            step.failure = self._way(step, "", failed, f"'on_failure' of '{step.id}'")
        step.rows = list(self._rows(step))
        complete_outcomes(self._resolved, step, self._problems)

    def _outcome(self, step: StepWays, name: str, node: Node) -> Way | None:
        target = node.get("then") if isinstance(node, Entries) else node
        if isinstance(target, Items):
            self._problems.add(target.place, "wrong-type", f"outcome '{name}' has several targets", "only 'return' may")
            return None
        if not isinstance(target, Scalar):
            return None
        return self._way(step, name, target, f"outcome '{name}' of '{step.id}'", node)

    def _rows(self, step: StepWays) -> Iterator[Way]:
        for number, node in enumerate(maps_of(step.node.get("decide")), start=1):
            target = node.get("otherwise") or node.get("then")
            if isinstance(target, Scalar):
                yield self._way(step, "", target, f"row {number} of '{step.id}'", node)

    def _way(self, step: StepWays, name: str, target: Scalar, what: str, node: Node | None = None) -> Way:
        if target.text == CALLER:
            self._problems.add(target.place, "unknown-step", f"{what} goes to 'caller'", "only 'return' may")
        else:
            self._targets.check(step, target, what)
        return Way(name, target.text, target.place, node if isinstance(node, Entries) else None)

    def _return(self, step: StepWays, node: Node) -> None:
        step.return_node = node
        what = f"outcome 'return' of '{step.id}'"
        for target in scalars_of(node, "then") if isinstance(node, Entries) else _plain(node):
            step.returns.append(target)
            if target.text in RESERVED_TARGETS - {DESK, CALLER, REFUSE}:
                message = f"{what} goes to '{target.text}'"
                self._problems.add(target.place, "unknown-step", message, "return to an earlier step or to 'desk'")
            else:
                self._targets.check(step, target, what)


def _plain(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Items):
        yield from (one for one in node.nodes if isinstance(one, Scalar))
