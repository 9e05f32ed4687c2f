"""Nodes turned into the JSON they stand for."""

from procedures.json_types import Json
from procedures.language.reading.nodes import Entries, Items, Node, Scalar


def plain(node: Node | None) -> Json:
    match node:
        case Scalar():
            return node.value
        case Items():
            return [plain(one) for one in node.nodes]
        case Entries():
            return {key: plain(value) for key, value in node.values.items()}
    return None


def plain_map(node: Node | None) -> dict[str, Json]:
    return {key: plain(value) for key, value in node.values.items()} if isinstance(node, Entries) else {}
