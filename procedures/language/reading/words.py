"""Plain values taken out of nodes that were checked; what is absent or was wrong reads as absent."""

from collections.abc import Iterator

from procedures.language.model.parts import Texts
from procedures.language.reading.nodes import Entries, Items, Node, Scalar


def text_of(entries: Entries, key: str) -> str | None:
    node = entries.get(key)
    return node.text if isinstance(node, Scalar) else None


def integer_of(entries: Entries, key: str) -> int | None:
    node = entries.get(key)
    return node.value if isinstance(node, Scalar) and type(node.value) is int else None


def flag_of(entries: Entries, key: str, *, default: bool) -> bool:
    node = entries.get(key)
    return node.value if isinstance(node, Scalar) and isinstance(node.value, bool) else default


def texts_of(entries: Entries, key: str) -> Texts | None:
    node = entries.get(key)
    return texts(node) if isinstance(node, Entries) else None


def texts(node: Entries) -> Texts:
    return {language: value.text for language, value in node.values.items() if isinstance(value, Scalar)}


def words_of(entries: Entries, key: str) -> tuple[str, ...]:
    """Read one word or a list of words."""
    return tuple(scalar.text for scalar in scalars_of(entries, key))


def scalars_of(entries: Entries, key: str) -> tuple[Scalar, ...]:
    return tuple(_scalars(entries.get(key)))


def entries_of(entries: Entries, key: str) -> Entries:
    """Read a map, empty where there is none."""
    node = entries.get(key)
    return node if isinstance(node, Entries) else Entries(entries.place)


def maps_of(node: Node | None) -> tuple[Entries, ...]:
    """Read one map or a list of maps."""
    if isinstance(node, Entries):
        return (node,)
    return tuple(one for one in node.nodes if isinstance(one, Entries)) if isinstance(node, Items) else ()


def children(entries: Entries) -> Iterator[tuple[str, Entries]]:
    """Walk the objects of a map in the order of the file."""
    for id, node in entries.values.items():
        if isinstance(node, Entries):
            yield id, node


def scalars_in(node: Node) -> Iterator[Scalar]:
    """Walk every single value below a node."""
    if isinstance(node, Scalar):
        yield node
    for one in node.values.values() if isinstance(node, Entries) else node.nodes if isinstance(node, Items) else ():
        yield from scalars_in(one)


def _scalars(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Items):
        for one in node.nodes:
            yield from _scalars(one)
