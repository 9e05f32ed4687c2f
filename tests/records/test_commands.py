import asyncio
from dataclasses import replace
from typing import Any

import pytest

from records.case_keys import case_key, destroy_key
from records.commands import (
    NewCommand,
    NewForm,
    close_not_sent,
    close_refused,
    command_id,
    command_view,
    form_digest,
    open_command,
    take_unanswered,
    text_of,
)
from records.errors import CommandIdReused
from records.forms import field_value, form_ref
from records.pool import Db, Pool
from tests.records.support import LAN, case_number, statements_of

CASE = case_number(1)


def submission(**changes: Any) -> NewCommand:
    values: dict[str, Any] = {"card_number": "GD4797912345678", "account": {"number": "0123456789"}}
    command = NewCommand(
        id=command_id(LAN.ref, "key-1"),
        case=CASE,
        actor=LAN.ref,
        verb="submit",
        document={"verb": "submit", "actor": {"ref": LAN.ref}, "arguments": {"form": form_ref(values)}},
        texts={"reason": "Gửi lần đầu"},
        forms=(NewForm(digest=form_digest(values), values=values),),
        key=b"k" * 32,
    )
    return replace(command, **changes)


async def test_opening_a_submission_keeps_form_text_and_key_in_one_statement(db: Db) -> None:
    command = submission()

    with statements_of(db) as statements:
        opened = await open_command(db, command)

    assert 1 == len(statements)
    assert (True, "sent", 0, b"k" * 32) == (opened.fresh, opened.status, opened.have, opened.key)
    assert "0123456789" == await field_value(db, case=CASE, reference=f"form:{command.forms[0].digest}#account.number")
    assert "Gửi lần đầu" == await text_of(db, f"command:{command.id}/reason")


async def test_a_repeat_under_another_random_case_is_the_first_case(db: Db) -> None:
    await open_command(db, submission())

    again = await open_command(db, submission(case=case_number(2), key=b"other" * 7))

    assert (False, CASE, b"k" * 32) == (again.fresh, again.case, again.key)
    assert await case_key(db, case_number(2)) is None


async def test_a_known_id_with_another_content_is_refused(db: Db) -> None:
    await open_command(db, submission())

    with pytest.raises(CommandIdReused) as refused:
        await open_command(db, submission(texts={"reason": "Khác"}))

    assert "command-id-reused" == refused.value.code


async def test_a_refused_command_is_judged_anew_and_keeps_its_refusal_until_then(db: Db) -> None:
    opened = await open_command(db, submission())
    await close_refused(db, opened.id, refusal={"code": "wrong-unit"})
    view = await command_view(db, opened.id, actor=LAN.ref)

    again = await open_command(db, submission())

    assert view is not None and ("refused", {"code": "wrong-unit"}) == (view.status, view.answer)
    assert ("sent", True) == (again.status, again.fresh)


async def test_what_was_never_sent_is_never_swept(db: Db) -> None:
    opened = await open_command(db, submission())
    await close_not_sent(db, opened.id)
    await db.execute("update command set lease_until = now() - interval '1 hour'")

    assert [] == await take_unanswered(db)


async def test_the_sweeper_takes_a_command_only_when_its_sender_waits_no_longer(db: Db) -> None:
    opened = await open_command(db, submission())
    early = await take_unanswered(db)
    await db.execute("update command set lease_until = now() - interval '1 second'")

    late = await take_unanswered(db)

    assert [] == early
    assert [(opened.id, CASE, opened.document)] == [(one.id, one.case, one.document) for one in late]
    assert [] == await take_unanswered(db)


async def test_two_sweepers_never_take_the_same_command(pool: Pool) -> None:
    async with pool.connection() as db:
        for number in range(40):
            await open_command(db, submission(id=f"command-{number}", case=case_number(number)))
        await db.execute("update command set lease_until = now() - interval '1 second'")

    async def sweep() -> list[str]:
        async with pool.connection() as db:
            return [one.id for one in await take_unanswered(db, limit=10)]

    taken = [id_ for part in await asyncio.gather(*(sweep() for _ in range(4))) for id_ in part]

    assert 40 == len(taken) == len(set(taken))


async def test_of_many_who_open_one_id_at_once_one_is_fresh(pool: Pool) -> None:
    async def open_one(number: int) -> bool:
        async with pool.connection() as db:
            return (await open_command(db, submission(case=case_number(number)))).fresh

    fresh = await asyncio.gather(*(open_one(number) for number in range(20)))

    assert 1 == sum(fresh)


async def test_a_command_is_shown_to_its_sender_only(db: Db) -> None:
    opened = await open_command(db, submission())

    assert await command_view(db, opened.id, actor="account:c02") is None


async def test_a_destroyed_key_is_gone(db: Db) -> None:
    await open_command(db, submission())

    await destroy_key(db, CASE)

    assert await case_key(db, CASE) is None


def test_one_key_of_two_people_makes_two_commands() -> None:
    assert command_id("account:c01", "k") != command_id("account:c02", "k")
