"""Waiting until a case is recorded up to an entry: one query for all who wait, so that it costs both sides little."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from records.pool import Db, connect

_EVERY = 0.02


class Watch:
    def __init__(self, db: Db) -> None:
        self._db = db
        self._waiting: dict[str, tuple[int, asyncio.Future[None]]] = {}

    async def until(self, case: str, seq: int, *, within: float = 60) -> None:
        reached: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[case] = (seq, reached)
        async with asyncio.timeout(within):
            await reached

    async def look(self) -> None:
        while True:
            if self._waiting:
                await self._look_once()
            await asyncio.sleep(_EVERY)

    async def _look_once(self) -> None:
        cursor = await self._db.execute("select id, last_seq from case_file where id = any(%s)", (list(self._waiting),))
        for case, seq in await cursor.fetchall():
            wanted, reached = self._waiting[case]
            if seq >= wanted:
                del self._waiting[case]
                reached.set_result(None)


@asynccontextmanager
async def watching(database_url: str) -> AsyncIterator[Watch]:
    db = await connect(database_url)
    watch = Watch(db)
    looking = asyncio.create_task(watch.look())
    try:
        yield watch
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        await db.close()
