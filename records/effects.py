"""What effects answered, by the key the outside was given: an activity done twice answers the same."""

from psycopg.types.json import Jsonb

from procedures.json_types import JsonObject
from records.pool import Db


async def effect_result(db: Db, key: str) -> JsonObject | None:
    """Answer what the effect answered before; None where it is not known to have been done."""
    cursor = await db.execute("select result from effect where key = %s", (key,))
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def remember_effect(db: Db, *, key: str, case: str, activity: str, result: JsonObject) -> JsonObject:
    """Keep the first answer for ever, and answer it: of two who did the same, the second learns what the first said."""
    await db.execute(
        "insert into effect (key, case_id, activity, result) values (%s, %s, %s, %s) on conflict do nothing",
        (key, case, activity, Jsonb(result)),
    )
    known = await effect_result(db, key)
    assert known is not None
    return known
