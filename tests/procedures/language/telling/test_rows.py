"""Things: every field of every part of the model is a fact under a key, a thing inside, or worked out from the rest."""

import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import get_args

import pytest

from procedures.language.grammar.tables import STEP_KINDS, keys_of
from procedures.language.model import life, parts, steps
from procedures.language.model.parts import Part
from procedures.language.model.procedure import Procedure
from procedures.language.telling.rows import KEYLESS, KEYS, NAMES, SILENT, STEP_OBJECTS, TABLES, thing_of

# Values of one fact each, and what several kinds of step share.
SAID_AS_VALUES = {parts.Expression, parts.Input, parts.Total, parts.Option, parts.TableRow}
SAID_AS_VALUES |= {life.Escalation, steps.DecideRow}
# Every step has the field, and only some kinds the key.
OF_SOME_KINDS = ("result",)
SHARED = {Part, steps.StepPart, steps.WorkPart}


def _parts_of(module: ModuleType) -> set[type[Part]]:
    return {one for _, one in inspect.getmembers(module, inspect.isclass) if issubclass(one, Part)}


def test_every_part_of_the_model_is_a_thing_or_a_value() -> None:
    every = _parts_of(parts) | _parts_of(life) | _parts_of(steps) | {Procedure}

    assert every - SHARED - SAID_AS_VALUES == set(TABLES)


@pytest.mark.parametrize("part", TABLES, ids=lambda part: part.__name__)
def test_every_field_has_a_place(part: type[Part]) -> None:
    silent = frozenset[str]().union(*(fields for kind, fields in SILENT.items() if issubclass(part, kind)))
    known = {key for table in TABLES[part] for key in keys_of(table)}
    homeless = [
        field
        for field, info in part.model_fields.items()
        if field not in silent | set(KEYLESS) | set(NAMES) | {"id", *OF_SOME_KINDS}
        and not set(_classes(info.annotation)) & set(TABLES)
        and KEYS.get(part, {}).get(field, field) not in known
    ]

    assert homeless == []


def test_every_kind_of_step_is_a_thing_of_its_own(everything: Procedure) -> None:
    assert {step.kind for step in everything.all_steps} == set(STEP_KINDS)
    assert {thing.object for thing in thing_of(everything).things["steps"]} == STEP_OBJECTS


def test_a_branch_names_its_steps_and_they_lie_flat(everything: Procedure) -> None:
    steps = {thing.id: thing for thing in thing_of(everything).things["steps"]}

    [opinion, _] = steps["evidence"].things["branches"]

    assert opinion.facts["steps"].value == ("give_opinion",)
    assert "give_opinion" in steps


def _classes(annotation: object) -> Iterator[type[Part]]:
    if inspect.isclass(annotation) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from _classes(inner)
