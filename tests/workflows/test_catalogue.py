"""Every procedure of the catalogue is sound, plays as its scenarios say, and has no way that none of them takes."""

from pathlib import Path

import pytest

from cli.catalogue import play
from procedures.language.check import check_procedure
from procedures.language.resolving.sources import HOME
from workflows.simulate.coverage import ways_of

CATALOGUE = HOME / "catalogue"
VERSIONS = sorted(file.parent for file in CATALOGUE.rglob("procedure.yaml"))


@pytest.mark.parametrize("folder", VERSIONS, ids=lambda folder: folder.parent.name)
def test_a_procedure_is_sound_and_its_scenarios_take_every_way(folder: Path) -> None:
    checked = check_procedure(folder / "procedure.yaml")
    assert checked.procedure is not None and checked.scenarios is not None, checked.problems

    outcomes = list(play(checked.procedure, checked.scenarios))

    taken = {way for outcome in outcomes for way in outcome.coverage}
    assert [] == [str(problem) for problem in checked.problems]
    assert [] == [f"{one.place}: {one.sentence}" for outcome in outcomes for one in outcome.failures]
    assert [] == [way for way in ways_of(checked.procedure) if way not in taken]


def test_all_procedures_of_the_published_record_are_declared() -> None:
    published = (CATALOGUE / "bhxh" / "published.yaml").read_text(encoding="utf-8")
    declared = {folder.parent.name for folder in VERSIONS}

    recorded = {line.strip().strip('":') for line in published.splitlines() if line.startswith('  "')}
    assert recorded == declared
    assert 41 == len(declared)
