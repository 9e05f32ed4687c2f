"""What anybody who has the code of a case may read of it: everything the core says of it, and nothing about persons."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.commands import no_such_case
from api.desk import Desk
from api.progress import progress_document
from records.cases import stored_case
from records.pins import pin_of
from records.progress import Progress, progress_by_code
from workflows.core.documents import load_state
from workflows.core.pin import Pin
from workflows.core.snapshot import snapshot
from workflows.core.state import State
from workflows.core.views import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReading:
    """`document` is what the portal polls, `found` its seq and boundary; the rest is what it was made from."""

    found: Progress
    document: Mapping[str, object]
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
    return PublicReading(
        found=found,
        document=progress_document(found),
        pin=pin,
        state=state,
        snapshot=snapshot(pin, state, desk.now()),
    )
