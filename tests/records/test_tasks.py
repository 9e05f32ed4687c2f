import asyncio
from datetime import date

import pytest

from records.accounts import Account
from records.errors import NotFound, TaskRefused
from records.pool import Db, Pool
from records.projections import task_id
from records.tasks import assign, claim, release, require_free, task_of
from tests.records.support import AN, LAN, MAI, NOON, THU, case_number, keep, snapshot_of

CASE = case_number(1)
TASK = task_id(CASE, "_intake:1")
TODAY = date(2026, 3, 2)


async def audit(db: Db) -> list[tuple[str, str, str | None]]:
    cursor = await db.execute("select act, actor, holder from task_audit order by id")
    return await cursor.fetchall()


async def test_a_claimed_task_is_not_a_colleagues(staffed: Db) -> None:
    await keep(staffed, snapshot_of(CASE))
    mine = await claim(staffed, MAI, TASK, now=NOON)

    with pytest.raises(TaskRefused) as refused:
        await claim(staffed, THU, TASK, now=NOON)

    assert (MAI.id, MAI.name) == (mine.claimed_by, mine.claimed_name)
    assert "claimed-by-another" == refused.value.code
    with pytest.raises(TaskRefused):
        require_free(await task_of(staffed, THU, TASK), THU)


async def test_claiming_twice_is_claiming_once(staffed: Db) -> None:
    await keep(staffed, snapshot_of(CASE))

    await claim(staffed, MAI, TASK, now=NOON)
    await claim(staffed, MAI, TASK, now=NOON)

    assert [("claimed", MAI.ref, MAI.id)] == await audit(staffed)


async def test_of_two_who_claim_at_once_one_has_it(staffed: Db, pool: Pool) -> None:
    await keep(staffed, snapshot_of(CASE))

    async def take(account: Account) -> bool:
        async with pool.connection() as db:
            try:
                await claim(db, account, TASK, now=NOON)
            except TaskRefused:
                return False
            return True

    assert 1 == sum(await asyncio.gather(*(take(account) for account in (MAI, THU) * 5))) // 5


async def test_a_task_is_released_by_its_holder_or_the_head(staffed: Db) -> None:
    await keep(staffed, snapshot_of(CASE))
    await claim(staffed, MAI, TASK, now=NOON)
    with pytest.raises(TaskRefused):
        await release(staffed, THU, TASK, now=NOON)
    await release(staffed, MAI, TASK, now=NOON)
    await claim(staffed, THU, TASK, now=NOON)

    free = await release(staffed, MAI, TASK, now=NOON)

    assert free.claimed_by is None
    assert ["claimed", "released", "claimed", "released"] == [act for act, _, _ in await audit(staffed)]


async def test_the_head_assigns_to_an_officer_with_the_same_duty(staffed: Db) -> None:
    await keep(staffed, snapshot_of(CASE))

    given = await assign(staffed, MAI, TASK, to=THU.id, now=NOON, today=TODAY)

    assert THU.id == given.claimed_by
    assert [("assigned", MAI.ref, THU.id)] == await audit(staffed)


@pytest.mark.parametrize(("head", "to", "code"), [(THU, MAI.id, "wrong-duty"), (MAI, AN.id, "wrong-holder")])
async def test_nobody_else_assigns_and_nobody_else_is_assigned(staffed: Db, head: Account, to: str, code: str) -> None:
    await keep(staffed, snapshot_of(CASE))

    with pytest.raises(TaskRefused) as refused:
        await assign(staffed, head, TASK, to=to, now=NOON, today=TODAY)

    assert code == refused.value.code


@pytest.mark.parametrize("stranger", [AN, LAN])
async def test_a_task_of_another_desk_is_not_found(staffed: Db, stranger: Account) -> None:
    await keep(staffed, snapshot_of(CASE))

    with pytest.raises(NotFound):
        await claim(staffed, stranger, TASK, now=NOON)

    assert [] == await audit(staffed)


async def test_a_done_task_is_not_claimed(staffed: Db) -> None:
    await keep(staffed, snapshot_of(CASE))
    await keep(staffed, snapshot_of(CASE, seq=3, tasks=()))

    with pytest.raises(TaskRefused) as refused:
        await claim(staffed, MAI, TASK, now=NOON)

    assert "task-closed" == refused.value.code
