"""The sentences of problems in Vietnamese: each is found by its English pattern, with what is put into it."""

import re
from functools import cache
from typing import NamedTuple

from procedures.language.explanations.meanings import explanation_of, file_of
from procedures.language.reading.problems import Problem, Severity
from procedures.language.reading.words import text_of

_PUT_IN = re.compile(r"\{([0-9]?)\}")
# What follows is a name of the text, or several: `notice` is an id there, no word.
_NAMES_FOLLOW = ("'", '"', "known: ", "functions: ", "submitters there: ", "lists: ", "offered: ")


class Sentence(NamedTuple):
    """`quoted` says of each part that is put in whether it stands as it is written."""

    pattern: re.Pattern[str]
    text: str
    quoted: tuple[bool, ...]


def told(problem: Problem, language: str) -> str:
    """Write a problem for people: in English as it is, in Vietnamese with what its code means below it."""
    if language == "en":
        return str(problem)
    ways = [translated(problem.hint)] if problem.hint else []
    if problem.severity is Severity.FINDING:
        ways.append(f"ghi overrides tại '{problem.where}' kèm lý do")
    place, advice = problem.place, f" ({', hoặc '.join(ways)})" if ways else ""
    said = f"{place.file}:{place.line}:{place.column}: {problem.code} {translated(problem.message)}{advice}"
    return f"{said}\n    {explanation_of(problem.code)[language]}"


def translated(sentence: str) -> str:
    """Give a sentence in Vietnamese; what has none, a name or a value, stays as it is."""
    return in_vietnamese(sentence) or sentence


def in_vietnamese(sentence: str) -> str | None:
    """Find the sentence; None where none is known. What is put in may be a sentence itself, unless it is quoted."""
    for strict in (True, False):
        for one in _sentences(strict=strict):
            if found := one.pattern.fullmatch(sentence):
                parts = zip(found.groups(), one.quoted, strict=True)
                return _filled(one.text, [part if quoted else _part(part) for part, quoted in parts])
    return None


def _filled(text: str, parts: list[str]) -> str:
    order = iter(range(len(parts)))
    return _PUT_IN.sub(lambda place: parts[int(place[1]) - 1 if place[1] else next(order)], text)


def _part(text: str) -> str:
    """A list of several is told one by one."""
    return in_vietnamese(text) or ", ".join(map(translated, text.split(", ")))


@cache
def _sentences(*, strict: bool) -> tuple[Sentence, ...]:
    """Those that say most of themselves come first; where it is `strict`, what is quoted has no quotes inside."""
    root = file_of("sentences")
    written = sorted(root.keys, key=lambda english: (-len(english.replace("{}", "")), english))
    return tuple(_sentence(english, text_of(root, english) or english, strict=strict) for english in written)


def _sentence(english: str, text: str, *, strict: bool) -> Sentence:
    first, *rest = english.split("{}")
    quoted = tuple(before.endswith(_NAMES_FOLLOW) for before in (first, *rest[:-1]) if rest)
    put_in = ["([^'\"]*)" if one and strict else "(.+?)" for one in quoted]
    written = "".join(place + re.escape(after) for place, after in zip(put_in, rest, strict=True))
    return Sentence(re.compile(re.escape(first) + written, re.DOTALL), text, quoted)
