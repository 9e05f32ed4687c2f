"""What is certain at each step whichever way a case took: values that exist, steps that happened, and who decides."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from procedures.language.model import ROOT
from procedures.language.steps import END, END_REFUSED, REFUSE
from procedures.language.ways import StepWays, Ways

Sure = frozenset[str]


@dataclass(frozen=True, slots=True)
class Edge:
    """A move from one step to the next place, with the values that exist after it."""

    source: str
    target: str
    gives: Sure


class Flow:
    """The graph of a procedure; `values` names, for a step and an outcome, what is sure once it ended so."""

    def __init__(self, ways: Ways, values: Mapping[str, Mapping[str, Sure]], *, expiry_refuses: bool = False) -> None:
        self._ways = ways
        first = ways.lists[ROOT]
        self._start = first[0].id if first else END
        self.edges = [edge for step in ways.steps.values() for edge in _edges(ways, step, values)]
        if expiry_refuses:
            # A supplement that never comes leads from any step to the refusal.
            self.edges += [edge for step in ways.lists[ROOT] for edge in _lead(ways, step, REFUSE, frozenset())]
        self._from: dict[str, list[Edge]] = {}
        for edge in self.edges:
            self._from.setdefault(edge.source, []).append(edge)
        self.reached = self.reachable(self._start)
        self.sure = self._certain()

    def reachable(self, start: str, avoiding: Iterable[str] = ()) -> frozenset[str]:
        """Collect what can be reached from a place without entering the steps to avoid."""
        avoided = frozenset(avoiding)
        seen: set[str] = set()
        todo = [] if start in avoided else [start]
        while todo:
            place = todo.pop()
            if place in seen:
                continue
            seen.add(place)
            todo.extend(edge.target for edge in self._from.get(place, ()) if edge.target not in avoided)
        return frozenset(seen)

    def deciding(self, with_result: Iterable[str], signs_result: Iterable[str]) -> frozenset[str]:
        """Find the deciding steps: signatures of results, and results on a way that has no such signature."""
        signing = frozenset(signs_result)
        before = self.reachable(self._start, signing)
        apart = {id for id in with_result if id in before and self._ends(self.reachable(id, signing))}
        return signing | apart

    def ends_without(self, end: str, steps: Iterable[str]) -> bool:
        """Say whether a way leads to this end past none of the steps."""
        return end in self.reachable(self._start, steps)

    def _ends(self, reached: frozenset[str]) -> bool:
        return END in reached or END_REFUSED in reached

    def _certain(self) -> dict[str, Sure]:
        """Intersect over all ways, until nothing changes; a return adds nothing, what it voids was not sure before."""
        sure: dict[str, Sure] = {self._start: frozenset()}
        todo = [self._start]
        while todo:
            place = todo.pop()
            for edge in self._from.get(place, ()):
                arriving = sure[place] | edge.gives
                known = sure.get(edge.target)
                after = arriving if known is None else known & arriving
                if after != known:
                    sure[edge.target] = after
                    todo.append(edge.target)
        return sure


def visited(id: str) -> str:
    """Name the certainty that a step was entered and left by an outcome."""
    return f"{id}."


def _edges(ways: Ways, step: StepWays, values: Mapping[str, Mapping[str, Sure]]) -> Iterator[Edge]:
    after = values.get(step.id, {})
    left = frozenset({visited(step.id)})
    for way in step.ways:
        yield from _lead(ways, step, way.target, after.get(way.name, frozenset()) | left)
    if not step.ways and not step.rows and step.then is not None:
        yield from _lead(ways, step, step.then, after.get("", frozenset()) | left)
    for row in step.rows:
        yield from _lead(ways, step, row.target, left)
    if step.failure:
        yield from _lead(ways, step, step.failure.target, left)
    for inner in step.inner:
        yield from (Edge(step.id, first.id, frozenset()) for first in ways.lists[inner][:1])
    if step.may_be_skipped:
        # What is skipped counts as passed: a return may lead there.
        yield from _lead(ways, step, ways.following(step), frozenset({visited(step.id)}))


def _lead(ways: Ways, step: StepWays, target: str, gives: Sure) -> Iterator[Edge]:
    siblings = {one.id for one in ways.lists[step.sequence]}
    ends = () if ways.owner(step.sequence) else (END, END_REFUSED)
    if target in siblings or target in ends:
        yield Edge(step.id, target, gives)
    elif target == REFUSE and ways.lists.get(REFUSE):
        yield Edge(step.id, ways.lists[REFUSE][0].id, gives)
