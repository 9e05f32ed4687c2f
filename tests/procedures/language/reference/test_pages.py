"""The reference: every key of every object on its page, in both languages, in tables that hold."""

import re

import pytest

from procedures.language.grammar.meanings import PageOfObjects, meaning_of_kinds, pages
from procedures.language.grammar.tables import keys_of, tables_of
from procedures.language.reference.pages import LANGUAGES, reference

REFERENCE = reference()
CELL = re.compile(r"(?<!\\)\|")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_has_a_row_for_every_key_of_its_objects(language: str, page: PageOfObjects) -> None:
    sections = _sections(REFERENCE[f"{language}/{page.name}.md"])

    for name in page.objects:
        own = set(keys_of(name)) - {key for table in tables_of(name)[1:] for key in keys_of(table)}
        assert own == set(re.findall(r"^\| `(\w+)`", sections[name], re.MULTILINE)), name


def test_the_page_of_values_has_a_row_for_every_kind() -> None:
    for language in LANGUAGES:
        rows = re.findall(r"^\| `([^`]+)`", REFERENCE[f"{language}/values.md"], re.MULTILINE)
        assert set(meaning_of_kinds()) <= set(rows)


@pytest.mark.parametrize("path", sorted(REFERENCE))
def test_every_row_of_a_table_has_as_many_cells_as_its_head(path: str) -> None:
    for table in re.findall(r"(?:^\|.*\n?)+", REFERENCE[path], re.MULTILINE):
        assert 1 == len({len(CELL.findall(row)) for row in table.splitlines()}), table


def test_a_row_says_type_default_meaning_and_errors() -> None:
    row = "| `counted_from` | one word | `acceptance` | Where counting begins: at acceptance, or at the arrival of the "

    assert row in REFERENCE["en/time.md"]
    assert (
        "| `within` | [limit](values.md) | **bắt buộc** | Thời hạn giải quyết. | `no-limit-declared` |"
        in (REFERENCE["vi/time.md"])
    )


def _sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## `(\w+)`\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))
