"""Pins, stored once by digest: what a case runs by is what it is read by."""

from psycopg.types.json import Json as AsJson

from records.errors import NotFound
from records.pool import Db
from workflows.core.pin import Pin, dump_pin, load_pin

# A pin never changes under its digest, and a process meets few.
_KNOWN: dict[str, Pin] = {}


async def store_pin(db: Db, pin: Pin) -> None:
    await db.execute(
        "insert into pin (digest, document) values (%s, %s) on conflict do nothing",
        (pin.digest, AsJson(dump_pin(pin))),
    )


async def pin_of(db: Db, digest: str) -> Pin:
    """Answer a stored pin; the database is asked once for each digest and process."""
    if digest not in _KNOWN:
        cursor = await db.execute("select document from pin where digest = %s", (digest,))
        row = await cursor.fetchone()
        if row is None:
            raise NotFound(f"The pin {digest} is not stored: publish its version, or restore the database.")
        _KNOWN[digest] = load_pin(row[0])
    return _KNOWN[digest]
