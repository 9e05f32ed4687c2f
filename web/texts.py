"""What pages say: one YAML file a language, read once; a second language is a second file with the same keys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from fastapi import Request
from markupsafe import Markup

FOLDER = Path(__file__).parent / "texts"
DEFAULT = "vi"
COOKIE = "motcua_language"


class NoSuchText(KeyError):
    """A page asks for words that the language's file does not have."""


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language by dotted key; what is filled in is escaped, the texts themselves are ours."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> Markup:
        if key not in self.texts:
            raise NoSuchText(f"{self.language}: {key}")
        return Markup(self.texts[key]).format(**values)

    def has(self, key: str) -> bool:
        return key in self.texts

    def of(self, texts: Mapping[str, str] | None) -> str:
        """Choose among the languages of a label that a procedure or an organisation gives."""
        if not texts:
            return ""
        return texts.get(self.language) or texts.get(DEFAULT) or next(iter(texts.values()))


@cache
def words_in(language: str) -> Words:
    document = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
    return Words(language, dict(_flat(document, "")))


@cache
def languages() -> tuple[str, ...]:
    found = sorted(file.stem for file in FOLDER.glob("*.yaml"))
    return (DEFAULT, *(language for language in found if language != DEFAULT))


def language_of(request: Request) -> str:
    """Answer what the reader chose, else the first language of the browser that there is, else Vietnamese."""
    chosen = request.cookies.get(COOKIE)
    if chosen in languages():
        return chosen
    for part in request.headers.get("accept-language", "").split(","):
        language = part.partition(";")[0].strip().lower().partition("-")[0]
        if language in languages():
            return language
    return DEFAULT


def _flat(document: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in document.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            # `~` is a no-break space: nobody sees one in a file.
            yield f"{prefix}{key}", str(value).strip().replace("~", "\N{NO-BREAK SPACE}")
