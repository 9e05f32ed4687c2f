"""Published versions: kept by digest whatever happens to their files, and pinned with the calendars of the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from psycopg.rows import class_row
from psycopg.types.json import Json as AsJson
from psycopg.types.json import Jsonb

from procedures.language.model.procedure import Procedure
from procedures.time.calendar import Calendar, OfficeHours
from records.errors import NotFound, VersionRefused
from records.pins import pin_of, store_pin
from records.pool import Db, Sql
from workflows.core.pin import Pin, make_pin


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One published version; `pin` is the newest pin made of it."""

    digest: str
    code: str
    version: int
    title: dict[str, str]
    in_force_from: date
    in_force_to: date | None
    published_at: datetime
    pin: str


async def publish(
    db: Db,
    procedure: Procedure,
    *,
    templates: Mapping[str, str],
    calendars: tuple[Calendar, ...],
    hours: OfficeHours,
) -> Version:
    """Store a version and its pin. Publishing the same again changes nothing; with newer calendars it makes a new pin.

    A version, once published, is never edited: the same number with another text or another template is refused.
    """
    pin = make_pin(procedure, calendars, hours)
    async with db.transaction():
        await _store_version(db, procedure)
        for name, content in templates.items():
            await db.execute(
                "insert into version_template (digest, name, content) values (%s, %s, %s) on conflict do nothing",
                (procedure.digest, name, content),
            )
        if await templates_of(db, procedure.digest) != dict(templates):
            raise _differs(procedure, "other templates")
        await store_pin(db, pin)
        await db.execute(
            "insert into version_pin (digest, pin) values (%s, %s) on conflict do nothing",
            (procedure.digest, pin.digest),
        )
    return await version_of(db, procedure.procedure, procedure.version)


async def versions_in_force(db: Db, on: date) -> list[Version]:
    """Answer one version of each procedure: of those in force that day the one that came into force last."""
    async with db.cursor(row_factory=class_row(Version)) as cursor:
        await cursor.execute(_IN_FORCE, {"on": on, "code": None})
        return await cursor.fetchall()


async def version_in_force(db: Db, code: str, on: date) -> Version | None:
    async with db.cursor(row_factory=class_row(Version)) as cursor:
        await cursor.execute(_IN_FORCE, {"on": on, "code": code})
        return await cursor.fetchone()


async def version_of(db: Db, code: str, version: int) -> Version:
    async with db.cursor(row_factory=class_row(Version)) as cursor:
        await cursor.execute(_ONE, (code, version))
        found = await cursor.fetchone()
    if found is None:
        raise NotFound(f"Version {version} of {code} is not published.")
    return found


async def pin_in_force(db: Db, code: str, on: date) -> Pin | None:
    """Answer what a case of this procedure is pinned to when it is submitted or accepted that day."""
    version = await version_in_force(db, code, on)
    return None if version is None else await pin_of(db, version.pin)


async def newest_pin(db: Db, digest: str) -> str:
    """Answer the digest of the pin that a version was last published with."""
    cursor = await db.execute("select pin from version_pin where digest = %s order by id desc limit 1", (digest,))
    row = await cursor.fetchone()
    if row is None:
        raise NotFound(f"The version {digest} is not published.")
    return str(row[0])


async def templates_of(db: Db, digest: str) -> dict[str, str]:
    """Answer the templates a version was published with, by file name."""
    cursor = await db.execute("select name, content from version_template where digest = %s", (digest,))
    return dict(await cursor.fetchall())


async def _store_version(db: Db, procedure: Procedure) -> None:
    await db.execute(
        _VERSION,
        {
            "digest": procedure.digest,
            "code": procedure.procedure,
            "version": procedure.version,
            "title": Jsonb(procedure.title),
            "from": date.fromisoformat(procedure.in_force.from_),
            "to": date.fromisoformat(procedure.in_force.to) if procedure.in_force.to else None,
            "document": AsJson(procedure.model_dump(mode="json")),
        },
    )
    cursor = await db.execute(
        "select digest from procedure_version where code = %s and version = %s",
        (procedure.procedure, procedure.version),
    )
    row = await cursor.fetchone()
    if row is None or row[0] != procedure.digest:
        raise _differs(procedure, "another text")


def _differs(procedure: Procedure, what: str) -> VersionRefused:
    return VersionRefused(
        f"Version {procedure.version} of {procedure.procedure} is published with {what}, and a published version is "
        f"never edited: make it version {procedure.version + 1}.",
        data={"code": procedure.procedure, "version": procedure.version},
    )


_VERSION: Sql = """
insert into procedure_version (digest, code, version, title, in_force_from, in_force_to, document)
values (%(digest)s, %(code)s, %(version)s, %(title)s, %(from)s, %(to)s, %(document)s)
on conflict do nothing
"""

_SELECT: Sql = """
select v.digest, v.code, v.version, v.title, v.in_force_from, v.in_force_to, v.published_at, p.pin
from procedure_version v
join lateral (select pin from version_pin where digest = v.digest order by id desc limit 1) p on true
"""

_ONE: Sql = f"{_SELECT} where v.code = %s and v.version = %s"

_IN_FORCE: Sql = f"""
select distinct on (code) * from ({_SELECT}) v
where in_force_from <= %(on)s and (in_force_to is null or in_force_to >= %(on)s)
  and (%(code)s::text is null or code = %(code)s)
order by code, in_force_from desc, version desc
"""
