"""The portal's read: bytes PostgreSQL built when the entries were recorded, one index, no join."""

from dataclasses import dataclass
from datetime import datetime

from records.pool import Db


@dataclass(frozen=True, slots=True)
class Progress:
    """`body` is JSON as it is sent; `seq` its strong ETag; until `next_boundary` it stays so unless somebody acts."""

    case: str
    seq: int
    next_boundary: datetime | None
    body: bytes


async def progress_of(db: Db, case: str) -> Progress | None:
    cursor = await db.execute("select case_id, seq, next_boundary, body from progress where case_id = %s", (case,))
    row = await cursor.fetchone()
    return None if row is None else Progress(*row)


async def progress_by_code(db: Db, code: str) -> Progress | None:
    cursor = await db.execute("select case_id, seq, next_boundary, body from progress where code = %s", (code,))
    row = await cursor.fetchone()
    return None if row is None else Progress(*row)
