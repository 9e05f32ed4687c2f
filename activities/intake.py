"""Acceptance, from the world's side: the version in force, a code, a receipt number, and who does what for the case."""

from datetime import date, datetime

from temporalio import activity

from activities.contracts import Order
from activities.failures import business_failure
from activities.routing import Routes
from activities.vietnamese import day_of
from procedures.json_types import Json, JsonObject
from records.effects import effect_result, remember_effect
from records.errors import NoCodeSeries
from records.numbers import Registration, register
from records.pins import pin_of
from records.pool import Db, Pool
from records.procedures import pin_in_force
from workflows.core import machine
from workflows.core.fitting import fits
from workflows.core.pin import Pin, dump_pin


class Intake:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @activity.defn(name="Intake.register")
    async def register(self, order: Order) -> dict[str, Json]:
        """Idempotent by the case: it has one code and one receipt; the answer given first is given again.

        Whether the dossier fits is asked before anything is allocated: a number used is a number nobody can take back.
        """
        accepted_at = datetime.fromisoformat(order.with_["accepted_at"])
        async with self._pool.connection() as db, db.transaction():
            known = await effect_result(db, order.key)
            if known is None:
                pin = await _fitting_pin(db, order, on=day_of(accepted_at))
                routes = await _routes(db, order, pin, on=day_of(accepted_at))
                # Last, since every acceptance of the unit waits for the series from here to the commit.
                given = await _registered(db, order, at=accepted_at)
                known = await remember_effect(
                    db,
                    key=order.key,
                    case=order.case,
                    activity=order.activity,
                    result={"code": given.code, "receipt": given.receipt, "pin": pin.digest, "routes": routes},
                )
            return await _with_document(db, known, has=order.pin)


async def _fitting_pin(db: Db, order: Order, *, on: date) -> Pin:
    """Answer what is in force on the day of acceptance, if this dossier is a dossier of it."""
    pin = await pin_in_force(db, order.with_["procedure"], on)
    if pin is None:
        raise business_failure("does-not-fit", f"No version of {order.with_['procedure']} is in force on {on}.")
    misfits = fits(pin, machine.load(order.state))
    if misfits:
        named = ", ".join(sorted(f"{misfit.code} {misfit.what}" for misfit in misfits))
        sentence = f"Version {pin.procedure.version} asks for more: {named}."
        raise business_failure("does-not-fit", sentence, detail=named)
    return pin


async def _routes(db: Db, order: Order, pin: Pin, *, on: date) -> JsonObject:
    """Answer the unit of every function that has one; what is left out is asked again when a step reaches it."""
    of_case = Routes(
        db, pin.procedure, case=order.case, form=order.with_.get("form"), receiving=order.with_["unit"], on=on
    )
    routes: JsonObject = {}
    for asked in order.with_["functions"]:
        function, place = asked["function"], asked["place"]
        unit = await of_case.unit(function=function, place=place)
        if unit is not None:
            routes[f"{function}@{place}"] = unit
    return routes


async def _registered(db: Db, order: Order, *, at: datetime) -> Registration:
    try:
        return await register(db, case=order.case, unit=order.with_["unit"], at=at)
    except NoCodeSeries as missing:
        raise business_failure("no-code-series", missing.sentence) from missing


async def _with_document(db: Db, known: JsonObject, *, has: str) -> dict[str, Json]:
    """Hand a pin over by value only where the case has another one; it is not kept twice."""
    if known["pin"] == has:
        return known
    return {**known, "pin_document": dump_pin(await pin_of(db, str(known["pin"])))}
