"""The secret of each case: without its key, what history holds of the case is noise."""

from records.pool import Db, Pool


async def case_key(db: Db, case: str) -> bytes | None:
    """Answer the key made when the case was submitted; None once it was destroyed, or where no such case is known."""
    cursor = await db.execute("select key from case_key where case_id = %s", (case,))
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def read_key(pool: Pool, case: str) -> bytes | None:
    """Answer the same to who holds no connection: the codec, when it meets a case it does not know."""
    async with pool.connection() as db:
        return await case_key(db, case)


async def destroy_key(db: Db, case: str) -> None:
    """Make every payload of the case unreadable for ever; its journal stays."""
    await db.execute("delete from case_key where case_id = %s", (case,))
