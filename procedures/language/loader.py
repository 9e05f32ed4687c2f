"""The door of the language: a procedure file read, checked and resolved, or every problem with its place."""

from dataclasses import dataclass
from pathlib import Path

from procedures.language.making.assembly import assemble
from procedures.language.making.checking_heads import check_agencies, check_force, check_periods, check_version
from procedures.language.model.procedure import Procedure
from procedures.language.reading.nodes import Entries, Scalar
from procedures.language.reading.problems import Problem, Problems
from procedures.language.reading.words import maps_of, scalars_of
from procedures.language.resolving.consequences import without_consequences
from procedures.language.resolving.resolution import Resolved, Resolver
from procedures.language.resolving.sources import Library, library_of, read_source, whole
from procedures.language.resolving.values import MIN_GROUND, PROCEDURE_CODE


@dataclass(frozen=True, slots=True)
class Loaded:
    """`procedure` is None where any problem is an error; `resolved` keeps the nodes, for lint that needs places."""

    procedure: Procedure | None
    problems: tuple[Problem, ...]
    resolved: Resolved


def load_procedure(path: Path, library: Library | None = None) -> Loaded:
    """Load one `procedure.yaml`; profile, registry and fragments are found around it."""
    path = whole(path)
    library = library or library_of(path)
    problems = Problems()
    source = read_source(path, "procedure")
    problems.extend(source.problems)
    own = source.entries
    resolved = Resolver(library, problems).resolve(own, [path.parent.parent.parent])
    if not own.keys:
        return Loaded(None, problems.sorted, resolved)
    _check_head(own, path, problems)
    check_force(resolved, problems)
    check_agencies(resolved, problems)
    check_periods(own, path, library, problems)
    _check_overrides(own, problems)
    procedure = assemble(resolved, library.home, problems)
    files = (source.written, *library.written()) if source.written else library.written()
    return Loaded(procedure, without_consequences(problems.sorted, files), resolved)


def _check_head(own: Entries, path: Path, problems: Problems) -> None:
    """The code is one of the national catalogue; folder and file say the same."""
    code = own.get("procedure")
    for written in (*scalars_of(own, "procedure"), *scalars_of(own, "replaces")):
        if not PROCEDURE_CODE.match(written.text):
            message = f"'{written.text}' is no procedure code"
            problems.add(written.place, "bad-code", message, 'write it as "1.014140"')
    check_version(own, path, problems)
    if (
        isinstance(code, Scalar)
        and PROCEDURE_CODE.match(code.text)
        and PROCEDURE_CODE.match(path.parent.parent.name)
        and code.text != path.parent.parent.name
    ):
        problems.add(code.place, "folder-mismatch", f"'{code.text}' lies in folder '{path.parent.parent.name}'")


def _check_overrides(own: Entries, problems: Problems) -> None:
    for ground in (one for node in maps_of(own.get("overrides")) for one in scalars_of(node, "ground")):
        if len(ground.text) < MIN_GROUND:
            message = f"the ground has {len(ground.text)} characters"
            problems.add(ground.place, "wrong-type", message, f"say why it stands, in {MIN_GROUND} or more")
