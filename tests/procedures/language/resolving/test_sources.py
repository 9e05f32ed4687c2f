"""A place of the reader's own stands on what the release has: its own files win, what it lacks is the release's."""

import shutil
from pathlib import Path

import pytest

from procedures.language.check import check_procedure
from procedures.language.reading.words import entries_of
from procedures.language.resolving.sources import HOME, Library, library_of
from tests.procedures.language.house import CODE

MERIT = """registry: merit
functions:
  merit_officer: {vi: Người có công, en: People of merit}
  leader: {vi: Giám đốc Sở, en: Director}
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a procedure and a registry, and nothing else."""
    sector = tmp_path / "procedures/catalogue/bhxh"
    shutil.copytree(HOME / CODE, tmp_path / "procedures" / CODE)
    for name in ("common.yaml", "published.yaml"):
        shutil.copy(HOME / "catalogue/bhxh" / name, sector / name)
    shutil.copytree(HOME / "catalogue/bhxh/templates", sector / "templates")
    registry = tmp_path / "procedures/registry"
    registry.mkdir()
    (registry / "merit.yaml").write_text(MERIT)
    return tmp_path / "procedures"


def test_a_registry_of_ones_own_is_read_over_the_releases(place: Path) -> None:
    file = place / CODE / "procedure.yaml"
    file.write_text(file.read_text().replace("by: medical_review", "by: merit_officer"))

    assert [] == [str(problem) for problem in check_procedure(file).problems]


def test_what_a_place_says_wins(place: Path) -> None:
    first, *_ = library_of(place / CODE / "procedure.yaml").registry()

    assert {"merit_officer", "leader"} == set(entries_of(first.entries, "functions").values)


def test_a_file_of_the_same_name_stands_for_the_releases(place: Path) -> None:
    (place / "registry/books.yaml").write_text("registry: books\nbooks: {decisions: {vi: Sổ A, en: Book A}}\n")

    books = [source for source in Library(place).registry() if "books" in source.entries.values]

    assert [["decisions"]] == [[*entries_of(source.entries, "books").values] for source in books]


def test_what_a_place_lacks_the_release_has(place: Path) -> None:
    library = Library(place)

    assert library.profile("nd118") is not None
    assert HOME / "profiles/templates/nd118" == library.law_templates("nd118")
    assert library.calendars()
