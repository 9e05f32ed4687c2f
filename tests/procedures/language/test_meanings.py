"""What the keys mean: said for every key, word and kind, in both languages, and for nothing that does not exist."""

from collections.abc import Iterator

import pytest

from procedures.language.grammar.kinds import (
    ATOMS,
    Kind,
    NameOf,
    Obj,
    OneOf,
    kinds_within,
)
from procedures.language.grammar.meanings import (
    FOLDER,
    PAGES,
    Meant,
    about,
    meaning_of,
    meaning_of_kinds,
    meaning_of_targets,
    meaning_of_words,
    pages,
    where_named,
)
from procedures.language.grammar.tables import OBJECTS, keys_of, tables_of
from procedures.language.model.steps import RESERVED_TARGETS
from procedures.language.reading.nodes import Entries, read
from procedures.language.reading.problems import Problems
from procedures.language.reading.words import children, entries_of
from procedures.language.resolving.sources import HOME

LANGUAGE = HOME / "language"


def test_every_object_stands_on_one_page_of_the_reference() -> None:
    paged = [name for page in pages() for name in page.objects]

    assert sorted(OBJECTS) == sorted(paged)


@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_every_key_has_a_meaning_in_both_languages(name: str) -> None:
    """A new key is explained in `procedures/language/grammar/meanings`, once, for editors and reference."""
    missing = [key for key in keys_of(name) if not _is_said(meaning_of(name, key).meant)]

    assert _is_said(about(name).meant)
    assert [] == missing


def test_every_key_a_procedure_may_have_has_a_name_in_both_languages() -> None:
    """`motcua diff` and editors call keys by a noun: `name` in the folder of meanings."""
    reached = _reached("procedure") | {"operation", "connector", "submitter_kind"}
    nameless = [
        f"{name}.{key}" for name in reached for key in keys_of(name) if not _is_said(meaning_of(name, key).name)
    ]

    assert [] == sorted(nameless)
    assert [] == sorted(name for name in reached if not _is_said(about(name).name))


def test_nothing_is_explained_that_is_no_key() -> None:
    for page in PAGES:
        for name, node in children(entries_of(_file(page), "objects")):
            assert set() == set(node.keys) - {"about", *_own_keys(name)}, name


def test_every_word_of_a_closed_list_has_a_meaning() -> None:
    lists = {kind for kind in _every_kind() if isinstance(kind, OneOf)}

    assert [] == [kind.words for kind in lists if tuple(meaning_of_words(kind)) != kind.words]
    assert all(_is_said(meant) for kind in lists for meant in meaning_of_words(kind).values())
    assert {", ".join(kind.words) for kind in lists} == set(_file("words").keys)


def test_every_kind_of_value_has_a_meaning() -> None:
    kinds = meaning_of_kinds()

    assert ATOMS == set(kinds)
    assert [] == [atom for atom, one in kinds.items() if not (_is_said(one.meant) and one.written and one.errors)]


def test_every_target_has_a_meaning() -> None:
    assert RESERVED_TARGETS == set(meaning_of_targets())


def test_every_name_of_something_says_where_it_is_declared() -> None:
    names = {kind.what for kind in _every_kind() if isinstance(kind, NameOf)}

    assert names == set(where_named())
    assert all(_is_said(meant) for meant in where_named().values())


def test_every_default_is_a_value_or_a_sentence_in_both_languages() -> None:
    meanings = {f"{name}.{key}": meaning_of(name, key) for name in OBJECTS for key in keys_of(name)}
    explained = {at: one.default for at, one in meanings.items() if isinstance(one.default, dict)}
    required = [f"{name}.{key.name}" for name in OBJECTS for key in keys_of(name).values() if key.required]

    assert {} == {at: default for at, default in explained.items() if set(default) != {"en", "vi"}}
    assert [] == [at for at in required if meanings[at].default is not None]


def _every_kind() -> Iterator[Kind]:
    for name in OBJECTS:
        for key in keys_of(name).values():
            yield from kinds_within(key.kind)


def _is_said(meant: Meant) -> bool:
    return set(meant) == {"en", "vi"} and meant["en"] != "" and meant["vi"] != ""


def test_every_code_a_meaning_names_is_one_the_language_gives() -> None:
    said = "".join(file.read_text() for file in LANGUAGE.rglob("*.py"))
    named = {code for name in OBJECTS for key in keys_of(name) for code in meaning_of(name, key).errors}
    named |= {code for kind in meaning_of_kinds().values() for code in kind.errors}

    assert [] == sorted(code for code in named if f'"{code}"' not in said)


def _reached(*names: str) -> set[str]:
    reached: set[str] = set()
    todo = [*names]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            kinds = (one for key in keys_of(name).values() for one in kinds_within(key.kind))
            todo.extend(one.name for one in kinds if isinstance(one, Obj))
    return reached


def _own_keys(name: str) -> set[str]:
    included = {key for table in tables_of(name)[1:] for key in keys_of(table)}
    return set(keys_of(name)) - included


def _file(name: str) -> Entries:
    entries = read((FOLDER / f"{name}.yaml").read_bytes(), name, Problems())
    assert entries is not None
    return entries
