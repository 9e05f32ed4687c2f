"""A version is published with every template its papers need: its own, else its sector's, else the law's."""

from pathlib import Path

import pytest

from procedures.language.model.parts import Period
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import DocumentStep
from procedures.language.templates import known_templates, own_templates


@pytest.fixture
def version(tmp_path: Path) -> Path:
    folder = tmp_path / "catalogue" / "sector" / "1.000001" / "v1"
    for file in (folder / "templates" / "letter.typ", tmp_path / "catalogue" / "sector" / "templates" / "letter.typ"):
        file.parent.mkdir(parents=True)
        file.write_text(f"in {file.parent.parent.name}", encoding="utf-8")
    for name in ("list.typ", "unused.typ"):
        (tmp_path / "catalogue" / "sector" / "templates" / name).write_text("of the sector", encoding="utf-8")
    (tmp_path / "profiles" / "templates" / "nd118").mkdir(parents=True)
    (tmp_path / "profiles" / "templates" / "nd118" / "reasoned_refusal.typ").touch()
    return folder


def test_the_nearest_template_wins_and_only_what_is_used_is_taken_of_the_sector(version: Path) -> None:
    taken = own_templates(version, drafting("letter", "list", "reasoned_refusal"))

    assert {name: file.read_text("utf-8") for name, file in taken.items()} == {
        "letter.typ": "in v1",
        "list.typ": "of the sector",
    }


def test_a_step_may_name_its_own_templates_those_of_its_sector_and_the_laws(version: Path) -> None:
    known = known_templates(version, drafting(), version.parents[3] / "profiles/templates/nd118")

    assert ["letter.typ", "list.typ", "reasoned_refusal.typ", "unused.typ"] == sorted(known)
    assert "in v1" == known["letter.typ"].read_text("utf-8")


def drafting(*templates: str) -> Procedure:
    steps = [DocumentStep(kind="document", id=f"draft_{n}", template=one) for n, one in enumerate(templates, start=1)]
    return Procedure(
        procedure="1.000001",
        version=1,
        title={"vi": "Thử"},
        in_force=Period(from_="2026-01-01"),
        profile="nd118",
        channels=("counter",),
        submitters=(),
        deadline=(),
        steps=tuple(steps),
    )
