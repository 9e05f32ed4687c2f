"""Every worked example of legal time; a vector that is not run is named, never skipped in silence."""

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from procedures.time.calendar import Calendar
from procedures.time.errors import CalendarNotCovered
from procedures.time.files import FOLDER, load_calendar
from procedures.time.hours import office_hours
from procedures.time.instants import day_of
from procedures.time.working import WorkingTime
from tests.procedures.time.replay import Replay, duration_of, rules_of

HERE = Path(__file__).parent / "vectors"
VECTORS: list[dict[str, Any]] = [
    json.loads(line) for file in sorted(HERE.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines() if line
]
KINDS = {
    "supplement_asked",
    "supplement_received",
    "extension",
    "switch_limit",
    "recompute",
    "finished",
    "correct_finish",
}
RULES = {
    "cutoff",
    "off_hours",
    "start_next_day",
    "rollover",
    "supplement",
    "new_limit",
    "cutoff_on_resume",
    "extension_max",
    "extension_notice_working_days",
}
NOT_RUN = [
    vector["id"]
    for vector in VECTORS
    if not {event["kind"] for event in vector["events"]} <= KINDS or not set(vector["rules"]) <= RULES
]


@cache
def calendar(id_: str) -> Calendar:
    real = FOLDER / f"{id_}.yaml"
    return load_calendar(real if real.exists() else HERE / "calendars" / f"{id_}.yaml")


@cache
def calendars() -> dict[str, Calendar]:
    files = [*FOLDER.glob("*.yaml"), *(HERE / "calendars").glob("*.yaml")]
    return {file.stem: calendar(file.stem) for file in files}


def replayed(vector: dict[str, Any]) -> Replay:
    hours = office_hours(vector["hours"])
    replay = Replay(
        working=WorkingTime([calendar(id_) for id_ in vector["calendar"]], hours),
        hours=hours,
        calendars=calendars(),
        duration=duration_of(vector),
        rules=rules_of(vector["rules"]),
        vector_rules=vector["rules"],
        start=datetime.fromisoformat(vector["start"]),
    )
    replay.run(vector["events"])
    return replay


@pytest.mark.parametrize("vector", [v for v in VECTORS if "expect_due" in v], ids=lambda vector: vector["id"])
def test_a_vector_ends_as_it_was_counted_by_hand(vector: dict[str, Any]) -> None:
    replay = replayed(vector)

    reckoning = replay.reckoning
    assert vector.get("expect_state", reckoning.state) == reckoning.state, vector["why"]
    assert vector.get("expect_late", replay.late) == replay.late, vector["why"]
    assert vector.get("expect_rejected", []) == replay.rejected, vector["why"]
    if vector["expect_due"] is None:
        assert reckoning.due is None, vector["why"]
        return
    expected = datetime.fromisoformat(vector["expect_due"])
    assert reckoning.due is not None, vector["why"]
    if vector["precision"] == "day":
        assert day_of(expected) == day_of(reckoning.due), vector["why"]
    else:
        assert abs(expected - reckoning.due) < timedelta(minutes=1), vector["why"]


@pytest.mark.parametrize("vector", [v for v in VECTORS if "expect_error" in v], ids=lambda vector: vector["id"])
def test_a_day_that_no_calendar_covers_fails_loudly(vector: dict[str, Any]) -> None:
    with pytest.raises(CalendarNotCovered) as error:
        _ = replayed(vector).reckoning

    assert vector["expect_error"] == error.value.code.replace("-", "_")
    assert str(error.value.day) in error.value.sentence


def test_every_vector_is_run(capsys: pytest.CaptureFixture[str]) -> None:
    checked = [vector["id"] for vector in VECTORS if "expect_due" in vector or "expect_error" in vector]

    with capsys.disabled():
        print(f"\nlegal time: {len(VECTORS)} vectors, not run: {', '.join(NOT_RUN) or 'none'}")

    assert len(VECTORS) >= 44
    assert [] == NOT_RUN
    assert [vector["id"] for vector in VECTORS] == checked
