"""The pages of offices and of what a release brings, against the model of the file and the templates."""

import re
from pathlib import Path

import pytest

from cli.shipped import PROFILE, SHAPES
from procedures.language.resolving.sources import HOME
from records.organisation_file import (
    AccountPart,
    Codes,
    DutyPart,
    Organisation,
    Part,
    Span,
    UnitPart,
    read_organisation,
)
from tests.docs.pages import Page, codes, page

PAGES = {"en": page("docs/guide/organisation.md"), "vi": page("docs/guide/vi/organisation.md")}
PARTS: tuple[type[Part], ...] = (Organisation, UnitPart, AccountPart, DutyPart, Codes, Span)


@pytest.mark.parametrize(("shown", "head"), [(PAGES["en"], "key"), (PAGES["vi"], "khóa")], ids=PAGES)
def test_the_page_names_every_key_of_the_file(shown: Page, head: str) -> None:
    keys = {field.alias or name for part in PARTS for name, field in part.model_fields.items()}

    rows = shown.table(head)

    assert {key for row in rows for key in codes(row[0])} <= keys
    assert (
        keys - {word for row in rows for cell in row for code in codes(cell) for word in re.findall("[a-z_]+", code)}
        == set()
    )


def test_the_file_of_the_page_is_read(tmp_path: Path) -> None:
    [block] = PAGES["en"].blocks("yaml")
    file = tmp_path / "ben-may.yaml"
    file.write_text(block.text)

    organisation = read_organisation(file)

    assert ["department", "commune"] == [unit.id for unit in organisation.units]


def test_every_shape_of_results_is_explained() -> None:
    template = (HOME / "profiles" / "templates" / PROFILE / "result.typ").read_text()

    assert sorted(SHAPES) == sorted(re.findall(r"^#let ([a-z]+-paper)\(", template, re.MULTILINE))
