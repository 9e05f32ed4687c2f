"""A page and its reader: who looks, in which language, at which instant; templates filled; problems told as pages."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from psycopg import OperationalError
from psycopg_pool import PoolTimeout
from starlette.exceptions import HTTPException

from api.desk import Desk, desk_of
from api.problems import Problem, not_signed_in, problem_of
from api.who import Somebody, TheDesk, officer
from records.accounts import Account
from records.errors import RecordsError
from web.dates import Dates
from web.static_files import address_of
from web.texts import Words, language_of, languages, words_in
from web.values import size
from workflows.core.refusals import Refused, sentence
from workflows.door import DoorError

TEMPLATES = Path(__file__).parent / "templates"
_TOLD = (
    *(Problem, Refused, RecordsError, DoorError, OperationalError, PoolTimeout),
    *(RequestValidationError, HTTPException),
)
Told = Problem | Refused | RecordsError | DoorError


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who looks at a page."""

    request: Request
    desk: Desk
    account: Account | None
    words: Words
    dates: Dates

    @property
    def me(self) -> Account:
        """Answer who is signed in, where nobody else gets."""
        if self.account is None:
            raise not_signed_in()
        return self.account

    def page(
        self, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: object
    ) -> HTMLResponse:
        """Fill a template. What somebody signed in has seen is not kept by a browser that others may use."""
        text = (
            _templates()
            .get_template(template)
            .render(
                t=self.words,
                label=self.words.of,
                dates=self.dates,
                account=self.account,
                path=self.request.url.path,
                here=address_here(self.request),
                languages=languages(),
                **context,
            )
        )
        return HTMLResponse(text, status, {"Cache-Control": "no-store", **(headers or {})})

    def said(self, error: Exception) -> Markup:
        """Say to the reader what went wrong and what to do."""
        problem = problem_of(error)
        code = problem.code if problem is not None else "defect"
        if isinstance(error, Refused):
            return Markup("{}").format(sentence(error.code, self.words.language, error.data))
        key = f"problem.{code.replace('-', '_')}"
        if self.words.has(key):
            return self.words(key, **(problem.data if problem is not None else {}))
        return Markup("{}").format(problem.detail if problem is not None else "")


async def visitor(request: Request, desk: TheDesk, account: Somebody) -> Visitor:
    request.state.visitor = _visitor(request, desk, account)
    found: Visitor = request.state.visitor
    return found


async def signed_in_visitor(visitor: Annotated[Visitor, Depends(visitor)]) -> Visitor:
    if visitor.account is None:
        raise not_signed_in()
    return visitor


async def officer_at_desk(visitor: Annotated[Visitor, Depends(signed_in_visitor)]) -> Visitor:
    await officer(visitor.me)
    return visitor


Anybody = Annotated[Visitor, Depends(visitor)]
SignedIn = Annotated[Visitor, Depends(signed_in_visitor)]
AtDesk = Annotated[Visitor, Depends(officer_at_desk)]


class PageRoute(APIRoute):
    """Tells problems in words on a page; who is not signed in comes back here after the login."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except _TOLD as error:
                return problem_page(request, error)

        return handled


def problem_page(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    if problem is None:
        raise error
    if problem.code == "not-signed-in":
        return RedirectResponse(f"/login?next={quote(address_here(request))}", 303)
    found = getattr(request.state, "visitor", None) or _visitor(request, desk_of(request), None)
    context = {"said": found.said(error), "is_desk": found.account is not None and found.account.kind == "officer"}
    return found.page("problem.html", status=problem.status, headers=problem.headers, code=problem.code, **context)


def see_other(address: str) -> RedirectResponse:
    """Answer a form that was taken: the browser reads the next page, and a reload sends nothing again."""
    return RedirectResponse(address, 303)


def address_here(request: Request) -> str:
    """Answer where a reader may come back to: the address of a page, never that of a form that was sent."""
    if request.method != "GET":
        return "/"
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def own_address(address: str) -> str:
    """Answer an address of ours, or home: a link may not lead elsewhere through us."""
    is_own = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_own and address.isprintable() else "/"


def _visitor(request: Request, desk: Desk, account: Account | None) -> Visitor:
    words = words_in(language_of(request))
    return Visitor(request=request, desk=desk, account=account, words=words, dates=Dates(words, desk.now()))


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["asset"] = address_of
    environment.filters["filesize"] = size
    return environment
