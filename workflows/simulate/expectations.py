"""What a scenario expects right after an event, compared with the case; every difference is a sentence."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType

from procedures.json_types import Json, JsonObject
from procedures.time.instants import local
from workflows.core import clocks, paths, phases
from workflows.core.effects import Perform
from workflows.core.entries import Entry
from workflows.core.state import State
from workflows.core.status import national_code
from workflows.core.timekeeping import Clock, ClockState
from workflows.simulate.line_names import LineNames

_END_OF_DAY = time(23, 59, 59, 999999)
_ENDINGS = ("stopped", "withdrawn")


@dataclass(frozen=True, slots=True)
class Seen:
    """The case after an event, what the event itself wrote and ordered, and all entries, calls and forms so far."""

    state: State
    journal: Sequence[Entry]
    written: Sequence[Entry]
    ordered: Sequence[Perform]
    calls: Sequence[Perform]
    forms: Mapping[str, JsonObject]
    lines: LineNames


def differences(expected: Mapping[str, Json], seen: Seen) -> Iterator[str]:
    """Name each key whose value is another than expected; `refused` is the player's to judge."""
    for key, value in expected.items():
        if key == "refused":
            continue
        if key not in _FOUND:
            yield f"{key}: this expectation is not built yet"
        elif not _agree(key, value, found := _FOUND[key](seen)):
            yield f"{key}: expected {_shown(value)}, found {_shown(found)}"


def observed(keys: Iterable[str], seen: Seen) -> JsonObject:
    """Answer what these expectations would have to say of the case as it stands."""
    return {key: _FOUND[key](seen) for key in keys}


def _agree(key: str, expected: Json, found: Json) -> bool:
    if key in _UNORDERED:
        return sorted(map(str, _listed(expected))) == sorted(map(str, _listed(found)))
    if key == "notices":
        return set(map(str, _listed(expected))) <= set(map(str, _listed(found)))
    if key in ("sent", "due_of", "late_of"):
        said = dict.fromkeys(map(str, expected), True) if isinstance(expected, list) else expected
        return isinstance(said, dict) and isinstance(found, dict) and said.items() <= found.items()
    return expected == found


def _open(seen: Seen) -> list[Json]:
    return [seen.lines.of_step(track.path, track.step) for track in phases.live_tracks(seen.state)]


def _due(seen: Seen) -> Json:
    return _due_of(_clock(seen.state, "legal"))


def _answer_by(seen: Seen) -> Json:
    windows = [clock for clock in seen.state.clocks if clock.kind == "window"]
    return _due_of(windows[-1] if windows else None)


def _due_of_each(seen: Seen) -> Json:
    return {name: _due_of(clock) for name, clock in _of_tracks(seen)}


def _late_of_each(seen: Seen) -> Json:
    return {name: clock.late for name, clock in _of_tracks(seen)}


def _of_tracks(seen: Seen) -> Iterator[tuple[str, Clock]]:
    """Name the clocks of branches by their path and those of steps by the step; of several visits the last counts."""
    for clock in seen.state.clocks:
        about = clocks.about(clock)
        if clock.kind == "reply":
            yield about, clock
        elif clock.kind in ("step", "wait"):
            yield seen.lines.of_step(paths.path_of(about), paths.step_of(about)), clock


def _late(seen: Seen) -> Json:
    return seen.state.late


def _status(seen: Seen) -> Json:
    return national_code(phases.status(seen.state))


def _verdict(seen: Seen) -> Json:
    stage = seen.state.last_stage or seen.state.stage
    if stage.value in _ENDINGS:
        return stage.value
    return None if seen.state.verdict is None else seen.state.verdict.value


def _results(seen: Seen) -> list[Json]:
    return [result.id for result in phases.results_for_people(seen.state) if result.state == "issued"]


def _documents(seen: Seen) -> list[Json]:
    return [seen.lines.of_paper(paper.id) for paper in seen.state.papers if paper.demanded]


def _skipped(seen: Seen) -> list[Json]:
    """Only what a condition passed: a step that is for others says nothing of this case."""
    skipped = [entry for entry in seen.journal if entry.kind == "step_skipped"]
    return [_step_of(entry) for entry in skipped if entry.data.get("why") == "skip_when"]


def _void(seen: Seen) -> list[Json]:
    return [_step_of(entry) for entry in seen.written if entry.kind == "result_superseded"]


def _notices(seen: Seen) -> list[Json]:
    return [effect.with_["notice"] for effect in seen.ordered if effect.activity == "Notification.send"]


def _owed(seen: Seen) -> Json:
    return {fee.id: fee.amount for fee in phases.outstanding(seen.state)}


def _warnings(seen: Seen) -> list[Json]:
    return [seen.lines.of_window(window) for window in seen.state.missed]


def _unit(seen: Seen) -> Json:
    units = sorted({task.unit for task in seen.state.tasks if task.kind == "step"})
    return units[0] if len(units) == 1 else list[Json](units)


def _sent(seen: Seen) -> Json:
    """The arguments of the last call; what went as a reference is shown as what it refers to."""
    sent = seen.calls[-1].with_["with"] if seen.calls else None
    return {name: _resolved(seen, value) for name, value in sent.items()} if isinstance(sent, dict) else None


def _resolved(seen: Seen, value: Json) -> Json:
    reference, _, field = value.partition("#") if isinstance(value, str) else ("", "", "")
    return seen.forms[reference].get(field) if reference in seen.forms else value


_FOUND: Mapping[str, Callable[[Seen], Json]] = MappingProxyType(
    {
        "open": _open,
        "due": _due,
        "answer_by": _answer_by,
        "due_of": _due_of_each,
        "late": _late,
        "late_of": _late_of_each,
        "status": _status,
        "verdict": _verdict,
        "results": _results,
        "documents": _documents,
        "skipped": _skipped,
        "void": _void,
        "notices": _notices,
        "owed": _owed,
        "unit": _unit,
        "warnings": _warnings,
        "sent": _sent,
    }
)
_UNORDERED = ("open", "results", "documents", "skipped", "void", "warnings")


def _clock(state: State, id: str) -> Clock | None:
    return next((clock for clock in state.clocks if clock.id == id), None)


def _due_of(clock: Clock | None) -> str:
    """The end of a day is said as that day; a clock that stands still has no due."""
    if clock is None or clock.due is None or clock.state is ClockState.SUSPENDED:
        return "none"
    due = local(clock.due)
    return due.date().isoformat() if due.time() == _END_OF_DAY else due.strftime("%Y-%m-%d %H:%M")


def _step_of(entry: Entry) -> str:
    return (entry.node or "").rpartition("/")[2].partition(":")[0]


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _shown(value: Json) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return "nothing" if value is None else str(value)
