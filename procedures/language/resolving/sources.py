"""The files a procedure stands on, read once: profiles, registry, the sector's common definitions, named fragments."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from procedures.language.grammar.tables import ROOTS
from procedures.language.reading.nodes import Entries, read
from procedures.language.reading.problems import Place, Problem, Problems
from procedures.language.resolving.shapes import Shapes
from procedures.time.calendar import Calendar
from procedures.time.errors import BadCalendar
from procedures.time.files import load_calendar

HOME = Path(__file__).resolve().parents[2]
_VERSION_FOLDER = re.compile(r"v([1-9][0-9]{0,3})\Z")
_PARTS = ("sector", "code", "version", "procedure.yaml")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
ROOT_ORDER = ("procedure", "bundle", "fragment", "registry", "profile", "published", "scenarios")


@dataclass(frozen=True, slots=True)
class Source:
    """One file: which root it has, its map without what was wrong, what was wrong, and the map as `written`."""

    root: str
    entries: Entries
    problems: tuple[Problem, ...]
    written: Entries | None = None


def read_source(path: Path, expected: str | None, *, languages: tuple[str, ...] = ("vi", "en")) -> Source:
    """Read a file of the language and check it against its table; None takes it for what its root says it is."""
    problems = Problems()
    shown = str(path)
    nothing = Entries(Place(shown, 1, 1))
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        problems.add(nothing.place, "file-unreadable", message, "is the path right?")
        return Source(expected or "", nothing, problems.sorted)
    entries = read(content, shown, problems)
    if entries is None:
        return Source(expected or "", nothing, problems.sorted)
    root = next((key for key in ROOT_ORDER if key in entries.keys), None)
    if root is None or (expected is not None and root != expected):
        found = f"this is a file of '{root}'" if root else f"the key '{expected or 'procedure'}' is missing"
        hint = (
            "a file begins with one of: " + ", ".join(ROOT_ORDER)
            if expected is None
            else f"begin with '{expected}: ...'"
        )
        problems.add(entries.place, "missing-key", found, hint)
        return Source(expected or "", nothing, problems.sorted)
    return Source(root, Shapes(problems, languages).object(ROOTS[root], entries), problems.sorted, entries)


class Library:
    """The folders of one place, each file read once; what its profiles, registry and fragments lack the release has."""

    def __init__(self, home: Path = HOME) -> None:
        self.home = home
        self._layers = tuple(dict.fromkeys((home, HOME)))
        self._read: dict[tuple[str, str], Source] = {}
        self._texts: dict[Path, str] = {}
        self._calendars: tuple[Calendar, ...] | None = None

    def profile(self, name: str) -> Source | None:
        if not _NAME.fullmatch(name):
            return None
        return self._nearest(f"profiles/{name}.yaml", "profile")

    def fragment(self, name: str) -> Source | None:
        if not all(_NAME.fullmatch(part) for part in name.split("/")):
            return None
        return self._nearest(f"fragments/{name}.yaml", "fragment")

    def common(self, sector: Path) -> Source | None:
        return self._file(sector / "common.yaml", "fragment")

    def published(self, sector: Path) -> Source | None:
        return self._file(sector / "published.yaml", "published")

    def version(self, folder: Path, file: str = "procedure.yaml") -> Source | None:
        return self._file(folder / file, file.partition(".")[0])

    def versions(self, code: str) -> tuple[Path, ...]:
        """Find the files of a procedure in every sector, the highest version last."""
        if not _NAME.fullmatch(code.replace(".", "-")):
            return ()
        found = (self.home / "catalogue").glob(f"*/{code}/v*/procedure.yaml")
        return tuple(sorted(found, key=lambda path: (len(path.parent.name), path.parent.name)))

    def registry(self) -> tuple[Source, ...]:
        """Read the files of the registry, those of this place first: what they say wins."""
        found = (self._nearest(f"registry/{name}.yaml", "registry") for name in self._names("registry"))
        return tuple(source for source in found if source is not None)

    def profiles(self) -> tuple[str, ...]:
        return self._names("profiles")

    def fragments(self) -> tuple[str, ...]:
        return self._names("fragments")

    def law_templates(self, profile: str) -> Path:
        """Find the folder of a profile's templates."""
        folders = [layer / "profiles" / "templates" / profile for layer in self._layers]
        return next((folder for folder in folders if folder.is_dir()), folders[0])

    def written(self) -> tuple[Entries, ...]:
        """Give every file read so far as it is written."""
        return tuple(source.written for source in self._read.values() if source.written is not None)

    def text(self, path: Path) -> str:
        """Read a template as far as it is text."""
        if path not in self._texts:
            self._texts[path] = path.read_text("utf-8", errors="replace")
        return self._texts[path]

    def calendars(self) -> tuple[Calendar, ...]:
        """Load the calendars of this place; one that cannot be read is reported by those who count with it."""
        if self._calendars is None:
            folders = [layer / "calendars" for layer in self._layers]
            self._calendars = tuple(_calendars(next((one for one in folders if one.is_dir()), folders[0])))
        return self._calendars

    def _names(self, folder: str) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(path.stem for layer in self._layers for path in sorted((layer / folder).glob("*.yaml")))
        )

    def _nearest(self, name: str, root: str) -> Source | None:
        """Read a file of this place, or the release's of the same name."""
        found = (self._file(layer / name, root) for layer in self._layers)
        return next((source for source in found if source is not None), None)

    def _file(self, path: Path, root: str) -> Source | None:
        key = (str(path), root)
        if key not in self._read:
            if not path.is_file():
                return None
            self._read[key] = read_source(path, root)
        return self._read[key]


def version_number(folder: Path) -> int | None:
    """Read the number of a version's folder (`v3`)."""
    match = _VERSION_FOLDER.match(folder.name)
    return int(match[1]) if match else None


def _calendars(folder: Path) -> Iterator[Calendar]:
    for path in sorted(folder.glob("*.yaml")):
        with suppress(BadCalendar):
            yield load_calendar(path)


def whole(path: Path) -> Path:
    """Give the path of a version's file in which sector, code and version can be seen, however short it was written."""
    return path.resolve() if ".." in path.parts or len(path.parts) < len(_PARTS) else path


def library_of(path: Path) -> Library:
    """Find the folder with `profiles` or `registry` around a file; what lies elsewhere has the release's."""
    for folder in (*path.parents, *path.resolve().parents):
        if any((folder / name).is_dir() for name in ("profiles", "registry")):
            return Library(folder)
    return Library()
