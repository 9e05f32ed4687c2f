"""The commands on the page of legal time answer what the page says."""

import re
import shlex

import pytest
from click.testing import CliRunner

from cli.main import commands
from tests.docs.pages import page

PAGES = [page("docs/time.md"), page("docs/guide/vi/time.md")]
PAGE, VIETNAMESE = (one.text for one in PAGES)
BLOCK = re.compile(r"```sh\n([^`]*)```(?:\n\n```text\n([^`]*)```)?")


@pytest.mark.parametrize(("typed", "answered"), BLOCK.findall(PAGE + VIETNAMESE))
def test_what_is_typed_is_answered_as_the_page_says(typed: str, answered: str) -> None:
    results = [CliRunner().invoke(commands, shlex.split(line)[1:]) for line in typed.splitlines()]

    assert [0] * len(results) == [result.exit_code for result in results]
    said = [line for result in results for line in result.stdout.splitlines()]
    assert [line for line in answered.splitlines() if line not in said] == []


def test_the_page_shows_every_command() -> None:
    assert {"due", "latest", "between", "check"} == set(re.findall(r"^motcua time (\w+)", PAGE, re.MULTILINE))


def test_the_examples_are_explained_alike_in_both_languages() -> None:
    english, vietnamese = PAGES

    assert english.table("day") == vietnamese.table("ngày")
    assert [row[0] for row in english.table("rule")] == [row[0] for row in vietnamese.table("quy tắc")]
