"""Entries as people read them: what happened in words, by whom, when."""

from collections.abc import Sequence
from datetime import datetime

import orjson
from pydantic import BaseModel, JsonValue

from records.cases import JournalLine
from workflows.core.words import LANGUAGES, entry_name


class JournalEntry(BaseModel):
    """`words` say the kind in each language; `actor` is a name for officers, for others only who it was as what."""

    seq: int
    at: datetime
    kind: str
    words: dict[str, str]
    actor: str | None
    function: str | None
    unit: str | None
    node: str | None
    data: dict[str, JsonValue]
    codes: list[int]
    hash: str


def journal_entries(lines: Sequence[JournalLine], *, with_names: bool) -> list[JournalEntry]:
    return [_entry(line, with_names=with_names) for line in lines]


def _entry(line: JournalLine, *, with_names: bool) -> JournalEntry:
    entry = orjson.loads(line.entry)
    actor = entry["actor"]
    return JournalEntry(
        seq=line.seq,
        at=line.at,
        kind=line.kind,
        words={language: entry_name(line.kind, language) for language in LANGUAGES},
        actor=line.actor if with_names else None,
        function=actor.get("function"),
        unit=actor.get("unit"),
        node=entry.get("node"),
        data=entry.get("data", {}) if with_names else {},
        codes=entry.get("codes", []),
        hash=line.hash,
    )
