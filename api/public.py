"""What anybody who has the code of a case may read of it: everything the core says of it, and nothing about persons."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from api.commands import no_such_case
from api.desk import Desk
from procedures.time.errors import CalendarNotCovered
from records.cases import stored_case
from records.organisation import Unit, units
from records.pins import pin_of
from records.progress import Progress, progress_by_code
from workflows.core.clocks import LEGAL
from workflows.core.documents import load_state
from workflows.core.pin import Pin
from workflows.core.reckoning import reckoned
from workflows.core.snapshot import snapshot
from workflows.core.state import State
from workflows.core.views import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReading:
    """`found` is what the portal polls, with its seq and boundary; the rest is what it was made from."""

    found: Progress
    units: Mapping[str, Unit]
    pin: Pin
    state: State
    snapshot: Snapshot


async def read_publicly(desk: Desk, code: str) -> PublicReading:
    async with desk.pool.connection() as db:
        found = await progress_by_code(db, code.strip().upper())
        stored = None if found is None else await stored_case(db, found.case)
        if found is None or stored is None:
            raise no_such_case()
        pin = await pin_of(db, stored.pin_digest)
        state = load_state(stored.dump)
        known = snapshot(pin, state, desk.now())
        named = await units(db, sorted({*state.routes.values(), known.receiving or "", known.unit or ""}))
    return PublicReading(
        found=found,
        units=named,
        pin=pin,
        state=state,
        snapshot=known,
    )


def due_if_answered(pin: Pin, state: State, now: datetime) -> datetime | None:
    """Answer the legal due if all that is asked for arrived now: a forecast, promised to nobody (I21)."""
    legal = next((clock for clock in state.clocks if clock.id == LEGAL), None)
    if legal is None or legal.due is not None or legal.stopped_at is not None:
        return None
    closed = tuple(one if one.closed is not None else replace(one, closed=now) for one in legal.intervals)
    try:
        return reckoned(pin, replace(legal, intervals=closed)).due
    except CalendarNotCovered:
        return None
