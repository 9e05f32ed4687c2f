"""Who works on a task: claiming, releasing, assigning; this changes who holds the work, never the case."""

from dataclasses import dataclass
from datetime import date, datetime

from psycopg.rows import class_row

from procedures.json_types import JsonObject
from records.accounts import Account
from records.errors import NotFound, TaskRefused
from records.pool import Db, Sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task with what is needed to complete it; `mine`: a duty of today allows the asking account to do it."""

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
    closed_at: datetime | None
    open: bool
    claimed_by: str | None
    claimed_name: str | None
    claimed_at: datetime | None
    code: str | None
    procedure: str
    phase: str
    last_seq: int
    pin_digest: str
    mine: bool


async def task_of(db: Db, account: Account, task: str) -> Task:
    """Answer a task the account may do today, in one read. Raises NotFound, also where it is somebody else's."""
    async with db.cursor(row_factory=class_row(Task)) as cursor:
        await cursor.execute(_TASK, {"task": task, **_duties(account)})
        found = await cursor.fetchone()
    if found is None or not found.mine:
        raise NotFound("There is no such task at your desk.", code="no-such-task")
    return found


def require_free(task: Task, account: Account) -> None:
    """Refuse to complete what a colleague has claimed: they would do it twice."""
    if task.claimed_by not in (None, account.id):
        raise TaskRefused(
            "A colleague has taken this task: ask them to release it, or the head to assign it.",
            code="claimed-by-another",
            data={"claimed_at": task.claimed_at.isoformat() if task.claimed_at else None},
        )


async def claim(db: Db, account: Account, task: str, *, now: datetime) -> Task:
    """Take a task. Taking one's own again changes nothing. Raises TaskRefused `claimed-by-another`, `task-closed`."""
    await db.execute(_CLAIM, {"task": task, "me": account.id, "actor": account.ref, "now": now, **_duties(account)})
    taken = await task_of(db, account, task)
    _require_open(taken)
    require_free(taken, account)
    return taken


async def release(db: Db, account: Account, task: str, *, now: datetime) -> Task:
    """Give a task back: one's own, or as head of the function anybody's."""
    held = await task_of(db, account, task)
    _require_open(held)
    if held.claimed_by not in (None, account.id) and not _is_head(account, held):
        raise TaskRefused("Only who holds the task, or the head, releases it.", code="claimed-by-another")
    await db.execute(_RELEASE, {"task": task, "holder": held.claimed_by, "actor": account.ref, "now": now})
    return await task_of(db, account, task)


async def assign(db: Db, account: Account, task: str, *, to: str, now: datetime, today: date) -> Task:
    """Give a task to an officer with the same duty today; the head of the function does this."""
    held = await task_of(db, account, task)
    _require_open(held)
    if not _is_head(account, held):
        raise TaskRefused("Only the head of the function assigns its tasks.", code="wrong-duty")
    cursor = await db.execute(_ASSIGN, {"task": task, "to": to, "actor": account.ref, "now": now, "today": today})
    if await cursor.fetchone() is None:
        raise TaskRefused("That officer has no duty for this task today.", code="wrong-holder")
    return await task_of(db, account, task)


def _duties(account: Account) -> dict[str, object]:
    return {
        "units": [duty.unit for duty in account.duties],
        "functions": [duty.function for duty in account.duties],
    }


def _is_head(account: Account, task: Task) -> bool:
    return any(duty.head and (duty.unit, duty.function) == (task.unit, task.function) for duty in account.duties)


def _require_open(task: Task) -> None:
    if not task.open:
        raise TaskRefused("This task is done.", code="task-closed")


_TASK: Sql = """
select t.id, t.case_id as case, t.key, t.step, t.kind, t.unit, t.function, t.view, t.held, t.due, t.opened_at,
       t.closed_at, t.open, t.claimed_by, h.name as claimed_name, t.claimed_at, c.code, c.procedure, c.phase,
       c.last_seq, c.pin_digest,
       exists (select 1 from unnest(%(units)s::text[], %(functions)s::text[]) as d (unit, function)
               where d.unit = t.unit and d.function = t.function) as mine
from task t join case_file c on c.id = t.case_id left join account h on h.id = t.claimed_by
where t.id = %(task)s
"""

_CLAIM: Sql = """
with taken as (
    update task t set claimed_by = %(me)s, claimed_at = %(now)s
    where t.id = %(task)s and t.open and t.claimed_by is null
      and exists (select 1 from unnest(%(units)s::text[], %(functions)s::text[]) as d (unit, function)
                  where d.unit = t.unit and d.function = t.function)
    returning t.id, t.case_id
)
insert into task_audit (task_id, case_id, act, actor, holder, at)
select id, case_id, 'claimed', %(actor)s, %(me)s, %(now)s from taken
"""

# Only what the releasing officer saw: a task claimed by somebody else meanwhile stays theirs.
_RELEASE: Sql = """
with given_back as (
    update task t set claimed_by = null, claimed_at = null
    where t.id = %(task)s and t.open and t.claimed_by = %(holder)s
    returning t.id, t.case_id
)
insert into task_audit (task_id, case_id, act, actor, holder, at)
select id, case_id, 'released', %(actor)s, %(holder)s, %(now)s from given_back
"""

_ASSIGN: Sql = """
with given as (
    update task t set claimed_by = %(to)s, claimed_at = %(now)s
    where t.id = %(task)s and t.open
      and exists (select 1 from duty d join account a on a.id = d.account and a.active
                  where d.account = %(to)s and d.unit = t.unit and d.function = t.function
                    and d.valid_from <= %(today)s and (d.valid_to is null or d.valid_to >= %(today)s))
    returning t.id, t.case_id
)
insert into task_audit (task_id, case_id, act, actor, holder, at)
select id, case_id, 'assigned', %(actor)s, %(to)s, %(now)s from given
returning id
"""
