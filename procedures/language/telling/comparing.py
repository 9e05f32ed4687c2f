"""What differs between two versions, thing by thing: added, gone, changed, or in another order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pydantic_core import to_jsonable_python

from procedures.language.model.procedure import Procedure
from procedures.language.resolving.identity import without_derived
from procedures.language.telling.rows import Fact, Thing, thing_of

Trail: TypeAlias = tuple[Thing, ...]
"""From the outermost thing inwards; the procedure itself is not in it."""

# A version holds of these only what it names: that they come and go is told where they are named.
_NAMED_ONLY = frozenset({"functions", "books", "unit", "paper", "rule", "operation"})


@dataclass(frozen=True, slots=True)
class Added:
    chapter: str
    trail: Trail
    thing: Thing


@dataclass(frozen=True, slots=True)
class Gone:
    chapter: str
    trail: Trail
    thing: Thing


@dataclass(frozen=True, slots=True)
class Changed:
    """A value of the last thing of the trail; None where it was, or is now, absent."""

    chapter: str
    trail: Trail
    before: Fact | None
    after: Fact | None

    @property
    def fact(self) -> Fact:
        fact = self.after or self.before
        assert fact is not None
        return fact


@dataclass(frozen=True, slots=True)
class Reordered:
    chapter: str
    trail: Trail
    thing: Thing


Difference: TypeAlias = Added | Gone | Changed | Reordered


def differences(before: Procedure, after: Procedure) -> tuple[Difference, ...]:
    """Compare two versions by their models; `chapter` is the section of the procedure a difference lies in."""
    return tuple(_between(thing_of(before), thing_of(after), (), ""))


def _between(before: Thing, after: Thing, trail: Trail, chapter: str) -> Iterator[Difference]:
    for field in _in_order(before.facts, after.facts):
        old, new = before.facts.get(field), after.facts.get(field)
        if _plain(old) != _plain(new):
            yield Changed(chapter or field, trail, old, new)
    for field in _in_order(before.things, after.things):
        yield from _among(before.things.get(field, ()), after.things.get(field, ()), trail, chapter or field)


def _among(before: Trail, after: Trail, trail: Trail, chapter: str) -> Iterator[Difference]:
    old, new = ({_identity(thing): thing for thing in things} for things in (before, after))
    for identity, thing in old.items():
        if identity not in new and thing.object not in _NAMED_ONLY:
            yield Gone(chapter, trail, thing)
    for identity, thing in new.items():
        if identity in old:
            yield from _between(old[identity], thing, (*trail, old[identity]), chapter)
        elif thing.object not in _NAMED_ONLY:
            yield Added(chapter, trail, thing)
    common = [identity for identity in old if identity in new]
    if common != [identity for identity in new if identity in old]:
        yield Reordered(chapter, trail, after[0])


def _identity(thing: Thing) -> tuple[str, str]:
    """A step that becomes of another kind is another step."""
    return thing.object, thing.id


def _in_order(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    yield from dict.fromkeys([*before, *after])


def _plain(fact: Fact | None) -> object:
    return None if fact is None else without_derived(to_jsonable_python(fact.value))
