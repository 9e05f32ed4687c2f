"""Every phase meets every event: one row, one refusal or one default, never two and never none."""

from collections import Counter

import pytest

from workflows.core import refusals, table
from workflows.core.table import Default, EventClass, Fallback, Phase, Refusal, Row


def test_the_table_is_total() -> None:
    pairs = [(event, phase) for event in table.EVENTS for phase in Phase]

    answers = Counter(type(table.lookup(event, phase)) for event, phase in pairs)

    assert 70 == len(table.EVENTS)
    assert 16 == len(Phase)
    assert {Row: 519, Refusal: 125, Default: 476} == answers


def test_each_pair_has_one_row_or_a_default_never_two() -> None:
    for event in table.EVENTS:
        for phase in Phase:
            rows = [row for row in table.ROWS.values() if row.event == event and phase in row.phases]
            answer = table.lookup(event, phase)

            assert rows == ([answer] if isinstance(answer, Row) else []), f"{event} in {phase}"


def test_every_event_has_the_default_of_its_class() -> None:
    by_class = {
        EventClass.COMMAND: {Fallback.REFUSED},
        EventClass.MESSAGE: {Fallback.HELD},
        EventClass.COMPLETION: {Fallback.ABSORBED},
        EventClass.CLOCK: {Fallback.SILENT},
    }
    for event in table.EVENTS:
        answers = [table.lookup(event, phase) for phase in Phase]
        found = {answer.fallback for answer in answers if isinstance(answer, Default)}

        # What the driver says of itself has a row everywhere.
        assert by_class.get(table.class_of(event), set()) == found, event


@pytest.mark.parametrize(
    ("phase", "number"),
    [
        (Phase.NEW, 1),
        (Phase.SUBMITTED, 2),
        (Phase.GUIDED, 2),
        (Phase.ACCEPTING, 3),
        (Phase.PROCESSING, 4),
        (Phase.DELIVERED, 5),
        (Phase.STOPPED, 6),
        (Phase.CLOSED, 7),
    ],
)
def test_a_command_without_a_row_is_refused_as_its_phase_says(phase: Phase, number: int) -> None:
    assert Default(Fallback.REFUSED, number) == table.default_of("accept", phase)


# What the twenty traced lives of core.md section 9 do, and where they are told no.
@pytest.mark.parametrize(
    ("event", "phase", "found"),
    [
        ("submit", Phase.NEW, "a"),
        ("accept", Phase.SUBMITTED, "a"),
        ("accept", Phase.GUIDED, 10),
        ("accept", Phase.ACCEPTING, 3),
        ("accept", Phase.PROCESSING, 4),
        ("ask_supplement", Phase.PROCESSING, "b"),
        ("send_supplement", Phase.SUPPLEMENTING, "b"),
        ("complete_supplement", Phase.SUPPLEMENTING, "a"),
        ("cancel_supplement", Phase.SUPPLEMENTING, "b"),
        ("stop", Phase.SUPPLEMENTING, "a"),
        ("switch_limit", Phase.PROCESSING, "a"),
        ("opinion_received", Phase.CONSULTING, "a"),
        ("hand_over", Phase.SUBMITTED, "a"),
        ("confirm_handover", Phase.SUBMITTED, "a"),
        ("retarget", Phase.RESOLVED, "a"),
        ("extend", Phase.SUPPLEMENTING, 20),
        ("apologise", Phase.PROCESSING, "a"),
        ("withdraw", Phase.CONSULTING, "b"),
        ("withdraw", Phase.SIGNING, "c"),
        ("withdraw", Phase.RESOLVED, 5),
        ("signature_answered", Phase.SIGNING, "a"),
        ("correct_result", Phase.DELIVERED, "a"),
        ("correct_result", Phase.CLOSED, 7),
        ("recompute", Phase.PROCESSING, "a"),
        ("effect_done", Phase.ACCEPTING, "a"),
        ("effect_failed", Phase.ACCEPTING, "a"),
        ("correct_entry", Phase.DELIVERED, "a"),
    ],
)
def test_the_traced_lives_are_allowed_or_refused_as_they_say(event: str, phase: Phase, found: str | int) -> None:
    answer = table.lookup(event, phase)

    assert found == (answer.letter if isinstance(answer, Row) else answer.number)


def test_every_refusal_of_the_table_has_a_sentence() -> None:
    numbers = {
        answer.number
        for event in table.EVENTS
        for phase in Phase
        if not isinstance(answer := table.lookup(event, phase), Row) and answer.number is not None
    }

    assert set(refusals.NUMBERED) == numbers


def test_every_phase_but_the_closed_one_can_be_left() -> None:
    for phase in Phase:
        rows = [row for row in table.ROWS.values() if phase in row.phases and row.then not in ("same", "–")]

        assert (phase is Phase.CLOSED) == (not rows), phase


def test_rows_not_built_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    waiting = [row.id for row in table.ROWS.values() if not row.built]

    with capsys.disabled():
        print(f"\n{len(waiting)} of {len(table.ROWS)} rows are not built yet: {', '.join(waiting)}")

    assert table.WAITING == set(waiting), "a row that waits has no place in the table"
