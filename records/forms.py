"""Values people entered, under the digest by which everything else refers to them; personal, never copied elsewhere."""

from collections.abc import Mapping

from psycopg.types.json import Json as AsJson

from procedures.json_types import Json, JsonObject
from records.digests import digest
from records.errors import NotFound
from records.pool import Db

PREFIX = "form:"


def form_ref(values: JsonObject) -> str:
    """Answer how a command refers to these values: `form:<digest>`."""
    return PREFIX + digest(values).hex()


async def store_form(db: Db, *, case: str, values: JsonObject, author: str) -> str:
    """Keep values outside a command and answer their reference; commands bring their own along (`NewCommand.forms`)."""
    reference = form_ref(values)
    await db.execute(
        "insert into form (case_id, digest, values, author) values (%s, %s, %s, %s) on conflict do nothing",
        (case, reference.removeprefix(PREFIX), AsJson(values), author),
    )
    return reference


async def form_values(db: Db, *, case: str, reference: str) -> JsonObject:
    cursor = await db.execute(
        "select values from form where case_id = %s and digest = %s",
        (case, reference.removeprefix(PREFIX).partition("#")[0]),
    )
    row = await cursor.fetchone()
    if row is None:
        raise NotFound(f"The form {reference} is not kept for this case.")
    values: JsonObject = row[0]
    return values


async def field_value(db: Db, *, case: str, reference: str) -> Json:
    """Resolve `form:<digest>#field`, also into a part (`#account.number`); None where the field was left empty."""
    _, _, path = reference.partition("#")
    value: Json = await form_values(db, case=case, reference=reference)
    for name in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value
