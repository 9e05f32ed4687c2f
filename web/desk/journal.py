"""The whole journal of a case, page by page, newest first."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.cases import read_journal
from api.reading import read_case
from web.desk.duties import duties_of
from web.desk.log import log_lines
from web.desk.names import names_in
from web.pages import AtDesk, PageRoute

router = APIRouter(route_class=PageRoute)
PAGE = 50


@router.get("/cases/{case}/journal")
async def journal_page(case: str, visitor: AtDesk, before: Annotated[int | None, Query(ge=1)] = None) -> Response:
    reading = await read_case(visitor.desk, visitor.me, case)
    names = await names_in(visitor.desk.pool, reading, visitor.dates)
    journal = await read_journal(visitor.desk, visitor.me, case, before=before, limit=PAGE)
    return visitor.page(
        "journal.html",
        is_desk=True,
        duties=await duties_of(visitor),
        case=case,
        code=reading.snapshot.code,
        log=log_lines(journal.entries, names),
        next=journal.next,
    )
