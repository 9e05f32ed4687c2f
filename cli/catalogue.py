"""Versions of procedures as files: found below a folder, checked, and played through their scenarios."""

from collections.abc import Iterator
from pathlib import Path

from cli.engine.program import EngineError
from procedures.language.check import ALONE, Around, CheckedProcedure, check_procedure
from procedures.language.lint.subject import Played
from procedures.language.model.procedure import Procedure
from procedures.language.reading.problems import Severity
from procedures.language.scenarios.scenario import ScenarioFile, place_of
from procedures.language.templates import own_templates
from procedures.time.errors import BadCalendar
from procedures.time.files import load_calendars
from procedures.time.hours import office_hours
from workflows.simulate.coverage import Way, ways_of
from workflows.simulate.runs import Outcome, run
from workflows.simulate.suggest import Suggestions, suggest

PROCEDURE = "procedure.yaml"


def versions_below(path: Path, around: Around = ALONE) -> list[CheckedProcedure]:
    """Check the version whose file or folder `path` is, or every version below it."""
    files = [path] if path.is_file() else sorted(path.rglob(PROCEDURE))
    if not files:
        raise EngineError(f"{path} holds no {PROCEDURE}: name a version's folder or a folder above it.")
    return [check_procedure(file.with_name(PROCEDURE), around=around) for file in files]


def is_sound(version: CheckedProcedure) -> bool:
    """Answer whether it may be run: a finding that no override answers for counts as much as an error."""
    return version.procedure is not None and all(one.severity is Severity.WARNING for one in version.problems)


def play(procedure: Procedure, scenarios: ScenarioFile) -> Iterator[Outcome]:
    """Play every scenario on the calendars and hours its file names."""
    calendars = load_calendars(scenarios.calendars)
    hours = office_hours(scenarios.hours)
    yield from run(procedure, scenarios.scenarios, calendars, hours)


def played(procedure: Procedure, scenarios: ScenarioFile) -> Played:
    """Play every scenario; say which ways none of them takes, and what went otherwise than they say."""
    try:
        outcomes = list(play(procedure, scenarios))
    except BadCalendar:
        # That a scenario names no calendar is said where it is played.
        return Played()
    taken = frozenset[Way]().union(*(outcome.coverage for outcome in outcomes))
    return Played(
        untaken=tuple(way for way in ways_of(procedure) if way not in taken),
        failures=tuple((place_of(one.place), one.sentence) for outcome in outcomes for one in outcome.failures),
    )


def suggestions(procedure: Procedure, scenarios: ScenarioFile, taken: frozenset[Way]) -> Suggestions:
    """Find scenarios for ways that are not taken, on the calendars and hours of the file."""
    hours = office_hours(scenarios.hours)
    return suggest(procedure, scenarios.scenarios, taken, load_calendars(scenarios.calendars), hours)


def templates_of(version: CheckedProcedure) -> dict[str, str]:
    """Answer the templates that are published with a version, by file name."""
    assert version.procedure is not None
    files = own_templates(version.path.parent, version.procedure)
    return {name: file.read_text("utf-8") for name, file in files.items()}
