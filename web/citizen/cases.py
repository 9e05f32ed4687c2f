"""My cases; and at the address of one case: its progress for a party, the desk's page for an officer."""

from fastapi import APIRouter, Response

from api.cases import read_mine
from api.reading import read_case
from web.citizen.progress import party_page
from web.desk.case import case_page
from web.pages import PageRoute, SignedIn

router = APIRouter(route_class=PageRoute)


@router.get("/cases")
async def my_cases(visitor: SignedIn, before: str | None = None) -> Response:
    mine = await read_mine(visitor.desk, visitor.me, before=before)
    return visitor.page("cases.html", cases=mine.cases, next=mine.next)


@router.get("/cases/{case}")
async def one_case(case: str, visitor: SignedIn) -> Response:
    reading = await read_case(visitor.desk, visitor.me, case)
    if reading.access.is_party:
        return party_page(visitor, reading)
    return await case_page(visitor, reading)
