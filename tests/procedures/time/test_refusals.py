import pytest
from hypothesis import given

from procedures.time.backward import last_call
from procedures.time.duration import NO_LIMIT, parse_duration
from procedures.time.instants import MICROSECOND, Instant, end_of_day
from procedures.time.limit import Pause, Reckoning, Rules, reckon
from procedures.time.refusals import Refusal, extension_refusal, switch_refusal
from procedures.time.working import WorkingTime
from tests.procedures.time.offices import at, offices, real, starts

NOTICE = parse_duration("1 working day")
START = at("2026-03-02 09:00")


def reckoned(limit: str = "5 working days", *changes: Pause) -> Reckoning:
    return reckon(real(), parse_duration(limit), Rules(), START, changes)


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
def test_an_extension_leaves_one_working_day_after_its_own(when: str, refusal: Refusal | None) -> None:
    found = extension_refusal(real(), reckoned(), at(when), has_ground=True, made=0, most=1, notice=NOTICE)

    assert refusal == found


@pytest.mark.parametrize(
    ("reckoning", "has_ground", "made", "refusal"),
    [
        (reckoned(), False, 0, "ground-required"),
        (reckoned(), True, 1, "no-extension-left"),
        (reckoned("5 working days", Pause(at("2026-03-03 09:00"))), True, 0, "clock-suspended"),
        (reckon(real(), NO_LIMIT, Rules(), START), True, 0, "no-such-limit"),
        (reckoned("within the day"), True, 0, "too-late-to-extend"),
    ],
)
def test_an_extension_is_refused_with_a_reason(
    reckoning: Reckoning, has_ground: bool, made: int, refusal: Refusal
) -> None:
    when = at("2026-03-02 10:00")

    found = extension_refusal(real(), reckoning, when, has_ground=has_ground, made=made, most=1, notice=NOTICE)

    assert refusal == found


@given(offices, starts())
def test_an_extension_is_possible_up_to_the_last_call(office: WorkingTime, start: Instant) -> None:
    reckoning = reckon(office, parse_duration("10 calendar days"), Rules(), start)
    assert reckoning.due is not None
    call = last_call(office, reckoning.due, NOTICE)

    refusals = [
        extension_refusal(office, reckoning, when, has_ground=True, made=0, most=1, notice=NOTICE)
        for when in (call, call + MICROSECOND)
    ]

    assert [None, "too-late-to-extend"] == refusals


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
    when: str, has_ground: bool, has_notice: bool, refusal: Refusal | None
) -> None:
    assert refusal == switch_refusal(reckoned(), at(when), has_ground=has_ground, has_notice=has_notice)


def test_a_suspended_limit_is_not_switched() -> None:
    suspended = reckoned("5 working days", Pause(at("2026-03-03 09:00")))

    found = switch_refusal(suspended, end_of_day(START.date()), has_ground=True, has_notice=True)

    assert "clock-suspended" == found
