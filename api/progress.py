"""The portal's read, hot: bytes PostgreSQL built, one indexed select, no framework in between.

`GET /cases/{id}/progress` and `GET /progress?code=` need no session: they hold no personal data, and the id or the code
is what the applicant was given.
"""

from datetime import datetime
from urllib.parse import parse_qs

import orjson
from psycopg import OperationalError
from psycopg_pool import PoolTimeout
from starlette.types import Receive, Scope, Send

from api.desk import Desk
from api.problems import MEDIA_TYPE, Problem, as_bytes, problem_of
from records.progress import Progress, progress_by_code, progress_of

# Nothing changes by itself before the next boundary, but people act: a portal that polls learns of it within this time.
LONGEST_AGE = 30
_READ_ONLY = Problem(405, "method-not-allowed", "Địa chỉ này chỉ để đọc (GET).", headers={"Allow": "GET, HEAD"})
_PREFIX, _SUFFIX = "/api/v1/cases/", "/progress"
_BY_CODE = "/api/v1/progress"


def is_progress(path: str) -> bool:
    return path == _BY_CODE or (
        path.startswith(_PREFIX) and path.endswith(_SUFFIX) and "/" not in path[len(_PREFIX) : -len(_SUFFIX)]
    )


async def serve_progress(desk: Desk, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer as ASGI; the application hands every path of `is_progress` here."""
    if scope["method"] not in ("GET", "HEAD"):
        return await _refuse(send, _READ_ONLY)
    try:
        found = await _find(desk, scope)
    except Problem as problem:
        return await _refuse(send, problem)
    except (OperationalError, PoolTimeout) as error:
        down = problem_of(error)
        assert down is not None
        return await _refuse(send, down)
    if found is None:
        return await _refuse(send, Problem(404, "no-such-case", "Không có hồ sơ nào với mã này; kiểm tra lại mã."))
    headers = [
        (b"etag", etag(found).encode()),
        (b"cache-control", cache_control(found, desk.now()).encode()),
        (b"content-type", b"application/json"),
    ]
    if _knows(scope, etag(found)):
        return await _answer(send, 304, headers, b"")
    await _answer(send, 200, headers, found.body, head=scope["method"] == "HEAD")


def etag(found: Progress) -> str:
    return f'"{found.seq}"'


def cache_control(found: Progress, now: datetime) -> str:
    """Say how long the answer may be reused: never past the instant at which the case looks different by itself."""
    boundary = LONGEST_AGE if found.next_boundary is None else int((found.next_boundary - now).total_seconds())
    return f"public, max-age={max(0, min(LONGEST_AGE, boundary))}, must-revalidate"


async def _find(desk: Desk, scope: Scope) -> Progress | None:
    path: str = scope["path"]
    if path != _BY_CODE:
        async with desk.pool.connection() as db:
            return await progress_of(db, path[len(_PREFIX) : -len(_SUFFIX)])
    codes = parse_qs(scope["query_string"].decode("ascii", "replace")).get("code")
    if not codes:
        raise Problem(422, "code-required", "Thêm mã hồ sơ: /api/v1/progress?code=…")
    async with desk.pool.connection() as db:
        return await progress_by_code(db, codes[0].strip())


def _knows(scope: Scope, tag: str) -> bool:
    given = b",".join(value for name, value in scope["headers"] if name == b"if-none-match").decode("latin-1")
    # Compared weakly (RFC 9110, 13.1.2): a proxy that compresses hands our tag on as a weak one.
    return given.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in given.split(","))


async def _refuse(send: Send, problem: Problem) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in problem.headers.items()]
    body = as_bytes(problem)
    await _answer(send, problem.status, [(b"content-type", MEDIA_TYPE.encode()), *headers], body)


async def _answer(
    send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes, *, head: bool = False
) -> None:
    length = [] if status == 304 else [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
    await send({"type": "http.response.body", "body": b"" if head else body})


def progress_document(found: Progress) -> dict[str, object]:
    """Answer the same as an object, for pages."""
    document: dict[str, object] = orjson.loads(found.body)
    return document
