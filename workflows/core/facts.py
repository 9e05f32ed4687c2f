"""The few values that conditions, selectors and inputs of a case may read, under flat dotted names."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from pydantic import JsonValue

from procedures.language.conditions.evaluation import columns_read, evaluate, reads
from procedures.language.model.parts import Expression, Input
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import EachStep
from procedures.time.instants import Instant, day_of
from workflows.core import paths
from workflows.core.events import Lines, Scalar
from workflows.core.phases import open_round
from workflows.core.state import Paper, State
from workflows.core.turn import Turn

_NOTHING: Mapping[str, Scalar] = MappingProxyType({})


def known(turn: Turn, path: str = paths.ROOT) -> dict[str, JsonValue]:
    return known_of(turn.state, turn.now, path=path, line=line_at(turn.pin.procedure, turn.state, path))


def known_of(
    state: State,
    now: Instant,
    *,
    path: str = paths.ROOT,
    line: Mapping[str, Scalar] = _NOTHING,
    extra: Mapping[str, Scalar] = _NOTHING,
) -> dict[str, JsonValue]:
    """Gather what is known at this instant on a track; `today` is the day of the event being applied, never of a clock.

    Of a line its row is known as `line` (line_at), and what its steps have set under their plain names.
    """
    facts: dict[str, JsonValue] = {name: _plain(value) for name, value in {**extra, **state.facts}.items()}
    own = f"{paths.scope(path)}/"
    facts |= {name.removeprefix(own): facts.pop(name) for name in [*facts] if name.startswith(own)}
    facts |= {name: _plain(value) for name, value in line.items()}
    facts |= {f"form.{field}": _rows(rows) for field, rows in state.lines.items()}
    facts["case.variant"] = state.variant
    facts["case.channel"] = state.channel
    facts["case.submitter"] = state.submitter
    facts["case.submitted_on"] = _day(state.submitted_at)
    facts["case.received_on"] = _day(received_at(state))
    facts["case.accepted_on"] = _day(state.accepted_at)
    facts["case.verified"] = state.verified
    facts["case.late"] = state.late
    facts["today"] = _day(now)
    facts |= _documents(state)
    return {name: value for name, value in facts.items() if value is not None}


def line_at(procedure: Procedure, state: State, path: str) -> Mapping[str, Scalar]:
    """Give the row a line stands for as facts: `line` names its list; empty on any other track."""
    place = paths.line(path)
    if place is None:
        return _NOTHING
    step = procedure.step(paths.owner(path))
    assert isinstance(step, EachStep)
    return _line(step.of, rows_of(state, step.of)[place - 1])


def rows_of(state: State, field: str) -> tuple[Mapping[str, Scalar], ...]:
    return state.lines.get(field, ())


def told(known: Mapping[str, JsonValue], expression: Expression) -> dict[str, JsonValue]:
    """Give what an expression has read, as entries say it: no entry holds a float."""
    read = {name: known.get(name) for name in expression.reads}
    return {name: str(value) if isinstance(value, float) else value for name, value in read.items()}


def kept_lines(turn: Turn, lines: Lines) -> Lines:
    """Of every row of a list keep the columns that something reads, and its variant; the row itself always counts."""
    read = {field: columns_read(turn.pin.procedure, field) for field in lines}
    return {
        field: tuple({name: value for name, value in sorted(row.items()) if name in read[field]} for row in rows)
        for field, rows in sorted(lines.items())
    }


def received_at(state: State) -> Instant | None:
    """Give the arrival the limit may count from: the submission, or the last supplement before acceptance."""
    arrivals = [one.arrived_at for one in state.rounds if one.stage == "intake" and one.arrived_at is not None]
    return arrivals[-1] if arrivals else state.submitted_at


def kept(turn: Turn, values: Mapping[str, Scalar], *, step: str | None = None) -> dict[str, Scalar]:
    """Choose what the case keeps of values that were given: only names that something reads, no personal surplus."""
    read = reads(turn.pin.procedure)
    named = {name if step is None else f"{step}.{name}": value for name, value in values.items()}
    return {name: value for name, value in named.items() if name in read and value is not None}


def keep(turn: Turn, path: str, step: str, values: Mapping[str, Scalar]) -> None:
    """Put the values of a step in the place of its former ones, as its track keeps them."""
    others = without(turn.state.facts, paths.named(path, step))
    given = {paths.join(paths.scope(path), name): value for name, value in kept(turn, values, step=step).items()}
    turn.state = replace(turn.state, facts=dict(sorted({**others, **given}.items())))


def without(facts: Mapping[str, Scalar], step: str) -> dict[str, Scalar]:
    """Leave out what a step, named as its track keeps it, has set."""
    return {name: value for name, value in facts.items() if not name.startswith(f"{step}.")}


def inputs(turn: Turn, path: str, declared: tuple[Input, ...]) -> dict[str, JsonValue]:
    """Evaluate what a connector or template is handed; a personal value travels as a reference to its form."""
    facts = known(turn, path)
    return {
        one.name: evaluate(turn.pin.procedure, one.expression, facts)
        if one.reference is None
        else reference(turn.state, path, one.reference)
        for one in declared
    }


def reference(state: State, path: str, name: str) -> str:
    """Turn `form.account` or `review.payable` into a reference into the form that holds it."""
    source, _, field = name.partition(".")
    if source == "form":
        return f"{state.form}#{field}"
    return f"{state.forms.get(paths.named(path, source)) or state.forms[source]}#{field}"


def is_answered(state: State) -> bool:
    """Say whether the request that is open has had an answer."""
    request = open_round(state)
    return request is not None and request.arrived is not None


def _documents(state: State) -> dict[str, JsonValue]:
    """A document asked line by line was given if it was for every line, and is foreign if one of them is."""
    by_id: dict[str, list[Paper]] = {}
    for paper in state.papers:
        by_id.setdefault(paper.id.partition("/")[0], []).append(paper)
    known: dict[str, JsonValue] = {}
    for id, papers in by_id.items():
        known[f"documents.{id}.given"] = all(paper.satisfied_by is not None for paper in papers)
        known[f"documents.{id}.foreign"] = any(paper.foreign for paper in papers)
    return known


def _line(field: str, row: Mapping[str, Scalar]) -> dict[str, Scalar]:
    return {"line": field, **{f"line.{name}": value for name, value in row.items()}}


def _plain(value: Scalar) -> JsonValue:
    return list(value) if isinstance(value, tuple) else value


def _rows(rows: tuple[Mapping[str, Scalar], ...]) -> list[JsonValue]:
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _day(instant: Instant | None) -> str | None:
    return None if instant is None else day_of(instant).isoformat()
