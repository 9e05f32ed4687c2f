"""My cases, one case, its journal, its clocks explained, what may be done in it now, its papers."""

from datetime import datetime
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.commands import no_such_case
from api.cursors import read_cursor, write_cursor
from api.desk import Desk
from api.journal import JournalEntry, journal_entries
from api.reading import case_document, read_case
from api.tasks import PAGE
from api.who import SignedIn, TheDesk
from records.access import case_access
from records.accounts import Account
from records.cases import CaseLine, journal_page, my_cases
from records.documents import document_of
from records.files import MEDIA_TYPES, file_of_case

router = APIRouter(prefix="/cases", tags=["cases"])
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_PAPERS: dict[int | str, dict[str, object]] = {200: {"content": dict.fromkeys(sorted({*MEDIA_TYPES.values()}), _BYTES)}}


class Mine(BaseModel):
    cases: list[CaseLine]
    next: str | None


class Journal(BaseModel):
    """Newest first; `before` of the next page is `next`."""

    entries: list[JournalEntry]
    next: int | None


@router.get("")
async def get_cases(
    account: SignedIn, desk: TheDesk, before: str | None = None, limit: Annotated[int, Query(ge=1, le=100)] = PAGE
) -> Mine:
    """Answer the cases the caller is a party of, newest first."""
    return await read_mine(desk, account, before=before, limit=limit)


async def read_mine(desk: Desk, account: Account, *, before: str | None = None, limit: int = PAGE) -> Mine:
    place = None if before is None else read_cursor(before, pointer="#/before")
    start = None if place is None else (datetime.fromisoformat(place[0]), place[1])
    async with desk.pool.connection() as db:
        lines = await my_cases(db, account, before=start, limit=limit + 1)
    page = lines[:limit]
    more = len(lines) > limit
    return Mine(cases=page, next=write_cursor((page[-1].submitted_at.isoformat(), page[-1].case)) if more else None)


@router.get("/{case}")
async def get_case(case: str, account: SignedIn, desk: TheDesk) -> Response:
    reading = await read_case(desk, account, case)
    return Response(orjson.dumps(case_document(reading)), media_type="application/json")


@router.get("/{case}/journal")
async def get_journal(
    case: str,
    account: SignedIn,
    desk: TheDesk,
    before: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Journal:
    """Answer what happened; officers' names are for officers."""
    return await read_journal(desk, account, case, before=before, limit=limit)


async def read_journal(
    desk: Desk, account: Account, case: str, *, before: int | None = None, limit: int = 50
) -> Journal:
    async with desk.pool.connection() as db:
        access = await case_access(db, account, case)
        if access is None or not access.reads:
            raise no_such_case()
        lines = await journal_page(db, case, before=before, limit=limit + 1)
    entries = journal_entries(lines[:limit], with_names=not access.is_party)
    return Journal(entries=entries, next=lines[limit - 1].seq if len(lines) > limit else None)


@router.get("/{case}/documents/{document}", response_class=Response, responses=_PAPERS)
async def get_document(case: str, document: str, account: SignedIn, desk: TheDesk) -> Response:
    """Answer a paper the agency made, or a file that was handed in (`file:<id>`)."""
    async with desk.pool.connection() as db:
        access = await case_access(db, account, case)
        if access is None or not access.reads:
            raise no_such_case()
        if document.startswith("file:"):
            stored = await file_of_case(db, case=case, file=document)
            return _bytes(stored.name, stored.media_type, await desk.blobs.get(stored.digest))
        paper = await document_of(db, case=case, document=document, issued_only=access.is_party)
    return _bytes(paper.name, paper.media_type, await desk.blobs.get(paper.digest))


def _bytes(name: str, media_type: str, content: bytes) -> Response:
    """Papers are shown in the page, as what they were checked to be and nothing else."""
    ascii_name = "".join(char if char.isascii() and char.isalnum() or char in "-._" else "_" for char in name)
    headers = {
        "Content-Disposition": f"inline; filename=\"{ascii_name}\"; filename*=UTF-8''{_percent(name)}",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; sandbox",
        "X-Frame-Options": "SAMEORIGIN",
    }
    return Response(content, media_type=media_type, headers=headers)


def _percent(name: str) -> str:
    return "".join(chr(byte) if chr(byte).isalnum() and byte < 128 else f"%{byte:02X}" for byte in name.encode())
