"""The tables of the language: complete in themselves, and the same words as the models behind them."""

from collections.abc import Iterator

import pytest

from procedures.language.grammar.kinds import Atom, Either, Kind, ListOf, MapOf, NameOf, Obj, OneOf, OneOrList, kind_of
from procedures.language.grammar.tables import OBJECTS, ROOTS, STEP_KINDS, keys_of
from procedures.language.model.life import (
    Counting,
    Delivery,
    Extension,
    FeeWait,
    Intake,
    Rating,
    Retention,
    Stop,
    Supplement,
    Transfer,
    Verification,
    Withdrawal,
)
from procedures.language.model.parts import Part

SECTIONS: dict[str, type[Part]] = {
    "time": Counting,
    "intake": Intake,
    "transfer": Transfer,
    "supplement": Supplement,
    "extension": Extension,
    "verification": Verification,
    "fee_wait": FeeWait,
    "withdrawal": Withdrawal,
    "stop": Stop,
    "delivery": Delivery,
    "rating": Rating,
    "retention": Retention,
}


@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_every_kind_a_table_names_exists(name: str) -> None:
    named = [one.name for key in keys_of(name).values() for one in _objects(key.kind)]

    assert set() == set(named) - set(OBJECTS)


def test_every_object_is_reached_from_a_file() -> None:
    reached: set[str] = set()
    todo = [*ROOTS.values(), "selectors", "work", "verbs"]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo.extend(one.name for key in keys_of(name).values() for one in _objects(key.kind))

    assert set(OBJECTS) == reached


def test_a_step_has_every_kind() -> None:
    assert set() == set(STEP_KINDS) - set(keys_of("step"))


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_a_section_and_its_model_have_the_same_keys(name: str) -> None:
    assert set(keys_of(name)) == set(SECTIONS[name].model_fields)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("one or list of name of variant", OneOrList(NameOf("variant"))),
        ("list of one of counter, post", ListOf(OneOf(("counter", "post")))),
        ("map of field", MapOf(Obj("field"))),
        ("time", Obj("time")),
        ("time of day", Atom("time of day")),
    ],
)
def test_a_kind_is_read_as_the_tables_write_it(written: str, kind: Kind) -> None:
    assert kind == kind_of(written)


def _objects(kind: Kind) -> Iterator[Obj]:
    match kind:
        case Obj():
            yield kind
        case ListOf(item) | OneOrList(item) | MapOf(item):
            yield from _objects(item)
        case Either(plain, object):
            yield from _objects(plain)
            yield from _objects(object)
