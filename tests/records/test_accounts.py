import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from records.accounts import (
    SESSION_LASTS,
    TRIES_PER_ADDRESS,
    TRIES_PER_LOGIN,
    WINDOW,
    Duty,
    account_id,
    end_sessions,
    log_in,
    log_out,
    session_account,
)
from records.errors import LoginRefused, TooManyAttempts
from records.pool import Db, Pool
from tests.records.support import LAN, MAI, NOON

TODAY = date(2026, 3, 2)


@pytest.fixture
async def people(staffed: Db) -> AsyncIterator[Db]:
    # As weak as it can be: what is tested is not how long a guess takes.
    password = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash("motcua-demo")
    await staffed.execute("update account set password = %s where id in ('o01', 'c01')", (password,))
    yield staffed


async def enter(db: Db, *, password: str = "motcua-demo", login: str = "mai", address: str = "192.0.2.1") -> str:
    return await log_in(db, login=login, password=password, address=address, now=NOON)


async def test_a_session_tells_who_asks_and_what_they_may_do_today(people: Db) -> None:
    token = await enter(people)

    account = await session_account(people, token, now=NOON, today=TODAY)

    assert MAI == account
    assert "officer:o01" == MAI.ref and "account:c01" == LAN.ref


async def test_only_a_hash_of_the_session_is_kept(people: Db) -> None:
    token = await enter(people)

    cursor = await people.execute("select hash from session")

    assert [(hashlib.sha256(token.encode()).digest(),)] == await cursor.fetchall()


async def test_a_session_ends_when_logged_out(people: Db) -> None:
    token = await enter(people)
    await log_out(people, token)

    assert await session_account(people, token, now=NOON, today=TODAY) is None


async def test_all_sessions_of_an_account_can_be_ended(people: Db) -> None:
    tokens = [await enter(people), await enter(people)]
    await end_sessions(people, "o01")

    assert [None, None] == [await session_account(people, token, now=NOON, today=TODAY) for token in tokens]


async def test_a_session_expires(people: Db) -> None:
    token = await enter(people)

    assert await session_account(people, token, now=NOON + SESSION_LASTS, today=TODAY) is None


async def test_a_closed_account_has_no_session(people: Db) -> None:
    token = await enter(people)
    await people.execute("update account set active = false where id = 'o01'")

    assert await session_account(people, token, now=NOON, today=TODAY) is None


async def test_a_duty_counts_from_its_first_day_to_its_last(people: Db) -> None:
    token = await enter(people)
    await people.execute("update duty set valid_from = %s, valid_to = %s where account = 'o01'", (TODAY, TODAY))

    accounts = [
        await session_account(people, token, now=NOON, today=TODAY + timedelta(days=shift)) for shift in (-1, 0, 1)
    ]

    assert [False, True, False] == [account is not None and account.does("one_stop") for account in accounts]


@pytest.mark.parametrize(("login", "password"), [("mai", "wrong"), ("nobody", "motcua-demo"), ("hung", "motcua-demo")])
async def test_a_wrong_login_or_password_is_refused_in_the_same_words(people: Db, login: str, password: str) -> None:
    with pytest.raises(LoginRefused, match=r"^Login or password is wrong\.$"):
        await enter(people, login=login, password=password)


async def test_after_too_many_failures_even_the_right_password_waits(people: Db) -> None:
    for _ in range(TRIES_PER_LOGIN):
        with pytest.raises(LoginRefused):
            await enter(people, password="wrong")

    with pytest.raises(TooManyAttempts) as refused:
        await enter(people, address="192.0.2.2")

    assert WINDOW.total_seconds() == refused.value.data["retry_after"]
    assert await log_in(people, login="mai", password="motcua-demo", address="192.0.2.2", now=NOON + WINDOW)


async def test_failures_at_one_login_do_not_lock_another(people: Db) -> None:
    for _ in range(TRIES_PER_LOGIN):
        with pytest.raises(LoginRefused):
            await enter(people, password="wrong")

    assert await enter(people, login="lan")


async def test_success_forgets_the_failures_of_the_login(people: Db) -> None:
    for _ in range(TRIES_PER_LOGIN - 1):
        with pytest.raises(LoginRefused):
            await enter(people, password="wrong")
    await enter(people)

    with pytest.raises(LoginRefused):
        await enter(people, password="wrong")


async def test_an_address_that_tries_many_logins_is_stopped(people: Db) -> None:
    await people.execute(
        "insert into login_failure (subject, at) select %s, %s from generate_series(1, %s)",
        (hashlib.sha256(b"address 192.0.2.1").digest(), NOON, TRIES_PER_ADDRESS),
    )

    with pytest.raises(TooManyAttempts):
        await enter(people, login="lan")


async def test_many_tries_at_once_do_not_pass_together(people: Db, pool: Pool) -> None:
    async def attempt() -> type[Exception] | None:
        async with pool.connection() as db:
            try:
                await enter(db, password="wrong")
            except (LoginRefused, TooManyAttempts) as refused:
                return type(refused)
        return None

    outcomes = await asyncio.gather(*(attempt() for _ in range(12)))

    assert TRIES_PER_LOGIN >= outcomes.count(LoginRefused)
    assert 12 == outcomes.count(LoginRefused) + outcomes.count(TooManyAttempts)


def test_a_duty_is_at_its_unit_only() -> None:
    assert MAI.does("one_stop", at="ben-may")
    assert not MAI.does("one_stop", at="song-lam")
    assert (Duty(unit="ben-may", function="one_stop", head=True),) == MAI.duties


def test_references_name_accounts() -> None:
    assert ["o01", "c01", None] == [account_id(ref) for ref in (MAI.ref, LAN.ref, "system")]
