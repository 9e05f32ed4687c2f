"""Papers beside the case: a page of a PDF as a picture, so that any browser shows it and nothing in it can run."""

import asyncio
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typst
from fastapi import APIRouter, Response
from fastapi import Path as InPath

from api.cases import get_document
from api.problems import Problem
from web.pages import AtDesk, PageRoute, Visitor

router = APIRouter(route_class=PageRoute)
PDF = "application/pdf"
PICTURES = ("image/jpeg", "image/png")
MOST_PAGES = 500
_PPI = 110
# Whoever hands in a heavy paper may slow the viewer down, never the house.
_AT_ONCE = asyncio.Semaphore(2)
_REMEMBERED = 1024
_COUNTED: dict[bytes, int] = {}


@router.get("/cases/{case}/view/{document}/{number}.png")
async def page_of(
    case: str, document: str, number: Annotated[int, InPath(ge=1, le=MOST_PAGES)], visitor: AtDesk
) -> Response:
    """Draw one page; who may read the paper is asked where the paper itself is read."""
    paper = await get_document(case, document, visitor.me, visitor.desk)
    if paper.media_type != PDF:
        raise Problem(404, "no-such-page", str(visitor.words("viewer.no_page")))
    async with _AT_ONCE:
        picture = await asyncio.to_thread(_draw, bytes(paper.body), number, _PPI)
    if picture is None:
        raise Problem(404, "no-such-page", str(visitor.words("viewer.no_page")))
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, no-store"})


async def count_pages(visitor: Visitor, case: str, document: str) -> int:
    """Say how many pages a PDF has; 0 for one that cannot be read."""
    paper = await get_document(case, document, visitor.me, visitor.desk)
    content = bytes(paper.body)
    digest = sha256(content).digest()
    if digest not in _COUNTED:
        async with _AT_ONCE:
            counted = await asyncio.to_thread(_count, content)
        if len(_COUNTED) >= _REMEMBERED:
            _COUNTED.clear()
        _COUNTED[digest] = counted
    return _COUNTED[digest]


def _count(content: bytes) -> int:
    """The typesetter says only whether a page is there: look for the last one between there and not there."""
    there, gone = 0, 1
    while gone <= MOST_PAGES and _draw(content, gone, 1) is not None:
        there, gone = gone, gone * 2
    while gone - there > 1:
        middle = (there + gone) // 2
        there, gone = (middle, gone) if _draw(content, middle, 1) is not None else (there, middle)
    return there


def _draw(content: bytes, number: int, ppi: float) -> bytes | None:
    sheet = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("paper.pdf", page: {number}, width: 21cm)'
    with TemporaryDirectory(prefix="motcua-view-") as folder:
        Path(folder, "paper.pdf").write_bytes(content)
        try:
            picture = typst.Compiler(sheet.encode(), root=folder).compile(format="png", ppi=ppi)
        except typst.TypstError:
            return None
    return picture if isinstance(picture, bytes) else None
