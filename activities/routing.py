"""Which unit does a function for this case: asked of the organisation as it is on the day."""

from datetime import UTC, date, datetime

from temporalio import activity

from activities.contracts import Order
from activities.vietnamese import day_of
from procedures.json_types import Json
from procedures.language.model import Procedure
from records.organisation import COMPETENT, RECEIVING, Place, route
from records.pins import pin_of
from records.pool import Db, Pool


class Route:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @activity.defn(name="Route.resolve")
    async def resolve(self, order: Order) -> dict[str, Json]:
        """Idempotent: a read. Where nobody does the function, the case goes to the dispatch queue of the one-stop."""
        asked, on = order.with_, day_of(order.at or datetime.now(UTC))
        async with self._pool.connection() as db:
            procedure = (await pin_of(db, order.pin)).procedure
            unit = await unit_for(
                db, procedure, function=asked["function"], place=asked["place"], receiving=asked["receiving"], on=on
            )
        return {"unit": unit}


async def unit_for(db: Db, procedure: Procedure, *, function: str, place: str, receiving: str, on: date) -> str | None:
    return await route(db, function=function, place=_place(procedure, place), receiving=receiving, on=on)


def _place(procedure: Procedure, name: str) -> Place:
    if name in (RECEIVING, COMPETENT):
        return Place(name=name)
    declared = next((unit for unit in procedure.units if unit.id == name), None)
    return Place(name=name, agency=declared.agency, level=declared.level) if declared else Place(name=name)
