"""Commands of who trusts a date only when it was counted twice: worked examples played, one date explained."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from itertools import chain
from pathlib import Path

import click

from cli.engine.program import EngineError
from procedures.language.scenarios.scenario import OFFICE_HOURS
from procedures.time.backward import latest_start
from procedures.time.between import between
from procedures.time.calendar import Calendar
from procedures.time.duration import parse_duration
from procedures.time.errors import BadCalendar, LegalTimeError
from procedures.time.examples import BadExample, Example, parse_example
from procedures.time.files import FOLDER, load_calendar
from procedures.time.hours import office_hours
from procedures.time.instants import ZONE, end_of_day
from procedures.time.limit import Rules, reckon
from procedures.time.lines import Line
from procedures.time.playing import Calendars, Played, differences, play
from procedures.time.sentences import in_words
from procedures.time.spoken import spoken
from procedures.time.summary import summary
from procedures.time.telling import explain
from procedures.time.wording import (
    LANGUAGES,
    Language,
    Texts,
    day_in_words,
    instant_in_words,
    length_in_words,
)
from procedures.time.working import WorkingTime

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PROVISIONAL: Texts = {
    "vi": "Lịch {calendar} là lịch tạm: ngày nghỉ hoán đổi còn có thể được công bố thêm.",
    "en": "Calendar {calendar} is provisional: days may still be exchanged.",
}
_LATEST: Texts = {
    "vi": "Nhận chậm nhất lúc {at} thì thời hạn {limit} kết thúc không muộn hơn 24:00 {day}.",
    "en": "Received by {at}, a limit of {limit} is over by 24:00 on {day}.",
}
_BETWEEN: Texts = {
    "vi": "{days} ngày, trong đó {working} ngày làm việc; {without} ngày nếu không tính ngày nghỉ lễ, tết; "
    "cơ quan mở cửa {time}.",
    "en": "{days} days, {working} of them worked; {without} days without public holidays; "
    "the office is open for {time}.",
}


class _Moment(click.ParamType[datetime]):
    """A day, with or without a time of day, as scenarios and files write it."""

    def __init__(self, name: str, example: str, *formats: str) -> None:
        self.name = name
        self._example = example
        self._formats = formats

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        for format in self._formats:
            with suppress(ValueError):
                return datetime.strptime(value, format).replace(tzinfo=ZONE)
        self.fail(
            f"'{value}' is no {self.name}: write it as {self._example}, a day that is in the calendar.", param, ctx
        )


_INSTANT = _Moment("moment", "'2026-06-30 09:30'", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")
_DAY = _Moment("day", "2026-06-30", "%Y-%m-%d")
_cutoff = click.option(
    "--cutoff", type=click.DateTime(["%H:%M"]), help="What is received later counts as the next day's."
)
_language = click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)


@click.group("time")
def legal_time() -> None:
    """Count legal time, and say why a date is what it is."""


@legal_time.command()
@click.argument("file", type=_FILE)
@click.option("--calendars", type=_FOLDER, help="Folder of the calendars [default: 'calendars' beside FILE].")
@_language
def check(file: Path, calendars: Path | None, language: Language) -> None:
    """Play the worked examples of FILE, one JSON object a line. Exit status 1: not all came out as expected."""
    folder = calendars or file.parent / "calendars"
    known = cache(lambda id_: load_calendar(folder / f"{id_}.yaml"))
    lines = file.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines()
    told = [_checked(f"{file}:{number}", line, known, language) for number, line in enumerate(lines, 1) if line.strip()]
    for text in chain(*told):
        click.echo(text)
    click.echo(f"{told.count([])} of {len(told)} examples came out as expected")
    sys.exit(0 if told and not any(told) else 1)


@legal_time.command()
@click.argument("limit")
@click.argument("received", type=_INSTANT, metavar="RECEIVED")
@_cutoff
@_language
def due(limit: str, received: datetime, cutoff: datetime | None, language: Language) -> None:
    """Say when LIMIT, received at RECEIVED, is due and why: motcua time due '5 working days' '2026-03-02 09:00'."""
    with _errors_in_a_sentence():
        asked = (_working(), parse_duration(limit), _rules(cutoff), received)
        reckoning, lines = reckon(*asked), explain(*asked)
    click.echo(summary(reckoning.duration, reckoning.due, lines, language))
    for line in lines:
        click.echo(_told(line, language))
    met = {line.calendar for line in lines}
    for calendar in _calendars():
        if calendar.id in met and calendar.status == "provisional":
            click.echo(_PROVISIONAL[language].format(calendar=calendar.id), err=True)


@legal_time.command()
@click.argument("limit")
@click.argument("day", type=_DAY, metavar="DAY")
@_cutoff
@_language
def latest(limit: str, day: datetime, cutoff: datetime | None, language: Language) -> None:
    """Say until when a dossier must be received for LIMIT to be over by the end of DAY."""
    with _errors_in_a_sentence():
        ends = end_of_day(day.date())
        instant = latest_start(_working(), parse_duration(limit), _rules(cutoff), ends)
    said = {"limit": spoken(limit, language), "day": day_in_words(day.date(), language)}
    click.echo(_LATEST[language].format(at=instant_in_words(instant, language), **said))


@legal_time.command("between")
@click.argument("one", type=_INSTANT, metavar="ONE")
@click.argument("other", type=_INSTANT, metavar="OTHER")
@_language
def lies_between(one: datetime, other: datetime, language: Language) -> None:
    """Say how many days, working days and office hours lie between two instants."""
    with _errors_in_a_sentence():
        found = between(_working(), one, other)
    days, time = found.calendar_days, length_in_words(found.office_time, language)
    without = found.calendar_days_excl_holidays
    click.echo(_BETWEEN[language].format(days=days, working=found.working_days, without=without, time=time))


@cache
def _calendars() -> tuple[Calendar, ...]:
    return tuple(load_calendar(path) for path in sorted(FOLDER.glob("*.yaml")))


def _working() -> WorkingTime:
    return WorkingTime(_calendars(), office_hours(OFFICE_HOURS))


def _rules(cutoff: datetime | None) -> Rules:
    return Rules(cutoff_after=None if cutoff is None else cutoff.time())


@contextmanager
def _errors_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except LegalTimeError as error:
        raise EngineError(error.sentence) from error


def _checked(place: str, line: bytes, calendars: Calendars, language: Language) -> list[str]:
    """Say what is wrong with a line; nothing where all came out as expected."""
    try:
        example = parse_example(line)
    except BadExample as error:
        return [f"{place}: no worked example: {error}"]
    try:
        played = play(example, calendars)
    except BadCalendar as error:
        return [f"{place}: {example.id}: {problem}" for problem in error.problems]
    found = [f"{place}: {example.id}: {difference}" for difference in differences(example, played)]
    return [*found, *(f"    {reason}" for reason in _reasons(example, played, language))] if found else []


def _reasons(example: Example, played: Played, language: Language) -> Iterator[str]:
    yield f"by hand: {example.why}"
    for number, refusal in played.refused:
        yield f"event {number} ({example.events[number].kind}) was refused: {refusal}"
    if played.reckoning is not None:
        limit, due = played.reckoning.duration, played.reckoning.due
        yield f"counted: {summary(limit, due, played.explanation, language)}"
    for line in played.explanation:
        yield _told(line, language)


def _told(line: Line, language: Language) -> str:
    rule = f" [{line.rule}]" if line.rule else ""
    return f"  {in_words(line, language)}{rule}"
