"""An officer's inbox: one walk of one index for each (unit, function), merged; pages by key, counts end at 1,000."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from psycopg.rows import class_row

from procedures.json_types import JsonObject
from records.accounts import Account
from records.pool import Db, Sql

COUNTED_AT_MOST = 1000
FIRST = ("-infinity", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to show of the inbox; `due_from` (included) and `due_before` bound the task's own due."""

    unit: str | None = None
    function: str | None = None
    procedure: str | None = None
    kind: str | None = None
    channel: str | None = None
    holder: Literal["anybody", "me", "nobody", "me_or_nobody"] = "anybody"
    held: bool | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """One line of the inbox. `cursor` is where the next page begins."""

    id: str
    case: str
    key: str
    step: str | None
    kind: str
    unit: str
    function: str
    view: JsonObject
    held: bool
    due: datetime | None
    opened_at: datetime
    code: str | None
    receipt: str | None
    procedure: str
    procedure_title: dict[str, str] | None
    variant: str | None
    channel: str | None
    submitted_at: datetime | None
    phase: str
    case_due: datetime | None
    owner: str | None
    claimed_by: str | None
    claimed_name: str | None

    @property
    def cursor(self) -> tuple[str, str]:
        return ("infinity" if self.due is None else self.due.astimezone(UTC).isoformat(), self.id)


@dataclass(frozen=True, slots=True)
class Count:
    """How many tasks; `or_more` where counting stopped."""

    number: int
    or_more: bool


async def inbox(
    db: Db, account: Account, show: Filter, *, after: tuple[str, str] = FIRST, limit: int = 50
) -> list[TaskLine]:
    """Answer one page by due date of the open tasks that a duty of today allows."""
    async with db.cursor(row_factory=class_row(TaskLine)) as cursor:
        await cursor.execute(
            _PAGE, {**_parameters(account, show), "after_due": after[0], "after_id": after[1], "limit": limit}
        )
        return await cursor.fetchall()


async def count_inbox(db: Db, account: Account, show: Filter) -> Count:
    cursor = await db.execute(_COUNT, {**_parameters(account, show), "limit": COUNTED_AT_MOST + 1})
    row = await cursor.fetchone()
    assert row is not None
    return Count(min(row[0], COUNTED_AT_MOST), row[0] > COUNTED_AT_MOST)


def _parameters(account: Account, show: Filter) -> dict[str, object]:
    queues = sorted(
        {
            (duty.unit, duty.function)
            for duty in account.duties
            if show.unit in (None, duty.unit) and show.function in (None, duty.function)
        }
    )
    return {
        "units": [unit for unit, _ in queues],
        "functions": [function for _, function in queues],
        "me": account.id,
        "procedure": show.procedure,
        "kind": show.kind,
        "channel": show.channel,
        "holder": show.holder,
        "held": show.held,
        "due_from": show.due_from,
        "due_before": show.due_before,
    }


# Bounds of the due go to the index through coalesce: without a filter they bound nothing.
_FITS: Sql = """
    t.unit = q.unit and t.function = q.function and t.open
    and t.due_order >= coalesce(%(due_from)s::timestamptz, '-infinity')
    and (%(due_before)s::timestamptz is null or t.due_order < %(due_before)s)
    and (%(procedure)s::text is null or t.procedure = %(procedure)s)
    and (%(kind)s::text is null or t.kind = %(kind)s)
    and (%(held)s::boolean is null or t.held = %(held)s)
    and (%(channel)s::text is null
         or exists (select 1 from case_file f where f.id = t.case_id and f.channel = %(channel)s))
    and case %(holder)s::text
        when 'me' then t.claimed_by = %(me)s
        when 'nobody' then t.claimed_by is null
        when 'me_or_nobody' then coalesce(t.claimed_by = %(me)s, true)
        else true end
"""

_PAGE: Sql = f"""
with page as (
    select t.* from unnest(%(units)s::text[], %(functions)s::text[]) as q (unit, function)
    cross join lateral (
        select t.id, t.case_id, t.key, t.step, t.kind, t.unit, t.function, t.view, t.held, t.due, t.due_order,
               t.opened_at, t.procedure, t.claimed_by
        from task t
        where (t.due_order, t.id) > (%(after_due)s::timestamptz, %(after_id)s::text) and {_FITS}
        order by t.due_order, t.id limit %(limit)s
    ) t
    order by t.due_order, t.id limit %(limit)s
)
select p.id, p.case_id as case, p.key, p.step, p.kind, p.unit, p.function, p.view, p.held, p.due, p.opened_at,
       c.code, c.receipt, p.procedure, v.title as procedure_title, c.variant, c.channel, c.submitted_at, c.phase,
       c.due as case_due, o.name as owner, p.claimed_by, h.name as claimed_name
from page p
join case_file c on c.id = p.case_id
left join procedure_version v on v.code = c.procedure and v.version = c.version
left join account h on h.id = p.claimed_by
left join lateral (
    select a.name from case_party r join account a on a.id = r.account
    where r.case_id = p.case_id and r.role in ('owner', 'submitter') order by r.role = 'owner' desc limit 1
) o on true
order by p.due_order, p.id
"""

_COUNT: Sql = f"""
select count(*) from (
    select 1 from unnest(%(units)s::text[], %(functions)s::text[]) as q (unit, function)
    cross join lateral (select 1 from task t where {_FITS} limit %(limit)s) t
    limit %(limit)s
) counted
"""
