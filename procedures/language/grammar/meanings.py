"""What keys, words and kinds of the language mean, in English and Vietnamese: one place for schema and reference."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from procedures.json_types import Json
from procedures.language.grammar.kinds import OneOf
from procedures.language.grammar.tables import tables_of
from procedures.language.reading.nodes import Entries, read
from procedures.language.reading.plain import plain
from procedures.language.reading.problems import Problems
from procedures.language.reading.words import children, entries_of, text_of, texts, texts_of, words_of

FOLDER = Path(__file__).with_name("meanings")
FROM_PROFILE = "from the profile"
# Files of the folder that are pages of the reference, in the order of a procedure's chapters.
PAGES = ("procedure", "form", "papers", "time", "life", "results", "steps", "shared", "scenarios")

Meant = Mapping[str, str]
"""A sentence by language: en and vi."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Of a key; `default` is a value, `FROM_PROFILE`, a sentence by language, or None where it is simply absent.

    `name` is a noun for it, where a procedure's model knows the key: what `motcua diff` and editors call it.
    """

    meant: Meant
    name: Meant
    default: Json = None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindMeaning:
    """Of a kind of value; `written` is an example as a file has it."""

    meant: Meant
    written: str
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageOfObjects:
    name: str
    title: Meant
    objects: tuple[str, ...]


@cache
def pages() -> tuple[PageOfObjects, ...]:
    """Give the objects page by page, as designers meet them."""
    return tuple(
        PageOfObjects(name, texts_of(_file(name), "page") or {}, tuple(entries_of(_file(name), "objects").keys))
        for name in PAGES
    )


def meaning_of(object: str, key: str) -> Meaning:
    """Give the meaning of a key; KeyError where the folder `meanings` has none."""
    for table in tables_of(object):
        node = _objects()[table].get(key)
        if isinstance(node, Entries):
            name = texts_of(node, "name") or {}
            return Meaning(_meant(node), name, plain(node.get("default")), words_of(node, "errors"))
    raise KeyError(f"{object}.{key}")


def about(object: str) -> Meaning:
    """Give the meaning of an object itself."""
    node = entries_of(_objects()[object], "about")
    return Meaning(_meant(node), texts_of(node, "name") or {})


def meaning_of_words(kind: OneOf) -> dict[str, Meant]:
    """Give what each word of a closed list means."""
    list_of_words = entries_of(_file("words"), ", ".join(kind.words))
    return {word: _meant(node) for word, node in children(list_of_words)}


def meaning_of_kinds() -> dict[str, KindMeaning]:
    """Give what each kind of value means, the simple ones first."""
    return {
        atom: KindMeaning(_meant(node), text_of(node, "written") or "", words_of(node, "errors"))
        for atom, node in children(entries_of(_file("values"), "kinds"))
    }


def meaning_of_targets() -> dict[str, Meant]:
    return {name: _meant(node) for name, node in children(entries_of(_file("values"), "targets"))}


def where_named() -> dict[str, Meant]:
    """Say where what a `name of …` names is declared."""
    return {what: _meant(node) for what, node in children(entries_of(_file("values"), "names"))}


@cache
def _objects() -> dict[str, Entries]:
    return {name: node for page in PAGES for name, node in children(entries_of(_file(page), "objects"))}


@cache
def _file(name: str) -> Entries:
    problems = Problems()
    path = FOLDER / f"{name}.yaml"
    entries = read(path.read_bytes(), path.name, problems)
    if entries is None or problems.sorted:
        raise ValueError("\n".join(map(str, problems.sorted)))
    return entries


def _meant(node: Entries) -> Meant:
    return {language: text for language, text in texts(node).items() if language in ("en", "vi")}
