"""Whatever is asked has an answer, or the one error that names the day no calendar covers; and nobody waits for it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.time.backward import last_call, latest_ask, latest_start, leaves_notice
from procedures.time.between import between
from procedures.time.duration import Duration, Unit
from procedures.time.errors import CalendarNotCovered
from procedures.time.instants import Instant, end_of_day
from procedures.time.limit import Change, Extended, Pause, Rules, Switched, reckon
from procedures.time.marks import after, before, legal_marks, share
from procedures.time.standing import standing
from procedures.time.summary import summary
from procedures.time.telling import explain
from procedures.time.working import WorkingTime
from tests.procedures.time.offices import offices, real
from tests.procedures.time.test_properties import rules

WHOLE = (Unit.CALENDAR_DAYS, Unit.CALENDAR_DAYS_EXCL_HOLIDAYS, Unit.MONTHS, Unit.YEARS)
whole = st.builds(
    Duration, st.one_of(st.integers(0, 400), st.integers(0, 10**40)).map(Fraction), st.sampled_from(WHOLE)
)
divided = st.builds(
    Duration,
    st.one_of(st.fractions(0, 400), st.fractions(0, 10**40)),
    st.sampled_from([Unit.WORKING_DAYS, Unit.WORKING_HOURS, Unit.HOURS]),
)
durations = st.one_of(whole, divided)
near = st.datetimes(datetime(2025, 6, 1), datetime(2028, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
instants = st.one_of(near, near, st.datetimes(timezones=st.just(UTC)))
lengths = st.one_of(st.timedeltas(timedelta(), timedelta(days=90)), st.timedeltas(timedelta(), timedelta(days=200_000)))


@st.composite
def changes(draw: st.DrawFn, start: Instant) -> list[Change]:
    found: list[Change] = []
    at = start
    for kind in draw(st.lists(st.sampled_from(["pause", "restart", "replace", "extended", "switched"]), max_size=4)):
        opened, length = at + draw(lengths) / 9, draw(lengths) / 9
        at = opened + length
        if kind == "extended":
            found.append(Extended(at, draw(durations)))
        elif kind == "switched":
            found.append(Switched(at, draw(durations)))
        else:
            found.append(Pause(opened, at, "pause", draw(durations), draw(st.booleans())))
    return found


def answers(ask: Callable[[], object]) -> bool:
    """Ask; nothing but the one error may come instead of an answer."""
    try:
        ask()
    except CalendarNotCovered as error:
        assert str(error.day) in error.sentence
        return False
    return True


@given(offices, durations, rules, near.flatmap(lambda start: st.tuples(st.just(start), changes(start))))
def test_every_limit_has_a_due_date_or_an_uncovered_day(
    office: WorkingTime, limit: Duration, rules: Rules, begun: tuple[Instant, list[Change]]
) -> None:
    start, found = begun

    if answers(lambda: reckon(office, limit, rules, start, found)):
        reckoning = reckon(office, limit, rules, start, found)
        lines = explain(office, limit, rules, start, found)
        assert summary(reckoning.duration, reckoning.due, lines, "vi")
        assert 0 <= len(lines) < 10_000
    else:
        assert not answers(lambda: explain(office, limit, rules, start, found))


@given(offices, durations, rules, instants, instants)
def test_every_other_question_has_an_answer_or_an_uncovered_day(
    office: WorkingTime, limit: Duration, rules: Rules, one: Instant, other: Instant
) -> None:
    answers(lambda: reckon(office, limit, rules, one))
    answers(lambda: latest_start(office, limit, rules, one))
    answers(lambda: latest_ask(office, limit, limit, rules, one))
    answers(lambda: last_call(office, one, limit))
    answers(lambda: leaves_notice(office, one, other, limit))
    answers(lambda: between(office, one, other))
    answers(lambda: standing(office, one, other))
    answers(lambda: after(office, one, limit))
    answers(lambda: before(office, one, limit, since=other))


@given(offices, durations, durations, near)
def test_every_mark_is_found_or_its_day_is_not_covered(
    office: WorkingTime, limit: Duration, notice: Duration, start: Instant
) -> None:
    if answers(lambda: reckon(office, limit, Rules(), start)):
        reckoning = reckon(office, limit, Rules(), start)
        answers(lambda: legal_marks(office, reckoning, notice))
        answers(lambda: share(office, reckoning, 50))


def test_the_first_day_of_all_has_no_instant() -> None:
    with pytest.raises(CalendarNotCovered, match="0001-01-01"):
        end_of_day(date.min)


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.NONE])
def test_the_day_that_is_named_is_the_first_one_missing(unit: Unit) -> None:
    start = datetime(2026, 3, 2, 2, tzinfo=UTC)

    with pytest.raises(CalendarNotCovered) as error:
        reckon(real(), Duration(Fraction(10**30), unit), Rules(), start)

    assert "2028-01-01" == str(error.value.day)
