"""Reads the curl of an example as a reader's shell would: variables filled in, options understood, the answer kept."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

ASSIGNMENT = re.compile(r"(\w+)=\$\((.*)\)", re.DOTALL)
PICK = re.compile(r"(.*)\|\s*jq -r \.(\S+)\s*", re.DOTALL)


@dataclass(slots=True)
class Call:
    """One curl; `keeps` is the variable that takes the part `pick` of its answer."""

    method: str = "GET"
    url: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    data: str | None = None
    file: tuple[str, str] | None = None
    keeps: str = ""
    pick: str = ""

    @property
    def path(self) -> str:
        return urlsplit(self.url).path


def statements(text: str) -> Iterator[str]:
    """Split a block into statements: a line ends one unless a quote, a bracket or a backslash is open."""
    waiting = ""
    for line in text.replace("\\\n", " ").splitlines():
        waiting += line + "\n"
        if waiting.count("'") % 2 == 0 and waiting.count("$(") == waiting.count(")"):
            if waiting.strip():
                yield waiting.strip()
            waiting = ""
    assert not waiting.strip(), f"an example does not end: {waiting}"


def read(statement: str, variables: Mapping[str, str]) -> Call:
    call = Call()
    if assignment := ASSIGNMENT.fullmatch(statement):
        call.keeps, statement = assignment[1], assignment[2]
        pick = PICK.fullmatch(statement)
        assert pick is not None, statement
        statement, call.pick = pick[1], pick[2]
    words = iter(shlex.split(_filled(statement, variables)))
    assert next(words) == "curl", statement
    for word in words:
        _take(call, word, words)
    return call


def picked(document: object, path: str) -> str:
    """Answer what `jq -r .path` would: names and [places]."""
    for name in re.findall(r"\w+", path):
        document = document[int(name)] if isinstance(document, list) else _entry(document, name)
    return str(document)


def _entry(document: object, name: str) -> object:
    assert isinstance(document, dict), document
    return document[name]


def _filled(statement: str, variables: Mapping[str, str]) -> str:
    return re.sub(r"\$(\w+)", lambda match: variables[match[1]], statement)


def _take(call: Call, word: str, words: Iterator[str]) -> None:
    match word:
        case "-s" | "-i":
            return
        case "-X":
            call.method = next(words)
        case "-H":
            name, _, value = next(words).partition(":")
            call.headers[name] = value.strip()
        case "-d":
            call.data = next(words)
        case "-F":
            name, _, file = next(words).partition("=@")
            call.file = (name, file)
        case _:
            assert not word.startswith("-"), f"{word}: teach tests/docs/curl.py this option"
            call.url = word
