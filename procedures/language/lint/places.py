"""Where a part of a procedure stands: a path such as `steps.sign.within`, found in the files it was made from."""

from collections.abc import Iterable, Iterator

from procedures.language.grammar.tables import STEP_KINDS
from procedures.language.reading.nodes import Entries, Items, Node, Scalar
from procedures.language.reading.problems import Place
from procedures.language.reading.words import children, entries_of, maps_of
from procedures.language.resolving.resolution import Resolved

# Sections whose parts may stand in a fragment or the profile.
_NAMED = ("tables", "units", "papers", "rules", "notices", "fees", "windows", "results")


class Places:
    """Looks up paths; what is not there is found at the nearest part above it that is.

    A path names a section, an id in it and a key: `form.account.label`, `deadline.2.within` (rows count from 1). Steps
    go by their id wherever they stand, their kind left out: `steps.sign.within`, `steps.x.branches.y.within`.
    """

    def __init__(self, resolved: Resolved) -> None:
        self._own = resolved.own
        named = {name: resolved.named(name) for name in _NAMED}
        written = named | {"form": resolved.form, "documents": resolved.documents, **resolved.sections}
        self._sections = {name: node for name, node in written.items() if node.keys}
        self._steps = {id: step for steps in _lists(resolved) for id, step in _by_id(steps)}

    def at(self, path: str) -> Place:
        """Find the place of a path: a value by itself, a map or list by its key, a row or step by its beginning."""
        section, *rest = path.split(".")
        place = self._own.keys.get(section, self._own.keys.get("profile", self._own.place))
        if section == "steps" and rest and rest[0] in self._steps:
            step = self._steps[rest[0]]
            return _deepest(_step_keys(step), rest[1:], _id_place(step))
        node = self._sections.get(section) or self._own.get(section)
        return _deepest(node, rest, place)

    def node(self, path: str) -> Node | None:
        """Find the node of a path; None where the files say nothing there."""
        section, *rest = path.split(".")
        node: Node | None
        if section == "steps" and rest and rest[0] in self._steps:
            node, rest = _step_keys(self._steps[rest[0]]), rest[1:]
        else:
            node = self._sections.get(section) or self._own.get(section)
        for name in rest:
            node = _child(node, name)
        return node


def _deepest(node: Node | None, names: list[str], place: Place) -> Place:
    if isinstance(node, Scalar) and not names:
        return node.place
    for name in names:
        child = _child(node, name)
        if isinstance(node, Entries) and name in node.keys:
            place = child.place if isinstance(child, Scalar) else node.keys[name]
        elif child is not None:
            place = child.place
        else:
            break
        node = child
    return place


def _child(node: Node | None, name: str) -> Node | None:
    if isinstance(node, Entries):
        return node.get(name) or (node if name == "1" else None)
    if isinstance(node, Items) and name.isdigit() and 0 < int(name) <= len(node.nodes):
        return node.nodes[int(name) - 1]
    return None


def _lists(resolved: Resolved) -> Iterator[Iterable[Entries]]:
    yield resolved.steps
    yield from resolved.sequences.values()


def _by_id(steps: Iterable[Entries]) -> Iterator[tuple[str, Entries]]:
    """Walk steps and those inside them; ids are unique in the whole procedure."""
    for step in steps:
        id = step.get("id")
        if isinstance(id, Scalar):
            yield id.text, step
        yield from _by_id(maps_of(entries_of(step, "each").get("steps")))
        for _, branch in children(entries_of(entries_of(step, "parallel"), "branches")):
            yield from _by_id(maps_of(branch.get("steps")))


def _step_keys(step: Entries) -> Entries:
    """Lay the keys of a step and those of its kind side by side."""
    keys = step
    for kind in STEP_KINDS:
        keys = keys.merged_over(entries_of(step, kind))
    return keys


def _id_place(step: Entries) -> Place:
    id = step.get("id")
    return id.place if isinstance(id, Scalar) else step.place
