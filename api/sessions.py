"""Log in, who am I, log out."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, StringConstraints

from api.strict import Strict
from api.who import COOKIE, SignedIn, TheDesk, token_of
from records.accounts import SESSION_LASTS, Account, log_in, log_out

router = APIRouter(prefix="/session", tags=["session"])
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Login(Strict):
    login: Line
    password: Line


class DutyView(BaseModel):
    unit: str
    function: str
    head: bool


class Me(BaseModel):
    account: str
    kind: str
    name: str
    duties: list[DutyView]


class Session(BaseModel):
    """`token` serves as `Authorization: Bearer`; pages use the cookie that comes along."""

    token: str


@router.post("", status_code=201)
async def begin_session(body: Login, request: Request, response: Response, desk: TheDesk) -> Session:
    address = request.client.host if request.client else "unknown"
    async with desk.pool.connection() as db:
        token = await log_in(db, login=body.login, password=body.password, address=address, now=desk.now())
    set_cookie(response, token, secure=desk.public_url.startswith("https"))
    return Session(token=token)


@router.get("")
async def read_session(account: SignedIn) -> Me:
    return me(account)


@router.delete("", status_code=204)
async def end_session(request: Request, response: Response, account: SignedIn, desk: TheDesk) -> None:
    token = token_of(request)
    assert token is not None
    async with desk.pool.connection() as db:
        await log_out(db, token)
    response.delete_cookie(COOKIE)


def me(account: Account) -> Me:
    duties = [DutyView(unit=duty.unit, function=duty.function, head=duty.head) for duty in account.duties]
    return Me(account=account.ref, kind=account.kind, name=account.name, duties=duties)


def set_cookie(response: Response, token: str, *, secure: bool) -> None:
    seconds = int(SESSION_LASTS.total_seconds())
    response.set_cookie(COOKIE, token, max_age=seconds, httponly=True, samesite="lax", secure=secure)
