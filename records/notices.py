"""What people were told: notices in the portal, and a line for every mail that left."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from records.pool import Db


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """`text` holds `title` and `body` for each language; it names no person."""

    id: int
    case: str
    code: str | None
    notice: str
    text: dict[str, dict[str, str]]
    at: datetime
    read_at: datetime | None


async def post_notice(
    db: Db, *, effect: str, case: str, account: str, notice: str, text: dict[str, dict[str, str]], now: datetime
) -> None:
    """Put a notice before one account; idempotent by (effect, account)."""
    await db.execute(
        "insert into notice (effect, case_id, account, notice, text, at) values (%s, %s, %s, %s, %s, %s) "
        "on conflict do nothing",
        (effect, case, account, notice, Jsonb(text), now),
    )


async def notices_of(db: Db, account: str, *, before: int | None = None, limit: int = 20) -> list[Notice]:
    """Answer one page, newest first; `before` is the last id of the page before."""
    async with db.cursor(row_factory=class_row(Notice)) as cursor:
        await cursor.execute(
            "select n.id, n.case_id as case, c.code, n.notice, n.text, n.at, n.read_at "
            "from notice n left join case_file c on c.id = n.case_id "
            "where n.account = %(account)s and (%(before)s::bigint is null or n.id < %(before)s) "
            "order by n.id desc limit %(limit)s",
            {"account": account, "before": before, "limit": limit},
        )
        return await cursor.fetchall()


async def read_notices(db: Db, account: str, *, upto: int, now: datetime) -> None:
    await db.execute(
        "update notice set read_at = %s where account = %s and id <= %s and read_at is null", (now, account, upto)
    )


async def was_mailed(db: Db, *, effect: str, account: str) -> bool:
    cursor = await db.execute("select 1 from sent_mail where effect = %s and account = %s", (effect, account))
    return await cursor.fetchone() is not None


async def remember_mail(db: Db, *, effect: str, case: str, account: str, message_id: str, now: datetime) -> None:
    """Note that a mail left; the message id is made of the effect's key, so a repeat after a crash is recognisable."""
    await db.execute(
        "insert into sent_mail (effect, account, case_id, message_id, sent_at) values (%s, %s, %s, %s, %s) "
        "on conflict do nothing",
        (effect, account, case, message_id, now),
    )
