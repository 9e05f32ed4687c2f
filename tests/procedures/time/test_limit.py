"""Limits counted by hand, beside the vectors: what changes a limit, and how the answer is explained."""

from datetime import time

import pytest

from procedures.time.duration import NO_LIMIT, WITHIN_THE_DAY, parse_duration
from procedures.time.errors import BadChanges, CalendarNotCovered
from procedures.time.limit import Change, Extended, Pause, Reckoning, Rules, RunState, Switched, reckon
from tests.procedures.time.offices import EIGHT, at, real

PLAIN = Rules()
CUTOFF = Rules(cutoff_after=time(15))


def counted(limit: str, start: str, *changes: Change, rules: Rules = PLAIN) -> Reckoning:
    return reckon(real(), parse_duration(limit), rules, at(start), changes)


def last_day(reckoning: Reckoning) -> str:
    return str(reckoning.last_day)


def test_a_limit_in_days_ends_with_the_last_microsecond_of_its_last_day() -> None:
    reckoning = counted("5 working days", "2026-03-02 09:00")

    assert at("2026-03-09 23:59:59.999999") == reckoning.due
    assert "UTC" == str(reckoning.due and reckoning.due.tzinfo)


def test_a_limit_that_ends_on_a_make_up_saturday_ends_there() -> None:
    assert "2026-08-22" == last_day(counted("2 calendar days", "2026-08-20 09:00"))


def test_a_limit_ending_on_a_swapped_off_day_rolls_over() -> None:
    assert "2026-09-03" == last_day(counted("4 calendar days", "2026-08-27 09:00"))


def test_after_the_cut_off_a_receipt_counts_as_of_the_next_opening() -> None:
    reckoning = counted("1 working day", "2026-03-06 16:00", rules=CUTOFF)

    assert (at("2026-03-09 07:30"), "2026-03-10") == (reckoning.deemed_start, last_day(reckoning))


@pytest.mark.parametrize(
    ("moves", "limit", "due"),
    [
        ("start", "1 working day", "2026-03-10"),
        ("same_day", "1 working day", "2026-03-09"),
        ("same_day", "within the day", "2026-03-09"),
        ("transfer", "within the day", "2026-03-06"),
    ],
)
def test_a_cut_off_moves_only_the_limits_it_names(moves: str, limit: str, due: str) -> None:
    rules = {"start": CUTOFF, "same_day": Rules(time(15), "same_day"), "transfer": Rules(time(15), "transfer")}[moves]

    assert due == last_day(counted(limit, "2026-03-06 16:00", rules=rules))


def test_whatever_a_cut_off_moves_it_moves_the_hand_over() -> None:
    rules = Rules(time(15), "transfer")

    assert "2026-03-09" == last_day(counted("within the day", "2026-03-06 16:00", rules=rules.for_transfer()))


def test_what_no_receipt_starts_knows_no_cut_off_and_no_off_hours() -> None:
    rules = Rules(time(15), off_hours="next_working_day", start_next_day=True, rollover=False).without_receipt()

    assert "2026-03-28" == last_day(counted("20 calendar days", "2026-03-08 20:00", rules=rules))


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-06 07:00", "2026-03-09"),
        ("2026-03-06 12:00", "2026-03-09"),
        ("2026-03-06 17:00", "2026-03-09"),
        ("2026-03-06 17:00:00.000001", "2026-03-10"),
        ("2026-03-07 09:00", "2026-03-10"),
    ],
)
def test_off_hours_begin_after_closing(start: str, due: str) -> None:
    assert due == last_day(counted("1 working day", start, rules=Rules(off_hours="next_working_day")))


def test_starting_next_day_moves_hours_and_leaves_days() -> None:
    rules = Rules(start_next_day=True)

    assert at("2026-03-03 09:30") == counted("2 working hours", "2026-03-02 09:00", rules=rules).due
    assert "2026-03-03" == last_day(counted("1 working day", "2026-03-02 09:00", rules=rules))


def test_after_the_cut_off_the_next_day_is_the_one_after_the_deemed_day() -> None:
    rules = Rules(time(15), start_next_day=True)

    assert at("2026-03-10 09:30") == counted("2 working hours", "2026-03-06 16:00", rules=rules).due


def test_a_part_of_a_day_is_that_part_of_eight_hours() -> None:
    reckoning = reckon(real(EIGHT), parse_duration("1.5 working days"), Rules(), at("2026-03-02 08:00"))

    assert at("2026-03-03 12:00") == reckoning.due
    assert reckoning.last_day is None


def test_hours_used_up_at_noon_end_at_noon() -> None:
    assert at("2026-03-02 11:30") == counted("4 working hours", "2026-03-02 07:30").due


def test_a_pause_in_working_hours_leaves_out_the_time_between() -> None:
    pause = Pause(at("2026-03-02 10:00"), at("2026-03-03 14:00"))

    assert at("2026-03-03 15:30") == counted("4 working hours", "2026-03-02 07:30", pause).due


def test_a_pause_in_plain_hours_leaves_out_the_time_between() -> None:
    pause = Pause(at("2026-03-02 10:00"), at("2026-03-03 14:00"))

    assert at("2026-03-04 11:30") == counted("24 hours", "2026-03-02 07:30", pause).due


def test_a_day_asked_and_answered_is_not_counted() -> None:
    pause = Pause(at("2026-03-04 08:00"), at("2026-03-04 09:00"))

    assert "2026-03-10" == last_day(counted("5 working days", "2026-03-02 09:00", pause))


def test_two_pauses_are_both_left_out() -> None:
    pauses = [
        Pause(at("2026-03-04 08:00"), at("2026-03-05 09:00")),
        Pause(at("2026-03-05 10:00"), at("2026-03-09 09:00"), by_arrival=False),
    ]

    assert "2026-03-13" == last_day(counted("5 working days", "2026-03-02 09:00", *pauses))


def test_an_answer_after_the_cut_off_arrives_on_the_next_working_day() -> None:
    pause = Pause(at("2026-03-04 10:00"), at("2026-03-10 15:30"))

    reckoning = counted("5 working days", "2026-03-02 09:00", pause, rules=CUTOFF)

    assert "2026-03-17" == last_day(reckoning)


def test_a_restart_after_the_cut_off_does_not_count_the_next_working_day() -> None:
    pause = Pause(at("2026-03-04 10:00"), at("2026-03-10 15:30"), "restart")

    assert "2026-03-18" == last_day(counted("5 working days", "2026-03-02 09:00", pause, rules=CUTOFF))


def test_a_profile_may_leave_the_arrival_alone() -> None:
    rules = Rules(time(15), cutoff_on_resume=False)
    pause = Pause(at("2026-03-04 10:00"), at("2026-03-10 15:30"), "restart")

    assert "2026-03-17" == last_day(counted("5 working days", "2026-03-02 09:00", pause, rules=rules))


def test_a_window_that_ran_out_ends_a_pause_at_its_own_instant() -> None:
    pause = Pause(at("2026-03-04 10:00"), at("2026-03-10 23:59:59.999999"), by_arrival=False)

    assert "2026-03-16" == last_day(counted("5 working days", "2026-03-02 09:00", pause, rules=CUTOFF))


def test_a_replaced_limit_may_end_earlier() -> None:
    pause = Pause(at("2026-10-02 10:00"), at("2026-10-05 09:00"), "replace", parse_duration("5 calendar days"))

    reckoning = counted("25 calendar days", "2026-10-01 09:00", pause)

    assert "2026-10-12" == last_day(reckoning)


def test_while_suspended_there_is_no_due_date() -> None:
    reckoning = counted("25 calendar days", "2026-10-01 09:00", Pause(at("2026-10-06 10:00")))

    assert (RunState.SUSPENDED, None, None) == (reckoning.state, reckoning.due, reckoning.last_day)


def test_what_was_asked_too_late_suspends_nothing() -> None:
    late = Pause(at("2026-03-10 10:00"), at("2026-03-20 09:00"), "none")

    reckoning = counted("5 working days", "2026-03-02 09:00", late)

    assert "2026-03-09" == last_day(reckoning)


def test_within_the_day_of_an_asking_becomes_within_the_day_of_the_answer() -> None:
    pause = Pause(at("2026-03-03 10:00"), at("2026-03-05 10:00"))

    assert "2026-03-05" == last_day(counted("within the day", "2026-03-03 09:00", pause))


def test_when_all_days_are_used_and_only_the_roll_over_is_left_it_moves_to_the_day_of_the_answer() -> None:
    """Five days end on Saturday 6 June and roll to Monday 8, the day of the asking; answered on Sunday 14."""
    pause = Pause(at("2026-06-08 10:00"), at("2026-06-14 10:00"))

    assert "2026-06-15" == last_day(counted("5 calendar days", "2026-06-01 09:00", pause))


def test_a_pause_moves_an_extended_limit_by_the_days_it_takes() -> None:
    extended = Extended(at("2026-03-05 10:00"), parse_duration("3 working days"))
    pause = Pause(at("2026-03-10 10:00"), at("2026-03-13 10:00"))

    assert "2026-03-18" == last_day(counted("5 working days", "2026-03-02 09:00", extended, pause))


def test_a_restart_ends_an_extension() -> None:
    extended = Extended(at("2026-03-05 10:00"), parse_duration("3 working days"))
    restart = Pause(at("2026-03-06 10:00"), at("2026-03-10 10:00"), "restart")

    assert "2026-03-17" == last_day(counted("5 working days", "2026-03-02 09:00", extended, restart))


def test_a_switched_limit_counts_from_where_it_began_anew() -> None:
    restart = Pause(at("2026-10-05 10:00"), at("2026-10-08 10:00"), "restart")
    switched = Switched(at("2026-10-09 10:00"), parse_duration("45 calendar days"))

    assert "2026-11-23" == last_day(counted("10 calendar days", "2026-10-01 09:00", restart, switched))


def test_a_pause_counts_against_a_switched_limit_too() -> None:
    pause = Pause(at("2026-10-05 10:00"), at("2026-10-08 10:00"))
    switched = Switched(at("2026-10-09 10:00"), parse_duration("45 calendar days"))

    assert "2026-11-19" == last_day(counted("10 calendar days", "2026-10-01 09:00", pause, switched))


@pytest.mark.parametrize(
    ("limit", "start", "due"),
    [
        ("1 month", "2026-03-31 09:00", "2026-05-04"),
        ("3 months", "2026-03-02 09:00", "2026-06-02"),
        ("1 year", "2026-03-02 09:00", "2027-03-02"),
    ],
)
def test_a_month_ends_on_the_corresponding_day(limit: str, start: str, due: str) -> None:
    assert due == last_day(counted(limit, start))


def test_a_pause_in_months_adds_its_days() -> None:
    pause = Pause(at("2026-03-10 10:00"), at("2026-03-12 10:00"))

    assert "2026-06-05" == last_day(counted("3 months", "2026-03-02 09:00", pause))


def test_no_limit_has_no_due_date_and_nothing_suspends_it() -> None:
    reckoning = reckon(real(), NO_LIMIT, CUTOFF, at("2030-03-02 09:00"), [Pause(at("2030-03-04 09:00"))])

    assert (RunState.NO_LIMIT, None) == (reckoning.state, reckoning.due)


def test_what_has_no_limit_cannot_be_extended() -> None:
    with pytest.raises(BadChanges, match="no limit"):
        reckon(real(), NO_LIMIT, Rules(), at("2026-03-02 09:00"), [Extended(at("2026-03-03 09:00"), WITHIN_THE_DAY)])


@pytest.mark.parametrize(
    "changes",
    [
        [Pause(at("2026-03-01 09:00"))],
        [Pause(at("2026-03-04 09:00"), at("2026-03-03 09:00"))],
        [Pause(at("2026-03-03 09:00")), Pause(at("2026-03-04 09:00"))],
        [Pause(at("2026-03-03 09:00"), at("2026-03-05 09:00")), Extended(at("2026-03-04 09:00"), WITHIN_THE_DAY)],
    ],
)
def test_changes_out_of_order_are_a_defect(changes: list[Change]) -> None:
    with pytest.raises(BadChanges):
        counted("5 working days", "2026-03-02 09:00", *changes)


def test_an_instant_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="no offset"):
        reckon(real(), WITHIN_THE_DAY, PLAIN, at("2026-03-02 09:00").replace(tzinfo=None))


def test_replacing_without_a_new_limit_is_a_defect() -> None:
    with pytest.raises(BadChanges, match="new limit"):
        counted("5 working days", "2026-03-02 09:00", Pause(at("2026-03-03 09:00"), at("2026-03-04 09:00"), "replace"))


@pytest.mark.parametrize(
    ("limit", "start"),
    [
        ("20 calendar days", "2027-12-20 09:00"),
        ("24 hours", "2027-12-31 09:00"),
        ("1 month", "2027-12-20 09:00"),
        ("9 working hours", "2027-12-31 09:00"),
        ("5 working days", "2024-12-31 09:00"),
    ],
)
def test_a_day_that_no_calendar_covers_is_an_error_whatever_it_is_needed_for(limit: str, start: str) -> None:
    with pytest.raises(CalendarNotCovered):
        counted(limit, start)


def test_the_example_of_the_design_counts_as_written() -> None:
    """Direct reimbursement: 25 calendar days from the submission, a supplement replaces them by 20."""
    replaced = Pause(at("2026-03-06 09:00"), at("2026-03-20 14:00"), "replace", parse_duration("20 calendar days"))

    assert "2026-03-27" == last_day(counted("25 calendar days", "2026-03-02 09:00"))
    assert "2026-04-09" == last_day(counted("25 calendar days", "2026-03-02 09:00", replaced))
