"""The scenarios of a procedure as data: what is given, what happens when, what is expected right after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from procedures.json_types import Json, JsonObject
from procedures.language.grammar.tables import keys_of
from procedures.language.model import Procedure
from procedures.language.nodes import Entries, Scalar
from procedures.language.plain import plain, plain_map
from procedures.language.problems import Place, Problem, Problems, did_you_mean
from procedures.language.selection import paper_ids
from procedures.language.sources import read_source
from procedures.language.words import entries_of, maps_of, scalars_of, text_of, words_of

_INDOCHINA = timezone(timedelta(hours=7))
OFFICE_HOURS: Mapping[str, tuple[str, ...]] = {"mon-fri": ("07:30-11:30", "13:30-17:00")}
STEP_VERBS = ("complete_task", "send_back", "forward", "answer_call", "fail_call")


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
    """One entry of `do`: a verb with its argument (a text, or a map) and what to expect."""

    place: str
    at: datetime
    verb: str
    argument: Json
    by: str | None = None
    approved_by: str | None = None
    outcome: str | None = None
    to: str | None = None
    with_: JsonObject = field(default_factory=dict)
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
    reader = _Reader(root, procedure, problems)
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
    def __init__(self, root: Entries, procedure: Procedure | None, problems: Problems) -> None:
        self._root = root
        self._given = entries_of(root, "given")
        self._procedure = procedure
        self._problems = problems
        self._check_code()

    def scenario(self, node: Entries) -> Scenario | None:
        given = self._read_given(node)
        happenings = tuple(one for one in map(self._happening, maps_of(node.get("do"))) if one is not None)
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

    def _read_given(self, node: Entries) -> Given | None:
        """Lay the scenario's own values over those of the file, key by key."""
        merged = entries_of(node, "given").merged_over(self._given)
        place = merged.place if node.get("given") else node.place
        missing = [key for key in ("channel", "submitter", "submitted") if key not in merged.values]
        for key in missing:
            hint = "say it here or in the 'given' of the file"
            self._problems.add(node.place, "missing-key", f"'{key}' is not given", hint)
        if missing:
            return None
        self._check_given(merged)
        return Given(
            place=str_of(place),
            submitted=_instant(text_of(merged, "submitted") or ""),
            channel=text_of(merged, "channel") or "",
            submitter=text_of(merged, "submitter") or "",
            form=plain_map(merged.get("form")),
            documents=words_of(merged, "documents"),
            by_hand=words_of(merged, "by_hand"),
        )

    def _happening(self, node: Entries) -> Happening | None:
        verb = next((key for key in node.values if key in keys_of("verbs")), None)
        at = text_of(node, "at")
        if verb is None or at is None:
            return None
        self._check_happening(verb, node)
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

    def _check_given(self, given: Entries) -> None:
        if self._procedure is None:
            return
        submitters = [one.id for one in self._procedure.submitters]
        self._check_words(given, "channel", self._procedure.channels, "channel")
        self._check_words(given, "submitter", submitters, "submitter")
        self._check_documents(given)
        form = entries_of(given, "form")
        self._check_keys(form, [one.id for one in self._procedure.form], "field")

    def _check_happening(self, verb: str, node: Entries) -> None:
        if self._procedure is None:
            return
        steps = {step.id: step for name in ("", *self._procedure.sequences) for step in self._procedure.sequence(name)}
        argument = node.get(verb)
        if verb not in STEP_VERBS or not isinstance(argument, Scalar):
            self._check_documents(argument if isinstance(argument, Entries) else node)
            return
        step = steps.get(argument.text)
        if step is None:
            hint = did_you_mean(argument.text, steps)
            self._problems.add(argument.place, "unknown-step", f"no step '{argument.text}'", hint)
            return
        names = [one.name for one in step.outcomes]
        if verb == "complete_task":
            self._check_words(node, "outcome", names, f"outcome of '{step.id}'")
        operation = self._procedure.operation(step.connector, step.operation) if step.kind == "call" else None
        fields = operation.gives if operation else step.form
        self._check_keys(entries_of(node, "with"), [one.id for one in fields], f"field of '{step.id}'")

    def _check_documents(self, node: Entries) -> None:
        assert self._procedure is not None
        known = [paper for document in self._procedure.documents for paper in paper_ids(document)]
        for one in scalars_of(node, "documents"):
            if one.text not in known:
                hint = did_you_mean(one.text, known)
                self._problems.add(one.place, "unknown-name", f"no document '{one.text}'", hint)

    def _check_words(self, node: Entries, key: str, known: object, what: str) -> None:
        words = [str(one) for one in known] if isinstance(known, list | tuple) else []
        for one in scalars_of(node, key):
            if one.text not in words:
                code = "unknown-outcome" if key == "outcome" else "unknown-name"
                self._problems.add(one.place, code, f"no {what} '{one.text}'", did_you_mean(one.text, words))

    def _check_keys(self, node: Entries, known: list[str], what: str) -> None:
        for key, place in node.keys.items():
            if key not in known:
                self._problems.add(place, "unknown-name", f"no {what} '{key}'", did_you_mean(key, known))


def str_of(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}"


def _instant(text: str) -> datetime:
    """Read a time of the office, which is at +07:00."""
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)
