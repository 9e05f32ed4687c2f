"""One cause, one message: problems that only follow from another one are left out, wherever they were noticed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeAlias

from procedures.language.nodes import Entries
from procedures.language.outline import Outline, Spot
from procedures.language.problems import Problem, Severity
from procedures.language.steps import REFUSE, RESERVED_TARGETS

# Who has more than these reads none of them to the end.
MAX_PROBLEMS = 300
_NAME = re.compile(r"(?<![\w.\"'])([a-z_][a-z0-9_]*)\.([a-z_][a-z0-9_]*)")


@dataclass(frozen=True, slots=True)
class Part:
    """What a problem relies on: parts by their path (`*` stands for anything), and only a certain wrong in them."""

    path: str
    code: str = ""

    def is_wrong_by(self, problem: Problem, spot: Spot) -> bool:
        if problem.severity is not Severity.ERROR or self.code not in ("", problem.code):
            return False
        return fnmatchcase(spot.path, self.path) or fnmatchcase(spot.path, f"{self.path}.*")


Rule: TypeAlias = Callable[[Problem, Spot], tuple[Part, ...]]
_STEP_NAMES = Part("steps.*.id"), Part("steps.*.include")
_WHO = Part("variants"), Part("variant_per"), Part("channels"), Part("submitters")
_PROFILE = Part("profile")


def without_consequences(problems: Iterable[Problem], files: Iterable[Entries]) -> tuple[Problem, ...]:
    """Leave out each problem that relies on a part with a problem of its own; of a circle the first is told."""
    problems = tuple(problems)
    if not 1 < len(problems) <= MAX_PROBLEMS or all(one.code not in _RELIES for one in problems):
        return problems
    outline = Outline(files)
    spots = {one: outline.at(one.place) for one in problems}
    behind = {one: frozenset(_causes(one, spots)) for one in problems}
    return tuple(one for one in problems if not behind[one] or one == min(_circle(one, behind), default=None))


def _causes(problem: Problem, spots: Mapping[Problem, Spot]) -> Iterator[Problem]:
    own = spots[problem]
    relied = _RELIES[problem.code](problem, own) if problem.code in _RELIES else ()
    for other, spot in spots.items() if relied else ():
        if spot != own and any(part.is_wrong_by(other, spot) for part in relied):
            yield other


def _circle(problem: Problem, behind: Mapping[Problem, frozenset[Problem]]) -> set[Problem]:
    """Collect what a problem follows from if that is a circle; nothing where some of it stands by itself."""
    seen: set[Problem] = set()
    todo = list(behind[problem])
    while todo:
        one = todo.pop()
        if one not in seen:
            seen.add(one)
            todo += behind[one]
            if not behind[one]:
                return set()
    return seen


def _names(problem: Problem, spot: Spot) -> tuple[Part, ...]:
    """Name the definitions an expression stands on; an id that is none may have been the one it means."""
    found = [_definition(*one) for one in _NAME.findall(spot.text)]
    if "undefined" not in problem.message or _is_misspelt(problem):
        return tuple(map(Part, found))
    return (*map(Part, found), *(Part(path.rpartition(".")[0] + ".*", "bad-id") for path in found))


def _is_misspelt(problem: Problem) -> bool:
    """What is nearly a known name is a mistake of its own."""
    return problem.hint.startswith("did you mean")


def _definition(variable: str, name: str) -> str:
    match variable:
        case "form" | "documents" | "tables":
            return f"{variable}.{name}"
        case "intake":
            return f"intake.form.{name}"
        case "line":
            return f"form.*.fields.{name}"
        case "case":
            return "variants.*" if name == "variant" else "case"
        case _:
            return f"steps*.{variable}"


def _steps(problem: Problem, spot: Spot) -> tuple[Part, ...]:
    """A step is known by its id, unless what stands there is a target of the language."""
    if spot.text in RESERVED_TARGETS - {REFUSE} or _is_misspelt(problem):
        return ()
    return (Part(f"steps*.{spot.text}"), *_STEP_NAMES, _PROFILE)


def _definition_of_name(problem: Problem, spot: Spot) -> tuple[Part, ...]:
    """A name is known by its definition, whatever section that is in; a selector by what the procedure offers."""
    selects = tuple(one for one in _WHO if one.path.replace("_per", "s") in spot.path.split("."))
    return (Part(f"*.{spot.text}"), *selects, _PROFILE) if spot.text else (_PROFILE,)


def _beside(key: str, *parts: Part) -> Rule:
    """What stands under another key of the same object decides."""
    return lambda problem, spot: (Part(f"{spot.path.rpartition('.')[0]}.{key}"), Part(f"{spot.path}.{key}"), *parts)


def _fixed(*parts: Part) -> Rule:
    return lambda problem, spot: parts


_RELIES: Mapping[str, Rule] = {
    **dict.fromkeys(
        ("bad-expression", "maybe-absent", "unknown-option", "deadline-undetermined", "wrong-type"), _names
    ),
    **dict.fromkeys(("unknown-name", "function-unknown"), _definition_of_name),
    "unknown-step": _steps,
    **dict.fromkeys(("deadline-gap", "deadline-overlap"), _fixed(Part("deadline"), *_WHO)),
    "variant-of-line": _beside("per", Part("variant_per")),
    "options-missing": _beside("list"),
    "channel-not-offered": _fixed(Part("channels")),
    "outcome-unlabelled": _fixed(_PROFILE),
    "unused-definition": _fixed(Part("documents")),
    "verification-unused": _fixed(Part("deadline")),
}
