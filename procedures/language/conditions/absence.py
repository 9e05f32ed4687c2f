"""Nothing is absent by surprise: finds readings of values that may be absent and are not guarded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from procedures.language.conditions.celtree import Call, ListOf, Loop, Path, Tree


@dataclass(frozen=True, slots=True)
class Reading:
    path: Path
    absent: str


def unguarded(tree: Tree, absent: Mapping[str, str], guarded: frozenset[str] = frozenset()) -> Iterator[Reading]:
    """Guards are `has(x) &&`, `has(x) ? :` and `!has(x) ||` to the left of the reading (language.md §3)."""
    match tree:
        case Path(test=False):
            yield from _readings(tree, _prefixes(tree.name), absent, guarded)
        case Path():
            # Asking for a part is a reading of the whole.
            yield from _readings(tree, _prefixes(tree.name)[:-1], absent, guarded)
        case Call("_&&_", (left, right)):
            yield from unguarded(left, absent, guarded)
            yield from unguarded(right, absent, guarded | _when(left, truth=True))
        case Call("_||_", (left, right)):
            yield from unguarded(left, absent, guarded)
            yield from unguarded(right, absent, guarded | _when(left, truth=False))
        case Call("_?_:_", (condition, first, second)):
            yield from unguarded(condition, absent, guarded)
            yield from unguarded(first, absent, guarded | _when(condition, truth=True))
            yield from unguarded(second, absent, guarded | _when(condition, truth=False))
        case Call(args=parts) | ListOf(elements=parts):
            for part in parts:
                yield from unguarded(part, absent, guarded)
        case Loop(over=over, body=body):
            yield from unguarded(over, absent, guarded)
            yield from unguarded(body, absent, guarded)


def _readings(path: Path, names: list[str], absent: Mapping[str, str], guarded: frozenset[str]) -> Iterator[Reading]:
    name = next((name for name in names if name in absent and name not in guarded), None)
    if name is not None:
        yield Reading(path, name)


def _when(tree: Tree, *, truth: bool) -> frozenset[str]:
    """Collect what is surely there once the tree is known to be true (or false)."""
    match tree:
        case Path(name, _, True) if truth:
            return frozenset({name})
        case Call("!_", (inner,)):
            return _when(inner, truth=not truth)
        case Call("_&&_", parts) if truth:
            return frozenset().union(*(_when(part, truth=True) for part in parts))
        case Call("_||_", parts) if not truth:
            return frozenset().union(*(_when(part, truth=False) for part in parts))
    return frozenset()


def _prefixes(name: str) -> list[str]:
    """List `a`, `a.b`, `a.b.c` of a dotted name."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
