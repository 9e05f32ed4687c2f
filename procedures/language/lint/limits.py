"""The legal limit against the budgets of steps and branches, and the other limits of the statutory life."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from math import ceil, inf

from procedures.language.lint.graph import Who
from procedures.language.lint.subject import Subject
from procedures.language.model.parts import Selectors
from procedures.language.model.procedure import ROOT, Procedure
from procedures.language.model.steps import (
    EachStep,
    ParallelStep,
    PayStep,
    ProcedureStep,
    SignStep,
    Step,
    TaskStep,
    WaitStep,
    inner_lists,
)
from procedures.language.reading.words import entries_of, integer_of
from procedures.time.duration import Duration, Unit, parse_duration

CALENDAR_DAYS_OF_A_WORKING_DAY = 1.4
_AHEAD = timedelta(days=90)
# The longest break of a year: new days off may stand anywhere in a limit.
_HOLIDAYS = 9
_WORKING = frozenset({Unit.WORKING_DAYS, Unit.WORKING_HOURS})
# Sums of thirds and tenths are not exact: a hair over a whole day is that day.
_HAIR = 1e-6


def check_limits(subject: Subject) -> None:
    _find_no_limit(subject)
    _find_slow_ways(subject, told=frozenset(_find_slow_branches(subject)))
    _find_missing_budgets(subject)
    _find_lapsed(subject)
    _check_supplement(subject)
    _check_extension(subject)
    _check_verification(subject)
    _find_uncovered(subject)
    for window in subject.procedure.windows:
        if window.if_late == "refuse":
            message = f"window '{window.id}' refuses who files late"
            subject.say("window-blocks", f"windows.{window.id}.if_late", message, "say warn, or name the article")


def _find_lapsed(subject: Subject) -> None:
    """Filed on a day off, a limit of the same day that counts from the filing ends before anybody is there (I15)."""
    for path, row in subject.rows():
        counting = row.time or subject.procedure.time
        if row.within == "within the day" and row.counted_from == "received" and counting.off_hours == "as_is":
            message = "this limit may be over before anybody is there"
            hint = "add time: {off_hours: next_working_day}"
            subject.say("same-day-may-lapse", f"{path}.within", message, hint)


def _find_no_limit(subject: Subject) -> None:
    for path, row in subject.rows():
        if row.within == "no limit":
            place = subject.places.at(f"{path}.within")
            message = "this procedure has no limit"
            subject.say("no-limit-declared", "deadline", message, "say the limit", place=place)


def _find_slow_ways(subject: Subject, told: frozenset[str]) -> None:
    """Compare the slowest way of each kind of applicant with each limit that may be theirs, and tell the worst."""
    worst: dict[str, tuple[float, str, str, str]] = {}
    for who in subject.everybody:
        for limit in _limits(subject, who):
            days = days_in(limit.unit)
            taken, way = slowest(subject, who, ROOT, days)
            allowed = 1.0 if limit.is_within_the_day else days(limit)
            # A limit in days ends with its last day, so the sum is rounded up; one in hours ends at its minute.
            taken = taken if limit.is_in_hours else ceil(taken - _HAIR)
            if not way or taken <= allowed + _HAIR:
                continue
            weights = {id: weight(subject, who, subject.procedure.step(id), days) for id in way}
            longest = max(weights, key=lambda id: weights[id])
            steps = " → ".join(id for id in way if weights[id])
            # A working day is 1.4 calendar days only on the average.
            about = "" if limit.unit in _WORKING else "about "
            message = f"way {steps} takes {about}{_shown(taken)} of {_shown(allowed)} days"
            found = (taken / allowed, message, longest, str(limit))
            worst[longest] = max(worst.get(longest, found), found)
    for _, message, longest, _ in (one for step, one in worst.items() if step not in told):
        step = subject.procedure.step(longest)
        posting = isinstance(step, WaitStep) and step.last is not None
        hint = f"shorten '{longest}'" if not isinstance(step, WaitStep) else "shorten what stands beside it"
        subject.say("budget-over-limit", f"steps.{longest}.{'last' if posting else 'within'}", message, hint)


def _limits(subject: Subject, who: Who) -> Iterator[Duration]:
    """Give the rows that may be this applicant's, and the new limit a supplement may set."""
    supplement = subject.procedure.supplement
    written = [row.within for row in subject.procedure.deadline if who.fits(row.selectors)]
    if supplement.effect == "replace" and supplement.new_limit and supplement.rounds:
        written.append(supplement.new_limit)
    yield from (one for one in map(parse_duration, dict.fromkeys(written)) if not one.is_unlimited)


def slowest(
    subject: Subject, who: Who, sequence: str, days: Callable[[Duration], float]
) -> tuple[float, tuple[str, ...]]:
    """Find the way through a sequence whose budgets make the largest sum."""
    return subject.graph(who, sequence).longest(lambda step: weight(subject, who, step, days))


def weight(subject: Subject, who: Who, step: Step, days: Callable[[Duration], float]) -> float:
    """Count the days a step may take of the limit; what pauses it takes none."""
    match step:
        case TaskStep() | SignStep() | ProcedureStep():
            return _days(step.within, days)
        case PayStep():
            return 0.0 if subject.procedure.fee_wait.clock == "pauses" else _days(step.within, days)
        case WaitStep():
            return 0.0 if step.clock == "pauses" else _days(step.within or step.last, days)
        case ParallelStep():
            fitting = [one for one in step.branches if who.fits(one.selectors) and not one.optional]
            own = {one.id: _days(one.within, days) for one in fitting if one.within}
            inner = (own.get(one.id) or slowest(subject, who, f"{step.id}/{one.id}", days)[0] for one in fitting)
            return max(inner, default=0.0)
        case EachStep():
            return max((slowest(subject, who, name, days)[0] for name in inner_lists(step)), default=0.0)
        case _:
            return 0.0


def days_in(unit: Unit) -> Callable[[Duration], float]:
    """Measure durations in the days a limit is counted in: working days for one in work time, else calendar days."""
    per_working_day = 1.0 if unit in _WORKING else CALENDAR_DAYS_OF_A_WORKING_DAY
    per_calendar_day = per_working_day / CALENDAR_DAYS_OF_A_WORKING_DAY
    each = {
        Unit.WORKING_HOURS: per_working_day / 8,
        Unit.WORKING_DAYS: per_working_day,
        Unit.CALENDAR_DAYS: per_calendar_day,
        Unit.CALENDAR_DAYS_EXCL_HOLIDAYS: per_calendar_day,
        Unit.HOURS: per_calendar_day / 24,
        Unit.MONTHS: per_calendar_day * 30,
        Unit.YEARS: per_calendar_day * 365,
    }
    return lambda duration: inf if duration.is_unlimited else float(duration.amount) * each[duration.unit]


def _days(within: str | None, days: Callable[[Duration], float]) -> float:
    return days(parse_duration(within)) if within else 0.0


def _find_slow_branches(subject: Subject) -> Iterator[str]:
    """Name the steps a branch of which may take longer than the whole case."""
    for step in subject.procedure.all_steps:
        for branch in step.branches if isinstance(step, ParallelStep) else ():
            if branch.within is None:
                continue
            for row in subject.procedure.deadline:
                limit = parse_duration(row.if_verified or row.within)
                taken, allowed = (days_in(limit.unit)(one) for one in (parse_duration(branch.within), limit))
                if _may_meet(row.selectors, branch.selectors) and taken > max(allowed, 1.0) + _HAIR:
                    path = f"steps.{step.id}.branches.{branch.id}.within"
                    message = f"branch '{branch.id}' may take {_shown(taken)} days, the case has {_shown(allowed)}"
                    subject.say("branch-over-limit", path, message, "shorten it")
                    yield step.id
                    break


def _find_missing_budgets(subject: Subject) -> None:
    procedure = subject.procedure
    for step in (step for name in subject.sequences() for step in procedure.sequence(name)):
        works = isinstance(step, TaskStep | SignStep) and step.within is None
        if works and not _stands_in_a_timed_branch(procedure, step.id):
            message = f"'{step.id}' has no budget: its lateness will not be seen"
            subject.say("budget-missing", f"steps.{step.id}", message, "add within")


def _stands_in_a_timed_branch(procedure: Procedure, id: str) -> bool:
    owner = procedure.owner(id)
    name = procedure.sequence_of(id).rpartition("/")[2]
    if not isinstance(owner, ParallelStep):
        return False
    return any(branch.within for branch in owner.branches if branch.id == name)


def _check_supplement(subject: Subject) -> None:
    supplement = subject.procedure.supplement
    if supplement.effect != "none" and supplement.rounds and supplement.answer_within is None:
        subject.say(
            "supplement-without-window", "supplement", "no limit for the applicant's answer", "add answer_within"
        )


def _check_extension(subject: Subject) -> None:
    own = subject.procedure.extension.max
    law = integer_of(entries_of(subject.resolved.profile, "extension"), "max")
    if law is not None and own > law:
        message = f"{own} extensions, the decree allows {law}"
        subject.say("extension-repeated", "extension.max", message, f"at most {law}")


def _check_verification(subject: Subject) -> None:
    for path, row in subject.rows():
        if row.if_verified and subject.procedure.verification.notice is None:
            message = "a verification switch needs a notice"
            subject.say("verified-without-notice", f"{path}.if_verified", message, "add verification: {notice: ...}")


def _find_uncovered(subject: Subject) -> None:
    """Warn a quarter ahead: a case needs a calendar for every day up to its limit."""
    limits = [parse_duration(one) for row in subject.procedure.deadline for one in (row.within, row.if_verified) if one]
    if not subject.calendars or all(one.is_unlimited for one in limits):
        return
    last = max(subject.calendars, key=lambda calendar: calendar.last)
    needed = max(ceil(days_in(Unit.CALENDAR_DAYS)(one)) for one in limits if not one.is_unlimited)
    covered = last.last - timedelta(days=needed + _HOLIDAYS)
    force = subject.procedure.in_force
    begins = max(date.fromisoformat(force.from_), subject.today or date.min)
    ends = min(begins + _AHEAD, date.fromisoformat(force.to) if force.to else date.max)
    if begins <= ends and covered < ends:
        message = f"cases accepted after {covered} leave calendar {last.id}"
        subject.say("calendar-not-covered", "deadline", message, "publish the next calendar")


def _may_meet(one: Selectors, other: Selectors) -> bool:
    pairs = ((one.variants, other.variants), (one.channels, other.channels), (one.submitters, other.submitters))
    return all(not left or not right or set(left) & set(right) for left, right in pairs)


def _shown(days: float) -> str:
    return f"{days:.1f}".removesuffix(".0")
