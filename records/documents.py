"""Papers the agency made: rendered once for each effect, kept by digest, the parties' own once issued."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from records.blobs import Blobs
from records.digests import stable_id
from records.errors import NotFound
from records.pool import Db, Sql

PREFIX = "document:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    id: str
    case: str
    kind: str
    result: str | None
    digest: str
    media_type: str
    size: int
    name: str
    number: str | None
    issued_at: datetime | None
    at: datetime

    @property
    def ref(self) -> str:
        return PREFIX + self.id


async def store_document(
    db: Db,
    blobs: Blobs,
    *,
    case: str,
    effect: str,
    kind: str,
    content: bytes,
    name: str,
    media_type: str = "application/pdf",
    result: str | None = None,
    issued_at: datetime | None = None,
) -> Document:
    """Keep a rendered paper. Idempotent by the effect's key: of two renderings the first one is answered."""
    await db.execute(
        _STORE,
        {
            "id": stable_id("document", effect),
            "case": case,
            "effect": effect,
            "kind": kind,
            "result": result,
            "digest": await blobs.put(content),
            "media_type": media_type,
            "size": len(content),
            "name": name,
            "issued_at": issued_at,
        },
    )
    return await document_of(db, case=case, document=stable_id("document", effect))


async def issue_document(db: Db, *, case: str, document: str, at: datetime, number: str | None = None) -> Document:
    """Make a draft a paper of the agency: from now on the parties see it. Issued once, it keeps its first instant."""
    await db.execute(
        "update document set issued_at = coalesce(issued_at, %s), number = coalesce(number, %s) "
        "where id = %s and case_id = %s",
        (at, number, document.removeprefix(PREFIX), case),
    )
    return await document_of(db, case=case, document=document)


async def document_of(db: Db, *, case: str, document: str, issued_only: bool = False) -> Document:
    """Answer one paper of the case; `issued_only` for its parties, who do not see drafts."""
    async with db.cursor(row_factory=class_row(Document)) as cursor:
        await cursor.execute(_ONE, (document.removeprefix(PREFIX), case, issued_only))
        found = await cursor.fetchone()
    if found is None:
        raise NotFound("The case has no such document.")
    return found


async def effect_of_document(db: Db, *, case: str, document: str) -> str:
    """Answer the key of the effect that made a paper."""
    cursor = await db.execute(
        "select effect from document where id = %s and case_id = %s", (document.removeprefix(PREFIX), case)
    )
    row = await cursor.fetchone()
    if row is None:
        raise NotFound("The case has no such document.")
    return str(row[0])


async def documents_of(db: Db, case: str, *, issued_only: bool = False) -> list[Document]:
    async with db.cursor(row_factory=class_row(Document)) as cursor:
        await cursor.execute(_ALL, (case, issued_only))
        return await cursor.fetchall()


_STORE: Sql = """
insert into document (id, case_id, effect, kind, result, digest, media_type, size, name, issued_at)
values (%(id)s, %(case)s, %(effect)s, %(kind)s, %(result)s, %(digest)s, %(media_type)s, %(size)s, %(name)s,
        %(issued_at)s)
on conflict do nothing
"""

_COLUMNS: Sql = "id, case_id as case, kind, result, digest, media_type, size, name, number, issued_at, at"
_ONE: Sql = f"""
select {_COLUMNS} from document where id = %s and case_id = %s and (issued_at is not null or not %s)
"""
_ALL: Sql = f"""
select {_COLUMNS} from document where case_id = %s and (issued_at is not null or not %s) order by at, id
"""
