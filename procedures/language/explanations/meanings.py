"""What each code of a problem means, in both languages, and an example of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from procedures.language.model.parts import Texts
from procedures.language.reading.nodes import Entries, read
from procedures.language.reading.problems import Problems
from procedures.language.reading.words import children, entries_of, integer_of, text_of, texts

GROUPS = ("reading", "parts", "flow", "lint")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Example:
    """Lines as they are `good`, as they are `bad`, and what is `told` of them, with its place.

    They stand in `file`: of a version of the procedure `of`, or where it is a path, of the whole house. `beside` are
    other files that must be there, `organisation` the offices it is checked for. Without `of` they are commands.
    """

    of: str
    good: str
    bad: str
    told: str
    file: str
    version: int
    beside: Mapping[str, str]
    organisation: str


@cache
def explanations(group: str) -> Mapping[str, Texts]:
    """Give the meanings of one group of codes, in the order of its file."""
    return {code: texts(node) for code, node in children(file_of(group))}


@cache
def examples() -> Mapping[str, Example]:
    return {code: _example(node) for code, node in children(file_of("examples"))}


def explanation_of(code: str) -> Texts:
    """Give the meaning of a code in each language."""
    return next(found[code] for found in map(explanations, GROUPS) if code in found)


def _example(node: Entries) -> Example:
    beside = entries_of(node, "beside")
    return Example(
        of=text_of(node, "of") or "",
        good=text_of(node, "good") or "",
        bad=text_of(node, "bad") or "",
        told=text_of(node, "told") or "",
        file=text_of(node, "file") or "procedure.yaml",
        version=integer_of(node, "version") or 1,
        beside={name: text_of(beside, name) or "" for name in beside.keys},
        organisation=text_of(node, "organisation") or "",
    )


def file_of(name: str) -> Entries:
    """Read a file of this folder."""
    path = _FOLDER / f"{name}.yaml"
    problems = Problems()
    root = read(path.read_bytes(), path.name, problems)
    assert root is not None and not problems.sorted, [str(problem) for problem in problems.sorted]
    return root
