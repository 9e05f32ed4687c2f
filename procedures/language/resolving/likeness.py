"""`like` written out: what starts from a fragment's definition has its keys, and those beside `like` win."""

from collections.abc import Mapping

from procedures.language.grammar.kinds import Either, Kind, ListOf, MapOf, Obj, OneOrList
from procedures.language.grammar.tables import keys_of
from procedures.language.reading.nodes import Entries, Items, Node, Scalar
from procedures.language.reading.problems import Problems, did_you_mean
from procedures.language.reading.words import entries_of
from procedures.language.resolving.shapes import Shapes

SECTIONS_ALIKE: Mapping[str, str] = {
    "field": "form",
    "document": "documents",
    "fee": "fees",
    "window": "windows",
    "result": "results",
}
_MAX_DEPTH = 8


class Likeness:
    """Looks definitions up in the fragments, the first of them first."""

    def __init__(self, fragments: tuple[Entries, ...], languages: tuple[str, ...], problems: Problems) -> None:
        self._fragments = fragments
        self._problems = problems
        self._shapes = Shapes(problems, languages)

    def written_out(self, name: str, node: Entries, depth: int = 0) -> Entries:
        """Write out an object and everything inside it."""
        like = node.get("like")
        if isinstance(like, Scalar) and name in SECTIONS_ALIKE:
            base = self._defined(SECTIONS_ALIKE[name], like, depth)
            node = node.without("like").merged_over(base) if base else node.without("like")
            node = self.written_out(name, node, depth + 1) if "like" in node.values else node
            self._shapes.object(name, node)
        keys = keys_of(name)
        values = {key: self._value(keys[key].kind, value) for key, value in node.values.items() if key in keys}
        return Entries(node.place, values, node.keys)

    def _value(self, kind: Kind, node: Node) -> Node:
        match kind, node:
            case Obj(name), Entries():
                return self.written_out(name, node)
            case ((ListOf(item) | OneOrList(item)), Items()):
                return Items(node.place, tuple(self._value(item, one) for one in node.nodes))
            case OneOrList(item), _:
                return self._value(item, node)
            case MapOf(item), Entries():
                values = {key: self._value(item, value) for key, value in node.values.items()}
                return Entries(node.place, values, node.keys)
            case Either(_, object), Entries():
                return self._value(object, node)
        return node

    def _defined(self, section: str, like: Scalar, depth: int) -> Entries | None:
        known: dict[str, Node] = {}
        for fragment in reversed(self._fragments):
            known |= entries_of(fragment, section).values
        base = known.get(like.text)
        if isinstance(base, Entries) and depth < _MAX_DEPTH:
            return base
        hint = did_you_mean(like.text, known)
        self._problems.add(like.place, "unknown-name", f"no fragment defines '{like.text}' in its {section}", hint)
        return None
