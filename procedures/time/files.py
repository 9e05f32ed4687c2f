"""Calendars read from YAML, strictly: a calendar decides dates of law, so nothing in its file is guessed or ignored."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

import yaml

from procedures.time.calendar import Basis, Calendar, Certainty, DayOff, HalfDay, MakeUpDay, Session
from procedures.time.errors import BadCalendar
from procedures.time.hours import parse_sessions
from procedures.time.instants import EARLIEST, LATEST

FOLDER = Path(__file__).parent.parent / "calendars"
ZONE_NAME = "Asia/Ho_Chi_Minh"

Status: TypeAlias = Literal["final", "provisional", "fictional"]
OffKind: TypeAlias = Literal["public_holiday", "compensatory", "swapped_off"]
Word = TypeVar("Word", bound=str)

STATUSES: dict[str, Status] = {"final": "final", "provisional": "provisional", "fictional": "fictional"}
OFF_KINDS: dict[str, OffKind] = {
    "public_holiday": "public_holiday",
    "compensatory": "compensatory",
    "swapped_off": "swapped_off",
}
CERTAINTIES: dict[str, Certainty] = {"high": "high", "medium": "medium", "low": "low", "none": "none"}
KEYS = ("calendar", "title", "zone", "status", "covers", "basis", "days_off", "make_up_days", "half_days")


def load_calendars(ids: Iterable[str], folder: Path = FOLDER) -> tuple[Calendar, ...]:
    """Load calendars by id, e.g. `vn-2026`; `WorkingTime` refuses two that cover the same day."""
    return tuple(load_calendar(folder / f"{id_}.yaml") for id_ in ids)


def load_calendar(path: Path) -> Calendar:
    if not path.is_file():
        there = ", ".join(sorted(file.stem for file in path.parent.glob("*.yaml"))) or "none"
        raise BadCalendar([f"{path}: no such calendar (there are: {there})"])
    reader = _Reader(path.name)
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise BadCalendar([f"{path.name}: is no YAML: {' '.join(str(error).split())}"]) from error
    if root is None:
        raise BadCalendar([f"{path.name}: is empty"])
    calendar = _calendar(reader, root)
    if calendar.id != path.stem:
        reader.problem(root, f"calendar '{calendar.id}' is in a file named '{path.stem}'")
    if reader.problems:
        raise BadCalendar(reader.problems)
    return calendar


class _Reader:
    """Reads nodes and collects what is wrong with them, each with its place; a wrong value reads as an empty one."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[str] = []

    def problem(self, node: yaml.Node, text: str) -> None:
        self.problems.append(f"{self.file}:{node.start_mark.line + 1}: {text}")

    def mapping(self, node: yaml.Node, keys: tuple[str, ...]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self.problem(node, f"a map with {', '.join(keys)} is expected")
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self.text(key)
            if name in found:
                self.problem(key, f"duplicate key '{name}'")
            elif name not in keys:
                self.problem(key, f"unknown key '{name}' (known: {', '.join(keys)})")
            found[name] = value
        for key in keys:
            if key not in found:
                self.problem(node, f"key '{key}' is missing")
        return found

    def text(self, node: yaml.Node | None) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or not node.value:
            self.problem(node, "a text is expected")
            return ""
        return str(node.value)

    def word(self, node: yaml.Node | None, words: dict[str, Word]) -> Word:
        text = self.text(node)
        if node is not None and text not in words:
            self.problem(node, f"'{text}' is none of {', '.join(words)}")
        return words.get(text, next(iter(words.values())))

    def day(self, node: yaml.Node | None) -> date:
        text = self.text(node)
        try:
            return date.fromisoformat(text)
        except ValueError:
            if node is not None:
                self.problem(node, f"'{text}' is no date; write it like 2026-03-02")
            return date.min

    def items(self, node: yaml.Node | None) -> list[yaml.Node]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.problem(node, "a list is expected")
            return []
        return list(node.value)

    def sessions(self, node: yaml.Node | None) -> tuple[Session, ...]:
        texts = [self.text(item) for item in self.items(node)]
        try:
            return parse_sessions(texts)
        except ValueError as error:
            if node is not None:
                self.problem(node, str(error))
            return ()


def _calendar(reader: _Reader, root: yaml.Node) -> Calendar:
    keys = reader.mapping(root, KEYS)
    zone = reader.text(keys.get("zone"))
    if zone and zone != ZONE_NAME:
        reader.problem(keys["zone"], f"zone is {ZONE_NAME}, not '{zone}'")
    covers = reader.mapping(keys["covers"], ("from", "to")) if "covers" in keys else {}
    places = {name: reader.items(keys.get(name)) for name in ("basis", "days_off", "make_up_days", "half_days")}
    calendar = Calendar(
        id=reader.text(keys.get("calendar")),
        title=reader.text(keys.get("title")),
        status=reader.word(keys.get("status"), STATUSES),
        first=reader.day(covers.get("from")),
        last=reader.day(covers.get("to")),
        basis=tuple(_basis(reader, node) for node in places["basis"]),
        days_off=tuple(_day_off(reader, node) for node in places["days_off"]),
        make_up_days=tuple(_make_up_day(reader, node) for node in places["make_up_days"]),
        half_days=tuple(_half_day(reader, node) for node in places["half_days"]),
    )
    if date.min < calendar.first < EARLIEST or calendar.last > LATEST:
        reader.problem(keys.get("covers", root), f"covers days outside {EARLIEST} to {LATEST}")
    if calendar.last < calendar.first:
        reader.problem(keys.get("covers", root), "covers ends before it begins")
    _check_days(reader, calendar, places)
    return calendar


def _basis(reader: _Reader, node: yaml.Node) -> Basis:
    keys = reader.mapping(node, ("id", "text"))
    return Basis(reader.text(keys.get("id")), reader.text(keys.get("text")))


def _day_off(reader: _Reader, node: yaml.Node) -> DayOff:
    keys = reader.mapping(node, ("date", "kind", "name", "basis", "certainty"))
    return DayOff(
        day=reader.day(keys.get("date")),
        kind=reader.word(keys.get("kind"), OFF_KINDS),
        name=reader.text(keys.get("name")),
        basis=reader.text(keys.get("basis")),
        certainty=reader.word(keys.get("certainty"), CERTAINTIES),
    )


def _make_up_day(reader: _Reader, node: yaml.Node) -> MakeUpDay:
    keys = reader.mapping(node, ("date", "instead_of", "basis", "certainty"))
    return MakeUpDay(
        day=reader.day(keys.get("date")),
        instead_of=reader.day(keys.get("instead_of")),
        basis=reader.text(keys.get("basis")),
        certainty=reader.word(keys.get("certainty"), CERTAINTIES),
    )


def _half_day(reader: _Reader, node: yaml.Node) -> HalfDay:
    keys = reader.mapping(node, ("date", "hours", "name", "basis", "certainty"))
    return HalfDay(
        day=reader.day(keys.get("date")),
        sessions=reader.sessions(keys.get("hours")),
        name=reader.text(keys.get("name")),
        basis=reader.text(keys.get("basis")),
        certainty=reader.word(keys.get("certainty"), CERTAINTIES),
    )


def _check_days(reader: _Reader, calendar: Calendar, places: dict[str, list[yaml.Node]]) -> None:
    known = {basis.id for basis in calendar.basis}
    swapped = {off.day for off in calendar.days_off if off.kind == "swapped_off"}
    listed: list[tuple[DayOff | MakeUpDay | HalfDay, yaml.Node]] = [
        *zip(calendar.days_off, places["days_off"], strict=True),
        *zip(calendar.make_up_days, places["make_up_days"], strict=True),
        *zip(calendar.half_days, places["half_days"], strict=True),
    ]
    seen: dict[date, type] = {}
    for one, node in listed:
        if one.basis and one.basis not in known:
            reader.problem(node, f"basis '{one.basis}' is not among the calendar's: {', '.join(sorted(known))}")
        if not calendar.first <= one.day <= calendar.last:
            reader.problem(node, f"{one.day} is outside the days the calendar covers")
        # A make-up day may be worked for half a day; every other pair contradicts itself.
        if one.day in seen and (seen[one.day], type(one)) != (MakeUpDay, HalfDay):
            reader.problem(node, f"{one.day} is listed twice")
        if isinstance(one, MakeUpDay) and calendar.first <= one.instead_of <= calendar.last:
            if one.instead_of not in swapped:
                reader.problem(node, f"{one.instead_of} is no swapped_off day, so nothing is made up for it")
        seen[one.day] = type(one)
