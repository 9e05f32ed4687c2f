"""What every answer carries and how much anybody may send: an ASGI layer around the whole application."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import MEDIA_TYPE, Problem, as_bytes

BODY_LIMIT = 256 * 1024
# A little above the largest file, for the envelope of a form.
UPLOAD_LIMIT = 21 * 1024 * 1024
UPLOADS = ("/api/v1/files",)
# A page sends a whole dossier at once: several files, and the form around them.
DOSSIER_LIMIT = 64 * 1024 * 1024
DOSSIERS = ("/procedures/", "/cases/")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
}


# No id, no code and no word holds one, and PostgreSQL takes none.
_NULL_IN_ADDRESS = Problem(400, "malformed", "Địa chỉ có ký tự rỗng (%00); bỏ nó đi.")


class TooLarge(Exception):
    pass


class Limits:
    """Refuses a body over its limit with 413 before anything reads it whole."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        if b"%00" in scope["query_string"] or "\0" in scope["path"]:
            return await _answer(send, _NULL_IN_ADDRESS)
        limit = _limit(scope["path"])
        taken = 0
        begun = False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise TooLarge
            return message

        async def dressed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            if _announced(scope) > limit:
                raise TooLarge
            await self._app(scope, counted, dressed)
        except TooLarge:
            if not begun:
                await _answer(
                    send, Problem(413, "too-large", f"Nội dung gửi lên quá lớn: nhiều nhất {limit // 1024} KB.")
                )


def _limit(path: str) -> int:
    if path.startswith(UPLOADS):
        return UPLOAD_LIMIT
    return DOSSIER_LIMIT if path.startswith(DOSSIERS) else BODY_LIMIT


def _announced(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


async def _answer(send: Send, problem: Problem) -> None:
    own = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"connection", b"close"), *own]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": as_bytes(problem)})
