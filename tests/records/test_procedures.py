from datetime import date

import pytest
from psycopg import errors

from procedures.language.model.procedure import Procedure
from procedures.time.hours import office_hours
from records.errors import NotFound, VersionRefused
from records.pins import pin_of
from records.pool import Db
from records.procedures import (
    Version,
    pin_in_force,
    publish,
    templates_of,
    version_in_force,
    version_of,
    versions_in_force,
)
from tests.records.support import small_pin

HOURS = office_hours({"mon-fri": ["07:30-11:30", "13:30-17:00"]})
TEMPLATES = {"decision.typ": "= Quyết định"}


def version(number: int, first: str = "2025-07-01", digest: str | None = None) -> Procedure:
    procedure = small_pin(number).procedure
    period = procedure.in_force.model_copy(update={"from_": first})
    return procedure.model_copy(update={"in_force": period, "digest": digest or procedure.digest})


async def put(db: Db, procedure: Procedure, templates: dict[str, str] = TEMPLATES, week: str = "mon-fri") -> Version:
    hours = office_hours({week: ["07:30-11:30", "13:30-17:00"]})
    return await publish(db, procedure, templates=templates, calendars=(), hours=hours)


async def test_publishing_the_same_again_changes_nothing(db: Db) -> None:
    first = await put(db, version(1))

    assert first == await put(db, version(1))
    assert TEMPLATES == await templates_of(db, first.digest)


async def test_a_published_version_is_never_edited(db: Db) -> None:
    await put(db, version(1))

    with pytest.raises(VersionRefused, match="make it version 2"):
        await put(db, version(1, digest="sha256:other"))
    with pytest.raises(VersionRefused, match="other templates"):
        await put(db, version(1), {"decision.typ": "= Khác"})


@pytest.mark.parametrize("table", ["procedure_version", "version_template", "pin"])
async def test_not_even_by_hand(db: Db, table: str) -> None:
    await put(db, version(1))

    for statement in (f"delete from {table}", f"truncate {table} cascade"):
        with pytest.raises(errors.IntegrityConstraintViolation):
            await db.execute(statement.encode())


async def test_newer_hours_or_calendars_make_a_newer_pin_and_keep_the_old_one(db: Db) -> None:
    first = await put(db, version(1))
    second = await put(db, version(1), week="mon-sat")

    assert first.pin != second.pin
    assert second == await version_of(db, "1.000000", 1)
    assert first.pin == (await pin_of(db, first.pin)).digest


async def test_the_version_that_came_into_force_last_is_in_force(db: Db) -> None:
    await put(db, version(1))
    await put(db, version(2, "2026-01-01"))

    found = [await version_in_force(db, "1.000000", day) for day in (date(2025, 6, 30), date(2025, 12, 31))]
    newest = await pin_in_force(db, "1.000000", date(2026, 1, 1))

    assert [None, 1] == [one and one.version for one in found]
    assert newest is not None and 2 == newest.procedure.version
    assert [2] == [one.version for one in await versions_in_force(db, date(2026, 1, 1))]


async def test_what_is_not_published_is_not_found(db: Db) -> None:
    with pytest.raises(NotFound):
        await version_of(db, "1.000000", 7)
    with pytest.raises(NotFound):
        await pin_of(db, "sha256:unknown")
