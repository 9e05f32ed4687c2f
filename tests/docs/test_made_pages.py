"""The pages that are made: as they would be made now, and none besides."""

from cli.pages import DOCS, FOLDERS, made_pages


def test_the_made_pages_are_new() -> None:
    """`make pages` renews them after a change of the tables or of their meanings."""
    old = [path for path, text in made_pages().items() if _text(path) != text]

    assert old == [], "run: make pages"


def test_no_made_page_is_left_over() -> None:
    there = {str(file.relative_to(DOCS)) for folder in FOLDERS for file in (DOCS / folder).rglob("*") if file.is_file()}

    assert there - set(made_pages()) == set()


def _text(path: str) -> str:
    file = DOCS / path
    return file.read_text("utf-8") if file.is_file() else ""
