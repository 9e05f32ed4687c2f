"""Office hours as agencies and calendars write them."""

from collections.abc import Mapping, Sequence

from procedures.time.calendar import OfficeHours, Session
from procedures.time.errors import BadCalendar

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def office_hours(week: Mapping[str, Sequence[str]]) -> OfficeHours:
    """Read `{"mon-fri": ["07:30-11:30", "13:30-17:00"], "sat": [...]}`."""
    days: list[tuple[Session, ...]] = [()] * 7
    problems: list[str] = []
    for words, texts in week.items():
        try:
            sessions = parse_sessions(texts)
            numbers = _weekdays(words)
        except ValueError as error:
            problems.append(f"Office hours of '{words}': {error}.")
            continue
        problems += [f"Office hours of {WEEKDAYS[number]} are given twice." for number in numbers if days[number]]
        for number in numbers:
            days[number] = sessions
    if not problems and not any(days):
        problems.append("Office hours: no weekday has any; give at least one.")
    if problems:
        raise BadCalendar(problems)
    return OfficeHours(tuple(days))


def parse_sessions(texts: Sequence[str]) -> tuple[Session, ...]:
    sessions = tuple(_session(text) for text in texts)
    if not sessions:
        raise ValueError("give at least one session, or leave the day out")
    if any(right.opens < left.closes for left, right in zip(sessions, sessions[1:], strict=False)):
        raise ValueError("sessions overlap or are out of order")
    return sessions


def _session(text: str) -> Session:
    opens, _, closes = text.partition("-")
    session = Session(_minutes(opens), _minutes(closes))
    if session.opens >= session.closes:
        raise ValueError(f"'{text}' ends before it begins")
    return session


def _minutes(text: str) -> int:
    if len(text) != 5 or text[2] != ":" or not (text[:2] + text[3:]).isdecimal():
        raise ValueError(f"'{text}' is no time of day like '07:30'")
    hours, minutes = int(text[:2]), int(text[3:])
    if minutes > 59 or hours * 60 + minutes > 24 * 60:
        raise ValueError(f"'{text}' is no time of day like '07:30'")
    return hours * 60 + minutes


def _weekdays(words: str) -> range:
    first, dash, last = words.partition("-")
    if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
        raise ValueError("is no weekday; write mon, tue, wed, thu, fri, sat, sun, or a range such as mon-fri")
    numbers = range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1)
    if not numbers:
        raise ValueError("a range goes forward, Monday first")
    return numbers
