"""Stylesheet, scripts and vendored libraries, addressed by their content so that browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static"
_FOR_EVER = "public, max-age=31536000, immutable"


@cache
def address_of(file: str) -> str:
    """Answer the address of a file, another one whenever its content is another."""
    return f"{PREFIX}/{file}?v={hashlib.sha256((FOLDER / file).read_bytes()).hexdigest()[:12]}"


class Assets(StaticFiles):
    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200 and scope["query_string"].startswith(b"v="):
            response.headers["Cache-Control"] = _FOR_EVER
        return response
