"""The way in: home, procedures in force, one procedure with its papers, limit and places, and the look-up by code."""

from fastapi import APIRouter, Response

from api.procedures import ProcedureView, get_procedures, read_procedure
from procedures.language.model.life import Deadline
from web.citizen.papers import demanded_papers
from web.pages import Anybody, PageRoute, own_address, see_other
from web.texts import COOKIE, languages
from web.why import unbroken

router = APIRouter(route_class=PageRoute)
_A_YEAR = 365 * 24 * 3600


@router.get("/")
async def home(visitor: Anybody) -> Response:
    return visitor.page("home.html", procedures=await get_procedures(visitor.desk))


@router.get("/procedures")
async def procedures(visitor: Anybody) -> Response:
    return visitor.page("procedures.html", procedures=await get_procedures(visitor.desk))


@router.get("/procedures/{code}")
async def procedure(code: str, visitor: Anybody) -> Response:
    view = await read_procedure(visitor.desk, code)
    return visitor.page(
        "procedure.html",
        procedure=view,
        basis=unbroken(view.basis),
        papers=demanded_papers(view, visitor.words),
        limits=[(row, _to_whom(view, row)) for row in view.deadline],
    )


@router.get("/language")
async def choose_language(visitor: Anybody, to: str, back: str = "/") -> Response:
    response = see_other(own_address(back))
    if to in languages():
        response.set_cookie(COOKIE, to, max_age=_A_YEAR, httponly=True, samesite="lax")
    return response


def _to_whom(view: ProcedureView, row: Deadline) -> list[dict[str, str]]:
    """Answer the labels of those a row of the limit is for; none where it is for everybody."""
    variants = [variant.label for variant in view.variants if variant.id in row.selectors.variants]
    submitters = [submitter.label for submitter in view.submitters if submitter.id in row.selectors.submitters]
    return [*variants, *submitters]
