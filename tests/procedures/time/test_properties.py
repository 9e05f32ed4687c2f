"""What must be so for every calendar, office, limit and start."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from procedures.time.calendar import DayKind
from procedures.time.duration import Duration, Unit, parse_duration
from procedures.time.instants import Instant, day_of, end_of_day
from procedures.time.limit import Extended, Pause, Reckoning, Rules, RunState, Switched, reckon
from procedures.time.standing import forecast
from procedures.time.telling import explain
from procedures.time.working import WorkingTime
from tests.procedures.time.offices import USUAL, days, fictional, later, offices, starts

DAY_UNITS = [Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.CALENDAR_DAYS_EXCL_HOLIDAYS]
day_limits = st.builds(Duration, st.integers(1, 60).map(Fraction), st.sampled_from(DAY_UNITS))
hour_limits = st.builds(
    Duration, st.integers(1, 800).map(lambda n: Fraction(n, 4)), st.sampled_from([Unit.WORKING_HOURS, Unit.HOURS])
)
part_limits = st.builds(Duration, st.integers(1, 39).map(lambda n: Fraction(n, 4)), st.just(Unit.WORKING_DAYS))
month_limits = st.builds(Duration, st.integers(1, 6).map(Fraction), st.just(Unit.MONTHS))
limits = st.one_of(day_limits, hour_limits, part_limits, month_limits, st.just(parse_duration("within the day")))
rules = st.builds(
    Rules,
    cutoff_after=st.sampled_from([None, time(15), time(16, 30)]),
    cutoff_moves=st.sampled_from(["start", "same_day", "transfer"]),
    off_hours=st.sampled_from(["as_is", "next_working_day"]),
    rollover=st.booleans(),
    start_next_day=st.booleans(),
    cutoff_on_resume=st.booleans(),
)
waits = st.builds(lambda days, minutes: timedelta(days=days, minutes=minutes), st.integers(0, 20), st.integers(0, 1439))


def due(reckoning: Reckoning) -> Instant:
    assert reckoning.due is not None
    return reckoning.due


@given(offices, limits, rules, starts())
def test_a_limit_ends_after_it_starts(office: WorkingTime, limit: Duration, rules: Rules, start: Instant) -> None:
    reckoning = reckon(office, limit, rules, start)

    assert start <= reckoning.deemed_start <= due(reckoning)
    assert UTC is due(reckoning).tzinfo is reckoning.deemed_start.tzinfo


@given(offices, limits, rules, starts(), waits)
def test_a_later_receipt_is_never_due_earlier(
    office: WorkingTime, limit: Duration, rules: Rules, start: Instant, wait: timedelta
) -> None:
    # With a cut-off and off-hours receipts as they are, Saturday morning overtakes Friday afternoon (docs/time.md).
    if rules.cutoff_after is not None:
        rules = replace(rules, off_hours="next_working_day")
    # What runs round the clock overtakes what was shifted to an opening.
    if limit.unit is Unit.HOURS:
        rules = Rules()

    first, second = reckon(office, limit, rules, start), reckon(office, limit, rules, start + wait)

    assert due(first) <= due(second)


@given(st.lists(days(), max_size=20), days(), limits, rules, starts())
def test_one_more_day_off_never_makes_a_limit_end_earlier(
    offs: list[date], extra: date, limit: Duration, rules: Rules, start: Instant
) -> None:
    without = WorkingTime([fictional(*offs)], USUAL)
    with_it = WorkingTime([fictional(*offs, extra)], USUAL)

    assert due(reckon(without, limit, rules, start)) <= due(reckon(with_it, limit, rules, start))


@given(offices, day_limits, rules, starts())
def test_as_many_days_are_explained_as_counted_as_the_limit_has(
    office: WorkingTime, limit: Duration, rules: Rules, start: Instant
) -> None:
    counted = [line for line in explain(office, limit, rules, start) if line.counted]

    assert list(range(1, int(limit.amount) + 1)) == [line.number for line in counted]


@given(offices, day_limits, rules, starts())
def test_the_days_of_an_explanation_follow_one_another_to_the_due_day(
    office: WorkingTime, limit: Duration, rules: Rules, start: Instant
) -> None:
    reckoning = reckon(office, limit, rules, start)

    explained = {line.day for line in explain(office, limit, rules, start) if line.day > day_of(reckoning.deemed_start)}
    length = (day_of(due(reckoning)) - day_of(reckoning.deemed_start)).days
    assert {day_of(reckoning.deemed_start) + timedelta(days=n) for n in range(1, length + 1)} == explained


@given(offices, day_limits, starts())
def test_a_simple_count_agrees(office: WorkingTime, limit: Duration, start: Instant) -> None:
    day, left = day_of(start), int(limit.amount)
    while left:
        day += timedelta(days=1)
        kind = office.day(day)
        skipped = (limit.unit is Unit.WORKING_DAYS and not kind.is_worked) or (
            limit.unit is Unit.CALENDAR_DAYS_EXCL_HOLIDAYS and kind.kind is DayKind.PUBLIC_HOLIDAY
        )
        left -= not skipped

    assert end_of_day(day) == due(reckon(office, limit, Rules(rollover=False), start))


@given(offices, st.one_of(day_limits, hour_limits), st.integers(0, 40), starts())
def test_one_limit_after_another_is_both_together(
    office: WorkingTime, limit: Duration, more: int, start: Instant
) -> None:
    """What does not roll over adds up: so many days or hours, then so many more."""
    first = due(reckon(office, limit, Rules(rollover=False), start))

    second = due(reckon(office, replace(limit, amount=Fraction(more)), Rules(rollover=False), first))

    both = due(reckon(office, replace(limit, amount=limit.amount + more), Rules(rollover=False), start))
    assert both == second


@given(offices, st.one_of(day_limits, month_limits), rules, starts())
def test_a_rolled_over_limit_ends_on_a_working_day(
    office: WorkingTime, limit: Duration, rules: Rules, start: Instant
) -> None:
    rolled = reckon(office, limit, Rules(rollover=True), start)

    assert office.is_working_day(day_of(due(rolled)))
    assert due(reckon(office, limit, Rules(rollover=False), start)) <= due(rolled)


@given(offices, st.one_of(hour_limits, part_limits), starts())
def test_exactly_the_hours_of_a_limit_lie_between_its_start_and_its_end(
    office: WorkingTime, limit: Duration, start: Instant
) -> None:
    reckoning = reckon(office, limit, Rules(), start)

    hours = timedelta(hours=1) * limit.counted().amount.numerator / limit.counted().amount.denominator
    if not limit.is_in_hours:
        return
    if limit.unit is Unit.HOURS:
        assert start + hours == due(reckoning)
        return
    assert hours == office.worked(start, due(reckoning))
    assert office.worked(due(reckoning) - timedelta(minutes=1), due(reckoning)) > timedelta()


@given(offices, hour_limits, starts(), waits)
def test_a_pause_of_no_time_moves_no_limit_in_hours(
    office: WorkingTime, limit: Duration, start: Instant, wait: timedelta
) -> None:
    never = due(reckon(office, limit, Rules(), start))

    paused = reckon(office, limit, Rules(), start, [Pause(start + wait, start + wait)])

    assert never == due(paused)


@given(offices, limits, rules, starts(), waits, waits)
def test_no_supplement_shortens_and_a_restart_gives_at_least_what_a_pause_gives(
    office: WorkingTime, limit: Duration, rules: Rules, start: Instant, asked: timedelta, answered: timedelta
) -> None:
    plain = due(reckon(office, limit, rules, start))
    opened = min(start + asked, plain)
    closed = opened + answered

    paused = due(reckon(office, limit, rules, start, [Pause(opened, closed)]))
    restarted = due(reckon(office, limit, rules, start, [Pause(opened, closed, "restart")]))

    assert plain <= paused
    # A month from late January is shorter than the same month counted in the days of its first start.
    assert paused <= restarted or limit.unit is Unit.MONTHS
    assert closed <= paused


@given(offices, limits, rules, starts(), waits, waits)
def test_while_suspended_there_is_a_forecast_and_no_due_date(
    office: WorkingTime, limit: Duration, rules: Rules, start: Instant, asked: timedelta, waiting: timedelta
) -> None:
    opened = min(start + asked, due(reckon(office, limit, rules, start)))
    now = opened + waiting

    suspended = reckon(office, limit, rules, start, [Pause(opened)])
    expected = forecast(office, limit, rules, start, [Pause(opened)], now=now)

    assert (RunState.SUSPENDED, None) == (suspended.state, suspended.due)
    assert due(expected) == due(reckon(office, limit, rules, start, [Pause(opened, now)]))


@given(offices, limits, rules, starts(), day_limits)
def test_an_extension_counts_from_the_due_date_in_force(
    office: WorkingTime, limit: Duration, rules: Rules, start: Instant, by: Duration
) -> None:
    plain = due(reckon(office, limit, rules, start))

    extended = reckon(office, limit, rules, start, [Extended(start, by)])

    assert due(reckon(office, by, Rules(rollover=rules.rollover), plain)) == due(extended)


@given(offices, limits, limits, rules, starts(), waits)
def test_a_switch_counts_as_if_the_limit_had_always_been_the_new_one(
    office: WorkingTime, limit: Duration, other: Duration, rules: Rules, start: Instant, wait: timedelta
) -> None:
    switched = reckon(office, limit, rules, start, [Extended(start, limit), Switched(start + wait, other)])

    assert due(reckon(office, other, rules, start)) == due(switched)


@given(offices, limits, rules, starts(), waits, waits)
def test_the_stretches_in_which_a_limit_runs_lie_in_order_between_its_start_and_its_end(
    office: WorkingTime, limit: Duration, rules: Rules, start: Instant, asked: timedelta, answered: timedelta
) -> None:
    pause = Pause(start + asked, later(start + asked, answered.days, 1))

    reckoning = reckon(office, limit, rules, start, [pause])

    edges = [edge for span in reckoning.running for edge in (span.begins, span.ends)]
    assert sorted(edges) == edges
    assert all(reckoning.counted_from <= edge <= due(reckoning) for edge in edges)


@given(offices, limits, rules, starts(), waits, waits)
def test_an_answer_is_the_same_every_time_and_survives_json(
    office: WorkingTime, limit: Duration, rules: Rules, start: Instant, asked: timedelta, answered: timedelta
) -> None:
    pause = Pause(start + asked, start + asked + answered, "replace", limit)
    adapter = TypeAdapter(Reckoning)

    first, second = (reckon(office, limit, rules, start, [pause]) for _ in range(2))

    assert first == second
    assert first == adapter.validate_python(adapter.dump_python(first, mode="json"))
