"""Every worked example of the vectors comes out as it was counted by hand; what comes out otherwise is said."""

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.time.calendar import Calendar
from procedures.time.examples import parse_example
from procedures.time.files import FOLDER, load_calendar
from procedures.time.instants import ZONE
from procedures.time.playing import differences, play

VECTORS = Path(__file__).parent / "vectors"
LINES = [line for file in sorted(VECTORS.glob("*.jsonl")) for line in file.read_bytes().splitlines() if line.strip()]
ORDINARY: dict[str, Any] = {
    "id": "one",
    "calendar": ["vn-2026"],
    "hours": {"mon-fri": ["07:30-11:30", "13:30-17:00"]},
    "unit": "working_days",
    "amount": 5,
    "start": "2026-03-02T09:00:00+07:00",
    "rules": {},
    "events": [],
    "expect_due": "2026-03-09T23:59:59+07:00",
    "precision": "day",
}
LATE = {"at": "2026-03-10T09:00:00+07:00", "kind": "finished"}


@cache
def calendar(id_: str) -> Calendar:
    return load_calendar(VECTORS / "calendars" / f"{id_}.yaml")


def told(**changes: object) -> list[str]:
    example = parse_example(json.dumps(ORDINARY | changes).encode())
    return list(differences(example, play(example, calendar)))


@pytest.mark.parametrize("line", LINES, ids=lambda line: str(json.loads(line)["id"]))
def test_a_worked_example_comes_out_as_it_was_counted_by_hand(line: bytes) -> None:
    example = parse_example(line)

    assert [] == list(differences(example, play(example, calendar))), example.why


def test_all_examples_are_there_and_no_two_have_one_name() -> None:
    ids = [json.loads(line)["id"] for line in LINES]

    assert len(ids) == len(set(ids)) > 150


@pytest.mark.parametrize("year", ["vn-2025", "vn-2026", "vn-2027"])
def test_the_examples_stand_on_the_calendars_of_the_house(year: str) -> None:
    """A calendar amended later gets new examples beside these; until then they are one."""
    assert load_calendar(FOLDER / f"{year}.yaml") == calendar(year)


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        ({"expect_due": "2026-03-10T23:59:59+07:00"}, "expected due 2026-03-10, got due 2026-03-09"),
        ({"expect_due": None}, "expected no due date, got due 2026-03-09"),
        ({"expect_state": "suspended"}, "expected the state suspended, got running"),
        ({"expect_late": True}, "expected late, got not late"),
        ({"expect_late": False, "events": [LATE]}, "expected not late, got late"),
        ({"expect_rejected": [0]}, "expected the rejected events [0], got []"),
        ({"expect_error": "calendar_not_covered"}, "expected the error calendar_not_covered, got due 2026-03-09"),
        ({"unit": "none", "amount": None}, "expected due 2026-03-09, got no due date"),
        (
            {"unit": "working_hours", "precision": "instant"},
            "expected due 2026-03-09 23:59:59, got due 2026-03-02 16:00:00",
        ),
    ],
)
def test_what_comes_out_otherwise_is_said(changes: dict[str, object], difference: str) -> None:
    assert difference in told(**changes)


def test_an_uncovered_day_is_said_where_a_date_was_expected() -> None:
    (difference,) = told(start="2026-12-30T09:00:00+07:00")

    assert "got the error calendar-not-covered: The calendar does not cover 2027-01-01" in difference


def test_a_minute_is_the_least_that_differs() -> None:
    hours = {"unit": "working_hours", "amount": 1, "precision": "instant"}

    assert [] == told(**hours, expect_due="2026-03-02T10:00:59+07:00")
    assert told(**hours, expect_due="2026-03-02T10:01:00+07:00")


def test_what_a_vector_does_not_expect_is_not_judged() -> None:
    assert [] == told(events=[LATE])


amounts = {"amount": st.integers(0, 40), "unit": st.sampled_from(["working_days", "calendar_days", "working_hours"])}
limits = st.fixed_dictionaries(amounts)
acts = st.one_of(
    st.sampled_from(["supplement_asked", "supplement_received", "finished"]).map(lambda kind: {"kind": kind}),
    st.fixed_dictionaries({"kind": st.just("extension"), "ground": st.sampled_from(["", "x"]), **amounts}),
    st.fixed_dictionaries(
        {"kind": st.just("switch_limit"), "ground": st.just("x"), "notice": st.just(True), **amounts}
    ),
    st.sampled_from(["vn-2026", "fictional-2026-before-swap"]).map(
        lambda name: {"kind": "recompute", "calendar": [name], "ground": "x"}
    ),
)
RULES = st.fixed_dictionaries(
    {
        "cutoff": st.sampled_from([None, "15:00"]),
        "off_hours": st.sampled_from(["as_is", "next_working_day"]),
        "start_next_day": st.booleans(),
        "supplement": st.sampled_from(["none", "pause", "restart", "replace"]),
        "new_limit": limits,
        "extension_max": st.integers(0, 3),
    }
)


@given(limits, RULES, st.lists(st.tuples(st.integers(0, 6000), acts), max_size=8))
def test_any_course_of_events_is_played_to_its_end(
    limit: dict[str, object], rules: dict[str, object], happened: list[tuple[int, dict[str, object]]]
) -> None:
    at, events = datetime(2026, 8, 10, 14, tzinfo=ZONE), []
    for minutes, act in happened:
        at += timedelta(minutes=minutes)
        events.append({"at": at.isoformat(), **act})
    vector = ORDINARY | limit | {"start": "2026-08-10T14:00:00+07:00", "rules": rules, "events": events}

    example = parse_example(json.dumps(vector).encode())
    played = play(example, calendar)

    assert (played.reckoning is None) == (played.error is not None)
    if played.reckoning is not None and played.reckoning.due is None:
        assert "suspended" == played.reckoning.state
    refused = {number for number, _ in played.refused}
    kept = [event for number, event in enumerate(events) if number not in refused]
    if played.error is None:
        again = play(parse_example(json.dumps(vector | {"events": kept}).encode()), calendar)
        assert (again.reckoning, again.refused) == (played.reckoning, ())
        assert again.late == played.late or again.late < played.late
