"""Counting in hours, of the office or round the clock: from the instant to the minute they are used up (I2, I10)."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from procedures.time.calendar import WorkingTime
from procedures.time.gap import Gap, suspension
from procedures.time.instants import ONE_DAY, Instant, Span, at, day_of, end_of_day
from procedures.time.lines import CODES, Code, Line, day_line

HOUR = timedelta(hours=1)
ZERO = timedelta()


def hours(amount: Fraction) -> timedelta:
    # Amounts have at most two decimals, so a hundredth of an hour (36 s) divides exactly.
    return round(amount * 100) * (HOUR / 100)


def count_working_hours(
    working: WorkingTime, amount: timedelta, start: Instant, gaps: Sequence[Gap], lines: list[Line]
) -> Instant | None:
    used, day, due = ZERO, day_of(start), start if amount == ZERO else None
    open_since = next((gap.opened for gap in gaps if gap.closed is None), None)
    found: list[Line] = []
    while due is None and (open_since is None or day <= day_of(open_since)):
        facts = working.day(day)
        if not facts.is_worked and not _is_suspended(day, gaps):
            found.append(day_line(facts, "I3"))
        for piece in (piece for span in facts.spans for piece in _pieces(span, start, gaps)):
            length = min(piece.ends - piece.begins, amount - used)
            used += length
            ends = piece.begins + length
            found.append(Line(CODES[facts.kind], "I2", day, counted=True, begins=piece.begins, ends=ends, used=used))
            if used == amount:
                due = ends
                break
        day += ONE_DAY
    found += [line for gap in gaps if due is None or gap.opened <= due for line in suspension(gap, "I17")]
    lines += sorted(found, key=lambda line: (line.day, line.begins or end_of_day(line.day)))
    return due


def count_hours(
    working: WorkingTime, amount: timedelta, start: Instant, gaps: Sequence[Gap], lines: list[Line]
) -> Instant | None:
    used, since = ZERO, start
    working.day(day_of(start))
    for gap in gaps:
        if since + (amount - used) < gap.opened:
            break
        if gap.opened > since:
            used += gap.opened - since
            lines.append(_round_the_clock(since, gap.opened, used))
        if gap.closed is None:
            return None
        lines += suspension(gap, "I17")
        since = max(since, gap.closed)
    due = since + (amount - used)
    working.day(day_of(due))
    if since < due:
        lines.append(_round_the_clock(since, due, amount))
    return due


def after_gaps(due: Instant, gaps: Sequence[Gap]) -> Instant | None:
    """Move a due that was used up in the very instant of an asking to where that suspension ends."""
    for gap in gaps:
        if gap.opened <= due:
            if gap.closed is None:
                return None
            due = max(due, gap.closed)
    return due


def _is_suspended(day: date, gaps: Sequence[Gap]) -> bool:
    return any(gap.opened <= at(day) and (gap.closed is None or end_of_day(day) <= gap.closed) for gap in gaps)


def _pieces(span: Span, start: Instant, gaps: Sequence[Gap]) -> list[Span]:
    """Cut a session down to the stretches in which the limit runs."""
    pieces, begins = [], max(span.begins, start)
    for gap in gaps:
        if begins < min(gap.opened, span.ends):
            pieces.append(Span(begins, min(gap.opened, span.ends)))
        begins = span.ends if gap.closed is None else max(begins, gap.closed)
    if begins < span.ends:
        pieces.append(Span(begins, span.ends))
    return pieces


def _round_the_clock(begins: Instant, ends: Instant, used: timedelta) -> Line:
    return Line(Code.ROUND_THE_CLOCK, "I27", day_of(begins), counted=True, begins=begins, ends=ends, used=used)
