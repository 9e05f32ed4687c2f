"""Which calendars a case is counted anew by: those its own version was last published with."""

from procedures.json_types import JsonObject
from records.pins import pin_of, store_pin
from records.pool import Db
from records.procedures import newest_pin
from workflows.core.pin import Pin, with_calendars


async def newest_calendars(db: Db, pin: Pin) -> JsonObject:
    """Answer them by value, and keep the pin that the case is read by once it counts by them."""
    newest = await pin_of(db, await newest_pin(db, pin.procedure.digest))
    calendars = newest.document["calendars"]
    assert isinstance(calendars, list)
    documents = [one for one in calendars if isinstance(one, dict)]
    await store_pin(db, with_calendars(pin, documents))
    return {"calendars": calendars}
