"""Explanations told day by day, beside the due dates they end with."""

from collections.abc import Iterable
from datetime import time

import pytest

from procedures.time.duration import parse_duration
from procedures.time.limit import Change, Extended, Pause, Rules, Switched
from procedures.time.lines import Code, Line
from procedures.time.telling import explain
from tests.procedures.time.offices import EIGHT, at, real

PLAIN = Rules()
CUTOFF = Rules(cutoff_after=time(15))


def told(limit: str, start: str, *changes: Change, rules: Rules = PLAIN) -> tuple[Line, ...]:
    return explain(real(), parse_duration(limit), rules, at(start), changes)


def codes(lines: Iterable[Line]) -> list[str]:
    return [f"{line.day:%d.%m} {line.code} {line.rule}{f' {line.number}' if line.number else ''}" for line in lines]


def test_every_day_on_the_way_is_explained_with_who_declared_it() -> None:
    lines = told("3 working days", "2026-08-20 09:00")

    assert [
        "20.08 first_day I1",
        "21.08 working_day I3 1",
        "22.08 make_up_day I3 2",
        "23.08 weekend I3",
        "24.08 working_day I3 3",
        "24.08 due I4",
    ] == codes(lines)
    assert "hoán đổi 31/8 sang 22/8" in lines[2].basis
    assert ("high", "vn-2026") == (lines[2].certainty, lines[2].calendar)


def test_the_days_over_which_a_limit_rolls_are_explained() -> None:
    lines = told("25 calendar days", "2026-04-01 09:00")

    assert [
        "26.04 public_holiday I1 25",
        "27.04 compensatory I5",
        "28.04 rolled_over I5",
        "28.04 due I4",
    ] == codes(lines)[-4:]


def test_hours_are_explained_by_stretches() -> None:
    lines = told("8 working hours", "2026-03-06 14:30")

    stretches = [(line.begins, line.ends) for line in lines if line.counted]
    assert [
        (at("2026-03-06 14:30"), at("2026-03-06 17:00")),
        (at("2026-03-09 07:30"), at("2026-03-09 11:30")),
        (at("2026-03-09 13:30"), at("2026-03-09 15:00")),
    ] == stretches
    assert ["07.03 weekend I3", "08.03 weekend I3"] == codes(lines)[2:4]


def test_a_cut_off_and_the_next_morning_are_one_line() -> None:
    line = told("1 working day", "2026-03-06 16:00", rules=CUTOFF)[0]

    assert (Code.CUTOFF, "I7") == (line.code, line.rule)
    assert (at("2026-03-06 16:00"), at("2026-03-09 07:30")) == (line.begins, line.ends)


def test_a_part_of_a_day_says_how_many_hours_it_is() -> None:
    lines = explain(real(EIGHT), parse_duration("1.5 working days"), PLAIN, at("2026-03-02 08:00"))

    assert ["from_instant", "part_of_day"] == [line.code for line in lines[:2]]
    assert "12:00:00" == str(lines[1].used)


def test_every_day_of_a_suspension_is_told_and_why_the_answer_counts_later() -> None:
    pause = Pause(at("2026-03-04 10:00"), at("2026-03-06 15:30"))

    lines = told("3 working days", "2026-03-02 09:00", pause, rules=CUTOFF)

    assert [
        "02.03 first_day I1",
        "03.03 working_day I3 1",
        "04.03 suspended I16",
        "05.03 suspended I16",
        "06.03 suspended I16",
        "06.03 cutoff I20",
        "07.03 suspended I16",
        "08.03 suspended I16",
        "09.03 suspended I16",
        "10.03 working_day I3 2",
        "11.03 working_day I3 3",
        "11.03 due I4",
    ] == codes(lines)


def test_what_was_asked_on_the_first_day_is_told_from_that_day_on() -> None:
    pause = Pause(at("2026-03-02 10:00"), at("2026-03-03 10:00"))

    lines = told("1 working day", "2026-03-02 09:00", pause)

    assert [
        "02.03 first_day I1",
        "02.03 suspended I16",
        "03.03 suspended I16",
        "04.03 working_day I3 1",
        "04.03 due I4",
    ] == codes(lines)


def test_a_last_day_that_falls_into_a_suspension_moves_on_from_its_end() -> None:
    """Five days end on Saturday 6 June and roll to Monday 8, the day of the asking; answered on Sunday 14."""
    pause = Pause(at("2026-06-08 10:00"), at("2026-06-14 10:00"))

    lines = told("5 calendar days", "2026-06-01 09:00", pause)

    assert ["06.06 weekend I1 5", "07.06 weekend I5", "08.06 suspended I16"] == codes(lines)[5:8]
    assert ["14.06 suspended I16", "15.06 rolled_over I5", "15.06 due I4"] == codes(lines)[-3:]


def test_what_a_supplement_ended_is_told_before_the_new_count() -> None:
    pause = Pause(at("2026-10-02 10:00"), at("2026-10-05 09:00"), "replace", parse_duration("5 calendar days"))

    lines = told("25 calendar days", "2026-10-01 09:00", pause)

    assert [
        "01.10 first_day I1",
        "02.10 suspended I19",
        "05.10 replaced I19",
        "05.10 first_day I1",
    ] == codes(lines)[:4]


def test_an_open_suspension_ends_the_explanation() -> None:
    lines = told("25 calendar days", "2026-10-01 09:00", Pause(at("2026-10-06 10:00")))

    assert ["05.10 working_day I1 4", "06.10 suspended I21"] == codes(lines)[-2:]


def test_what_was_asked_too_late_and_a_switch_are_told() -> None:
    late = Pause(at("2026-03-10 10:00"), at("2026-03-20 09:00"), "none")
    switched = Switched(at("2026-03-03 09:00"), parse_duration("3 working days"))

    assert "10.03 asked_too_late I23" in codes(told("5 working days", "2026-03-02 09:00", late))
    assert "03.03 switched I26" in codes(told("5 working days", "2026-03-02 09:00", switched))


def test_an_extension_is_told_where_the_due_date_in_force_was() -> None:
    extended = Extended(at("2026-03-03 10:00"), parse_duration("2 working days"))

    lines = told("2 working days", "2026-03-02 09:00", extended)

    assert [
        "02.03 first_day I1",
        "03.03 working_day I3 1",
        "04.03 working_day I3 2",
        "03.03 extended I22",
        "05.03 working_day I3 1",
        "06.03 working_day I3 2",
        "06.03 due I4",
    ] == codes(lines)


@pytest.mark.parametrize("limit", ["1 month", "1 year"])
def test_of_a_month_only_its_last_day_is_told(limit: str) -> None:
    assert [Code.FIRST_DAY, Code.CORRESPONDING_DAY] == [line.code for line in told(limit, "2026-03-02 09:00")[:2]]


def test_plain_hours_are_told_by_the_stretches_between_suspensions() -> None:
    pause = Pause(at("2026-03-02 10:00"), at("2026-03-03 14:00"))

    lines = told("24 hours", "2026-03-02 07:30", pause)

    assert [
        "02.03 from_instant I2",
        "02.03 round_the_clock I27",
        "02.03 suspended I17",
        "03.03 round_the_clock I27",
        "04.03 due I27",
    ] == codes(lines)
    assert ["2:30:00", "1 day, 0:00:00"] == [str(line.used) for line in lines if line.counted]
