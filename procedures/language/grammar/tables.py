"""All keys of the language as data: what a key is, whether it must be there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from procedures.language.grammar.kinds import Kind, kind_of
from procedures.language.grammar.procedure import OBJECTS as PROCEDURE
from procedures.language.grammar.scenarios import OBJECTS as SCENARIOS
from procedures.language.grammar.shared import OBJECTS as SHARED
from procedures.language.grammar.steps import OBJECTS as STEPS

OBJECTS: Mapping[str, str] = {**PROCEDURE, **STEPS, **SHARED, **SCENARIOS}
ROOTS: Mapping[str, str] = {
    "procedure": "procedure",
    "fragment": "fragment",
    "profile": "profile",
    "bundle": "bundle",
    "registry": "registry",
    "scenarios": "scenario_file",
    "published": "published_file",
}
STEP_KINDS = (
    *("task", "decide", "call", "parallel", "each", "wait", "pay"),
    *("document", "sign", "notify", "deliver", "procedure"),
)


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    kind: Kind
    required: bool = False


@cache
def keys_of(name: str) -> Mapping[str, Key]:
    """Read the table of one object: a row is `key: kind | required`, `*name` includes another table."""
    keys: dict[str, Key] = {}
    for line in OBJECTS[name].strip().splitlines():
        row, _, marks = (part.strip() for part in line.partition("|"))
        if row.startswith("*"):
            keys |= keys_of(row[1:])
            continue
        key, _, kind = (part.strip() for part in row.partition(":"))
        keys[key] = Key(key, kind_of(kind), required="required" in marks)
    return keys


@cache
def tables_of(name: str) -> tuple[str, ...]:
    """Name the tables an object has its keys from: its own, then those it includes."""
    rows = (line.strip() for line in OBJECTS[name].strip().splitlines())
    return (name, *(row.partition("|")[0].strip(" *") for row in rows if row.startswith("*")))
