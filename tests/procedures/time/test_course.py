"""What may not be done to a limit is refused with the code of the life's table, and changes nothing."""

import pytest
from hypothesis import given

from procedures.time.backward import last_call
from procedures.time.course import Course, Policy, Refused
from procedures.time.duration import NO_LIMIT, parse_duration
from procedures.time.instants import MICROSECOND, Instant
from procedures.time.working import WorkingTime
from tests.procedures.time.offices import at, offices, real, starts

START = at("2026-03-02 09:00")
FIVE = parse_duration("5 working days")
ONE = parse_duration("1 working day")
PAUSING = Policy(FIVE, supplement="pause")


def course(policy: Policy = PAUSING, *, now: str = "2026-03-03 09:00") -> Course:
    begun = Course(real(), policy, START)
    begun.pass_to(at(now))
    return begun


@pytest.mark.parametrize(
    ("when", "refusal"),
    [
        ("2026-03-02 09:30", None),
        ("2026-03-06 23:00", None),
        ("2026-03-08 23:59", None),
        ("2026-03-09 00:00", "too-late-to-extend"),
        ("2026-03-09 23:59", "too-late-to-extend"),
        ("2026-03-10 00:00", "late"),
    ],
)
def test_an_extension_leaves_one_working_day_after_its_own(when: str, refusal: Refused | None) -> None:
    assert refusal == course(now=when).extend(at(when), ONE, has_ground=True)


@pytest.mark.parametrize(
    ("when", "has_ground", "has_notice", "refusal"),
    [
        ("2026-03-09 23:00", True, True, None),
        ("2026-03-10 00:00", True, True, "late"),
        ("2026-03-03 09:00", False, True, "ground-required"),
        ("2026-03-03 09:00", True, False, "ground-required"),
    ],
)
def test_a_switch_needs_ground_and_notice_before_the_due_date(
    when: str, has_ground: bool, has_notice: bool, refusal: Refused | None
) -> None:
    assert refusal == course(now=when).switch(at(when), FIVE, has_ground=has_ground, has_notice=has_notice)


def test_what_stands_still_or_has_no_limit_is_not_moved() -> None:
    now = at("2026-03-03 09:00")
    suspended, unlimited = course(), course(Policy(NO_LIMIT))
    suspended.ask(now)

    assert "clock-suspended" == suspended.extend(now, ONE, has_ground=True)
    assert "clock-suspended" == suspended.switch(now, ONE, has_ground=True, has_notice=True)
    assert "no-such-limit" == unlimited.extend(now, ONE, has_ground=True)


def test_what_was_refused_leaves_everything_as_it_was() -> None:
    now, begun = at("2026-03-03 09:00"), course(Policy(FIVE, extensions=0))
    before = begun.reckoning()

    assert "no-extension-left" == begun.extend(now, ONE, has_ground=True)
    assert "no-supplement-open" == begun.receive(now)
    assert "ground-required" == begun.recompute(real(), has_ground=False)
    assert "cannot-correct-time" == begun.correct_finish()
    assert (before, False) == (begun.reckoning(), begun.late)


def test_after_the_finish_nothing_is_done_and_no_time_passes() -> None:
    begun = course()

    assert [None, "decision-exists"] == [begun.finish(), begun.finish()]
    begun.pass_to(at("2026-12-31 09:00"))
    assert not begun.late
    assert {"decision-exists"} == {
        begun.ask(START),
        begun.receive(START),
        begun.extend(START, ONE, has_ground=True),
        begun.switch(START, ONE, has_ground=True, has_notice=True),
        begun.recompute(real(), has_ground=True),
    }


def test_what_is_asked_late_is_told_and_suspends_nothing() -> None:
    begun = course(Policy(FIVE, supplement="restart"), now="2026-03-10 10:00")
    due = begun.reckoning().due

    assert [None, None] == [begun.ask(at("2026-03-10 10:00")), begun.receive(at("2026-03-20 09:00"))]

    assert due == begun.reckoning().due
    assert "asked_too_late" in {line.code for line in begun.explanation()}


@given(offices, starts())
def test_an_extension_is_possible_up_to_the_last_call(office: WorkingTime, start: Instant) -> None:
    policy = Policy(parse_duration("10 calendar days"))
    due = Course(office, policy, start).reckoning().due
    assert due is not None
    call = last_call(office, due, policy.notice)

    refusals = [Course(office, policy, start).extend(when, ONE, has_ground=True) for when in (call, call + MICROSECOND)]

    assert [None, "too-late-to-extend"] == refusals
