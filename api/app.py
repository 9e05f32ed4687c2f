"""The application: one desk, every endpoint, one table of problems, limits around it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from functools import cache, partial

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from psycopg import OperationalError
from psycopg_pool import PoolTimeout
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from api import (
    cases,
    commands,
    files,
    health,
    incidents,
    looking,
    procedures,
    sessions,
    submission,
    tasks,
)
from api.desk import Desk
from api.limits import Limits
from api.openapi import describe
from api.problems import Problem, answer_problem
from api.progress import is_progress, serve_progress
from records.blobs import open_blobs
from records.case_keys import read_key
from records.errors import RecordsError
from records.pool import make_pool
from settings import Settings
from workflows.connection import connect_door
from workflows.core.refusals import Refused
from workflows.door import Door, DoorError
from workflows.payloads import Keys

PREFIX = "/api/v1"
ROUTERS = (sessions, files, submission, cases, looking, commands, tasks, incidents, procedures, health)
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


class Progress:
    """Takes the portal's hot path out before any routing."""

    def __init__(self, app: ASGIApp, *, root: FastAPI) -> None:
        self._app = app
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_progress(scope["path"]):
            return await serve_progress(self._root.state.desk, scope, receive, send)
        await self._app(scope, receive, send)


def create_api(settings: Settings) -> FastAPI:
    """Answer the API with its pool and its door, opened when it starts serving."""
    app = FastAPI(
        title="motcua",
        version="1",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(settings),
    )
    api = APIRouter(prefix=PREFIX)
    for part in ROUTERS:
        api.include_router(part.router)
    app.include_router(api)
    for error in (Problem, Refused, RecordsError, DoorError, OperationalError, PoolTimeout):
        app.add_exception_handler(error, answer_problem)
    app.add_exception_handler(RequestValidationError, answer_problem)
    app.add_exception_handler(HTTPException, answer_problem)
    app.add_exception_handler(Exception, answer_problem)
    app.openapi = cache(partial(describe, app, prefix=PREFIX))  # type: ignore[method-assign]  # how FastAPI is told so
    app.add_middleware(Progress, root=app)
    app.add_middleware(Limits)
    return app


def _lifespan(settings: Settings) -> Lifespan:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with make_pool(settings.require_database()) as pool:
            keys = Keys(partial(read_key, pool))
            client = await connect_door(settings.temporal_address, settings.temporal_namespace, keys)
            app.state.desk = Desk(
                pool=pool,
                client=client,
                door=Door(client, pool, keys, now=_now),
                blobs=open_blobs(settings.files),
                public_url=settings.public_url,
                now=_now,
            )
            yield

    return lifespan


def _now() -> datetime:
    return datetime.now(UTC)
