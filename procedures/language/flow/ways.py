"""The ways out of each step: outcomes with their targets, as written or as the kind of step has them by default."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from procedures.language.grammar.tables import STEP_KINDS
from procedures.language.model.parts import Texts
from procedures.language.model.procedure import ROOT
from procedures.language.model.steps import DESK, END, END_REFUSED, REFUSE, RESERVED_TARGETS, STOP, SUPPLEMENT
from procedures.language.reading.nodes import Entries, Node, Scalar
from procedures.language.reading.problems import Place, Problems
from procedures.language.reading.words import children, entries_of, maps_of, texts_of
from procedures.language.resolving.resolution import Resolved

RETURN = "return"
LINE = "*"
RESERVED_IDS = frozenset(
    {"form", "case", "line", "intake", "documents", "tables", "today", "receiving", "applicant"}
    | (RESERVED_TARGETS - {REFUSE})
)
ASKING = frozenset({"task", "sign"})
_REASONED = frozenset({REFUSE, END_REFUSED, DESK, SUPPLEMENT, STOP})


@dataclass(frozen=True, slots=True)
class Way:
    """One outcome, or one row of a `decide`: where it leads, and where that is written."""

    name: str
    target: str
    place: Place
    node: Entries | None = None

    @property
    def is_reasoned(self) -> bool:
        return self.target in _REASONED


@dataclass(slots=True)
class StepWays:
    """One step in the flow; `kind` is empty where the file gives none. `inner` names its branches or its line."""

    id: str
    sequence: str
    kind: str
    node: Entries
    body: Entries
    place: Place
    ways: list[Way] = field(default_factory=list)
    rows: list[Way] = field(default_factory=list)
    failure: Way | None = None
    returns: list[Scalar] = field(default_factory=list)
    then: str | None = None
    return_node: Node | None = None
    inner: tuple[str, ...] = ()

    @property
    def may_be_skipped(self) -> bool:
        return any(key in self.node.keys for key in ("skip_when", "variants", "channels", "submitters"))

    @property
    def branches(self) -> Mapping[str, Entries]:
        """The branches of a parallel step by the names of their sequences."""
        return {f"{self.id}/{id}": node for id, node in children(entries_of(self.body, "branches"))}


class Ways:
    """Every step of a procedure and of the sequences it may be led to, those inside other steps included."""

    def __init__(self, resolved: Resolved, problems: Problems) -> None:
        self._resolved = resolved
        self._problems = problems
        self.lists: dict[str, list[StepWays]] = {}
        self.steps: dict[str, StepWays] = {}
        for sequence, nodes in {ROOT: resolved.steps, **resolved.sequences}.items():
            self._list(sequence, nodes)

    def following(self, step: StepWays) -> str:
        steps = self.lists[step.sequence]
        place = steps.index(step) + 1
        return steps[place].id if place < len(steps) else END

    def owner(self, sequence: str) -> StepWays | None:
        """The step whose branch or line a sequence is; None for the root and the profile's."""
        outer, inside, _ = sequence.partition("/")
        return self.steps[outer] if inside else None

    def lines_around(self, sequence: str) -> str | None:
        """Name the each step in whose lines a sequence stands."""
        owner = self.owner(sequence)
        while owner is not None and owner.kind != "each":
            owner = self.owner(owner.sequence)
        return owner.id if owner else None

    def is_profiles(self, sequence: str) -> bool:
        return sequence in self._resolved.sequences

    def outcome_label(self, way: Way) -> Texts | None:
        own = texts_of(way.node, "label") if way.node else None
        return own or texts_of(entries_of(self._resolved.profile, "outcomes"), way.name)

    def return_label(self, step: StepWays) -> Texts | None:
        own = texts_of(step.return_node, "label") if isinstance(step.return_node, Entries) else None
        return own or texts_of(entries_of(self._resolved.profile, "outcomes"), RETURN)

    def _list(self, sequence: str, nodes: tuple[Entries, ...]) -> None:
        """List a sequence, and after each of its steps the sequences inside it."""
        self.lists[sequence] = []
        for node in nodes:
            step = self._step(sequence, node)
            if step is None:
                continue
            self.lists[sequence].append(step)
            inner = {name: _steps(branch) for name, branch in step.branches.items()}
            if step.kind == "each":
                inner = {f"{step.id}/{LINE}": _steps(step.body)}
            step.inner = tuple(inner)
            for name, steps in inner.items():
                self._list(name, steps)

    def _step(self, sequence: str, node: Entries) -> StepWays | None:
        id = node.get("id")
        if not isinstance(id, Scalar):
            return None
        if id.text in RESERVED_IDS:
            self._problems.add(id.place, "bad-id", f"'{id.text}' is reserved", "choose another id")
        elif id.text in self.steps:
            first = self.steps[id.text].place
            hint = f"first in line {first.line}" + ("" if first.file == id.place.file else f" of {first.file}")
            self._problems.add(id.place, "duplicate-step", f"'{id.text}' stands twice", hint)
            return None
        kind = next((key for key in node.keys if key in STEP_KINDS), "")
        body = entries_of(node, kind) if kind else Entries(node.place)
        self.steps[id.text] = StepWays(id.text, sequence, kind, node, body, id.place)
        return self.steps[id.text]


def _steps(node: Entries) -> tuple[Entries, ...]:
    return maps_of(node.get("steps"))
