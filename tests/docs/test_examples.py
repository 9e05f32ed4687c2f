"""The designer's page against the language: its examples load, its mistakes are told so, its scenarios come out."""

import re
from pathlib import Path

import jsonschema_rs
import pytest

from cli.catalogue import play, versions_below
from procedures.language.explanations.vietnamese import told
from procedures.language.grammar.tables import STEP_KINDS, keys_of
from procedures.language.reading.nodes import read
from procedures.language.reading.plain import plain
from procedures.language.reading.problems import Problems
from procedures.language.schema.files import schema_of
from procedures.language.telling.changes import changes
from procedures.language.telling.origins import resolved_text
from tests.docs.pages import Block, codes, page
from tests.procedures.language.house import CODE, House, build

PROCEDURES = page("docs/procedures.md")
PAGES = {"en": PROCEDURES, "vi": page("docs/guide/vi/procedures.md")}
READING = "Reading a version, and what another changes"
MISTAKES = "Mistakes, and how they are told"

PROCEDURE_SCHEMA = jsonschema_rs.validator_for(schema_of("procedure"))
BLOCKS = PROCEDURES.blocks("yaml")
SOUND = [block for block in BLOCKS if block.heading != MISTAKES and not block.text.startswith("scenarios:")]
BROKEN = [block for block in BLOCKS if block.heading == MISTAKES]
PLAYED = [block for block in BLOCKS if block.text.startswith("scenarios:")]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build(tmp_path)


@pytest.mark.parametrize("block", SOUND, ids=lambda block: f"{block.heading}: {block.text.partition(':')[0]}")
def test_an_example_is_a_sound_part_of_the_procedure(house: House, block: Block) -> None:
    _put(house, block)

    # The stories of the procedure are not those of an invented chapter.
    assert [one for one in house.problems() if not one.startswith("scenarios.yaml:")] == []
    assert list(PROCEDURE_SCHEMA.iter_errors(plain(read(house.file.read_bytes(), "procedure", Problems())))) == []


@pytest.mark.parametrize("language", PAGES)
def test_the_mistakes_are_told_as_the_page_says(house: House, language: str) -> None:
    for block in BROKEN:
        _put(house, block)
    [said] = [block for block in PAGES[language].blocks("text") if ": bad-duration " in block.text]

    answered = "\n".join(told(problem, language) for problem in house.check().problems)
    assert said.text.rstrip() == answered.replace(f"{house.root}/{CODE}/", "")


@pytest.mark.parametrize("block", PLAYED, ids=lambda block: block.heading)
def test_the_scenarios_of_the_page_come_out(house: House, block: Block) -> None:
    house.file.with_name("scenarios.yaml").write_text(block.text)

    [version] = versions_below(house.path(CODE))

    assert version.problems == () and version.procedure is not None and version.scenarios is not None
    assert [outcome.failures for outcome in play(version.procedure, version.scenarios)] == [(), ()]


def test_the_page_explains_every_kind_of_step() -> None:
    assert sorted(codes(row[0])[0] for row in PROCEDURES.table("kind")) == sorted(STEP_KINDS)


def test_the_page_names_every_verb_of_scenarios() -> None:
    sentence = re.search(r"^Verbs of scenarios: (.*?)\n\n", PROCEDURES.text, re.MULTILINE | re.DOTALL)
    assert sentence is not None

    assert sorted(codes(sentence[1])) == sorted(keys_of("verbs"))


def test_the_sections_of_the_table_are_sections_a_procedure_may_have() -> None:
    named = [code for row in PROCEDURES.table("section") for code in codes(row[0])]

    assert set(named) <= set(keys_of("procedure"))


@pytest.mark.parametrize("language", PAGES)
def test_the_changes_of_the_page_are_told_so(house: House, language: str) -> None:
    before = house.procedure()
    house.change("[counter, online]", "[counter, online, post]").change(
        "within: 25 calendar days", "within: 20 calendar days"
    )
    [shown] = [block for block in PAGES[language].blocks("text") if "→" in block.text]

    groups = changes(before, house.procedure(), language)

    said = [line for group in groups for line in ("", group.title, *(f"- {one}" for one in group.sentences))]
    assert shown.text.splitlines()[1:] == said


def test_the_origins_of_the_page_are_those_of_the_text(house: House) -> None:
    loaded = house.load()
    assert loaded.procedure is not None
    [shown] = [block for block in PROCEDURES.blocks("text") if block.heading == READING and "#" in block.text]

    lines = {re.sub(" +#", " #", line) for line in resolved_text(loaded.procedure, loaded.resolved, house.root)}

    assert [line for line in shown.text.splitlines() if re.sub(" +#", " #", line) not in lines] == []


def _put(house: House, block: Block) -> None:
    """Put each chapter of an example in the place of the same chapter of the procedure, a new one at its end."""
    house.write("".join({**_chapters(house.file.read_text()), **_chapters(block.text)}.values()))


def _chapters(text: str) -> dict[str, str]:
    parts = re.split(r"^(?=[a-z_]+:)", text, flags=re.MULTILINE)
    return {part.partition(":")[0]: part for part in parts if part.strip()}
