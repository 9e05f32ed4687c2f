"""Read a case: who may, what records hold of it, and what the core says of the stored state."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.commands import no_such_case
from api.desk import Desk
from api.warnings import Warned, warned_of_case
from procedures.json_types import Json, JsonObject
from records.access import CaseAccess, case_access
from records.accounts import Account
from records.cases import CasePage, case_page
from records.pins import pin_of
from workflows.core import machine
from workflows.core.pin import Pin
from workflows.core.state import State
from workflows.core.views import Snapshot, dump_snapshot

# What the parties of a case need not know of the office, or must not: who proposes, what broke, whose desk.
_OFFICE_ONLY = ("tasks", "proposals", "incidents", "handovers", "waits", "pin_digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReading:
    access: CaseAccess
    page: CasePage
    pin: Pin
    state: State
    snapshot: Snapshot
    warnings: list[Warned]


async def read_case(desk: Desk, account: Account, case: str) -> CaseReading:
    """Answer the case in two reads to a party or to an officer whose unit has or had it; else there is no such case."""
    async with desk.pool.connection() as db:
        access = await case_access(db, account, case)
        page = await case_page(db, case, issued_only=access.is_party) if access and access.reads else None
        if access is None or page is None:
            raise no_such_case()
        pin = await pin_of(db, page.pin_digest)
    state = machine.load(page.dump)
    now = desk.now()
    snapshot = machine.snapshot(pin, state, now)
    warnings = warned_of_case(pin, state, page.forms.get(state.form or "", {}), now)
    return CaseReading(access=access, page=page, pin=pin, state=state, snapshot=snapshot, warnings=warnings)


def case_document(reading: CaseReading) -> dict[str, Json]:
    """Answer the case as the caller may see it: the core's snapshot, and the names and values records add to it."""
    page = reading.page
    document: dict[str, Json] = dict(dump_snapshot(reading.snapshot))
    if reading.access.is_party:
        document = {name: value for name, value in document.items() if name not in _OFFICE_ONLY}
    return {
        **document,
        "title": _texts(reading.pin.procedure.title),
        "values": page.forms.get(reading.snapshot.form or "", {}),
        "files": _objects(page.files),
        "documents": _objects(page.documents),
        "units": _objects(page.units),
        "people": [*page.parties],
        "texts": _said(reading),
        "warnings": [one.model_dump() for one in reading.warnings],
    }


def _said(reading: CaseReading) -> JsonObject:
    """What people wrote goes with the case to the office; the parties get what was written to them."""
    if not reading.access.is_party:
        return dict(reading.page.texts)
    round = reading.snapshot.round
    asked = {item.note for item in round.items} | {round.ground} if round else set()
    ending = reading.snapshot.ending.text if reading.snapshot.ending else None
    return {reference: text for reference, text in reading.page.texts.items() if reference in asked | {ending}}


def _texts(texts: Mapping[str, str]) -> JsonObject:
    return dict(texts)


def _objects(objects: Mapping[str, JsonObject]) -> JsonObject:
    return dict(objects)
