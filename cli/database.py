"""A command's one connection, and its troubles said in one sentence."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from psycopg import OperationalError

from cli.engine.program import EngineError
from records.errors import RecordsError
from records.pool import Db, connect
from settings import Settings

T = TypeVar("T")


def with_database(work: Callable[[Db], Awaitable[T]]) -> T:
    """Do `work` on a connection of its own and answer its answer."""
    return asyncio.run(_with_database(Settings.from_environment().require_database(), work))


async def _with_database(database_url: str, work: Callable[[Db], Awaitable[T]]) -> T:
    try:
        db = await connect(database_url)
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise EngineError(
            f"PostgreSQL does not answer ({reason}): is `motcua up` running, is DATABASE_URL right?"
        ) from None
    try:
        return await work(db)
    except RecordsError as error:
        raise EngineError(str(error)) from error
    finally:
        await db.close()
