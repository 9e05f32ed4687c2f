"""The scenarios of a procedure as data: what is given, what happens when, what is expected right after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from procedures.json_types import Json, JsonObject
from procedures.language.model.procedure import Procedure
from procedures.language.reading.nodes import Entries, Scalar
from procedures.language.reading.plain import plain, plain_map
from procedures.language.reading.problems import Place, Problem, Problems
from procedures.language.reading.words import entries_of, maps_of, scalars_of, text_of, words_of
from procedures.language.resolving.sources import read_source
from procedures.language.scenarios.checking import ALL_LINES, ScenarioChecks
from procedures.language.scenarios.names import verb_of

OFFICE_HOURS: Mapping[str, tuple[str, ...]] = {"mon-fri": ("07:30-11:30", "13:30-17:00")}


@dataclass(frozen=True, slots=True)
class Given:
    """What is so before the first event; `place` is where the scenario says it."""

    place: str
    submitted: datetime
    channel: str
    submitter: str
    variant: str | None = None
    form: JsonObject = field(default_factory=dict)
    documents: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of `do`: a verb with its argument (a text, or a map) and what to expect.

    `lines` are keys of lines; empty where the scenario says `all`, None where it says nothing.
    """

    place: str
    at: datetime
    verb: str
    argument: Json
    by: str | None = None
    approved_by: str | None = None
    outcome: str | None = None
    to: str | None = None
    with_: JsonObject = field(default_factory=dict)
    lines: tuple[str, ...] | None = None
    reason: str | None = None
    expect: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    place: str
    id: str
    given: Given
    do: tuple[Happening, ...]
    title: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """All scenarios of a procedure, the calendars they are played on and the hours of the office."""

    procedure: str
    calendars: tuple[str, ...]
    hours: Mapping[str, tuple[str, ...]]
    scenarios: tuple[Scenario, ...]
    problems: tuple[Problem, ...] = ()


def load_scenarios(path: Path, procedure: Procedure | None = None) -> ScenarioFile:
    """Read a file of scenarios; with its procedure the names it uses are checked too."""
    source = read_source(path, "scenarios")
    problems = Problems()
    problems.extend(source.problems)
    root = source.entries
    reader = _Reader(root, source.written or root, procedure, problems)
    scenarios = tuple(one for one in map(reader.scenario, maps_of(root.get("cases"))) if one is not None)
    reader.find_doubles()
    written = {days: words_of(entries_of(root, "hours"), days) for days in entries_of(root, "hours").keys}
    return ScenarioFile(
        procedure=text_of(root, "scenarios") or "",
        calendars=words_of(root, "calendars"),
        hours=written or OFFICE_HOURS,
        scenarios=scenarios,
        problems=problems.sorted,
    )


class _Reader:
    def __init__(self, root: Entries, written: Entries, procedure: Procedure | None, problems: Problems) -> None:
        self._root = root
        # What is given with a wrong value is told where it stands, and not missing.
        self._told = entries_of(written, "given").keys.keys() - entries_of(root, "given").keys.keys()
        self._given = entries_of(root, "given")
        self._procedure = procedure
        self._problems = problems
        self._check_code()

    def scenario(self, node: Entries) -> Scenario | None:
        merged = entries_of(node, "given").merged_over(self._given)
        entries = maps_of(node.get("do"))
        if self._procedure is not None:
            checks = ScenarioChecks(self._procedure, merged, entries, self._problems)
            checks.check_given()
            for entry in entries:
                checks.check_entry(entry)
        given = self._read_given(node, merged)
        happenings = tuple(one for one in map(self._happening, entries) if one is not None)
        if given is None:
            return None
        title = {language: str(text) for language, text in plain_map(node.get("title")).items()}
        return Scenario(str_of(node.place), text_of(node, "id") or "", given, happenings, title)

    def find_doubles(self) -> None:
        seen: set[str] = set()
        for node in maps_of(self._root.get("cases")):
            for id in scalars_of(node, "id"):
                if id.text in seen:
                    self._problems.add(id.place, "duplicate-key", f"scenario '{id.text}' stands twice")
                seen.add(id.text)

    def _read_given(self, node: Entries, merged: Entries) -> Given | None:
        """Read the scenario's own values laid over those of the file, key by key."""
        place = merged.place if node.get("given") else node.place
        missing = [key for key in ("channel", "submitter", "submitted") if key not in merged.values]
        for key in (one for one in missing if one not in self._told):
            hint = "say it here or in the 'given' of the file"
            self._problems.add(node.place, "missing-key", f"'{key}' is not given", hint)
        if missing:
            return None
        return Given(
            place=str_of(place),
            submitted=_instant(text_of(merged, "submitted") or ""),
            channel=text_of(merged, "channel") or "",
            submitter=text_of(merged, "submitter") or "",
            variant=text_of(merged, "variant"),
            form=plain_map(merged.get("form")),
            documents=words_of(merged, "documents"),
            foreign=words_of(merged, "foreign"),
            by_hand=words_of(merged, "by_hand"),
        )

    def _happening(self, node: Entries) -> Happening | None:
        verb = verb_of(node)
        at = text_of(node, "at")
        if verb is None or at is None:
            return None
        lines = words_of(node, "lines")
        return Happening(
            place=str_of(node.place),
            at=_instant(at),
            verb=verb,
            argument=plain(node.get(verb)),
            by=text_of(node, "by"),
            approved_by=text_of(node, "approved_by"),
            outcome=text_of(node, "outcome"),
            to=text_of(node, "to"),
            with_=plain_map(node.get("with")),
            lines=(() if lines == (ALL_LINES,) else lines) if "lines" in node.keys else None,
            reason=text_of(node, "reason"),
            expect={key: plain(value) for key, value in entries_of(node, "expect").values.items()},
        )

    def _check_code(self) -> None:
        written = self._root.get("scenarios")
        if self._procedure is None or not isinstance(written, Scalar):
            return
        if written.text != self._procedure.procedure:
            message = f"these are scenarios of '{written.text}', the procedure is '{self._procedure.procedure}'"
            self._problems.add(written.place, "folder-mismatch", message)


def str_of(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}"


def place_of(text: str) -> Place:
    """Read back what `str_of` wrote."""
    file, line, column = text.rsplit(":", 2)
    return Place(file, int(line), int(column))


def _instant(text: str) -> datetime:
    """Read a time of the office, which is at +07:00."""
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)
