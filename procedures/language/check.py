"""`motcua check`: files or folders checked, every problem with its place, and an exit status that says how bad."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from procedures.language.bundles import load_bundle
from procedures.language.lint.objections import find_objections
from procedures.language.lint.organisation import Offices
from procedures.language.lint.overrides import apply_overrides
from procedures.language.lint.places import Places
from procedures.language.lint.scenarios import Play
from procedures.language.lint.subject import Played, Subject
from procedures.language.lint.texts import check_source_texts
from procedures.language.loader import load_procedure
from procedures.language.model.procedure import Procedure
from procedures.language.reading.nodes import Entries
from procedures.language.reading.problems import Place, Problem, Problems, Severity
from procedures.language.reading.words import entries_of
from procedures.language.resolving.consequences import told_once
from procedures.language.resolving.resolution import Resolved
from procedures.language.resolving.sources import Library, library_of, read_source, version_number, whole
from procedures.language.scenarios.scenario import ScenarioFile, load_scenarios
from procedures.language.templates import known_templates

CLEAN, ERRORS, FINDINGS = 0, 1, 2


@dataclass(frozen=True, slots=True)
class CheckedProcedure:
    """One procedure with its scenarios, and where all of it stands; `corrected` is what its overrides answer for."""

    path: Path
    procedure: Procedure | None
    scenarios: ScenarioFile | None
    problems: tuple[Problem, ...]
    corrected: tuple[Problem, ...] = ()
    places: Places | None = None


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

    def lines(self, told: Callable[[Problem], str] = str) -> Iterator[str]:
        """Write each problem in the shape editors read, and one line that sums up."""
        yield from map(told, self.problems)
        count = len(self.problems)
        yield f"{self.files} {'file' if self.files == 1 else 'files'} checked, {count or 'no'} " + (
            "problem" if count == 1 else "problems"
        )


@dataclass(frozen=True, slots=True)
class Around:
    """What a check asks of the world: the day, the offices, and what scenarios do when played. None is not asked."""

    today: date | None = None
    offices: Offices | None = None
    play: Play | None = None


ALONE = Around()


def check(paths: Iterable[Path], around: Around = ALONE) -> Report:
    """Check files, or every file of the language in folders."""
    problems = Problems()
    files = list(dict.fromkeys(file for path in paths for file in _files(path, problems)))
    libraries: dict[Path, Library] = {}
    for file in files:
        library = library_of(file)
        library = libraries.setdefault(library.home, library)
        problems.extend(_check_file(file, library, around))
    return Report(len(files), problems.sorted)


def check_procedure(path: Path, library: Library | None = None, around: Around = ALONE) -> CheckedProcedure:
    """Load a procedure and its scenarios, and hold both against all that lint knows."""
    path = whole(path)
    library = library or library_of(path)
    loaded = load_procedure(path, library)
    problems = Problems()
    problems.extend(loaded.problems)
    scenarios = _scenarios(path, loaded.procedure, problems)
    corrected: tuple[Problem, ...] = ()
    if loaded.procedure is not None:
        find_objections(_subject(path, loaded.procedure, loaded.resolved, scenarios, problems, library, around))
        corrected = apply_overrides(loaded.resolved.own, problems, today=around.today)
    procedure = None if problems.has_errors else loaded.procedure
    return CheckedProcedure(path, procedure, scenarios, problems.sorted, corrected, Places(loaded.resolved))


def _subject(
    path: Path,
    procedure: Procedure,
    resolved: Resolved,
    scenarios: ScenarioFile | None,
    problems: Problems,
    library: Library,
    around: Around,
) -> Subject:
    return Subject(
        procedure=procedure,
        resolved=resolved,
        problems=problems,
        record=_record(procedure.procedure, path, library, problems),
        former=_former(path, library),
        scenarios=scenarios,
        played=_played(procedure, scenarios, around),
        templates=_templates(path, procedure, library),
        calendars=library.calendars(),
        organisation=around.offices(_day(procedure, around.today)) if around.offices else None,
        today=around.today,
    )


def _files(path: Path, problems: Problems) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from sorted(one for one in path.rglob("*.yaml") if _is_of_the_language(one))
    else:
        problems.add(Place(str(path), 1, 1), "file-unreadable", "there is no such file or folder", "is the path right?")


_READ_ELSEWHERE = frozenset({"calendars", "organisations", "templates", "meanings", "explanations"})


def _is_of_the_language(path: Path) -> bool:
    """Say whether a file is read here; scenarios are read with their procedure."""
    folders = set(path.parts)
    return path.name != "scenarios.yaml" and not folders & _READ_ELSEWHERE


def _check_file(path: Path, library: Library, around: Around) -> tuple[Problem, ...]:
    beside = path.with_name("procedure.yaml")
    if path.name == "scenarios.yaml" and not beside.is_file():
        return load_scenarios(path).problems
    source = read_source(path, None)
    if path.name == "scenarios.yaml" or source.root == "procedure":
        return check_procedure(beside if path.name == "scenarios.yaml" else path, library, around).problems
    problems = Problems()
    problems.extend(load_bundle(path, library).problems if source.root == "bundle" else source.problems)
    check_source_texts(source, problems)
    return problems.sorted


def _scenarios(path: Path, procedure: Procedure | None, problems: Problems) -> ScenarioFile | None:
    name = procedure.scenarios if procedure else "scenarios.yaml"
    file = path.parent / Path(name).name
    # A shell that is to write what is suggested into the file has emptied it before.
    if not file.is_file() or not file.stat().st_size:
        return None
    scenarios = load_scenarios(file, procedure)
    problems.extend(told_once(scenarios.problems))
    return scenarios


def _record(code: str, path: Path, library: Library, problems: Problems) -> Entries | None:
    source = library.published(path.parent.parent.parent)
    if source is None:
        return None
    problems.extend(source.problems)
    record = entries_of(source.entries, "records").get(code)
    return record if isinstance(record, Entries) else None


def _day(procedure: Procedure, today: date | None) -> date:
    """Give the first day on which a case may be accepted, seen from today."""
    return max(date.fromisoformat(procedure.in_force.from_), today or date.min)


def _played(procedure: Procedure, scenarios: ScenarioFile | None, around: Around) -> Played:
    if around.play is None or scenarios is None or scenarios.problems:
        return Played()
    return around.play(procedure, scenarios)


def _former(path: Path, library: Library) -> Entries | None:
    """Find the version before this one, which is the last of those with a lower number."""
    number = version_number(path.parent)
    if number is None:
        return None
    earlier = {version_number(folder): folder for folder in path.parent.parent.glob("v*")}
    last = max((one for one in earlier if one is not None and one < number), default=None)
    source = library.version(earlier[last]) if last is not None else None
    return source.entries if source is not None else None


def _templates(path: Path, procedure: Procedure, library: Library) -> dict[str, str]:
    known = known_templates(path.parent, procedure, library.law_templates(procedure.profile))
    return {name.removesuffix(".typ"): library.text(file) for name, file in known.items()}
