"""Days off are announced while a case runs: the version is published anew, and the case is told to count by it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from procedures.json_types import Json
from procedures.time.calendar import DayOff
from procedures.time.files import load_calendars
from procedures.time.instants import day_of, each_day
from records.procedures import publish, templates_of
from tests.api.office import Office
from tests.workflows.core.life import HOURS, procedure

pytestmark = pytest.mark.anyio


async def test_a_designer_recomputes_a_case_and_a_leader_approves(office: Office) -> None:
    case = await office.accepted()
    lan, an, binh, giang = [await office.person(login) for login in ("lan", "an", "binh", "giang")]
    before = str((await lan.read(f"/cases/{case}"))["due"])
    asked: Json = {"verb": "recompute", "arguments": {"ground": "Thông báo 123/TB-VPCP"}}
    unchanged = await giang.post(f"/cases/{case}/commands", asked)

    await _announce_days_off_from(office, day_of(datetime.fromisoformat(before)))
    proposed = (await giang.do(f"/cases/{case}/commands", asked))["data"]
    assert isinstance(proposed, dict)
    await binh.do(f"/cases/{case}/commands", {"verb": "approve", "arguments": {"proposal": proposed["proposal"]}})

    assert (409, "calendar-unchanged") == (unchanged.status_code, unchanged.json()["code"])
    assert before < str((await lan.read(f"/cases/{case}"))["due"])
    assert "swapped_off" in str(await lan.read(f"/cases/{case}/explain?clock=legal"))
    assert 404 == (await giang.get(f"/cases/{case}")).status_code, "who has dates counted anew reads no dossier"
    # The case goes on under the pin it was given.
    await an.finish(case, "review", "approve", values={"payable": 4_200_000})


async def _announce_days_off_from(office: Office, day: date) -> None:
    """The last day of the limit and the two after it are off, whatever the calendar says now."""
    off = [DayOff(one, "swapped_off", "Nghỉ hoán đổi", "", "high") for one in each_day(day, day + timedelta(days=2))]
    calendars = tuple(
        replace(one, days_off=(*one.days_off, *(new for new in off if one.first <= new.day <= one.last)))
        for one in load_calendars(["vn-2026", "vn-2027"])
    )
    async with office.house.pool.connection() as db:
        templates = await templates_of(db, procedure().digest)
        await publish(db, procedure(), templates=templates, calendars=calendars, hours=HOURS)
