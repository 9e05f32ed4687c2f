"""What lint looks at: a procedure that loads, and everything it is held against."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from procedures.language.lint.codes import SEVERITY
from procedures.language.lint.graph import Graph, Who, everybody
from procedures.language.lint.organisation import Organisation
from procedures.language.lint.places import Places
from procedures.language.model.life import Deadline
from procedures.language.model.procedure import ROOT, Procedure
from procedures.language.model.steps import inner_lists
from procedures.language.reading.nodes import Entries
from procedures.language.reading.problems import Place, Problem, Problems
from procedures.language.reading.words import maps_of
from procedures.language.resolving.resolution import Resolved
from procedures.language.scenarios.scenario import ScenarioFile
from procedures.time.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Played:
    """What playing scenarios showed: ways none takes (a step's id with an outcome, `return` or `skipped`), and where
    one went otherwise than it says."""

    untaken: tuple[tuple[str, str], ...] = ()
    failures: tuple[tuple[Place, str], ...] = ()


@dataclass(frozen=True)
class Subject:
    """`record` is what the national catalogue publishes of it, `former` the version before it, `templates` the texts of
    its papers by name, `today` the day of the check; what is None is not compared.
    """

    procedure: Procedure
    resolved: Resolved
    problems: Problems
    record: Entries | None = None
    former: Entries | None = None
    scenarios: ScenarioFile | None = None
    played: Played = Played()
    templates: Mapping[str, str] | None = None
    calendars: tuple[Calendar, ...] = ()
    organisation: Organisation | None = None
    today: date | None = None
    _graphs: dict[tuple[Who, str], Graph] = field(default_factory=dict)

    def say(self, code: str, path: str, message: str, hint: str = "", *, place: Place | None = None) -> None:
        """Report a problem at a path, which is also where an override answers for it."""
        found = place or self.places.at(path)
        self.problems.extend([Problem(found, code, message, hint, SEVERITY[code], path)])

    @cached_property
    def places(self) -> Places:
        return Places(self.resolved)

    @cached_property
    def everybody(self) -> tuple[Who, ...]:
        return everybody(self.procedure)

    def graph(self, who: Who, sequence: str = ROOT) -> Graph:
        key = who, sequence
        if key not in self._graphs:
            self._graphs[key] = Graph(self.procedure, who, sequence)
        return self._graphs[key]

    def graphs(self, sequence: str = ROOT) -> tuple[Graph, ...]:
        """Give a sequence as each kind of applicant meets it."""
        return tuple(self.graph(who, sequence) for who in self.everybody)

    def sequences(self) -> tuple[str, ...]:
        """Name the root and what stands inside its steps; the profile's sequences are not the designer's."""
        names = [ROOT]
        for name in names:
            names += [inner for step in self.procedure.sequence(name) for inner in inner_lists(step)]
        return tuple(names)

    def rows(self) -> Iterator[tuple[str, Deadline]]:
        """Give the rows of the deadline with their paths; the model has those with a condition first."""
        nodes = maps_of(self.resolved.own.get("deadline"))
        order = sorted(range(len(nodes)), key=lambda place: "when" not in nodes[place].keys)
        for place, row in zip(order, self.procedure.deadline, strict=True):
            yield f"deadline.{place + 1}", row
