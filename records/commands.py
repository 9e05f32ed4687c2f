"""The command rows: the memory of what was asked, and the trace of what was refused.

A command that is not done stays `sent` until its answer is recorded; the sweeper sends it again under the same id.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

import orjson
from psycopg.rows import class_row
from psycopg.types.json import Json as AsJson

from procedures.json_types import Json, JsonObject
from records.digests import digest, stable_id
from records.errors import CommandIdReused
from records.pool import Db, Sql

CommandStatus = Literal["sent", "done", "not_sent", "refused"]

# Longer than any client's deadline: nobody waits any more when the sweeper takes over.
LEASE = timedelta(seconds=30)
BACKOFF = timedelta(seconds=5)
LONGEST_BACKOFF = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewForm:
    """Values of one form, kept under their digest; the command refers to them as `form:<digest>`."""

    digest: str
    values: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCommand:
    """`document` is the command as it will be sent; `texts` are what it refers to as `command:<id>/<name>`.

    `key` comes with a submission only: the new case's secret. `files` become readable with the case.
    """

    id: str
    case: str
    actor: str
    verb: str
    document: JsonObject
    texts: dict[str, str] = field(default_factory=dict)
    forms: Sequence[NewForm] = ()
    files: Sequence[str] = ()
    key: bytes | None = None

    def digest(self) -> bytes:
        """A submission has no case yet: the same request under a new case id is the same command."""
        return digest(
            {
                "case": None if self.key else self.case,
                "verb": self.verb,
                "arguments": self.document.get("arguments"),
                "actor": self.document.get("actor"),
                "approval": self.document.get("approval"),
                "texts": dict(self.texts),
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCommand:
    """The row after opening: `fresh` when this call made it or opened it anew, else what a former call left."""

    id: str
    case: str
    status: CommandStatus
    fresh: bool
    have: int
    key: bytes | None
    document: JsonObject
    outcome: str | None
    first_seq: int | None
    last_seq: int | None
    answer: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandView:
    id: str
    case: str
    verb: str
    status: CommandStatus
    outcome: str | None
    first_seq: int | None
    last_seq: int | None
    answer: Json
    opened_at: datetime
    closed_at: datetime | None


def command_id(actor: str, key: str) -> str:
    """Answer the id of the command that `actor` sent under an Idempotency-Key: nobody can meet another's command."""
    return stable_id("command", actor, key)


def form_digest(values: JsonObject) -> str:
    return digest(values).hex()


async def open_command(db: Db, command: NewCommand) -> OpenedCommand:
    """Insert the row, its forms, its files and the new case's key, and read where the case stands, in one statement.

    A row that was refused or never sent is opened anew; one that is done, or still on its way, comes back as it is.
    """
    arguments = {
        "id": command.id,
        "case": command.case,
        "actor": command.actor,
        "verb": command.verb,
        "document": AsJson(command.document),
        "texts": AsJson(command.texts) if command.texts else None,
        "digest": command.digest(),
        "lease": LEASE,
        "key": command.key,
        "form_digests": [form.digest for form in command.forms],
        "form_values": [orjson.dumps(form.values).decode() for form in command.forms],
        "files": list(command.files),
    }
    cursor = await db.execute(_OPEN, arguments)
    row = await cursor.fetchone()
    assert row is not None
    is_same, *rest = row
    if not is_same:
        raise CommandIdReused(
            "This Idempotency-Key was used with another content: take a new key for a new request.",
            data={"command": command.id},
        )
    return OpenedCommand(**dict(zip(_OPENED_COLUMNS, rest, strict=True)))


async def close_not_sent(db: Db, command: str) -> None:
    """Close a row of which the workflow surely never heard; it is never swept."""
    await db.execute(_CLOSE, {"id": command, "status": "not_sent", "answer": None})


async def close_refused(db: Db, command: str, *, refusal: JsonObject) -> None:
    """Close a row with the core's refusal; the same id may be tried again and is then judged anew."""
    await db.execute(_CLOSE, {"id": command, "status": "refused", "answer": AsJson(refusal)})


async def take_unanswered(db: Db, *, limit: int = 20) -> list[OpenedCommand]:
    """Take over commands whose sender waits no longer; each take doubles the wait before the next one."""
    cursor = await db.execute(_TAKE, {"limit": limit, "backoff": BACKOFF, "longest": LONGEST_BACKOFF})
    return [OpenedCommand(**dict(zip(_OPENED_COLUMNS, row, strict=True))) for row in await cursor.fetchall()]


async def command_view(db: Db, command: str, *, actor: str) -> CommandView | None:
    """Answer a command to the one who sent it, and to nobody else."""
    async with db.cursor(row_factory=class_row(CommandView)) as cursor:
        await cursor.execute(_VIEW, (command, actor))
        return await cursor.fetchone()


async def actor_of(db: Db, command: str, *, actor: str) -> JsonObject | None:
    """Answer under which duty a command of `actor` was sent, if it was sent before."""
    cursor = await db.execute("select document -> 'actor' from command where id = %s and actor = %s", (command, actor))
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def text_of(db: Db, reference: str) -> str | None:
    """Answer what people wrote: `command:<id>/<name>`."""
    command, _, name = reference.removeprefix("command:").partition("/")
    cursor = await db.execute("select texts ->> %s from command where id = %s", (name, command))
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def texts_of(db: Db, case: str) -> dict[str, str]:
    """Answer all that people wrote in commands of one case, by reference; for its journal and its page."""
    cursor = await db.execute(_TEXTS, (case,))
    return {f"command:{command}/{name}": text for command, name, text in await cursor.fetchall()}


_OPENED_COLUMNS = (
    "id", "case", "status", "fresh", "have", "key", "document", "outcome", "first_seq", "last_seq", "answer",
)  # fmt: skip

# A second sender of the same id waits at the row's lock and then sees what the first one left.
_OPEN: Sql = """
with opened as (
    insert into command as c (id, case_id, actor, verb, document, texts, digest, status, lease_until)
    values (%(id)s, %(case)s, %(actor)s, %(verb)s, %(document)s, %(texts)s, %(digest)s, 'sent', now() + %(lease)s)
    on conflict (id) do update set
        status = case when c.digest = excluded.digest and c.status in ('refused', 'not_sent')
                      then 'sent' else c.status end,
        lease_until = case when c.digest = excluded.digest and c.status in ('refused', 'not_sent')
                           then excluded.lease_until else c.lease_until end
    returning c.*, c.lease_until = now() + %(lease)s as fresh, c.digest = %(digest)s as is_same
), secret as (
    insert into case_key (case_id, key)
    select case_id, %(key)s from opened where fresh and %(key)s::bytea is not null
    on conflict do nothing
    returning key
), forms as (
    insert into form (case_id, digest, values, author)
    select o.case_id, f.digest, f.values::json, o.actor
    from opened o, unnest(%(form_digests)s::text[], %(form_values)s::text[]) as f (digest, values)
    where o.is_same
    on conflict do nothing
), files as (
    insert into attachment (case_id, file)
    select o.case_id, f.id from opened o join file f on f.owner = o.actor
    where o.is_same and f.id = any(%(files)s::text[])
    on conflict do nothing
)
select o.is_same, o.id, o.case_id, o.status, o.fresh,
       coalesce((select last_seq from case_file where id = o.case_id), 0),
       coalesce((select key from secret), (select key from case_key where case_id = o.case_id)),
       o.document, o.outcome, o.first_seq, o.last_seq, o.answer
from opened o
"""

_CLOSE: Sql = """
update command set status = %(status)s, answer = %(answer)s, closed_at = now() where id = %(id)s and status = 'sent'
"""

_TAKE: Sql = """
update command c
set attempts = c.attempts + 1,
    lease_until = now() + least(%(backoff)s * power(2, least(c.attempts, 20)), %(longest)s)
from (
    select id from command
    where status = 'sent' and lease_until < now()
    order by lease_until limit %(limit)s
    for update skip locked
) due
where c.id = due.id
returning c.id, c.case_id, c.status, false, coalesce((select last_seq from case_file where id = c.case_id), 0),
          (select key from case_key where case_id = c.case_id),
          c.document, c.outcome, c.first_seq, c.last_seq, c.answer
"""

_VIEW: Sql = """
select id, case_id as case, verb, status, outcome, first_seq, last_seq, answer, opened_at, closed_at
from command where id = %s and actor = %s
"""

_TEXTS: Sql = """
select c.id, t.key, t.value from command c, json_each_text(c.texts) t where c.case_id = %s and c.texts is not null
"""
