"""Reads of cases: what the door needs to go on, my cases, the case page, the journal's page."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from procedures.json_types import JsonObject
from records.accounts import Account
from records.pool import Db, Sql


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCase:
    """The last state recorded: explanations and options are pure calls of the core on it."""

    case: str
    last_seq: int
    dump: JsonObject
    pin_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One line of a list of cases."""

    case: str
    code: str | None
    procedure: str
    version: int
    title: dict[str, str] | None
    phase: str
    national_code: int | None
    unit: str | None
    unit_name: dict[str, str] | None
    submitted_at: datetime
    due: datetime | None
    late: bool
    suspended: bool
    answer_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """All a case page needs beside what the core computes from `dump`: names, values, papers, what people wrote.

    `forms` by reference (`form:<digest>`), `texts` by reference (`command:<id>/<name>`), `units` and `people` by id;
    `files` by reference (`file:<id>`).
    """

    case: str
    last_seq: int
    dump: JsonObject
    pin_digest: str
    code: str | None
    receipt: str | None
    forms: dict[str, JsonObject]
    texts: dict[str, str]
    files: dict[str, JsonObject]
    documents: dict[str, JsonObject]
    parties: list[JsonObject]
    units: dict[str, JsonObject]


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One entry as it was written; `actor` is the name behind its actor, for officers only."""

    seq: int
    at: datetime
    kind: str
    entry: str
    hash: str
    actor: str | None


async def stored_case(db: Db, case: str) -> StoredCase | None:
    async with db.cursor(row_factory=class_row(StoredCase)) as cursor:
        await cursor.execute(
            "select id as case, last_seq, dump, pin_digest from case_file where id = %s and dump is not null", (case,)
        )
        return await cursor.fetchone()


async def case_by_code(db: Db, code: str) -> str | None:
    cursor = await db.execute("select id from case_file where code = %s", (code,))
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def my_cases(
    db: Db, account: Account, *, before: tuple[datetime, str] | None = None, limit: int = 20
) -> list[CaseLine]:
    """Answer one page of the account's own cases, newest first; `before`: the last line's instant and case."""
    async with db.cursor(row_factory=class_row(CaseLine)) as cursor:
        await cursor.execute(
            _MINE,
            {
                "account": account.id,
                "at": before[0] if before else None,
                "case": before[1] if before else None,
                "limit": limit,
            },
        )
        return await cursor.fetchall()


async def case_page(db: Db, case: str, *, issued_only: bool) -> CasePage | None:
    """Answer the page's material in one statement, once `case_access` was asked; parties see issued papers only."""
    async with db.cursor(row_factory=class_row(CasePage)) as cursor:
        await cursor.execute(_PAGE, {"case": case, "issued_only": issued_only})
        return await cursor.fetchone()


async def journal_page(db: Db, case: str, *, before: int | None = None, limit: int = 50) -> list[JournalLine]:
    """Answer one page of the journal, newest first; `before` is the last seq of the page before."""
    async with db.cursor(row_factory=class_row(JournalLine)) as cursor:
        await cursor.execute(_JOURNAL, {"case": case, "before": before, "limit": limit})
        return await cursor.fetchall()


async def names_of(db: Db, references: list[str]) -> dict[str, str]:
    """Answer the names behind `account:` and `officer:` references."""
    cursor = await db.execute(
        "select r.ref, a.name from unnest(%s::text[]) r (ref) join account a on a.id = split_part(r.ref, ':', 2)",
        (references,),
    )
    return dict(await cursor.fetchall())


# One account may be several parties of a case: the case is one line all the same.
_MINE: Sql = """
with mine as (
    select distinct p.submitted_at, p.case_id from case_party p
    where p.account = %(account)s
      and (%(at)s::timestamptz is null or (p.submitted_at, p.case_id) < (%(at)s, %(case)s))
    order by p.submitted_at desc, p.case_id desc limit %(limit)s
)
select c.id as case, c.code, c.procedure, c.version, v.title, c.phase, c.national_code, c.holding_unit as unit,
       u.name as unit_name, m.submitted_at, c.due, c.late, c.suspended, w.due as answer_by
from mine m
join case_file c on c.id = m.case_id
left join procedure_version v on v.code = c.procedure and v.version = c.version
left join unit u on u.id = c.holding_unit
left join lateral (
    select due from clock where case_id = c.id and kind = 'window' and state = 'running' order by due limit 1
) w on true
order by m.submitted_at desc, m.case_id desc
"""

_PAGE: Sql = """
select c.id as case, c.last_seq, c.dump, c.pin_digest, c.code, c.receipt,
    coalesce((select json_object_agg('form:' || f.digest, f.values) from form f where f.case_id = c.id), '{}') as forms,
    coalesce((select json_object_agg('command:' || k.id || '/' || t.key, t.value)
              from command k, json_each_text(k.texts) t
              where k.case_id = c.id and k.status = 'done' and k.texts is not null), '{}') as texts,
    coalesce((select json_object_agg('file:' || f.id, json_build_object(
                  'id', f.id, 'name', f.name, 'media_type', f.media_type, 'size', f.size, 'digest', f.digest,
                  'at', f.at))
              from attachment a join file f on f.id = a.file where a.case_id = c.id), '{}') as files,
    coalesce((select json_object_agg('document:' || d.id, json_build_object(
                  'id', d.id, 'kind', d.kind, 'name', d.name, 'media_type', d.media_type, 'size', d.size,
                  'number', d.number, 'result', d.result, 'digest', d.digest, 'at', d.at, 'issued_at', d.issued_at))
              from document d where d.case_id = c.id and (d.issued_at is not null or not %(issued_only)s)), '{}')
        as documents,
    coalesce((select json_agg(json_build_object('role', p.role, 'account', p.account, 'name', a.name, 'email', a.email,
                                                'phone', a.phone) order by p.role)
              from case_party p join account a on a.id = p.account where p.case_id = c.id), '[]') as parties,
    coalesce((select json_object_agg(u.id, json_build_object('name', u.name, 'contact', u.contact))
              from case_unit s join unit u on u.id = s.unit where s.case_id = c.id), '{}') as units
from case_file c where c.id = %(case)s and c.dump is not null
"""

_JOURNAL: Sql = """
select j.seq, j.at, j.kind, j.entry, encode(j.hash, 'hex') as hash, a.name as actor
from journal j left join account a on a.id = split_part(j.entry::json #>> '{actor,ref}', ':', 2)
where j.case_id = %(case)s and (%(before)s::bigint is null or j.seq < %(before)s)
order by j.seq desc limit %(limit)s
"""
