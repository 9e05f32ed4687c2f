"""The pages of the documentation as tests read them: blocks of code, tables, headings, links."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\|(.*)\|$", re.MULTILINE)
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code; `heading` is the nearest heading above it."""

    language: str
    text: str
    heading: str


@dataclass(frozen=True, slots=True)
class Page:
    path: Path

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @property
    def prose(self) -> str:
        """The page without its blocks: a `#` there is no heading."""
        return _BLOCK.sub("", self.text)

    def blocks(self, *languages: str) -> list[Block]:
        found = [Block(match[1], match[2], self._heading_before(match.start())) for match in _BLOCK.finditer(self.text)]
        return [block for block in found if not languages or block.language in languages]

    def table(self, first_head: str) -> list[list[str]]:
        """Answer the rows of all tables whose first column is headed so."""
        rows: list[list[str]] = []
        for table in re.split(r"\n\n+", self.prose):
            cells = [[cell.strip() for cell in row.split("|")] for row in _ROW.findall(table)]
            if cells and cells[0][0] == first_head:
                rows += cells[2:]
        return rows

    def anchors(self) -> set[str]:
        return {_anchor(heading) for heading in _HEADING.findall(self.prose)}

    def _heading_before(self, place: int) -> str:
        above = _BLOCK.sub("", self.text[:place])
        headings = _HEADING.findall(above)
        return headings[-1] if headings else ""


def page(name: str) -> Page:
    return Page(ROOT / name)


def every_page() -> list[Page]:
    own = ROOT.glob("*.md")
    return [Page(path) for path in sorted([*own, *(ROOT / "docs").rglob("*.md")])]


def codes(cell: str) -> list[str]:
    """Answer what stands between backticks in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def _anchor(heading: str) -> str:
    kept = "".join(char for char in heading.lower() if char.isalnum() or char in " -_")
    return kept.replace(" ", "-")
