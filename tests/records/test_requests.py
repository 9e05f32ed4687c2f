import asyncio

import pytest

from procedures.json_types import Json
from records.errors import CommandIdReused
from records.pool import Db, Pool
from records.requests import once


class Work:
    """Counts how often it was done."""

    def __init__(self) -> None:
        self.done = 0

    async def __call__(self) -> Json:
        self.done += 1
        return {"times": self.done}


async def test_the_same_key_has_the_same_answer(db: Db) -> None:
    work = Work()

    answers = [await once(db, actor="a", key="k", content={"x": 1}, work=work) for _ in range(3)]

    assert [{"times": 1}] * 3 == answers


async def test_many_at_once_do_the_work_once(pool: Pool) -> None:
    work = Work()

    async def ask() -> Json:
        async with pool.connection() as db:
            return await once(db, actor="a", key="k", content={"x": 1}, work=work)

    assert [{"times": 1}] * 10 == await asyncio.gather(*(ask() for _ in range(10)))


async def test_the_same_key_with_another_content_is_refused(db: Db) -> None:
    await once(db, actor="a", key="k", content={"x": 1}, work=Work())

    with pytest.raises(CommandIdReused):
        await once(db, actor="a", key="k", content={"x": 2}, work=Work())


async def test_keys_of_two_people_do_not_meet(db: Db) -> None:
    work = Work()

    answers = [await once(db, actor=actor, key="k", content={}, work=work) for actor in "ab"]

    assert [{"times": 1}, {"times": 2}] == answers


async def test_work_that_fails_may_be_tried_again_under_the_same_key(db: Db) -> None:
    async def fail() -> Json:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await once(db, actor="a", key="k", content={}, work=fail)

    assert {"times": 1} == await once(db, actor="a", key="k", content={}, work=Work())
