"""Who asks: the session behind a request, and the key under which a write happens once."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Header, Request
from fastapi.security import APIKeyCookie, HTTPBearer

from api.desk import Desk, desk_of
from api.problems import Problem, not_signed_in
from records.accounts import Account, session_account

COOKIE = "motcua_session"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

# Said for the API's document; `token_of` is what reads them.
_BEARER = HTTPBearer(auto_error=False, scheme_name="bearer")
_IN_COOKIE = APIKeyCookie(name=COOKIE, auto_error=False, scheme_name="cookie")

TheDesk = Annotated[Desk, Depends(desk_of)]


def token_of(request: Request) -> str | None:
    """Answer the opaque session id: of the Authorization header, else of the cookie."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token else request.cookies.get(COOKIE)


async def somebody(request: Request, desk: TheDesk) -> Account | None:
    """Answer who is signed in, if anybody is."""
    _refuse_foreign_page(request)
    token = token_of(request)
    if token is None:
        return None
    async with desk.pool.connection() as db:
        return await session_account(db, token, now=desk.now(), today=desk.today())


async def signed_in(
    account: Annotated[Account | None, Depends(somebody)],
    _bearer: Annotated[object, Depends(_BEARER)],
    _cookie: Annotated[object, Depends(_IN_COOKIE)],
) -> Account:
    if account is None:
        raise not_signed_in()
    return account


async def officer(account: Annotated[Account, Depends(signed_in)]) -> Account:
    if account.kind != "officer":
        raise Problem(403, "officers-only", "Chỗ này dành cho cán bộ; hồ sơ của ông/bà ở /api/v1/cases.")
    return account


def idempotency_key(idempotency_key: Annotated[str | None, Header(max_length=200)] = None) -> str:
    """Answer the key of a write: the same key and content have the same answer, however often they are sent."""
    if not idempotency_key or not idempotency_key.strip():
        detail = "Thêm tiêu đề Idempotency-Key: một mã mới cho mỗi việc mới, mã cũ khi gửi lại việc cũ."
        raise Problem(400, "idempotency-key-required", detail)
    return idempotency_key.strip()


def _refuse_foreign_page(request: Request) -> None:
    """A cookie travels with forms of other sites too, and a foreign form may log somebody in as another."""
    origin = request.headers.get("origin")
    if request.method in _SAFE or origin is None or "authorization" in request.headers:
        return
    if urlsplit(origin).netloc != request.headers.get("host"):
        raise Problem(403, "foreign-origin", "Yêu cầu đến từ một trang khác; mở lại trang Một cửa rồi làm lại.")


Somebody = Annotated[Account | None, Depends(somebody)]
SignedIn = Annotated[Account, Depends(signed_in)]
Officer = Annotated[Account, Depends(officer)]
Key = Annotated[str, Depends(idempotency_key)]
