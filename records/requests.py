"""Writes that are no commands of a case (uploads, claims): the same Idempotency-Key gives the same answer."""

from collections.abc import Awaitable, Callable

from psycopg.types.json import Json as AsJson

from procedures.json_types import Json
from records.digests import digest
from records.errors import CommandIdReused
from records.pool import Db


async def once(db: Db, *, actor: str, key: str, content: Json, work: Callable[[], Awaitable[Json]]) -> Json:
    """Do `work` in the transaction that remembers its answer; a repeat waits for the first and answers as it did."""
    async with db.transaction():
        cursor = await db.execute(
            "insert into request as r (actor, key, digest) values (%s, %s, %s) "
            "on conflict (actor, key) do update set key = excluded.key returning r.xmax = 0, r.digest, r.answer",
            (actor, key, digest(content)),
        )
        row = await cursor.fetchone()
        assert row is not None
        is_fresh, known, answer = row
        if known != digest(content):
            raise CommandIdReused(
                "This Idempotency-Key was used with another content: take a new key for a new request."
            )
        if not is_fresh:
            return answer  # type: ignore[no-any-return]  # a JSON column
        answer = await work()
        await db.execute("update request set answer = %s where actor = %s and key = %s", (AsJson(answer), actor, key))
        return answer
