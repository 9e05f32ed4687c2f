"""A worked example is read strictly where a slip could change what comes out, and every slip is named."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.time.examples import BadExample, Recompute, parse_example, parse_instant
from tests.procedures.time.offices import at
from tests.procedures.time.test_playing import LINES, ORDINARY

EXTENSION = {"at": "2026-03-03T09:00:00+07:00", "kind": "extension", "ground": "x"}
RECOMPUTE = {"at": "2026-03-03T09:00:00+07:00", "kind": "recompute", "calendar": "vn-2026", "ground": "x"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"unit": "weeks"}, "unit: Input should be 'working_hours'"),
        ({"amount": -1}, "amount: Input should be greater than or equal to 0"),
        ({"amount": None}, "an amount of working_days is missing"),
        ({"amount": 0.5, "unit": "months"}, "1/2 months (an amount is whole"),
        ({"amount": "1e-999999999"}, "amount: is no amount"),
        ({"start": "2026-03-02T09:00:00"}, "start: has no offset"),
        ({"start": 1772420400}, "start: write an instant as text"),
        ({"start": "0001-01-01T00:00:00+14:00"}, "start: lies outside the years"),
        ({"start": "2026-02-30T09:00:00+07:00"}, "start: day is out of range"),
        ({"rules": {"cut_off": "15:00"}}, "rules.cut_off: Extra inputs"),
        ({"rules": {"cutoff": "15h"}}, "rules.cutoff: "),
        ({"rules": {"supplement": "replace"}}, "rules: a supplement that replaces the limit needs new_limit"),
        ({"events": [{"at": "2026-03-03T09:00:00+07:00", "kind": "extended"}]}, "events.0: Input tag 'extended'"),
        ({"events": [EXTENSION]}, "events.0.extension.unit: Field required"),
        ({"events": [RECOMPUTE | {"at": "2026-03-01T09:00:00+07:00"}]}, "events.0 is earlier than"),
        ({"events": [RECOMPUTE | {"calendar": ["../vn-2026"]}]}, "events.0.recompute.calendar.0: "),
        ({"expect_laet": True}, "expect_laet is no expectation"),
        ({"precision": None}, "precision of expect_due is missing"),
        ({"hours": "mon-fri"}, "hours: Input should be an object"),
    ],
)
def test_a_slip_is_named_with_its_place(changes: dict[str, object], problem: str) -> None:
    with pytest.raises(BadExample) as error:
        parse_example(json.dumps(ORDINARY | changes).encode())

    assert problem in str(error.value)


def test_every_slip_of_a_line_is_said_at_once() -> None:
    slips = {name: value for name, value in ORDINARY.items() if name not in ("id", "hours", "expect_due")}

    with pytest.raises(BadExample, match="id: Field required; hours: Field required"):
        parse_example(json.dumps(slips).encode())


@pytest.mark.parametrize("line", [b"{", b"[]", b"null", b"\xff", b'{"id": "x", }', b"[" * 100_000, b"{}"])
def test_what_is_no_object_is_no_example(line: bytes) -> None:
    with pytest.raises(BadExample):
        parse_example(line)


def test_what_is_left_out_has_its_default_and_what_cannot_matter_is_let_pass() -> None:
    line = {name: value for name, value in ORDINARY.items() if name not in ("rules", "events")}

    example = parse_example(json.dumps(line | {"submitted_at": "whenever", "note": 1}).encode())

    assert ((), 1, "none") == (example.events, example.policy().extensions, example.policy().supplement)


def test_a_calendar_may_be_named_alone() -> None:
    example = parse_example(json.dumps(ORDINARY | {"calendar": "vn-2026", "events": [RECOMPUTE]}).encode())

    assert isinstance(example.events[0], Recompute)
    assert ("vn-2026",) == example.calendar == example.events[0].calendar


@pytest.mark.parametrize("text", ["2026-03-02T24:00:00+07:00", "2026-03-02T24:00+07:00", "2026-03-02T17:00:00Z"])
def test_the_midnight_that_ends_a_day_may_be_written_as_24(text: str) -> None:
    assert at("2026-03-03 00:00") == parse_instant(text)


@given(st.sampled_from(LINES), st.data())
def test_no_bytes_make_reading_fail_otherwise(line: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(line)))
    spoiled = line[:place] + data.draw(st.binary(max_size=8)) + line[place + data.draw(st.integers(0, 8)) :]

    try:
        example = parse_example(spoiled)
    except BadExample as problem:
        assert str(problem)
    else:
        assert example.policy().duration.amount >= 0
