"""One sequence as a graph: its steps, the moves between them, and what is sure at each whichever way was taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from procedures.language.model.steps import END, END_REFUSED

Sure = frozenset[str]
ENDS = frozenset({END, END_REFUSED})


@dataclass(frozen=True, slots=True)
class Edge:
    """A move from a step to a next place, with the values that exist after it.

    Without an outcome the step was not done: it was skipped, or left before anybody did it.
    """

    target: str
    gives: Sure = frozenset()
    outcome: str | None = None


@dataclass(slots=True)
class Track:
    """`edges` hold the steps of the sequence, and those of the profile's sequences it may be led to.

    Returns are no edges: what they void was not sure before.
    """

    start: str
    edges: Mapping[str, tuple[Edge, ...]]
    sure: Mapping[str, Sure] = field(init=False)

    def __post_init__(self) -> None:
        self.sure = self._certain()

    def walk(
        self, start: str | None = None, *, may_take: Callable[[str, Edge], bool] = lambda step, edge: True
    ) -> dict[str, str]:
        """Find every place that can be reached, each with the place before it on a shortest way."""
        first = self.start if start is None else start
        came_from = {first: ""}
        todo = [first]
        for place in todo:
            for edge in self.edges.get(place, ()):
                if edge.target not in came_from and may_take(place, edge):
                    came_from[edge.target] = place
                    todo.append(edge.target)
        return came_from

    def _certain(self) -> dict[str, Sure]:
        """Intersect over all ways, until nothing changes."""
        sure: dict[str, Sure] = {self.start: frozenset()}
        todo = [self.start]
        while todo:
            place = todo.pop()
            for edge in self.edges.get(place, ()):
                arriving = sure[place] | edge.gives
                known = sure.get(edge.target)
                after = arriving if known is None else known & arriving
                if after != known:
                    sure[edge.target] = after
                    todo.append(edge.target)
        return sure


def visited(id: str) -> str:
    """Name the certainty that a step was entered and left, or passed."""
    return f"{id}."
