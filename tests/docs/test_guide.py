"""The guide is done in the order of the page: files written, commands typed, answers compared."""

import re
import shlex
import shutil
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner

from cli.main import commands
from procedures.json_types import Json
from procedures.language.reading.nodes import read
from procedures.language.reading.plain import plain
from procedures.language.reading.problems import Problems
from procedures.language.schema.files import schema_of_any_file
from tests.docs.pages import Block, Page, page
from tests.procedures.language.house import build

TUTORIAL = page("docs/guide/first-procedure.md")
TUTORIALS = {"en": TUTORIAL, "vi": page("docs/guide/vi/first-procedure.md")}
INDEXES = {"en": page("docs/guide/README.md"), "vi": page("docs/guide/vi/README.md")}
CHAPTERS = {"en": page("docs/procedures.md"), "vi": page("docs/guide/vi/procedures.md")}
TIME = {"en": page("docs/time.md"), "vi": page("docs/guide/vi/time.md")}
ORGANISATION = {"en": page("docs/guide/organisation.md"), "vi": page("docs/guide/vi/organisation.md")}
LANGUAGES = ("en", "vi")
MARK = re.compile(r"^ *(#+|[|]|-|[0-9]+[.]) ", re.MULTILINE)
NAMED = re.compile(r"(?:#|//) (?P<path>procedures/\S+)\n")
SPOKEN = re.compile(r" --language \w+")
CHAPTER = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)
ANYTHING = "…"


@pytest.fixture
def desk(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The texts of the house in a folder of the reader, and a running system's database."""
    build(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database_url)
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_procedure_comes_about_as_the_page_says(desk: Path, language: str) -> None:
    answer = ""
    for block in TUTORIALS[language].blocks():
        match block.language:
            case "sh":
                answer = "".join(_type(line, desk) for line in block.text.splitlines())
            case "text":
                assert _fits(answer, block.text), f"under '{block.heading}':\n{answer}"
            case _:
                _write(block, desk)


def test_what_the_guide_writes_fits_the_schema_of_editors(desk: Path) -> None:
    for block in TUTORIAL.blocks("yaml"):
        _write(block, desk)
    schema = jsonschema_rs.validator_for(schema_of_any_file())
    files = [desk / "procedures/registry/labour.yaml", *(desk / "procedures/catalogue/labour").rglob("v1/*.yaml")]

    wrong = {file: [error.message for error in schema.iter_errors(_document(file))] for file in files}

    assert len(files) == 3
    assert {file: messages for file, messages in wrong.items() if messages} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_date_of_the_index_is_counted_so(language: str) -> None:
    index = INDEXES[language]
    [command] = index.blocks("sh")
    [answer] = [block for block in index.blocks("text") if block.heading == command.heading]

    assert CliRunner().invoke(commands, shlex.split(command.text)[1:]).output.rstrip() == answer.text.rstrip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_message_of_the_index_is_one_of_the_tutorial(language: str) -> None:
    message, *_ = INDEXES[language].blocks("text")

    assert message.text in TUTORIALS[language].text


@pytest.mark.parametrize(
    "pages",
    [TUTORIALS, INDEXES, CHAPTERS, TIME, ORGANISATION],
    ids=["tutorial", "index", "chapters", "time", "organisation"],
)
def test_the_guide_shows_the_same_in_both_languages(pages: dict[str, Page]) -> None:
    english, vietnamese = (_shown(pages[language]) for language in LANGUAGES)

    assert english == vietnamese
    assert MARK.findall(pages["en"].prose) == MARK.findall(pages["vi"].prose)


def _shown(page: Page) -> list[tuple[str, str]]:
    """What a reader of the page writes and types, whatever language the commands answer in."""
    blocks = page.blocks()
    assert blocks
    return [(block.language, "" if block.language == "text" else SPOKEN.sub("", block.text)) for block in blocks]


def _document(file: Path) -> Json:
    return plain(read(file.read_bytes(), file.name, Problems()))


def _write(block: Block, desk: Path) -> None:
    """Write a file, or put each chapter of a block in the place of the same chapter of its file."""
    named = NAMED.match(block.text)
    assert named is not None, f"the block under '{block.heading}' names no file"
    file = desk / named["path"]
    file.parent.mkdir(parents=True, exist_ok=True)
    text = block.text[named.end() :]
    if file.suffix == ".yaml" and file.exists():
        text = "".join({**_chapters(file.read_text()), **_chapters(text)}.values())
    file.write_text(text)


def _type(line: str, desk: Path) -> str:
    program, *arguments = shlex.split(line)
    if program == "cp":
        shutil.copytree(desk / arguments[1], desk / arguments[2])
        return ""
    assert program == "motcua", line
    return CliRunner().invoke(commands, arguments).output


def _fits(answer: str, told: str) -> bool:
    """An ellipsis of the page stands for whatever is left out."""
    parts = (re.escape(part) for part in told.rstrip("\n").split(ANYTHING))
    return re.fullmatch(".*?".join(parts), answer.rstrip("\n"), re.DOTALL) is not None


def _chapters(text: str) -> dict[str, str]:
    return {part.partition(":")[0]: part for part in CHAPTER.split(text) if part.strip()}
