"""YAML read into nodes that know their place; what the language leaves out of YAML is an error here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from procedures.language.reading.problems import Place, Problems
from procedures.language.reading.slips import advice, key_slip

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_NODES = 50_000
MAX_TEXT = 20_000
_INTEGER = re.compile(r"(?:0|[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}\Z")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A leaf: `text` as written, `value` as the core of YAML types it, `raw` the source with quotes and escapes."""

    place: Place
    text: str
    value: bool | int | float | str
    raw: str = ""

    def place_of(self, offset: int) -> Place:
        """Find a character of the text in the file; a text over several lines is known by its start only."""
        if "\n" in self.raw or self.raw.startswith(("|", ">")):
            return self.place
        return Place(self.place.file, self.place.line, self.place.column + _raw_offset(self.raw, offset))


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    place: Place
    nodes: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """A map; the place of a key is that of its name."""

    place: Place
    values: dict[str, "Node"] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)

    def get(self, key: str) -> "Node | None":
        return self.values.get(key)

    def without(self, *keys: str) -> "Entries":
        return Entries(self.place, {key: value for key, value in self.values.items() if key not in keys}, self.keys)

    def merged_over(self, lower: "Entries") -> "Entries":
        """Lay these entries over those of another map, key by key."""
        return Entries(self.place, {**lower.values, **self.values}, {**lower.keys, **self.keys})


_Mark: TypeAlias = "yaml.error.Mark | yaml._yaml.Mark | None"
Node: TypeAlias = Scalar | Items | Entries


class _Stop(Exception):
    """The rest of the file cannot be read."""


def read(content: bytes, file: str, problems: Problems) -> Entries | None:
    """Read one file whose root is a map; None, with the reason among the problems, if there is none."""
    start = Place(file, 1, 1)
    if len(content) > MAX_BYTES:
        problems.add(start, "yaml-syntax", f"the file has more than {MAX_BYTES:,} bytes", "split it into fragments")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.add(Place(file, line, 1), "yaml-syntax", "the file is not UTF-8", "save it as UTF-8")
        return None
    if not _find_tabs(text, file, problems):
        return None
    try:
        root = _Composer(text, file, problems).document()
    except _Stop:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else start
        said = error.problem or "this is not YAML"
        problems.add(place, "yaml-syntax", said, advice(said, *(_lines(text, mark.line) if mark else ("", ""))))
        return None
    except yaml.YAMLError:
        problems.add(start, "yaml-syntax", "the file contains control characters", "remove them")
        return None
    if isinstance(root, Entries):
        return root
    problems.add(start, "yaml-syntax", "the file is no map of keys", "begin with 'procedure: \"1.000000\"'")
    return None


class _Composer:
    """Builds nodes from the parser's events, refusing what the language does not know as it comes by."""

    def __init__(self, text: str, file: str, problems: Problems) -> None:
        self._text = text
        self._file = file
        self._problems = problems
        self._count = 0
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)

    def document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._stop(event, "the file has more than one document", "remove the line '---'")
                root = self._node(next(self._events), 0)
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node | None:
        self._refuse_foreign(event)
        self._count += 1
        if depth > MAX_DEPTH:
            raise self._stop(event, f"more than {MAX_DEPTH} levels inside each other", "")
        if self._count > MAX_NODES:
            raise self._stop(event, f"more than {MAX_NODES:,} values", "split the file into fragments")
        if isinstance(event, yaml.MappingStartEvent):
            return self._entries(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(event, depth)
        assert isinstance(event, yaml.ScalarEvent)
        return self._scalar(event)

    def _entries(self, start: yaml.MappingStartEvent, depth: int) -> Entries:
        entries = Entries(self._place(start))
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._refuse_foreign(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._stop(
                    event, "a key is a word, not a list or map", "a text with brackets needs double quotes"
                )
            key, place = str(event.value), self._place(event)
            if key == "<<" and event.implicit[0]:
                raise self._stop(
                    event, "'<<' merges maps, which this language does not", "write the keys out, or use 'like'"
                )
            if slip := key_slip(key):
                raise self._stop(event, f"'{key[:40]}' is no key", slip)
            value_event = next(self._events)
            value = self._node(value_event, depth + 1)
            if key in entries.keys:
                earlier = entries.keys[key].line
                begins = "; a new item of the list begins with '- id:'" if key == "id" else ""
                self._problems.add(place, "duplicate-key", f"'{key}' stands twice", f"first in line {earlier}{begins}")
            elif value is None:
                self._empty(key, event, value_event, flow=bool(start.flow_style))
                entries.keys[key] = place
            else:
                entries.keys[key], entries.values[key] = place, value
        return entries

    def _items(self, start: yaml.SequenceStartEvent, depth: int) -> Items:
        nodes: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            node = self._node(event, depth + 1)
            if node is None:
                self._problems.add(self._place(event), "empty-value", "this line of the list is empty", "remove it")
            else:
                nodes.append(node)
        return Items(self._place(start), tuple(nodes))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar | None:
        text, plain = str(event.value), event.implicit[0]
        if plain and text in _NOTHING:
            return None
        if len(text) > MAX_TEXT:
            raise self._stop(event, f"a text of more than {MAX_TEXT:,} characters", "")
        raw = self._text[_index(event.start_mark) : _index(event.end_mark)]
        return Scalar(self._place(event), text, _typed(text) if plain else text, raw)

    def _empty(self, key: str, event: yaml.ScalarEvent, value: yaml.Event, *, flow: bool) -> None:
        bare = flow and ":" not in self._text[_index(event.end_mark) : _index(value.end_mark)]
        hint = "a text with a comma inside { } needs double quotes" if bare else "give it a value or leave the key out"
        self._problems.add(self._place(event), "empty-value", f"'{key}' has no value", hint)

    def _refuse_foreign(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._stop(event, f"'*{event.anchor}' is an alias", "write it out, or use 'like'")
        if not isinstance(event, yaml.NodeEvent):
            return
        if event.anchor is not None:
            raise self._stop(event, f"'&{event.anchor}' is an anchor", "a text that begins with & needs quotes")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self._stop(event, f"'{tag}' is a tag", "a condition that begins with ! needs quotes")

    def _stop(self, event: yaml.Event, message: str, hint: str) -> _Stop:
        self._problems.add(self._place(event), "yaml-syntax", message, hint)
        return _Stop()

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None
        return Place(self._file, mark.line + 1, mark.column + 1)


def _index(mark: _Mark) -> int:
    assert mark is not None
    return mark.index


def _typed(text: str) -> bool | int | float | str:
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _DECIMAL.match(text) else text


def _lines(text: str, number: int) -> tuple[str, str]:
    """Give a line by its number from 0 and the one above; a mistake at the end of a file has none."""
    lines = ["", *text.splitlines(), ""]
    return lines[min(number + 1, len(lines) - 1)], lines[min(number, len(lines) - 1)]


def _find_tabs(text: str, file: str, problems: Problems) -> bool:
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line:
            place = Place(file, number, line.index("\t") + 1)
            problems.add(place, "yaml-syntax", "there is a tab", "indent and separate with blanks")
            return False
    return True


def _raw_offset(raw: str, offset: int) -> int:
    """Count where the n-th character of a text stands in its source, passing over quotes and escapes."""
    quote = raw[:1]
    if quote not in ("'", '"'):
        return offset
    at = 1
    for _ in range(offset):
        if quote == "'":
            at += 2 if raw[at : at + 2] == "''" else 1
        else:
            at += {"x": 4, "u": 6, "U": 10}.get(raw[at + 1 : at + 2], 2) if raw[at : at + 1] == "\\" else 1
    return at
