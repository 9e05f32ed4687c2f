"""The explanation of a date: every day, stretch of hours and event on the way to it, each with its rule."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from procedures.time.calendar import Day, DayKind
from procedures.time.count_hours import hours
from procedures.time.counting import Count
from procedures.time.duration import Duration, Unit
from procedures.time.gap import Gap
from procedures.time.instants import NO_TIME, ONE_DAY, Instant, Span, at, day_of, each_day, end_of_day
from procedures.time.limit import Change, Pause, Rules, Run, Switched, run_of
from procedures.time.lines import CODES, Code, Line, day_line
from procedures.time.working import WorkingTime

_ENDS = {Unit.WORKING_HOURS: "I10", Unit.HOURS: "I27"}


def explain(
    working: WorkingTime, duration: Duration, rules: Rules, start: Instant, changes: Sequence[Change] = ()
) -> tuple[Line, ...]:
    """Say why a limit ends when `reckon` says: what each day is, whether it counts, and by which rule."""
    return tuple(_told(run_of(working, duration, rules, start, changes)))


def _told(run: Run) -> Iterator[Line]:
    for chapter in run.past:
        yield from chapter.shifted
        yield from _beginning(chapter.duration, chapter.origin)
        yield from map(_event, chapter.events)
        yield from _ended(chapter.ended)
    yield from run.shifted
    yield from _beginning(run.duration, run.origin)
    yield from map(_event, run.events)
    if run.duration.is_unlimited:
        return
    counts = run.counts()
    yield from _counted(run.working, counts[0])
    for extension, before, count in zip(run.extensions, counts, counts[1:], strict=False):
        yield Line(Code.EXTENDED, "I22", day_of(extension.at), begins=extension.at, ends=before.due)
        yield from _counted(run.working, count)
    yield _end(counts[-1])


def _beginning(duration: Duration, origin: Instant) -> Iterator[Line]:
    if duration.is_unlimited:
        yield Line(Code.NO_LIMIT, "", day_of(origin), begins=origin)
    elif duration.is_within_the_day:
        yield Line(Code.WITHIN_DAY, "I15", day_of(origin), begins=origin)
    elif not duration.is_in_hours:
        yield Line(Code.FIRST_DAY, "I1", day_of(origin), begins=origin)
    else:
        yield Line(Code.FROM_INSTANT, "I2", day_of(origin), begins=origin)
        if duration.counted() != duration:
            yield Line(Code.PART_OF_DAY, "I11", day_of(origin), used=hours(duration.counted().amount))


def _event(event: Pause | Switched) -> Line:
    if isinstance(event, Pause):
        return Line(Code.ASKED_TOO_LATE, "I23", day_of(event.opened), begins=event.opened)
    return Line(Code.SWITCHED, "I26", day_of(event.at), begins=event.at)


def _ended(pause: Pause) -> Iterator[Line]:
    assert pause.closed is not None
    code, rule = (Code.RESTARTED, "I18") if pause.effect == "restart" else (Code.REPLACED, "I19")
    yield Line(Code.SUSPENDED, rule, day_of(pause.opened), begins=pause.opened, ends=pause.closed)
    yield Line(code, rule, day_of(pause.closed), begins=pause.closed)


def _end(count: Count) -> Line:
    if count.due is None:
        opened = count.gaps[-1].opened
        return Line(Code.SUSPENDED, "I21", day_of(opened), begins=opened)
    return Line(Code.DUE, _ENDS.get(count.duration.unit, "I4"), day_of(count.due), begins=count.due)


def _counted(working: WorkingTime, count: Count) -> Iterator[Line]:
    match count.duration.unit:
        case Unit.WORKING_HOURS:
            return _office_hours(working, count)
        case Unit.HOURS:
            return _round_the_clock(count)
        case _:
            return _days(working, count)


def _days(working: WorkingTime, count: Count) -> Iterator[Line]:
    """Tell the days up to the one that uses up the amount, then those over which the last day moves on."""
    unit, number = count.duration.unit, 0
    first, last = day_of(count.start), count.gaps[-1].first - ONE_DAY if count.due is None else day_of(count.due)
    for day in each_day(first, last):
        gap = next((gap for gap in count.gaps if gap.holds(day)), None)
        if gap is not None:
            yield from _suspended_day(day, gap)
        elif day == first:
            continue
        elif count.used_up is not None and day > count.used_up:
            yield day_line(working.day(day), "I5", code=Code.ROLLED_OVER if day == last else None)
        elif count.duration.is_in_months:
            if day == count.used_up:
                yield day_line(working.day(day), "I27", code=Code.CORRESPONDING_DAY)
        else:
            facts = working.day(day)
            counts = _counts(unit, facts)
            number += counts
            yield day_line(facts, _rule(unit, facts), counted=counts, number=number if counts else None)


def _suspended_day(day: date, gap: Gap) -> Iterator[Line]:
    begins = gap.opened if day == gap.first else None
    ends = gap.closed if day == gap.last else None
    yield Line(Code.SUSPENDED, "I16", day, begins=begins, ends=ends)
    if gap.moved is not None and gap.moved.day == day:
        yield gap.moved


def _counts(unit: Unit, day: Day) -> bool:
    if unit is Unit.WORKING_DAYS:
        return day.is_worked
    return unit is not Unit.CALENDAR_DAYS_EXCL_HOLIDAYS or day.kind is not DayKind.PUBLIC_HOLIDAY


def _rule(unit: Unit, day: Day) -> str:
    if unit is Unit.CALENDAR_DAYS_EXCL_HOLIDAYS:
        return "I14"
    if unit is Unit.WORKING_DAYS:
        return "I12" if day.kind is DayKind.HALF_DAY else "I3"
    return "I1"


def _office_hours(working: WorkingTime, count: Count) -> Iterator[Line]:
    """Tell each stretch of office time, each day without any, and each suspension, in order of time."""
    found, used, until = _suspensions(count), NO_TIME, _until(count)
    for day in map(working.day, each_day(day_of(count.start), day_of(until))):
        if not day.is_worked and not _is_suspended(day.day, count.gaps):
            found.append(day_line(day, "I3"))
        for piece in (piece for span in day.spans for piece in _pieces(span, count, until)):
            used += piece.ends - piece.begins
            found.append(_stretch(CODES[day.kind], "I2", piece, used))
    return iter(sorted(found, key=lambda line: (line.day, line.begins or end_of_day(line.day))))


def _round_the_clock(count: Count) -> Iterator[Line]:
    found, used, until = _suspensions(count), NO_TIME, _until(count)
    for piece in _pieces(Span(count.start, until), count, until):
        used += piece.ends - piece.begins
        found.append(_stretch(Code.ROUND_THE_CLOCK, "I27", piece, used))
    return iter(sorted(found, key=lambda line: line.begins or count.start))


def _until(count: Count) -> Instant:
    return count.gaps[-1].opened if count.due is None else count.due


def _stretch(code: Code, rule: str, piece: Span, used: timedelta) -> Line:
    return Line(code, rule, day_of(piece.begins), counted=True, begins=piece.begins, ends=piece.ends, used=used)


def _pieces(span: Span, count: Count, until: Instant) -> Iterator[Span]:
    """Cut a span down to the stretches in which the limit runs."""
    begins, ends = max(span.begins, count.start), min(span.ends, until)
    for gap in count.gaps:
        if begins < min(gap.opened, ends):
            yield Span(begins, min(gap.opened, ends))
        begins = ends if gap.closed is None else max(begins, gap.closed)
    if begins < ends:
        yield Span(begins, ends)


def _suspensions(count: Count) -> list[Line]:
    """Tell the suspensions that are over, and why one did not end where the answer arrived."""
    found: list[Line] = []
    for gap in count.gaps:
        if gap.closed is not None and (count.due is None or gap.opened <= count.due):
            found.append(Line(Code.SUSPENDED, "I17", gap.first, begins=gap.opened, ends=gap.closed))
            found += [gap.moved] if gap.moved is not None else []
    return found


def _is_suspended(day: date, gaps: Sequence[Gap]) -> bool:
    return any(gap.opened <= at(day) and (gap.closed is None or end_of_day(day) <= gap.closed) for gap in gaps)
