"""Counts of the inbox by due date, which are its filters: late, today, soon, later, and waiting for the applicant."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args

from procedures.time.errors import CalendarNotCovered
from procedures.time.working import WorkingTime
from records.accounts import Account
from records.inbox import Count, Filter, count_inbox
from records.pool import Pool
from web.dates import HANOI, SOON, Dates

Due = Literal["all", "late", "today", "soon", "left", "held"]
DUES: tuple[Due, ...] = get_args(Due)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The instants between the filters."""

    now: datetime
    tomorrow: datetime
    later: datetime

    def of(self, due: Due, show: Filter) -> Filter:
        match due:
            case "late":
                return replace(show, held=False, due_before=self.now)
            case "today":
                return replace(show, held=False, due_from=self.now, due_before=self.tomorrow)
            case "soon":
                return replace(show, held=False, due_from=self.tomorrow, due_before=self.later)
            case "left":
                return replace(show, held=False, due_from=self.later)
            case "held":
                return replace(show, held=True)
            case "all":
                return show


def bounds(dates: Dates, working: WorkingTime | None) -> Bounds:
    """Count `soon` in working days where a calendar reaches, else in days of the wall."""
    last = dates.today
    for _ in range(SOON):
        last = _next_working_day(last, working)
    return Bounds(now=dates.now, tomorrow=_midnight(dates.today + _DAY), later=_midnight(last + _DAY))


async def counts(pool: Pool, account: Account, show: Filter, limits: Bounds) -> dict[Due, Count]:
    async with pool.connection() as db:
        return {due: await count_inbox(db, account, limits.of(due, show)) for due in DUES}


def _next_working_day(day: date, working: WorkingTime | None) -> date:
    if working is None:
        return day + _DAY
    try:
        return working.next_working_day(day)
    except CalendarNotCovered:
        return day + _DAY


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HANOI)


_DAY = timedelta(days=1)
