"""What is wrong in a file, always with its place: `file:line:column: code message (hint)`."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

MAX_WORD, MAX_MESSAGE = 60, 400


class Severity(StrEnum):
    """An error stops a file; a finding stands corrected by an override; a warning is only said."""

    ERROR = "error"
    FINDING = "finding"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    place: Place
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    where: str = ""

    def __post_init__(self) -> None:
        # A message quotes what is written, however long that is.
        object.__setattr__(self, "message", _shortened(self.message))
        object.__setattr__(self, "hint", _shortened(self.hint))

    def __str__(self) -> str:
        return f"{self.place.file}:{self.place.line}:{self.place.column}: {self.code} {self.message}{self._advice}"

    @property
    def _advice(self) -> str:
        ways = [self.hint] if self.hint else []
        if self.severity is Severity.FINDING:
            ways.append(f"override '{self.where}' with its ground")
        return f" ({', or '.join(ways)})" if ways else ""


class Problems:
    """Collects what is found; nothing is raised, so that one reading tells everything."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def add(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self._found[Problem(place, code, message, hint)] = None

    def find(self, place: Place, code: str, message: str, hint: str = "", *, where: str) -> None:
        """Add a finding that an override may correct at `where`."""
        self._found[Problem(place, code, message, hint, Severity.FINDING, where)] = None

    def warn(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self._found[Problem(place, code, message, hint, Severity.WARNING)] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        self._found |= dict.fromkeys(problems)

    def drop(self, problem: Problem) -> None:
        del self._found[problem]

    @property
    def sorted(self) -> tuple[Problem, ...]:
        return tuple(sorted(self._found))

    @property
    def has_errors(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self._found)


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_MESSAGE else f"{text[:MAX_MESSAGE]}…"


def nearest(word: str, known: Iterable[str]) -> frozenset[str]:
    """Find the known word that was probably meant; nothing that long is a misspelt word."""
    if len(word) > MAX_WORD:
        return frozenset()
    return frozenset(get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Suggest the nearest known word, or list them where they are few."""
    words = sorted(set(known))
    for near in nearest(word, words):
        return f"did you mean '{near}'?"
    if 0 < len(words) <= 8:
        return "known: " + ", ".join(words)
    return ""
