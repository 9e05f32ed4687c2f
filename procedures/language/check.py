"""`motcua check`: files or folders checked, every problem with its place, and an exit status that says how bad."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from procedures.language.lint import apply_overrides, find_objections
from procedures.language.loader import load_procedure
from procedures.language.model import Procedure
from procedures.language.nodes import Entries
from procedures.language.problems import Place, Problem, Problems, Severity
from procedures.language.scenarios import ScenarioFile, load_scenarios
from procedures.language.sources import Library, library_of, read_source
from procedures.language.words import entries_of

CLEAN, ERRORS, FINDINGS = 0, 1, 2


@dataclass(frozen=True, slots=True)
class CheckedProcedure:
    """One procedure with its scenarios; `corrected` are the findings its overrides answer for."""

    path: Path
    procedure: Procedure | None
    scenarios: ScenarioFile | None
    problems: tuple[Problem, ...]
    corrected: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    files: int
    problems: tuple[Problem, ...]

    @property
    def exit_code(self) -> int:
        severities = {problem.severity for problem in self.problems}
        if Severity.ERROR in severities:
            return ERRORS
        return FINDINGS if Severity.FINDING in severities else CLEAN

    def lines(self) -> Iterator[str]:
        """Write each problem in the shape editors read, and one line that sums up."""
        yield from map(str, self.problems)
        count = len(self.problems)
        yield f"{self.files} {'file' if self.files == 1 else 'files'} checked, {count or 'no'} " + (
            "problem" if count == 1 else "problems"
        )


def check(paths: Iterable[Path]) -> Report:
    """Check files, or every file of the language in folders."""
    problems = Problems()
    files = list(dict.fromkeys(file for path in paths for file in _files(path, problems)))
    libraries: dict[Path, Library] = {}
    for file in files:
        library = library_of(file)
        library = libraries.setdefault(library.home, library)
        problems.extend(_check_file(file, library))
    return Report(len(files), problems.sorted)


def check_procedure(path: Path, library: Library | None = None) -> CheckedProcedure:
    """Load a procedure and its scenarios, and hold both against the published record."""
    library = library or library_of(path)
    loaded = load_procedure(path, library)
    problems = Problems()
    problems.extend(loaded.problems)
    scenarios = _scenarios(path, loaded.procedure, problems)
    corrected: tuple[Problem, ...] = ()
    if loaded.procedure is not None:
        record = _record(loaded.procedure.procedure, path, library, problems)
        find_objections(loaded.procedure, loaded.resolved, record, scenarios, problems)
        corrected = apply_overrides(loaded.resolved, problems)
    procedure = None if problems.has_errors else loaded.procedure
    return CheckedProcedure(path, procedure, scenarios, problems.sorted, corrected)


def _files(path: Path, problems: Problems) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from sorted(one for one in path.rglob("*.yaml") if _is_of_the_language(one))
    else:
        problems.add(Place(str(path), 1, 1), "file-unreadable", "there is no such file or folder", "is the path right?")


def _is_of_the_language(path: Path) -> bool:
    """Calendars, organisations and meanings have readers of their own; scenarios are read with their procedure."""
    folders = set(path.parts)
    return path.name != "scenarios.yaml" and not folders & {"calendars", "organisations", "templates", "meanings"}


def _check_file(path: Path, library: Library) -> tuple[Problem, ...]:
    if path.name == "scenarios.yaml":
        beside = path.with_name("procedure.yaml")
        return check_procedure(beside, library).problems if beside.is_file() else load_scenarios(path).problems
    source = read_source(path, None)
    return check_procedure(path, library).problems if source.root == "procedure" else source.problems


def _scenarios(path: Path, procedure: Procedure | None, problems: Problems) -> ScenarioFile | None:
    name = procedure.scenarios if procedure else "scenarios.yaml"
    file = path.parent / Path(name).name
    if not file.is_file():
        return None
    scenarios = load_scenarios(file, procedure)
    problems.extend(scenarios.problems)
    return scenarios


def _record(code: str, path: Path, library: Library, problems: Problems) -> Entries | None:
    source = library.published(path.parent.parent.parent)
    if source is None:
        return None
    problems.extend(source.problems)
    record = entries_of(source.entries, "records").get(code)
    return record if isinstance(record, Entries) else None
