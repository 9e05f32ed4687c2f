"""Steps that repeat for ever: loops that nothing leaves, and loops that pass in one moment, where no data change."""

from collections.abc import Iterator

from procedures.language.flow.tracks import Track
from procedures.language.flow.ways import Ways

AT_ONCE = frozenset({"decide", "document", "notify", "deliver"})


def endless(ways: Ways, track: Track) -> Iterator[tuple[str, ...]]:
    """Give the steps of each such loop once, in the order of the file."""
    every = {id: {edge.target for edge in edges} for id, edges in track.edges.items()}
    at_once = {
        id: {edge.target for edge in edges if edge.outcome is not None}
        for id, edges in track.edges.items()
        if ways.steps[id].kind in AT_ONCE
    }
    found: set[tuple[str, ...]] = set()
    for loop in _loops(every):
        if all(every[id] <= set(loop) for id in loop):
            found.add(loop)
    found |= {loop for loop in _loops(at_once) if not any(set(loop) <= set(other) for other in found)}
    yield from sorted(found, key=lambda loop: list(track.edges).index(loop[0]))


def _loops(moves: dict[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Give each set of steps that lead to each other."""
    reach = {id: _reach(id, moves) for id in moves}
    seen: set[str] = set()
    for id in moves:
        if id in reach[id] and id not in seen:
            loop = tuple(other for other in moves if other in reach[id] and id in reach[other])
            seen |= set(loop)
            yield loop


def _reach(start: str, moves: dict[str, set[str]]) -> set[str]:
    """Collect what follows a step; a step follows itself only in a loop."""
    reached: set[str] = set()
    todo = list(moves[start])
    while todo:
        place = todo.pop()
        if place in moves and place not in reached:
            reached.add(place)
            todo.extend(moves[place])
    return reached
