"""What one case of ours wrote, statement by statement, so that the other side can write the same rows for its cases.

Every UUID of the recorded case becomes one of the new case, its code the new code; everything else stays to the byte.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString, TypeAlias

import orjson
from psycopg.types.json import Json as AsJson
from psycopg.types.json import Jsonb

from bench.canned import code_of
from records.pool import Db

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_NAMESPACE = uuid.UUID("b6f1c9d4-2b61-4b55-9f43-53a2a1b5c001")


@dataclass(frozen=True, slots=True)
class Renamed:
    """A text cut at its ids: those at odd places are of the recorded case."""

    parts: tuple[str, ...]
    json: type[AsJson] | type[Jsonb] | None = None


# A parameter of a statement; what is not renamed is handed on as it was recorded.
Value: TypeAlias = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The statements of one transaction, the lock on the case first; `seq` is where the journal then stands."""

    seq: int
    statements: tuple[tuple[LiteralString, Value], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """`commands` are the ids in the order of the actions, `writings` go by the names of the script."""

    case: str
    commands: tuple[str, ...]
    writings: Mapping[str, Writing]

    def ids(self, case: str) -> "Ids":
        return Ids(case, {self.case: case, code_of(self.case): code_of(case)})

    def command_id(self, case: str, action: int) -> str:
        return self.ids(case)[self.commands[action]]

    async def write(self, db: Db, name: str, *, case: str) -> int:
        """Idempotent by the case's last entry: what is written already is not written again."""
        ids, writing = self.ids(case), self.writings[name]
        (lock, of), *rest = writing.statements
        async with db.transaction():
            head = await (await db.execute(lock, _filled(of, ids))).fetchone()
            if head is None or head[0] < writing.seq:
                for query, parameters in rest:
                    await db.execute(query, _filled(parameters, ids))
        return writing.seq


class Ids(dict[str, str]):
    """Recorded id to new id; one met for the first time is made from the new case, the same on every machine."""

    def __init__(self, case: str, known: Mapping[str, str]) -> None:
        super().__init__(known)
        self._case = case

    def __missing__(self, recorded: str) -> str:
        made = self[recorded] = str(uuid.uuid5(_NAMESPACE, self._case + recorded))
        return made


def cut(value: Value, code: str) -> Value:
    """Find the ids in a recorded parameter, once, so that filling in new ones costs next to nothing."""
    match value:
        case AsJson() | Jsonb():
            parts = _parts(orjson.dumps(value.obj).decode(), code)
            return Renamed(parts, json=type(value))
        case str():
            parts = _parts(value, code)
            return Renamed(parts) if len(parts) > 1 else value
        case Mapping():
            return {name: cut(one, code) for name, one in value.items()}
        case list() | tuple():
            return [cut(one, code) for one in value]
        case _:
            return value


def _parts(text: str, code: str) -> tuple[str, ...]:
    return tuple(re.split(f"({_UUID}|{re.escape(code)})", text))


def _filled(value: Value, ids: Ids) -> Value:
    match value:
        case Renamed(parts, json):
            text = "".join(ids[part] if place % 2 else part for place, part in enumerate(parts))
            return text if json is None else json(text, dumps=str)
        case dict():
            return {name: _filled(one, ids) for name, one in value.items()}
        case list():
            return [_filled(one, ids) for one in value]
        case _:
            return value
