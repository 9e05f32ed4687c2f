"""The journal's second writer: what a case does by itself, everything since the last entry it knows to be recorded."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from temporalio import activity

from activities.contracts import RECORD, Recorded, Unrecorded
from procedures.json_types import JsonObject
from records.errors import JournalGap
from records.journal import Run, record
from records.pool import Pool


class FindLost(Protocol):
    """Answer entries of a case that the database has lost, from wherever else they are kept."""

    async def __call__(self, case: str, *, above: int, upto: int) -> list[JsonObject]: ...


class Recording:
    def __init__(self, pool: Pool, *, now: Callable[[], datetime], find_lost: FindLost) -> None:
        self._pool = pool
        self._now = now
        self._find_lost = find_lost

    @activity.defn(name=RECORD)
    async def append(self, unrecorded: Unrecorded) -> Recorded:
        """Idempotent by (case, seq): what is written already must be the same to the byte."""
        try:
            return await self._append(unrecorded)
        except JournalGap as gap:
            upto = int(unrecorded.entries[-1]["seq"])
            found = await self._find_lost(unrecorded.case, above=gap.have, upto=upto)
            return await self._append(unrecorded.model_copy(update={"entries": found}))

    async def _append(self, unrecorded: Unrecorded) -> Recorded:
        upto = await record(
            self._pool,
            case=unrecorded.case,
            run=Run(id=unrecorded.lineage.run, continued_from=unrecorded.lineage.follows),
            entries=unrecorded.entries,
            dump=unrecorded.dump,
            now=self._now(),
        )
        return Recorded(upto=upto)
