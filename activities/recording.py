"""The journal's second writer: what a case does by itself, everything since the last entry it knows to be recorded."""

from collections.abc import Callable
from datetime import datetime

from temporalio import activity

from activities.contracts import RECORD, Recorded, Unrecorded
from records.journal import Run, record
from records.pool import Pool


class Recording:
    def __init__(self, pool: Pool, *, now: Callable[[], datetime]) -> None:
        self._pool = pool
        self._now = now

    @activity.defn(name=RECORD)
    async def append(self, unrecorded: Unrecorded) -> Recorded:
        """Idempotent by (case, seq): what is written already must be the same to the byte."""
        upto = await record(
            self._pool,
            case=unrecorded.case,
            run=Run(id=unrecorded.lineage.run, continued_from=unrecorded.lineage.follows),
            entries=unrecorded.entries,
            dump=unrecorded.dump,
            now=self._now(),
        )
        return Recorded(upto=upto)
