"""All scenarios of one version of a procedure played, and the ways through it that none of them takes."""

from dataclasses import dataclass
from pathlib import Path

from procedures.language.loader import load_procedure
from procedures.language.problems import Problem, Severity
from procedures.language.scenarios import load_scenarios
from procedures.time.errors import BadCalendar
from procedures.time.files import load_calendars
from procedures.time.hours import office_hours
from workflows.simulate import coverage
from workflows.simulate.coverage import Way
from workflows.simulate.runs import Outcome, run


@dataclass(frozen=True, slots=True)
class Report:
    """`problems` are those of the files, in which case nothing was played; `ways` is every way there is."""

    procedure: str
    problems: tuple[Problem | str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    ways: tuple[Way, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.problems and all(outcome.passed for outcome in self.outcomes)

    @property
    def untaken(self) -> tuple[Way, ...]:
        taken = {way for outcome in self.outcomes for way in outcome.coverage}
        return tuple(way for way in self.ways if way not in taken)


def play(directory: Path) -> Report:
    """Play the scenarios of the version in a folder (`catalogue/<sector>/<code>/v<N>`)."""
    loaded = load_procedure(directory / "procedure.yaml")
    errors = tuple(problem for problem in loaded.problems if problem.severity is Severity.ERROR)
    if loaded.procedure is None:
        return Report(directory.name, errors)
    procedure = loaded.procedure
    file = load_scenarios(directory / procedure.scenarios, procedure)
    problems = (*errors, *file.problems)
    if problems:
        return Report(procedure.procedure, problems)
    try:
        calendars = load_calendars(file.calendars)
    except BadCalendar as error:
        return Report(procedure.procedure, (str(error),))
    hours = office_hours(file.hours)
    outcomes = tuple(run(procedure, scenario, calendars, hours) for scenario in file.scenarios)
    return Report(procedure.procedure, (), outcomes, coverage.ways_of(procedure))
