"""Technical failures a person must resolve: those a case opened itself, and alarms of the records."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from procedures.json_types import JsonObject
from records.accounts import Account
from records.digests import stable_id
from records.pool import Db, Sql

OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """`key` is how the case knows it (`resolve_incident`); alarms of the records have none there."""

    id: str
    case: str
    case_code: str | None
    procedure: str | None
    key: str
    source: str
    code: str
    owner: str
    effect: str | None
    detail: JsonObject
    opened_at: datetime
    resolved_at: datetime | None


async def raise_alarm(db: Db, *, case: str, code: str, detail: JsonObject, now: datetime) -> None:
    """Open an incident that no case can open about itself; the same alarm is one incident until it is resolved."""
    await db.execute(
        "insert into incident as i (id, case_id, key, source, code, owner, detail, opened_at) "
        "values (%s, %s, %s, 'records', %s, %s, %s, %s) on conflict (case_id, key) do update "
        "set resolved_at = null, opened_at = excluded.opened_at, detail = excluded.detail "
        "where i.resolved_at is not null",
        (stable_id("incident", case, code), case, code, code, OPERATOR, Jsonb(detail), now),
    )


async def resolve_alarm(db: Db, incident: str, *, now: datetime) -> bool:
    """Close an alarm of the records somebody has seen to; a case's own incidents are resolved by its command."""
    cursor = await db.execute(
        "update incident set resolved_at = %s where id = %s and source = 'records' and resolved_at is null",
        (now, incident),
    )
    return cursor.rowcount == 1


async def open_incidents(
    db: Db, account: Account, *, after: tuple[datetime, str] | None = None, limit: int = 50
) -> list[Incident]:
    """Answer one page, oldest first: all to an operator, to others those their unit or function owns."""
    async with db.cursor(row_factory=class_row(Incident)) as cursor:
        await cursor.execute(
            _OPEN,
            {
                "is_operator": account.does(OPERATOR),
                "owners": [*account.functions, *account.units],
                "after_at": after[0] if after else None,
                "after_id": after[1] if after else None,
                "limit": limit,
            },
        )
        return await cursor.fetchall()


_OPEN: Sql = """
select i.id, i.case_id as case, c.code as case_code, c.procedure, i.key, i.source, i.code, i.owner, i.effect, i.detail,
       i.opened_at, i.resolved_at
from incident i left join case_file c on c.id = i.case_id
where i.resolved_at is null and (%(is_operator)s or i.owner = any(%(owners)s::text[]))
  and (%(after_at)s::timestamptz is null or (i.opened_at, i.id) > (%(after_at)s, %(after_id)s))
order by i.opened_at, i.id limit %(limit)s
"""
