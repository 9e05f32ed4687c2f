"""Log in and out by the API's session; who came for a page gets it afterwards."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.sessions import Login, begin_session, end_session
from records.accounts import session_account
from records.errors import LoginRefused, TooManyAttempts
from web.pages import Anybody, PageRoute, SignedIn, own_address, see_other

router = APIRouter(route_class=PageRoute)
Line = Annotated[str, Form(max_length=200)]


@router.get("/login")
async def login_page(visitor: Anybody, next: str = "/") -> Response:
    if visitor.account is not None:
        return see_other(_landing(visitor.account.kind, next))
    return visitor.page("login.html", next=own_address(next), login="", refused="")


@router.post("/login")
async def log_in(
    request: Request, visitor: Anybody, login: Line = "", password: Line = "", next: Annotated[str, Form()] = "/"
) -> Response:
    answer = Response()
    if not login.strip() or not password:
        said = visitor.words("login.both")
        return visitor.page("login.html", status=422, next=own_address(next), login=login, refused=said)
    try:
        session = await begin_session(Login(login=login, password=password), request, answer, visitor.desk)
    except (LoginRefused, TooManyAttempts) as error:
        status = 429 if isinstance(error, TooManyAttempts) else 401
        said = visitor.said(error)
        return visitor.page("login.html", status=status, next=own_address(next), login=login, refused=said)
    async with visitor.desk.pool.connection() as db:
        account = await session_account(db, session.token, now=visitor.desk.now(), today=visitor.desk.today())
    landed = see_other(_landing(account.kind if account is not None else "citizen", next))
    landed.headers["set-cookie"] = answer.headers["set-cookie"]
    return landed


@router.post("/logout")
async def log_out(request: Request, visitor: SignedIn) -> Response:
    response = see_other("/")
    await end_session(request, response, visitor.me, visitor.desk)
    return response


def _landing(kind: str, next: str) -> str:
    """Nobody in particular was asked for: an officer goes to the inbox, a citizen home."""
    address = own_address(next)
    return "/tasks" if kind == "officer" and address == "/" else address
