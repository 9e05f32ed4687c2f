"""Who is at the other end: local accounts, sessions, and how often a password may be tried."""

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from pwdlib import PasswordHash

from records.errors import LoginRefused, TooManyAttempts
from records.pool import Db, Sql

SESSION_LASTS = timedelta(hours=12)
# Within the window: more for an address, behind which a whole office may stand.
WINDOW = timedelta(minutes=15)
TRIES_PER_LOGIN = 5
TRIES_PER_ADDRESS = 50

_HASHER = PasswordHash.recommended()


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What an officer may do today, and where; `head`: answers for this function at the unit."""

    unit: str
    function: str
    head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who asks, with the duties of today. `ref` is how cases name them: no login, no name."""

    id: str
    kind: str
    name: str
    duties: tuple[Duty, ...] = ()

    @property
    def ref(self) -> str:
        return f"officer:{self.id}" if self.kind == "officer" else f"account:{self.id}"

    @property
    def functions(self) -> tuple[str, ...]:
        return tuple(sorted({duty.function for duty in self.duties}))

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(sorted({duty.unit for duty in self.duties}))

    def does(self, function: str, *, at: str | None = None) -> bool:
        """Say whether a duty of today is this function, at this unit where one is named."""
        return any(duty.function == function and at in (None, duty.unit) for duty in self.duties)


def account_id(reference: str) -> str | None:
    """Answer the account an `account:` or `officer:` reference names; None for the system."""
    kind, _, account = reference.partition(":")
    return account if kind in ("account", "officer") else None


async def hashed(password: str) -> str:
    return await asyncio.to_thread(_HASHER.hash, password)


async def log_in(db: Db, *, login: str, password: str, address: str, now: datetime) -> str:
    """Answer the opaque id of a new session. Raises LoginRefused, or TooManyAttempts before the password is tried."""
    name = login.strip().lower()
    tried = await _count_try(db, name, address, now)
    cursor = await db.execute("select id, password from account where login = %s and active", (name,))
    row = await cursor.fetchone()
    stored = row[1] if row is not None else None
    is_right = await asyncio.to_thread(_HASHER.verify, password, stored or _nobodys_hash())
    if row is None or stored is None or not is_right:
        raise LoginRefused("Login or password is wrong.")
    token = secrets.token_urlsafe(32)
    await db.execute(
        _BEGIN,
        {
            "tries": tried,
            "now": now,
            "hash": _hash(token),
            "account": row[0],
            "expires_at": now + SESSION_LASTS,
            "login": _hash(f"login {name}"),
        },
    )
    return token


async def session_account(db: Db, token: str, *, now: datetime, today: date) -> Account | None:
    """Answer who holds the session and what they may do today, in one read; None once it ended or expired."""
    cursor = await db.execute(_SESSION, {"hash": _hash(token), "now": now, "today": today})
    row = await cursor.fetchone()
    return None if row is None else _account(row)


async def account_of(db: Db, account: str, *, today: date) -> Account | None:
    cursor = await db.execute(_ACCOUNT, {"account": account, "today": today})
    row = await cursor.fetchone()
    return None if row is None else _account(row)


async def citizen_named(db: Db, login: str) -> str | None:
    """Answer how cases name the citizen of this login; None where there is no such account any more."""
    cursor = await db.execute(
        "select id from account where login = %s and kind = 'citizen' and active", (login.strip().lower(),)
    )
    row = await cursor.fetchone()
    return None if row is None else f"account:{row[0]}"


async def log_out(db: Db, token: str) -> None:
    await db.execute("delete from session where hash = %s", (_hash(token),))


async def end_sessions(db: Db, account: str) -> None:
    """Log an account out everywhere, as after a new password or a duty withdrawn in anger."""
    await db.execute("delete from session where account = %s", (account,))


async def _count_try(db: Db, login: str, address: str, now: datetime) -> Sequence[int]:
    """Note a try before it is made, so that many at once do not pass together; refuse it after too many."""
    subjects = [_hash(f"login {login}"), _hash(f"address {address}")]
    cursor = await db.execute(
        "insert into login_failure (subject, at) select unnest(%s::bytea[]), %s returning id", (subjects, now)
    )
    tries = [row[0] for row in await cursor.fetchall()]
    cursor = await db.execute(_BEFORE, {"subjects": subjects, "tries": tries, "since": now - WINDOW})
    before = {bytes(row[0]): (row[1], row[2]) for row in await cursor.fetchall()}
    for subject, allowed in zip(subjects, (TRIES_PER_LOGIN, TRIES_PER_ADDRESS), strict=True):
        count, oldest = before.get(subject, (0, now))
        if count >= allowed:
            # A refused try does not lengthen the wait.
            await db.execute("delete from login_failure where id = any(%s)", (tries,))
            wait = max(1, int((oldest + WINDOW - now).total_seconds()))
            raise TooManyAttempts(
                f"Too many attempts: wait {-(-wait // 60)} minute(s), then try again.", data={"retry_after": wait}
            )
    return tries


@cache
def _nobodys_hash() -> str:
    """Checked where the login is unknown, so that the answer takes as long as for a known one."""
    return _HASHER.hash(secrets.token_urlsafe())


def _account(row: tuple[str, str, str, list[dict[str, object]]]) -> Account:
    duties = tuple(
        Duty(unit=str(duty["unit"]), function=str(duty["function"]), head=bool(duty["head"])) for duty in row[3]
    )
    return Account(id=row[0], kind=row[1], name=row[2], duties=duties)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


_BEFORE: Sql = """
select subject, count(*), min(at) from login_failure
where subject = any(%(subjects)s) and at > %(since)s and id < (select min(id) from unnest(%(tries)s::bigint[]) t (id))
group by subject
"""

# A successful login wipes the failures of the login, not those of the address: who tries many logins stays counted.
_BEGIN: Sql = """
with counted as (
    delete from login_failure where id = any(%(tries)s) or subject = %(login)s
), expired as (
    delete from session where expires_at <= %(now)s
)
insert into session (hash, account, created_at, expires_at) values (%(hash)s, %(account)s, %(now)s, %(expires_at)s)
"""

_DUTIES: Sql = """
coalesce((
    select json_agg(json_build_object('unit', d.unit, 'function', d.function, 'head', d.head)
                    order by d.unit, d.function)
    from duty d
    where d.account = a.id and d.valid_from <= %(today)s and (d.valid_to is null or d.valid_to >= %(today)s)
), '[]'::json)
"""

_SESSION: Sql = f"""
select a.id, a.kind, a.name, {_DUTIES}
from session s join account a on a.id = s.account
where s.hash = %(hash)s and s.expires_at > %(now)s and a.active
"""

_ACCOUNT: Sql = f"select a.id, a.kind, a.name, {_DUTIES} from account a where a.id = %(account)s"
