"""The kinds of values a key may have, and how the tables write them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Atom:
    """A single value: text, texts, code, id, integer, duration, condition, target ..."""

    name: str


@dataclass(frozen=True, slots=True)
class OneOf:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameOf:
    """An id declared elsewhere; who declares it is checked when the file is put together."""

    what: str


@dataclass(frozen=True, slots=True)
class ListOf:
    item: "Kind"


@dataclass(frozen=True, slots=True)
class MapOf:
    item: "Kind"
    any_key: bool = False


@dataclass(frozen=True, slots=True)
class OneOrList:
    item: "Kind"


@dataclass(frozen=True, slots=True)
class Either:
    """The first where a text or list stands, the second where a map stands."""

    plain: "Kind"
    object: "Kind"


@dataclass(frozen=True, slots=True)
class Obj:
    """An object with a table of its own."""

    name: str


Kind: TypeAlias = Atom | OneOf | NameOf | ListOf | MapOf | OneOrList | Either | Obj

ATOMS = frozenset(
    {
        *("text", "texts", "code", "id", "integer", "number", "boolean", "any", "bound"),
        *("date", "datetime", "time of day", "duration", "limit", "span", "moment"),
        *("condition", "expression", "target", "pattern", "rows field"),
    }
)
ALIASES: dict[str, "Kind"] = {
    "papers": ListOf(OneOrList(NameOf("paper"))),
    "outcome names": OneOrList(Atom("text")),
    "texts of outcomes": MapOf(Atom("texts"), any_key=True),
    "ways out": MapOf(Either(OneOrList(Atom("target")), Obj("outcome")), any_key=True),
    "records": MapOf(Obj("record"), any_key=True),
    "published limits": MapOf(ListOf(Either(Atom("text"), Obj("published_limit"))), any_key=True),
    "code lists": MapOf(MapOf(Atom("texts"), any_key=True)),
    "free map": MapOf(Atom("any"), any_key=True),
}


@lru_cache(maxsize=512)
def kind_of(written: str) -> Kind:
    """Read a kind as the tables write it: `one or list of name of variant`."""
    if written in ALIASES:
        return ALIASES[written]
    if written in ATOMS:
        return Atom(written)
    for prefix, make in (("one or list of ", OneOrList), ("list of ", ListOf), ("map of ", MapOf)):
        if written.startswith(prefix):
            return make(kind_of(written.removeprefix(prefix)))
    if written.startswith("one of "):
        return OneOf(tuple(word.strip() for word in written.removeprefix("one of ").split(",")))
    if written.startswith("name of "):
        return NameOf(written.removeprefix("name of "))
    return Obj(written)


def kinds_within(kind: Kind) -> Iterator[Kind]:
    """Walk a kind and all it is made of."""
    yield kind
    match kind:
        case ListOf(item) | OneOrList(item) | MapOf(item):
            yield from kinds_within(item)
        case Either(plain, object):
            yield from kinds_within(plain)
            yield from kinds_within(object)
