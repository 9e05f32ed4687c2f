"""What `motcua test` says of the ways through a procedure: which are taken, and scenarios for the others."""

from collections.abc import Iterator, Sequence
from datetime import date

from cli.catalogue import suggestions
from procedures.language.check import CheckedProcedure
from procedures.language.model.procedure import Procedure
from procedures.language.scenarios.scenario import OFFICE_HOURS, ScenarioFile, str_of
from procedures.time import files as calendar_files
from procedures.time.files import load_calendars
from workflows.simulate.circumstances import FAILS, HOLDS, circumstances_of
from workflows.simulate.coverage import SKIPPED, Way, steps_of, ways_of
from workflows.simulate.scenario_text import file_head, in_yaml

_HINT = "as the case went: count the dates by hand before you keep it"


def coverage(version: CheckedProcedure, procedure: Procedure, taken: frozenset[Way]) -> Iterator[str]:
    """Say how many of the ways are taken, and of each other one where it stands."""
    kinds: tuple[tuple[str, Sequence[Way]], ...] = (
        ("limits, variants and conditions met", tuple(circumstances_of(procedure))),
        ("ways taken", steps_of(procedure)),
    )
    for what, ways in kinds:
        missed = [way for way in ways if way not in taken]
        yield f"{len(ways) - len(missed)} of {len(ways)} {what}"
        yield from (f"       {_place(version, way)} {_said(way)}" for way in missed)


def suggested(version: CheckedProcedure, procedure: Procedure, taken: frozenset[Way]) -> tuple[list[str], list[str]]:
    """Give scenarios to be pasted below `cases`, or a whole file; and why nothing was found for the ways left over."""
    if taken >= set(ways_of(procedure)):
        return [], []
    new = ScenarioFile(procedure.procedure, _calendars(procedure), OFFICE_HOURS, ())
    answer = suggestions(procedure, version.scenarios or new, taken)
    given = answer.found[0].scenario.given if answer.found and version.scenarios is None else None
    head = file_head(new, given) if given is not None else ()
    cases = (in_yaml(one.scenario, f"takes {', '.join(map(_said, one.ways))}; {_HINT}", given) for one in answer.found)
    left = (f"{_place(version, way)} no scenario found for {_said(way)}: {why}" for way, why in answer.why.items())
    return [*head, *cases], [*left]


def _said(way: Way) -> str:
    return "/".join(way)


def _place(version: CheckedProcedure, way: Way) -> str:
    """Find where a way stands in the files: `file:line:column`."""
    where, what = way
    if version.procedure is None or version.places is None:
        return str(version.path)
    if not version.procedure.has_step(where):
        key = f"{where}.when" if what in (HOLDS, FAILS) else where
        return str_of(version.places.at(key.replace("[", ".").removesuffix("]")))
    kind, _, name = what.partition(" ")
    key = {SKIPPED: "skip_when", "row": f"decide.{name}", "branch": f"branches.{name}"}.get(kind, f"outcomes.{what}")
    return str_of(version.places.at(f"steps.{where}.{key}"))


def _calendars(procedure: Procedure) -> tuple[str, ...]:
    """Name the calendar of the first year in force and the one after."""
    begins = date.fromisoformat(procedure.in_force.from_)
    every = load_calendars(sorted(file.stem for file in calendar_files.FOLDER.glob("*.yaml")))
    return tuple(one.id for one in every if one.last >= begins)[:2]
