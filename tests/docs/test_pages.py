"""What holds for every page: links lead somewhere, commands exist, decisions keep their form."""

import re
import shlex
from pathlib import Path

import click
import pytest

from cli.main import COMMANDS, commands
from tests.docs.pages import ROOT, Page, every_page

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PARTS = ["Context", "Decision", "Consequences", "Alternatives"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
COMMAND = re.compile(r"^(?:\S*/)?motcua ([a-z].*)$")
MENTION = re.compile(r"`(?:\.venv/bin/)?motcua ([a-z]+)[^`]*`")
NAMED_FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|yaml|txt|yml))`")
TARGET = re.compile(r"^`?make ([a-z]+)|`make ([a-z]+)", re.MULTILINE)


@pytest.mark.parametrize("page", every_page(), ids=lambda page: str(page.path.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_somewhere(page: Page) -> None:
    broken = [link for link in LINK.findall(page.prose) if not link.startswith("http") and not _leads(page, link)]

    assert broken == []


@pytest.mark.parametrize("page", every_page(), ids=lambda page: str(page.path.relative_to(ROOT)))
def test_every_command_named_on_a_page_exists(page: Page) -> None:
    named = {*MENTION.findall(page.prose), *(line.split()[0] for line in _command_lines(page))}

    assert named - set(COMMANDS) == set()


@pytest.mark.parametrize("page", every_page(), ids=lambda page: str(page.path.relative_to(ROOT)))
def test_every_command_line_of_a_block_is_one_the_command_line_takes(page: Page) -> None:
    for line in _command_lines(page):
        arguments = shlex.split(line, comments=True)
        command: click.Command | None = commands
        while isinstance(command, click.Group):
            command = command.get_command(click.Context(command), arguments.pop(0))
        assert command is not None
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in arguments if word.startswith("--")} <= options, line


@pytest.mark.parametrize("page", every_page(), ids=lambda page: str(page.path.relative_to(ROOT)))
def test_every_file_named_on_a_page_exists(page: Page) -> None:
    places = (ROOT, ROOT / "procedures", ROOT / "workflows")
    named = set(NAMED_FILE.findall(page.prose))

    assert {file for file in named if not any((place / file).exists() for place in places)} == set()


def test_every_target_of_make_named_on_a_page_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    lines = [block.text for page in every_page() for block in page.blocks("sh")]

    named = {
        target
        for text in [*lines, *(page.prose for page in every_page())]
        for found in TARGET.findall(text)
        for target in found
        if target
    }

    assert named - targets == set()


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_short_and_has_its_parts(path: Path) -> None:
    page = Page(path)

    title, *parts = re.findall(r"^#+ (.*)$", page.prose, re.MULTILINE)

    assert title.startswith(f"{page.path.stem[:4]}: ")
    assert parts == PARTS
    assert len(page.text.splitlines()) <= 60


def _command_lines(page: Page) -> list[str]:
    lines = [line for block in page.blocks("sh") for line in block.text.splitlines()]
    return [match[1] for line in lines if (match := COMMAND.match(line.strip()))]


def _leads(page: Page, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = Page((page.path.parent / path).resolve()) if path else page
    return target.path.exists() and (not anchor or anchor in target.anchors())
