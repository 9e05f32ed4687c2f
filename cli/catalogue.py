"""Versions of procedures as files: found below a folder, checked, and played through their scenarios."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cli.engine.program import EngineError
from procedures.language.loader import load_procedure
from procedures.language.model import Procedure
from procedures.language.problems import Problem, Severity
from procedures.language.scenarios import ScenarioFile, load_scenarios
from procedures.time.files import load_calendars
from procedures.time.hours import office_hours
from workflows.simulate.runs import Outcome, run

PROCEDURE = "procedure.yaml"
SCENARIOS = "scenarios.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One `v<N>` folder; `procedure` is None where a problem stands in the way of running it."""

    folder: Path
    procedure: Procedure | None
    scenarios: ScenarioFile | None
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        return self.procedure is not None and all(one.severity is Severity.WARNING for one in self.problems)


def versions_below(path: Path) -> list[Path]:
    """Answer the folders of versions at or below `path`, which may be one of their files."""
    if path.is_file():
        return [path.parent]
    found = sorted(file.parent for file in path.rglob(PROCEDURE))
    if not found:
        raise EngineError(f"{path} holds no {PROCEDURE}: name a version's folder or a folder above it.")
    return found


def read_version(folder: Path) -> Version:
    loaded = load_procedure(folder / PROCEDURE)
    file = folder / SCENARIOS
    scenarios = load_scenarios(file, loaded.procedure) if file.is_file() else None
    problems = (*loaded.problems, *(scenarios.problems if scenarios else ()))
    return Version(folder=folder, procedure=loaded.procedure, scenarios=scenarios, problems=problems)


def play(version: Version) -> Iterator[Outcome]:
    """Play every scenario of a sound version on the calendars its file names."""
    assert version.procedure is not None
    if version.scenarios is None:
        return
    calendars = load_calendars(version.scenarios.calendars)
    hours = office_hours(version.scenarios.hours)
    for scenario in version.scenarios.scenarios:
        yield run(version.procedure, scenario, calendars, hours)


def templates_of(folder: Path) -> dict[str, str]:
    """Answer the version's own templates by file name."""
    return {file.name: file.read_text("utf-8") for file in sorted((folder / "templates").glob("*.typ"))}
