"""The ways out of each step: outcomes with their targets, as written or as the kind of step has them by default."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from procedures.language.grammar.tables import STEP_KINDS
from procedures.language.model import ROOT
from procedures.language.nodes import Entries, Items, Node, Scalar
from procedures.language.parts import Texts
from procedures.language.problems import Place, Problems, did_you_mean
from procedures.language.resolution import Resolved
from procedures.language.steps import CALLER, DESK, END, END_REFUSED, REFUSE, RESERVED_TARGETS, STOP, SUPPLEMENT
from procedures.language.words import entries_of, scalars_of, text_of, texts_of, words_of

RETURN = "return"
RESERVED_IDS = frozenset(
    {"form", "case", "line", "intake", "documents", "tables", "today", "receiving", "applicant"}
    | (RESERVED_TARGETS - {REFUSE})
)
_REASONED = frozenset({REFUSE, END_REFUSED, DESK, SUPPLEMENT, STOP})
_ASKING = frozenset({"task", "sign"})


@dataclass(frozen=True, slots=True)
class Way:
    """One outcome: where it leads, and where that is written."""

    name: str
    target: str
    place: Place
    node: Entries | None = None

    @property
    def is_reasoned(self) -> bool:
        return self.target in _REASONED


@dataclass(slots=True)
class StepWays:
    """One step in the flow; `kind` is empty where the file gives none, or one that is not built."""

    id: str
    sequence: str
    kind: str
    node: Entries
    body: Entries
    place: Place
    ways: list[Way] = field(default_factory=list)
    returns: list[Scalar] = field(default_factory=list)
    then: str | None = None
    return_node: Node | None = None

    @property
    def may_be_skipped(self) -> bool:
        return any(key in self.node.keys for key in ("skip_when", "variants", "channels", "submitters"))

    def targets(self) -> Iterator[str]:
        yield from (way.target for way in self.ways)
        if not self.ways and self.then is not None:
            yield self.then


class Ways:
    """Every step of a procedure and of the sequences it may be led to, with all its ways out."""

    def __init__(self, resolved: Resolved, problems: Problems) -> None:
        self._resolved = resolved
        self._problems = problems
        self.lists: dict[str, list[StepWays]] = {}
        self.steps: dict[str, StepWays] = {}
        for sequence, nodes in {ROOT: resolved.steps, **resolved.sequences}.items():
            self.lists[sequence] = list(self._listed(sequence, nodes))
        for steps in self.lists.values():
            for place, step in enumerate(steps):
                step.then = steps[place + 1].id if place + 1 < len(steps) else END
                self._lead_out(step, steps)

    def following(self, step: StepWays) -> str:
        steps = self.lists[step.sequence]
        place = steps.index(step) + 1
        return steps[place].id if place < len(steps) else END

    def outcome_label(self, way: Way) -> Texts | None:
        own = texts_of(way.node, "label") if way.node else None
        return own or texts_of(entries_of(self._resolved.profile, "outcomes"), way.name)

    def return_label(self, step: StepWays) -> Texts | None:
        own = texts_of(step.return_node, "label") if isinstance(step.return_node, Entries) else None
        return own or texts_of(entries_of(self._resolved.profile, "outcomes"), RETURN)

    def _listed(self, sequence: str, nodes: tuple[Entries, ...]) -> Iterator[StepWays]:
        for node in nodes:
            id = node.get("id")
            if not isinstance(id, Scalar):
                continue
            if id.text in RESERVED_IDS:
                self._problems.add(id.place, "bad-id", f"'{id.text}' is reserved", "choose another id")
            elif id.text in self.steps:
                first = self.steps[id.text].place
                hint = f"first in {first.file}:{first.line}"
                self._problems.add(id.place, "duplicate-step", f"'{id.text}' stands twice", hint)
                continue
            kind = next((key for key in node.keys if key in STEP_KINDS), "")
            body = entries_of(node, kind) if kind else Entries(node.place)
            self.steps[id.text] = StepWays(id.text, sequence, kind, node, body, id.place)
            yield self.steps[id.text]

    def _lead_out(self, step: StepWays, steps: list[StepWays]) -> None:
        written = step.node.get("then")
        if isinstance(written, Scalar):
            self._check_target(step, written, steps, f"'then' of '{step.id}'")
            step.then = written.text
        outcomes = entries_of(step.node, "outcomes")
        for name, node in outcomes.values.items():
            place = outcomes.keys[name]
            if name == RETURN:
                self._return(step, node, steps)
            elif way := self._way(step, name, node, place, steps):
                step.ways.append(way)
        self._complete(step, outcomes)

    def _way(self, step: StepWays, name: str, node: Node, place: Place, steps: list[StepWays]) -> Way | None:
        target = node.get("then") if isinstance(node, Entries) else node
        if isinstance(target, Items):
            self._problems.add(target.place, "wrong-type", f"outcome '{name}' has several targets", "only 'return' may")
            return None
        if not isinstance(target, Scalar):
            return None
        self._check_target(step, target, steps, f"outcome '{name}' of '{step.id}'")
        if target.text == CALLER:
            message = f"outcome '{name}' of '{step.id}' goes to 'caller'"
            self._problems.add(target.place, "unknown-step", message, "only 'return' may")
        return Way(name, target.text, target.place, node if isinstance(node, Entries) else None)

    def _return(self, step: StepWays, node: Node, steps: list[StepWays]) -> None:
        step.return_node = node
        targets = scalars_of(node, "then") if isinstance(node, Entries) else tuple(_plain(node))
        for target in targets:
            step.returns.append(target)
            what = f"outcome 'return' of '{step.id}'"
            if target.text in RESERVED_TARGETS - {DESK, CALLER, REFUSE}:
                message = f"{what} goes to '{target.text}'"
                self._problems.add(target.place, "unknown-step", message, "return to an earlier step or to 'desk'")
                continue
            self._check_target(step, target, steps, what)

    def _check_target(self, step: StepWays, target: Scalar, steps: list[StepWays], what: str) -> None:
        ids = [one.id for one in steps]
        reserved = RESERVED_TARGETS - ({CALLER} if step.sequence == ROOT else set())
        if target.text == REFUSE and REFUSE not in ids and REFUSE not in self._resolved.sequences:
            message = f"{what} goes to 'refuse', and the profile has no such sequence"
            self._problems.add(target.place, "unknown-step", message, "add a step 'refuse'")
        elif target.text not in ids and target.text not in reserved:
            hint = did_you_mean(target.text, [*ids, *reserved])
            self._problems.add(target.place, "unknown-step", f"{what} goes to '{target.text}'", hint)

    def _complete(self, step: StepWays, outcomes: Entries) -> None:
        """Compare with the outcomes the kind of step has; where none is written, all go the same way."""
        has = self._kinds_outcomes(step)
        given = [way.name for way in step.ways]
        if step.kind == "task" and not given:
            message = f"task '{step.id}' has no outcome besides 'return'"
            self._problems.add(step.place, "outcome-missing", message, "add e.g. 'outcomes: {approve: end}'")
        elif step.kind == "document" and outcomes.keys:
            place = next(iter(outcomes.keys.values()))
            self._problems.add(place, "unknown-outcome", f"document step '{step.id}' has no outcomes", "use 'then'")
        elif has and not given:
            step.ways = [Way(name, step.then or END, step.place) for name in has]
        elif has:
            self._compare(step, has, given, outcomes)

    def _kinds_outcomes(self, step: StepWays) -> tuple[str, ...]:
        if step.kind == "sign":
            return ("sign",)
        if step.kind != "call":
            return ()
        connector = entries_of(self._resolved.named("connectors"), text_of(step.body, "connector") or "")
        operation = entries_of(entries_of(connector, "operations"), text_of(step.body, "operation") or "")
        return words_of(operation, "outcomes") or ("done",)

    def _compare(self, step: StepWays, has: tuple[str, ...], given: list[str], outcomes: Entries) -> None:
        for name in has:
            if name not in given:
                place = next(iter(outcomes.keys.values()), step.place)
                self._problems.add(
                    place, "outcome-missing", f"'{step.id}' has no outcome '{name}'", "say where it leads"
                )
        if step.kind in _ASKING:
            return
        for name in given:
            if name not in has:
                hint = did_you_mean(name, has)
                self._problems.add(
                    outcomes.keys[name], "unknown-outcome", f"'{step.id}' never ends with '{name}'", hint
                )


def _plain(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Items):
        yield from (one for one in node.nodes if isinstance(one, Scalar))
