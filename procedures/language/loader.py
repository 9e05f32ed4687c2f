"""The door of the language: a procedure file read, checked and resolved, or every problem with its place."""

import re
from dataclasses import dataclass
from pathlib import Path

from procedures.language.assembly import assemble
from procedures.language.consequences import without_consequences
from procedures.language.model import Procedure
from procedures.language.nodes import Entries, Scalar
from procedures.language.problems import Problem, Problems
from procedures.language.resolution import Resolved, Resolver
from procedures.language.sources import Library, library_of, read_source
from procedures.language.values import PROCEDURE_CODE
from procedures.language.words import entries_of, integer_of, maps_of, scalars_of, text_of

_VERSION_FOLDER = re.compile(r"v([1-9][0-9]*)\Z")
MIN_GROUND = 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """`procedure` is None where any problem is an error; `resolved` keeps the nodes, for lint that needs places."""

    procedure: Procedure | None
    problems: tuple[Problem, ...]
    resolved: Resolved


def load_procedure(path: Path, library: Library | None = None) -> Loaded:
    """Load one `procedure.yaml`; profile, registry and fragments are found around it."""
    library = library or library_of(path)
    problems = Problems()
    source = read_source(path, "procedure")
    problems.extend(source.problems)
    own = source.entries
    resolved = Resolver(library, problems).resolve(own, path.parent.parent.parent)
    if not own.keys:
        return Loaded(None, problems.sorted, resolved)
    _check_head(own, path, problems)
    _check_force(resolved, problems)
    _check_versions(own, path, library, problems)
    _check_overrides(own, problems)
    procedure = assemble(resolved, library.home, problems)
    files = (source.written, *library.written()) if source.written else library.written()
    return Loaded(procedure, without_consequences(problems.sorted, files), resolved)


def _check_head(own: Entries, path: Path, problems: Problems) -> None:
    """The code is one of the national catalogue; folder and file say the same."""
    code, version = own.get("procedure"), own.get("version")
    if isinstance(code, Scalar) and not PROCEDURE_CODE.match(code.text):
        problems.add(code.place, "bad-code", f"'{code.text}' is no procedure code", 'write it as "1.014140"')
    if "basis" in own.keys and not scalars_of(own, "basis"):
        problems.add(own.keys["basis"], "basis-empty", "no legal text is named", "the publishing decision comes first")
    folder = _VERSION_FOLDER.match(path.parent.name)
    if folder is None:
        return
    if isinstance(version, Scalar) and integer_of(own, "version") != int(folder[1]):
        problems.add(version.place, "folder-mismatch", f"version {version.text} lies in folder '{path.parent.name}'")
    if (
        isinstance(code, Scalar)
        and PROCEDURE_CODE.match(code.text)
        and PROCEDURE_CODE.match(path.parent.parent.name)
        and code.text != path.parent.parent.name
    ):
        problems.add(code.place, "folder-mismatch", f"'{code.text}' lies in folder '{path.parent.parent.name}'")


def _check_force(resolved: Resolved, problems: Problems) -> None:
    """The profile is law on the first day of the version."""
    own = entries_of(resolved.own, "in_force")
    first, last = own.get("from"), text_of(own, "to")
    if not isinstance(first, Scalar):
        return
    if last is not None and last < first.text:
        problems.add(own.keys["to"], "range-empty", f"the last day is before the first, {first.text}")
    law = entries_of(resolved.profile, "in_force")
    begins, ends = text_of(law, "from"), text_of(law, "to")
    if (begins and first.text < begins) or (ends and first.text > ends):
        name = text_of(resolved.own, "profile")
        message = f"profile '{name}' is not in force on {first.text}"
        problems.add(
            first.place, "profile-not-in-force", message, f"it is from {begins}" + (f" to {ends}" if ends else "")
        )


def _check_versions(own: Entries, path: Path, library: Library, problems: Problems) -> None:
    """A later version ends the one before it, unless both begin together or the earlier says it lasts longer."""
    period = entries_of(own, "in_force")
    first = period.get("from")
    if not isinstance(first, Scalar) or not _VERSION_FOLDER.match(path.parent.name):
        return
    for folder in sorted(path.parent.parent.glob("v*")):
        other = library.version(folder) if folder != path.parent and _VERSION_FOLDER.match(folder.name) else None
        others = entries_of(other.entries, "in_force") if other else Entries(own.place)
        begins, ends = text_of(others, "from"), text_of(others, "to")
        if begins is not None and begins <= first.text and (begins == first.text or (ends or "") >= first.text):
            message = f"version in '{folder.name}' is in force on {first.text} as well"
            problems.add(
                first.place, "period-overlaps-version", message, f"it is from {begins}, to {ends or 'the next'}"
            )


def _check_overrides(own: Entries, problems: Problems) -> None:
    for ground in (one for node in maps_of(own.get("overrides")) for one in scalars_of(node, "ground")):
        if len(ground.text) < MIN_GROUND:
            message = f"the ground has {len(ground.text)} characters"
            problems.add(ground.place, "wrong-type", message, f"say why it stands, in {MIN_GROUND} or more")
