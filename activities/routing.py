"""Which unit does a function for this case: asked of the organisation as it is on the day."""

from dataclasses import KW_ONLY, dataclass, replace
from datetime import UTC, date, datetime

from temporalio import activity

from activities.contracts import Order
from activities.vietnamese import day_of
from procedures.json_types import Json
from procedures.language.model.procedure import Procedure
from records.forms import field_value
from records.organisation import RECEIVING, Place, route
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
            routes = Routes(db, procedure, case=order.case, form=asked.get("form"), receiving=asked["receiving"], on=on)
            unit = await routes.unit(function=asked["function"], place=asked["place"])
        return {"unit": unit}


@dataclass(frozen=True, slots=True)
class Routes:
    """Where the functions of one case are done on a day; an area of its form stays in records."""

    db: Db
    procedure: Procedure
    _: KW_ONLY
    case: str
    form: str | None
    receiving: str
    on: date

    async def unit(self, *, function: str, place: str) -> str | None:
        where = await self._place(place)
        return await route(self.db, function=function, place=where, receiving=self.receiving, on=self.on)

    async def _place(self, name: str) -> Place:
        declared = next((unit for unit in self.procedure.units if unit.id == name), None)
        if declared is None:
            return Place(name=name)
        place = Place(name=name, agency=declared.agency, level=declared.level)
        if declared.territory == RECEIVING or self.form is None:
            return place
        area = await field_value(self.db, case=self.case, reference=f"{self.form}#{_field(declared.territory)}")
        return replace(place, areas=area_codes(area))


def area_codes(area: Json) -> tuple[str, ...]:
    """Name the area of an address or province, the narrowest first: a commune of it, then the province."""
    match area:
        case {"province": str(province), "commune": str(commune)}:
            return f"{province}/{commune}", province
        case {"province": str(province)} | str(province):
            return (province,)
        case _:
            return ()


def _field(territory: str) -> str:
    return territory.removeprefix("form.")
