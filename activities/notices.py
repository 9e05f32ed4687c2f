"""The words of a notice, in each language, from the texts beside this module or from the procedure's own."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from activities import vietnamese
from activities.vietnamese import HANOI
from procedures.json_types import Json
from procedures.language.model.parts import Notice

LANGUAGES = ("vi", "en")
TEXTS = Path(__file__).parent / "texts"

# What stands in a place: by its name (`code`, `due`, `case.code`), already in words.
Places = Mapping[str, str]

_PLACE = re.compile(r"\{([a-z_][a-z0-9_.]*)\}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T")


class UnknownNotice(Exception):
    """Neither the procedure nor the texts know the notice."""


def compose(notice: str, *, given: Mapping[str, Json], own: Notice | None = None) -> dict[str, dict[str, str]]:
    """Answer {language: {title, body}}; `own` is the procedure's notice of that name, which goes before ours."""
    if own is None and notice not in _texts(LANGUAGES[0]):
        raise UnknownNotice(notice)
    return {language: _in_language(notice, language, places(given, language), own) for language in LANGUAGES}


def places(given: Mapping[str, Json], language: str) -> Places:
    """Say every value in words; what is empty has no place, so that the sentence about it is left out."""
    said = {name: in_words(value, language) for name, value in given.items()}
    filled = {name: words for name, words in said.items() if words}
    return filled | ({"case.code": filled["code"]} if "code" in filled else {})


def in_words(value: Json, language: str) -> str:
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get(LANGUAGES[0]) or "")
    if isinstance(value, str) and _INSTANT.match(value):
        return _INSTANTS[language](datetime.fromisoformat(value))
    return "" if value is None else str(value)


def _vietnamese_instant(instant: datetime) -> str:
    day = vietnamese.weekday_and_date(vietnamese.day_of(instant))
    return day if is_end_of_day(instant) else f"{instant.astimezone(HANOI):%H:%M} {day}"


def _english_instant(instant: datetime) -> str:
    local = instant.astimezone(HANOI)
    weekday = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[local.weekday()]
    return f"{weekday} {local:%d/%m/%Y}" if is_end_of_day(instant) else f"{local:%H:%M}, {weekday} {local:%d/%m/%Y}"


def is_end_of_day(instant: datetime) -> bool:
    """A day-limit is kept as the last microsecond of its day and shown as the day."""
    return f"{instant.astimezone(HANOI):%H:%M:%S.%f}" == "23:59:59.999999"


_INSTANTS: Mapping[str, Callable[[datetime], str]] = {"vi": _vietnamese_instant, "en": _english_instant}


def _in_language(notice: str, language: str, said: Places, own: Notice | None) -> dict[str, str]:
    if own is not None:
        text = own.text.get(language) or own.text[LANGUAGES[0]]
        subject = (own.subject or {}).get(language) or said.get("code", "")
        return {"title": _filled(subject, said) or subject, "body": _PLACE.sub(lambda it: said.get(it[1], "…"), text)}
    written = _texts(language)[notice]
    return {"title": _first(written["title"], said), "body": "\n".join(_sentences(written["body"], said))}


def _sentences(body: Sequence[str | list[str]], said: Places) -> list[str]:
    sentences = [_first([part] if isinstance(part, str) else part, said) for part in body]
    return [sentence for sentence in sentences if sentence]


def _first(alternatives: Sequence[str | list[str]], said: Places) -> str:
    """Answer the first alternative whose places can all be filled, else nothing."""
    texts = (text for text in alternatives if isinstance(text, str))
    return next((filled for text in texts if (filled := _filled(text, said)) is not None), "")


def _filled(text: str, said: Places) -> str | None:
    if any(name not in said for name in _PLACE.findall(text)):
        return None
    return _PLACE.sub(lambda place: said[place[1]], text)


@cache
def _texts(language: str) -> Mapping[str, Mapping[str, list[str | list[str]]]]:
    return tomllib.loads((TEXTS / f"notices.{language}.toml").read_text(encoding="utf-8"))
