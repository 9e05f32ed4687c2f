"""Sequences of fragments and of the profile written out where a step says `include`, inside branches and lines too."""

from collections.abc import Iterator

from procedures.language.reading.nodes import Entries, Items, Node, Scalar
from procedures.language.reading.problems import Problems, did_you_mean
from procedures.language.reading.words import children, entries_of, maps_of

MAX_DEPTH = 8


class Splicer:
    """Knows every sequence by name: those of the fragments before those of the profile."""

    def __init__(self, profile: Entries, fragments: tuple[Entries, ...], problems: Problems) -> None:
        self._problems = problems
        self._known: dict[str, Node] = {}
        for source in (profile, *reversed(fragments)):
            self._known |= entries_of(source, "sequences").values

    def spliced(self, steps: Node | None, depth: int = 0) -> Iterator[Entries]:
        for step in maps_of(steps):
            name = step.get("include")
            if not isinstance(name, Scalar):
                yield self._inside(step, depth)
            elif name.text in self._known and depth <= MAX_DEPTH:
                yield from self.spliced(self._known[name.text], depth + 1)
            else:
                hint = did_you_mean(name.text, self._known)
                self._problems.add(name.place, "unknown-name", f"no sequence '{name.text}'", hint)

    def _inside(self, step: Entries, depth: int) -> Entries:
        """Write out the sequences of the branches of a step, or of its lines."""
        each, parallel = entries_of(step, "each"), entries_of(step, "parallel")
        if "steps" in each.values:
            return _with(step, "each", self._with_steps(each, depth))
        branches = entries_of(parallel, "branches")
        if not branches.values:
            return step
        made = {id: self._with_steps(branch, depth) for id, branch in children(branches)}
        written = Entries(branches.place, {**branches.values, **made}, branches.keys)
        return _with(step, "parallel", _with(parallel, "branches", written))

    def _with_steps(self, node: Entries, depth: int) -> Entries:
        steps = node.get("steps")
        if steps is None:
            return node
        return _with(node, "steps", Items(steps.place, tuple(self.spliced(steps, depth))))


def _with(node: Entries, key: str, value: Node) -> Entries:
    return Entries(node.place, {**node.values, key: value}, node.keys)
