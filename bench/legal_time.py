"""`python -m bench.legal_time`: what a due date costs, its explanation, and both in words, without any server."""

import os
import platform
import sys
import timeit
from collections.abc import Callable
from datetime import datetime, time, timedelta
from time import process_time

from rich.console import Console
from rich.table import Table

from procedures.time.duration import parse_duration
from procedures.time.files import load_calendars
from procedures.time.hours import office_hours
from procedures.time.instants import ZONE
from procedures.time.limit import Change, Extended, Pause, Rules, reckon
from procedures.time.sentences import in_words
from procedures.time.summary import summary
from procedures.time.telling import explain
from procedures.time.working import WorkingTime

CALENDARS = load_calendars(["vn-2025", "vn-2026", "vn-2027"])
HOURS = office_hours({"mon-fri": ["07:30-11:30", "13:30-17:00"]})
RECEIVED = datetime(2026, 1, 15, 16, tzinfo=ZONE)
DAY = timedelta(days=1)
RULES = Rules(cutoff_after=time(15), off_hours="next_working_day")
SUPPLEMENT = (Pause(RECEIVED + 3 * DAY, RECEIVED + 20 * DAY), Extended(RECEIVED + 21 * DAY, parse_duration("3 months")))
CASES: tuple[tuple[str, tuple[Change, ...]], ...] = (
    ("within the day", ()),
    ("8 working hours", ()),
    ("5 working days", ()),
    ("25 calendar days", ()),
    ("20 calendar days excluding public holidays", ()),
    ("60 working days", ()),
    ("6 months", ()),
    ("30 working days", SUPPLEMENT),
)


DUE, EXPLAINED = 50.0, 1000.0
"""Microseconds that a due date, and its explanation in sentences, may take at most."""


def main() -> None:
    working = WorkingTime(CALENDARS, HOURS)
    table = Table(title=f"Legal time, µs each, Python {platform.python_version()} on {os.cpu_count()} cores")
    for heading in ("limit", "due date", "every day", "in sentences"):
        table.add_column(heading, justify="left" if heading == "limit" else "right")
    costs = [_costs(working, limit, changes) for limit, changes in CASES]
    for (limit, changes), cost in zip(CASES, costs, strict=True):
        table.add_row(limit + (", paused and extended" if changes else ""), *(f"{one:.0f}" for one in cost))
    Console(highlight=False, width=120).print(table)
    made = _cost(lambda: WorkingTime(CALENDARS, HOURS), number=20)
    print(f"Three years of calendars are made ready in {made / 1000:.1f} ms, once for each version of a procedure.")
    if any(due > DUE or told > EXPLAINED for due, _, told in costs):
        sys.exit(f"bench: more than {DUE:.0f} µs for a due date, or {EXPLAINED:.0f} µs for its explanation in words")


def _costs(working: WorkingTime, limit: str, changes: tuple[Change, ...]) -> tuple[float, float, float]:
    asked = (working, parse_duration(limit), RULES, RECEIVED, changes)

    def tell() -> list[str]:
        lines = explain(*asked)
        return [summary(asked[1], reckon(*asked).due, lines, "vi"), *(in_words(line, "vi") for line in lines)]

    return _cost(lambda: reckon(*asked)), _cost(lambda: explain(*asked)), _cost(tell)


def _cost(act: Callable[[], object], *, number: int = 200) -> float:
    """Take the best of several rounds of the processor's time, in microseconds."""
    act()
    return min(timeit.repeat(act, timer=process_time, number=number, repeat=7)) / number * 1e6


if __name__ == "__main__":
    main()
