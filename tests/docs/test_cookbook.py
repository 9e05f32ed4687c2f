"""Every recipe of the cookbook loads without a problem, plays as it says, and is told on its page as it is."""

import re
import shutil
from pathlib import Path

import pytest

from cli.catalogue import play
from procedures.language.bundles import load_bundle
from procedures.language.check import CheckedProcedure, check_procedure
from procedures.language.explanations.vietnamese import told
from procedures.language.resolving.sources import HOME
from tests.docs.pages import ROOT, Page, page
from tests.procedures.language.house import build

COOKBOOK = ROOT / "docs" / "guide" / "cookbook"
RECIPES = sorted(file.parent for file in COOKBOOK.glob("*/procedure.yaml"))
PAGES = {"en": "README.md", "vi": "vi.md"}
BUNDLE = COOKBOOK / "life-event"
INDEXES = {"en": page("docs/guide/cookbook/README.md"), "vi": page("docs/guide/vi/cookbook.md")}
CODE = re.compile(r'procedure: "([^"]+)"')


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_recipe_is_sound_and_plays(recipe: Path, tmp_path: Path) -> None:
    checked = checked_recipe(recipe, tmp_path, (recipe / "procedure.yaml").read_text())
    assert _told(checked) == []
    assert checked.procedure is not None and checked.scenarios is not None

    outcomes = list(play(checked.procedure, checked.scenarios))

    assert outcomes
    assert [f"{one.place}: {one.sentence}" for outcome in outcomes for one in outcome.failures] == []


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_the_page_of_a_recipe_shows_its_files(recipe: Path) -> None:
    whole = [(recipe / name).read_text() for name in ("procedure.yaml", "scenarios.yaml")]
    shown = Page(recipe / PAGES["en"]).blocks("yaml")

    assert shown
    assert [block.text for block in shown if not any(block.text in text for text in whole)] == []


@pytest.mark.parametrize("recipe", [*RECIPES, BUNDLE], ids=lambda recipe: recipe.name)
def test_a_recipe_shows_the_same_in_both_languages(recipe: Path) -> None:
    english, vietnamese = (
        [(block.language, block.text) for block in Page(recipe / name).blocks("yaml", "diff")]
        for name in PAGES.values()
    )

    assert english and english == vietnamese


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_what_is_done_wrong_is_told_as_the_page_says(recipe: Path, language: str, tmp_path: Path) -> None:
    sound = (recipe / "procedure.yaml").read_text()
    blocks = Page(recipe / PAGES[language]).blocks("diff", "text")
    changes, answers = blocks[::2], blocks[1::2]
    assert changes and len(changes) == len(answers)

    for place, (change, answer) in enumerate(zip(changes, answers, strict=True)):
        checked = checked_recipe(recipe, tmp_path / str(place), _changed(sound, change.text))
        answered = [problem for problem in _told(checked, language) if problem.startswith("procedure.yaml:")]
        assert "\n".join(answered) == answer.text.rstrip("\n")


@pytest.mark.parametrize("language", PAGES)
def test_the_recipe_of_a_bundle_is_sound_and_told_as_it_is(language: str, tmp_path: Path) -> None:
    text = (BUNDLE / "bundle.yaml").read_text()
    recipe = Page(BUNDLE / PAGES[language])
    changes, answers = recipe.blocks("diff"), recipe.blocks("text")

    answered = [
        _bundle_told(_changed(text, change.text), tmp_path / str(place), language)
        for place, change in enumerate(changes)
    ]

    assert [block for block in recipe.blocks("yaml") if block.text not in text] == []
    assert _bundle_told(text, tmp_path / "sound", language) == ""
    assert [answer.text.rstrip("\n") for answer in answers] == answered


@pytest.mark.parametrize("index", INDEXES.values(), ids=INDEXES)
def test_an_index_lists_every_recipe_once_by_its_matter_and_some_words_for_it(index: Page) -> None:
    names = sorted([BUNDLE.name, *(recipe.name for recipe in RECIPES)])

    by_matter = [_linked(row) for row in [*index.table("recipe"), *index.table("mẫu")]]
    by_words = {_linked(row) for row in [*index.table("words"), *index.table("câu chữ")]}

    assert names == sorted(by_matter)
    assert names == sorted(by_words)


def test_both_indexes_name_the_same_words_of_the_law() -> None:
    english, vietnamese = INDEXES["en"].table("words"), INDEXES["vi"].table("câu chữ")

    assert [(row[0], _linked(row)) for row in english] == [(row[0], _linked(row)) for row in vietnamese]


def checked_recipe(recipe: Path, folder: Path, text: str) -> CheckedProcedure:
    """Check the recipe as a procedure of the social security sector, whose shared parts it uses."""
    code = CODE.match(text)
    assert code is not None
    version = build(folder).path(f"catalogue/bhxh/{code[1]}/v1")
    version.mkdir(parents=True)
    (version / "procedure.yaml").write_text(text)
    (version / "scenarios.yaml").write_text((recipe / "scenarios.yaml").read_text())
    return check_procedure(version / "procedure.yaml")


def _bundle_told(text: str, folder: Path, language: str) -> str:
    """Load the bundle beside its members, and answer its problems."""
    house = build(folder)
    for code in CODE.findall(text):
        shutil.copytree(HOME / "catalogue/bhxh" / code, house.path(f"catalogue/bhxh/{code}"))
    file = house.path("bundles/death_of_an_insured_person/v1/bundle.yaml")
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return "\n".join(re.sub(r"^\S*/v1/", "", told(problem, language)) for problem in load_bundle(file).problems)


def _linked(row: list[str]) -> str:
    [name] = re.findall(r"\]\((?:\.\./cookbook/)?([a-z-]+)/(?:README|vi)\.md\)", " ".join(row))
    return str(name)


def _told(checked: CheckedProcedure, language: str = "en") -> list[str]:
    return [re.sub(r"^\S*/v1/", "", told(problem, language)) for problem in checked.problems]


def _changed(text: str, diff: str) -> str:
    """Put the lines marked + in the place of those marked -."""
    lines = diff.splitlines(keepends=True)
    old, new = ("".join(line[1:] for line in lines if line[0] == sign) for sign in "-+")
    assert text.count(old) == 1, f"{old} stands {text.count(old)} times"
    return text.replace(old, new)
