"""The way to PostgreSQL: one pool a process, reads without transactions, statements prepared."""

from typing import LiteralString, TypeAlias

import orjson
from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg.types.json import set_json_dumps, set_json_loads
from psycopg_pool import AsyncConnectionPool

Db: TypeAlias = AsyncConnection[TupleRow]
Pool: TypeAlias = AsyncConnectionPool[Db]
Sql: TypeAlias = LiteralString

# A statement is prepared when a connection runs it for the second time.
PREPARE_AFTER = 2


def make_pool(database_url: str, *, size: int = 8) -> Pool:
    """Answer a pool that is still closed: `async with make_pool(url) as pool`.

    Connections commit by themselves; what must be whole opens `db.transaction()`.
    A connection is checked before it is handed out, so that a restarted PostgreSQL costs nobody a request.
    """
    return AsyncConnectionPool(
        database_url,
        min_size=1,
        max_size=size,
        open=False,
        kwargs={"autocommit": True, "prepare_threshold": PREPARE_AFTER, "options": "-c timezone=UTC"},
        configure=configure,
        check=AsyncConnectionPool.check_connection,
        timeout=10,
        name="records",
    )


async def connect(database_url: str) -> Db:
    """Answer one connection outside any pool, set up as the pool's are; for commands that end soon."""
    db = await AsyncConnection.connect(
        database_url, autocommit=True, prepare_threshold=PREPARE_AFTER, options="-c timezone=UTC"
    )
    await configure(db)
    return db


async def configure(db: Db) -> None:
    set_json_loads(orjson.loads, db)
    set_json_dumps(orjson.dumps, db)
