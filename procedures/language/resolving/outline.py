"""What stands where: the parts of files in the order they are written, found by the place of a problem."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from procedures.language.reading.nodes import Entries, Items, Node, Scalar
from procedures.language.reading.problems import Place


@dataclass(frozen=True, slots=True)
class Spot:
    """A part by its path (items with an id go by it), and the text that stands there."""

    path: str
    text: str = ""


NOWHERE = Spot("")


class Outline:
    def __init__(self, files: Iterable[Entries]) -> None:
        found = sorted((one for file in files for one in _spots(file, "")), key=lambda one: one[0])
        self._places = [place for place, _ in found]
        self._spots = [spot for _, spot in found]

    def at(self, place: Place) -> Spot:
        """Find the part that begins at a place or is the last to begin before it."""
        found = bisect_right(self._places, place) - 1
        return self._spots[found] if found >= 0 and self._places[found].file == place.file else NOWHERE


def _spots(node: Node, path: str) -> Iterator[tuple[Place, Spot]]:
    yield node.place, Spot(path, node.text if isinstance(node, Scalar) else "")
    if isinstance(node, Items):
        for number, one in enumerate(node.nodes, start=1):
            yield from _spots(one, f"{path}.{_id_of(one) or number}")
    elif isinstance(node, Entries):
        for key, place in node.keys.items():
            below = f"{path}.{key}".lstrip(".")
            yield place, Spot(below)
            if key in node.values:
                yield from _spots(node.values[key], below)


def _id_of(node: Node) -> str:
    id = node.get("id") if isinstance(node, Entries) else None
    return id.text if isinstance(id, Scalar) else ""
