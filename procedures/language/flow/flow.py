"""The ways a case of one situation may take: a track for the root, for each branch and for the lines of each list."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from procedures.language.flow.joins import Join, join_of
from procedures.language.flow.situation import Situation
from procedures.language.flow.tracks import ENDS, Edge, Sure, Track, visited
from procedures.language.flow.ways import ASKING, StepWays, Ways
from procedures.language.model.parts import Selectors
from procedures.language.model.procedure import ROOT
from procedures.language.model.steps import DESK, END, REFUSE, SUPPLEMENT
from procedures.language.reading.nodes import Entries

NOTHING: Sure = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the flow is told: `values` names, for a step and an outcome, what is sure once it ended so."""

    values: Mapping[str, Mapping[str, Sure]]
    place: Callable[[Entries], Selectors]
    may_be_empty: Callable[[StepWays], bool]
    expiry_refuses: bool = False


class Flow:
    """Holds the tracks by the names of their sequences; inner ones stand before the one they are in."""

    def __init__(self, ways: Ways, situation: Situation, facts: Facts) -> None:
        self._ways = ways
        self.situation = situation
        self._facts = facts
        self.joins: dict[str, Join] = {}
        self.others: set[str] = set()
        self.tracks: dict[str, Track] = {}
        self._add(ROOT)

    def has(self, id: str) -> bool:
        """Say whether a step exists in this situation; one of others is passed without a look at its conditions."""
        return id not in self.others

    def inside(self, id: str) -> tuple[str, ...]:
        """Name the branches of a step that may exist in this situation, or its line."""
        return self.joins[id].present if id in self.joins else ()

    def reached(self, sequence: str, avoiding: frozenset[str] = NOTHING, start: str | None = None) -> dict[str, str]:
        """Find what can be reached in a track past none of some steps, each with the place before it.

        A step that is skipped is not passed. The step to start from is left by any of its ways.
        """
        possible: dict[str, frozenset[str] | None] = {}

        def may_take(step: str, edge: Edge) -> bool:
            if edge.outcome is None or step == start:
                return True
            if step in avoiding:
                return False
            if step not in possible:
                possible[step] = self._outcomes(step, avoiding)
            outcomes = possible[step]
            return outcomes is None or edge.outcome in outcomes

        return self.tracks[sequence].walk(start, may_take=may_take)

    def ends(self, sequence: str, avoiding: frozenset[str] = NOTHING, start: str | None = None) -> frozenset[str]:
        return ENDS & self.reached(sequence, avoiding, start).keys()

    def is_empty(self) -> bool:
        """Say whether a case may come from the start to the end with every step skipped."""
        return END in self.tracks[ROOT].walk(may_take=lambda step, edge: edge.outcome is None)

    def arrives(self, id: str, avoiding: frozenset[str]) -> bool:
        """Say whether some way from the start to a step passes none of the steps to avoid."""
        return any(
            owner is None or self.arrives(owner.id, avoiding)
            for sequence, track in self.tracks.items()
            if id in track.edges and id in self.reached(sequence, avoiding)
            for owner in (self._ways.owner(sequence),)
        )

    def leaves(self, id: str, avoiding: frozenset[str]) -> bool:
        """Say whether some way from the start over a step to an end of the root passes none of the steps to avoid."""
        return any(
            owner is None or self.leaves(owner.id, avoiding)
            for sequence, track in self.tracks.items()
            if id in track.edges and id in self.reached(sequence, avoiding) and self.ends(sequence, avoiding, id)
            for owner in (self._ways.owner(sequence),)
        )

    def _outcomes(self, step: str, avoiding: frozenset[str]) -> frozenset[str] | None:
        """Name the outcomes of a step whose branches or lines pass none of the steps to avoid; None: it has neither."""
        join = self.joins.get(step)
        if join is None:
            return None
        return join.outcomes({name: self.ends(name, avoiding) for name in self._ways.steps[step].inner})

    def _add(self, sequence: str) -> None:
        edges: dict[str, tuple[Edge, ...]] = {}
        for step in self._steps_of(sequence):
            for inner in step.inner:
                if inner not in self.tracks:
                    self._add(inner)
            edges[step.id] = tuple(self._edges(step, sequence))
        steps = self._ways.lists[sequence]
        self.tracks[sequence] = Track(steps[0].id if steps else END, edges)

    def _steps_of(self, sequence: str) -> Iterator[StepWays]:
        """A track goes on in a sequence of the profile where a target leads there."""
        yield from self._ways.lists[sequence]
        for name, steps in self._ways.lists.items():
            yield from steps if self._ways.is_profiles(name) else ()

    def _edges(self, step: StepWays, sequence: str) -> Iterator[Edge]:
        passed = frozenset({visited(step.id)})
        fits = self.situation.fits(self._facts.place(step.node))
        if not fits or "skip_when" in step.node.keys:
            # What is skipped counts as passed: a return may lead there.
            yield Edge(self._ways.following(step), passed)
        if not fits:
            self.others.add(step.id)
            return
        for name, target, gives in self._leads(step):
            yield from self._lead(step, target, Edge(target, gives | passed, name))
        if self._facts.expiry_refuses and step.sequence == sequence and _may_ask(step):
            # A supplement that never comes leads from the step that asked to the refusal, in a branch as at the root.
            yield from self._lead(step, REFUSE, Edge(REFUSE))

    def _leads(self, step: StepWays) -> Iterator[tuple[str, str, Sure]]:
        """Give outcome, target and values of each way out."""
        values = self._facts.values[step.id]
        if step.inner:
            yield from self._joined(step, values)
            return
        yield from ((way.name, way.target, values.get(way.name, NOTHING)) for way in step.ways)
        yield from (("", row.target, NOTHING) for row in step.rows)
        if step.failure:
            yield "", step.failure.target, NOTHING
        if not step.ways and not step.rows and step.then is not None:
            yield "", step.then, values.get("", NOTHING)

    def _joined(self, step: StepWays, values: Mapping[str, Sure]) -> Iterator[tuple[str, str, Sure]]:
        empty = self._facts.may_be_empty(step)
        join = join_of(step, self.situation, self._facts.place, may_be_empty=empty)
        self.joins[step.id] = join
        possible = join.outcomes({name: self.ends(name) for name in step.inner})
        for way in step.ways:
            if way.name in possible:
                yield way.name, way.target, values.get(way.name, NOTHING) | join.gives(way.name, self.tracks)

    def _lead(self, step: StepWays, target: str, edge: Edge) -> Iterator[Edge]:
        siblings = {one.id for one in self._ways.lists[step.sequence]}
        if target in siblings or target in ENDS:
            yield edge
        elif target == REFUSE and self._ways.lists.get(REFUSE):
            yield Edge(self._ways.lists[REFUSE][0].id, edge.gives, edge.outcome)


def _may_ask(step: StepWays) -> bool:
    """A supplement is asked by whoever has a task, by the desk on behalf of a step, or by an outcome that says so."""
    return step.kind in ASKING or any(way.target in (SUPPLEMENT, DESK) for way in (*step.ways, *step.rows))
