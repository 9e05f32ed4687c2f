"""What went wrong outside any page (no such address, too much, a defect) is told to people as a page, not as JSON."""

import orjson
from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.app import PREFIX as API
from api.problems import MEDIA_TYPE, Problem
from web.pages import problem_page


class InWords:
    """Takes problem documents that leave by addresses of people and answers the page that says the same."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(f"{API}/"):
            return await self._app(scope, receive, send)
        start: Message | None = None
        body = b""

        async def held(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_problem(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")

        try:
            await self._app(scope, receive, held)
        finally:
            if start is not None:
                page = problem_page(Request(scope), _problem(start, body))
                await page(scope, receive, send)


def _is_problem(message: Message) -> bool:
    return any(name == b"content-type" and value.startswith(MEDIA_TYPE.encode()) for name, value in message["headers"])


def _problem(start: Message, body: bytes) -> Problem:
    told = orjson.loads(body)
    kept = {b"retry-after", b"content-security-policy", b"x-content-type-options", b"x-frame-options"}
    headers = {name.decode(): value.decode() for name, value in start["headers"] if name in kept}
    return Problem(start["status"], told["code"], told["detail"], headers=headers)
