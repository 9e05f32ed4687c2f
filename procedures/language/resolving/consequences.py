"""One cause, one message: problems that only follow from another one are left out, wherever they were noticed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TypeAlias

from procedures.language.grammar.tables import STEP_KINDS
from procedures.language.model.steps import REFUSE, RESERVED_TARGETS
from procedures.language.reading.nodes import Entries
from procedures.language.reading.problems import Problem, Severity
from procedures.language.resolving.outline import Outline, Spot

# Who has more than these reads none of them to the end.
MAX_PROBLEMS = 300
_NAME = re.compile(r"(?<![\w.\"'])([a-z_][a-z0-9_]*)\.([a-z_][a-z0-9_]*)")


@dataclass(frozen=True, slots=True)
class Part:
    """What a problem relies on: parts by their path (`*` stands for anything), and only a certain wrong in them."""

    path: str
    code: str = ""
    itself: bool = False

    def is_wrong_by(self, problem: Problem, spot: Spot) -> bool:
        """`itself`: only where the part as a whole is wrong, nothing inside it."""
        if problem.severity is not Severity.ERROR or self.code not in ("", problem.code):
            return False
        return fnmatchcase(spot.path, self.path) or (not self.itself and fnmatchcase(spot.path, f"{self.path}.*"))


Rule: TypeAlias = Callable[[Problem, Spot], tuple[Part, ...]]
_STEP_NAMES = Part("steps.*.id"), Part("steps.*.include")
_WHO = Part("variants"), Part("variant_per"), Part("channels"), Part("submitters")
_PROFILE = Part("profile")
_RUN_TOGETHER = (Part("steps.*", "duplicate-key"),)
_SECTIONS = tuple(
    Part(name, "unknown-key", itself=True)
    for name in ("results", "units", "papers", "documents", "form", "variants", "rules", "fees", "tables", "notices")
)
_NAMING = frozenset({"unknown-name", "unknown-step", "function-unknown"})
_UNDEFINED = re.compile(r"undefined field|'([^']+)' is not known here")
_IN_A_STEP = re.compile(r"\.(?:form|outcomes|then)(?:\.|\Z)")
_MEANT = re.compile(r"did you mean '([^']+)'\?\Z")


def without_consequences(problems: Iterable[Problem], files: Iterable[Entries]) -> tuple[Problem, ...]:
    """Leave out each problem that relies on a part with a problem of its own; of a circle the first is told."""
    problems = tuple(problems)
    if not 1 < len(problems) <= MAX_PROBLEMS or all(one.code not in _RELIES for one in problems):
        return problems
    outline = Outline(files)
    spots = {one: _meant(one, outline.at(one.place)) for one in problems}
    behind = {one: frozenset(_causes(one, spots)) for one in problems}
    told = [one for one in problems if not behind[one] or one == min(_circle(one, behind), default=None)]
    return tuple(_once(told, spots))


def _meant(problem: Problem, spot: Spot) -> Spot:
    """A misspelt key stands where the one stands that it means."""
    meant = _MEANT.match(problem.hint) if problem.code == "unknown-key" else None
    return Spot(f"{spot.path.rpartition('.')[0]}.{meant[1]}".lstrip("."), spot.text) if meant else spot


def told_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Tell the same sentence about a name once, with the other lines it is true of."""
    return tuple(_once(problems, {}))


def _once(problems: Iterable[Problem], spots: Mapping[Problem, Spot]) -> Iterator[Problem]:
    """A name that is nowhere is told once, with the other lines that name it: who misspells an id breaks them all."""
    problems = tuple(problems)
    named: dict[str, list[Problem]] = {}
    for one in problems:
        named.setdefault(_name_of(one, spots), []).append(one)
    for one in problems:
        others = named[_name_of(one, spots)]
        if one is others[0]:
            yield one if len(others) == 1 else replace(one, hint=_with_lines(one, others[1:]))


def _name_of(problem: Problem, spots: Mapping[Problem, Spot]) -> str:
    """Give what problems are told together for; all others by themselves."""
    if problem.code in _NAMING:
        return spots[problem].text if problem in spots and spots[problem].text else problem.message
    about_a_name = _UNDEFINED.match(problem.message) if problem.code == "bad-expression" else None
    return (about_a_name[1] or problem.message) if about_a_name else str(problem)


def _with_lines(problem: Problem, others: list[Problem]) -> str:
    lines = dict.fromkeys(
        f"line {one.place.line}" if one.place.file == problem.place.file else f"{one.place.file}:{one.place.line}"
        for one in others
    )
    return (f"{problem.hint}; " if problem.hint else "") + "also in " + ", ".join(lines)


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
    # What is narrowed by a wrong selector, or about the line of a wrong list, is read otherwise.
    object = spot.path.rpartition(".")[0]
    beside = [Part(f"{object}.{key}") for key in ("per", "variants", "channels", "submitters")]
    if "undefined" not in problem.message or _is_misspelt(problem):
        return (*map(Part, found), *beside)
    return (*map(Part, found), *beside, *(Part(path.rpartition(".")[0] + ".*", "bad-id") for path in found))


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
    return (Part(f"*.{spot.text}"), *selects, *_SECTIONS, _PROFILE) if spot.text else (_PROFILE,)


def _beside(key: str, *parts: Part) -> Rule:
    """What stands under another key of the same object decides."""
    return lambda problem, spot: (*(Part(f"{path}.{key}") for path in _objects(spot.path)), *parts)


def _objects(path: str) -> tuple[str, ...]:
    """List an object and the two it stands in: an item of a list stands in its list first."""
    above = path.rpartition(".")[0]
    return path, above, above.rpartition(".")[0]


def _misspelt_in(*keys: str) -> Rule:
    """A key that is missing was written, and misspelt or wrong."""
    return lambda problem, spot: tuple(
        Part(f"{path}.{key}", itself=True) for path in _objects(spot.path)[:2] for key in keys
    )


def _kind_of_step(problem: Problem, spot: Spot) -> tuple[Part, ...]:
    """Which outcomes a step has is known by its kind."""
    step = _IN_A_STEP.split(spot.path)[0].removesuffix(".id")
    return tuple(Part(f"{step}.{key}", "unknown-key", itself=True) for key in (*STEP_KINDS, "outcomes"))


def _fixed(*parts: Part) -> Rule:
    return lambda problem, spot: parts


_WAITED_FOR = _misspelt_in("message", "until", "last")
_RELIES: Mapping[str, Rule] = {
    **dict.fromkeys(
        ("bad-expression", "maybe-absent", "unknown-option", "deadline-undetermined", "wrong-type"), _names
    ),
    **dict.fromkeys(("unknown-name", "function-unknown"), _definition_of_name),
    "unknown-step": lambda problem, spot: (*_steps(problem, spot), *_RUN_TOGETHER),
    **dict.fromkeys(("deadline-gap", "deadline-overlap"), _fixed(Part("deadline"), *_WHO)),
    "per-not-rows": _names,
    "label-missing": _misspelt_in("label", "like", "one_of", "all_of"),
    "window-anchor": _misspelt_in("after", "before", "like"),
    "pause-without-ground": _misspelt_in("ground"),
    # Two steps run together have one id too many, and one kind.
    **dict.fromkeys(("two-kinds", "then-and-outcomes", "step-unreachable"), lambda problem, spot: _RUN_TOGETHER),
    "missing-key": lambda problem, spot: _WAITED_FOR(problem, spot) if "waits for" in problem.message else (),
    "empty-value": lambda problem, spot: (Part(spot.path.rpartition(".")[0], "wrong-type", itself=True),),
    "language-missing": lambda problem, spot: (Part(f"{spot.path}.*", "unknown-key"),),
    **dict.fromkeys(("outcome-missing", "unknown-outcome"), _kind_of_step),
    "variant-of-line": _beside("per", Part("variant_per")),
    "options-missing": _beside("list"),
    "channel-not-offered": _fixed(Part("channels")),
    "outcome-unlabelled": _fixed(_PROFILE),
    "unused-definition": _fixed(Part("documents")),
    "verification-unused": _fixed(Part("deadline")),
}
