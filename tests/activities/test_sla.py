"""A fired mark is told in words of the clock it belongs to, and an apology is drafted, never sent, by the clock."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from activities import sla
from activities.notices import compose
from procedures.json_types import Json
from workflows.core.timekeeping import ClockKind

UNIT: Json = {"vi": "BHXH cơ sở Bến Mây", "en": "Base unit of Bến Mây"}
UNTIL = "2026-11-26T16:59:59.999999Z"


@pytest.mark.parametrize("clock", get_args(ClockKind))
def test_every_clock_of_the_core_has_a_name_in_both_languages(clock: str) -> None:
    named = sla.places({"clock": clock, "until": UNTIL}, unit=UNIT)["clock"]

    assert isinstance(named, dict)
    assert all(named[language] for language in ("vi", "en"))


def test_an_applicant_is_reminded_of_papers_by_a_date() -> None:
    body = compose("reminded", given=sla.places({"clock": "window", "until": UNTIL}, unit=UNIT))["vi"]["body"]

    assert body == "Ông/bà cần nộp giấy tờ bổ sung chậm nhất Thứ\N{NO-BREAK SPACE}Năm 26/11/2026."


def test_a_recipient_is_reminded_of_a_result_at_a_place_and_of_no_date() -> None:
    body = compose("reminded", given=sla.places({"clock": "collect", "until": UNTIL}, unit=UNIT))["vi"]["body"]

    assert body == "Kết quả đang chờ ông/bà tại BHXH cơ sở Bến Mây."


def test_an_escalation_names_the_clock_and_its_end() -> None:
    body = compose("escalated", given={**sla.places({"clock": "step", "until": UNTIL}, unit=UNIT), "link": "L"})["vi"]

    assert body["body"].startswith("Thời gian của bước: đến Thứ\N{NO-BREAK SPACE}Năm 26/11/2026.")


def test_a_notice_without_a_mark_speaks_of_no_clock() -> None:
    assert sla.places({"what": "file"}, unit=UNIT) == {}


@pytest.mark.parametrize(
    ("at", "late"),
    [(datetime(2026, 11, 26, 16, tzinfo=UTC), False), (datetime(2026, 11, 26, 17, tzinfo=UTC), True)],
)
def test_a_draft_apology_says_late_only_after_the_due_date(at: datetime, late: bool) -> None:
    assert sla.apology(UNTIL, at=at)["late"] is late
