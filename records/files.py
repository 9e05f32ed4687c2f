"""Files people hand in: checked at the door, kept by digest, read only with the case they were handed in for."""

import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import puremagic
from psycopg.rows import class_row

from records.blobs import Blobs
from records.errors import FileRefused, NotFound
from records.pool import Db

PREFIX = "file:"
LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 120
# Papers and pictures of papers. What a browser would run (html, svg, xml) is not among them.
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}
# Enough for every signature; the rest of a large file need not be looked through.
_HEAD = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    id: str
    digest: str
    name: str
    media_type: str
    size: int
    at: datetime

    @property
    def ref(self) -> str:
        return PREFIX + self.id


async def add_file(db: Db, blobs: Blobs, *, owner: str, name: str, content: bytes) -> StoredFile:
    """Check a file and keep it for its owner; it joins a case with the command that names it."""
    name = clean_name(name)
    media_type = checked_media_type(name, content)
    digest = await blobs.put(content)
    async with db.cursor(row_factory=class_row(StoredFile)) as cursor:
        await cursor.execute(
            "insert into file (id, owner, digest, name, media_type, size) values (%s, %s, %s, %s, %s, %s) "
            "returning id, digest, name, media_type, size, at",
            (str(uuid.uuid4()), owner, digest, name, media_type, len(content)),
        )
        stored = await cursor.fetchone()
    assert stored is not None
    return stored


async def files_named(db: Db, ids: Sequence[str]) -> dict[str, StoredFile]:
    """Answer the files there are of these; whose they are is asked apart (`foreign_files`)."""
    async with db.cursor(row_factory=class_row(StoredFile)) as cursor:
        await cursor.execute("select id, digest, name, media_type, size, at from file where id = any(%s)", (list(ids),))
        return {file.id: file for file in await cursor.fetchall()}


async def foreign_files(db: Db, *, ids: Sequence[str], owner: str, case: str | None = None) -> list[str]:
    """Answer which of the files are neither the owner's own nor the case's already: a command may not name them."""
    cursor = await db.execute(
        "select g.id from unnest(%s::text[]) g (id) left join file f on f.id = g.id "
        "where f.owner is distinct from %s "
        "and not exists (select 1 from attachment a where a.case_id = %s and a.file = g.id)",
        (list(ids), owner, case),
    )
    return [row[0] for row in await cursor.fetchall()]


async def files_of(db: Db, case: str) -> list[StoredFile]:
    async with db.cursor(row_factory=class_row(StoredFile)) as cursor:
        await cursor.execute(
            "select f.id, f.digest, f.name, f.media_type, f.size, f.at "
            "from attachment a join file f on f.id = a.file where a.case_id = %s order by f.at, f.id",
            (case,),
        )
        return await cursor.fetchall()


async def file_of_case(db: Db, *, case: str, file: str) -> StoredFile:
    """Answer a file of the case; who may see the case was asked before (`access.case_access`)."""
    async with db.cursor(row_factory=class_row(StoredFile)) as cursor:
        await cursor.execute(
            "select f.id, f.digest, f.name, f.media_type, f.size, f.at "
            "from attachment a join file f on f.id = a.file where a.case_id = %s and f.id = %s",
            (case, file.removeprefix(PREFIX)),
        )
        stored = await cursor.fetchone()
    if stored is None:
        raise NotFound("The case has no such file.")
    return stored


def checked_media_type(name: str, content: bytes) -> str:
    """Answer what the file is. Its ending and its content must say the same; what the client says is not asked."""
    if not content:
        raise FileRefused("The file is empty: choose another one.", code="file-empty")
    if len(content) > LARGEST:
        raise FileRefused(
            f"The file has more than {LARGEST // 1024 // 1024} MB: make it smaller or split it.",
            code="file-too-large",
            data={"largest": LARGEST},
        )
    ending = PurePosixPath(name).suffix.lower()
    expected = MEDIA_TYPES.get(ending)
    if expected is None:
        known = ", ".join(sorted(known.removeprefix(".") for known in MEDIA_TYPES))
        raise FileRefused(
            f"Files of this kind are not taken: hand in one of {known}.",
            code="file-type-unknown",
            data={"known": [*sorted(MEDIA_TYPES)]},
        )
    if expected not in _detected(content[:_HEAD]):
        raise FileRefused(
            f"The content of the file is not what its ending {ending} says: save it anew or choose another one.",
            code="file-type-mismatch",
        )
    return expected


def clean_name(name: str) -> str:
    """Keep the last part of the name, without what could break a header or a page; the ending stays."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(char for char in unicodedata.normalize("NFC", last) if char.isprintable()).strip() or "file"
    ending = PurePosixPath(kept).suffix
    return kept if len(kept) <= LONGEST_NAME else kept[: LONGEST_NAME - len(ending)] + ending


def _detected(head: bytes) -> set[str]:
    """Answer the media types that fit best; several may fit as well as each other."""
    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        return set()
    best = max(match.confidence for match in found)
    return {match.mime_type for match in found if match.confidence == best}
