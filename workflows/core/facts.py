"""The few values that conditions, selectors and inputs of a case may read, under flat dotted names."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import JsonValue

from procedures.language.conditions import evaluate, reads
from procedures.language.parts import Input
from procedures.time.instants import Instant, day_of
from workflows.core.events import Scalar
from workflows.core.phases import open_round
from workflows.core.state import State
from workflows.core.turn import Turn


def known(turn: Turn) -> dict[str, JsonValue]:
    return known_of(turn.state, turn.now)


def known_of(state: State, now: Instant, *, extra: Mapping[str, Scalar] = MappingProxyType({})) -> dict[str, JsonValue]:
    """Gather what is known at this instant; `today` is the day of the event being applied, never of a clock."""
    facts: dict[str, JsonValue] = {name: _plain(value) for name, value in {**extra, **state.facts}.items()}
    facts["case.variant"] = state.variant
    facts["case.channel"] = state.channel
    facts["case.submitter"] = state.submitter
    facts["case.submitted_on"] = _day(state.submitted_at)
    facts["case.received_on"] = _day(received_at(state))
    facts["case.accepted_on"] = _day(state.accepted_at)
    facts["case.verified"] = False
    facts["case.late"] = state.late
    facts["today"] = _day(now)
    for paper in state.papers:
        facts[f"documents.{paper.id}.given"] = paper.satisfied_by is not None
        facts[f"documents.{paper.id}.foreign"] = False
    return {name: value for name, value in facts.items() if value is not None}


def received_at(state: State) -> Instant | None:
    """Give the arrival the limit may count from: the submission, or the last supplement before acceptance."""
    arrivals = [one.arrived_at for one in state.rounds if one.stage == "intake" and one.arrived_at is not None]
    return arrivals[-1] if arrivals else state.submitted_at


def kept(turn: Turn, values: Mapping[str, Scalar], *, step: str | None = None) -> dict[str, Scalar]:
    """Choose what the case keeps of values that were given: only names that something reads, no personal surplus."""
    read = reads(turn.pin.procedure)
    named = {name if step is None else f"{step}.{name}": value for name, value in values.items()}
    return {name: value for name, value in named.items() if name in read and value is not None}


def inputs(turn: Turn, declared: tuple[Input, ...]) -> dict[str, JsonValue]:
    """Evaluate what a connector or template is handed; a personal value travels as a reference to its form."""
    facts = known(turn)
    return {
        one.name: evaluate(turn.pin.procedure, one.expression, facts)
        if one.reference is None
        else reference(turn.state, one.reference)
        for one in declared
    }


def reference(state: State, name: str) -> str:
    """Turn `form.account` or `review.payable` into a reference into the form that holds it."""
    source, _, field = name.partition(".")
    form = state.form if source == "form" else state.forms[source]
    return f"{form}#{field}"


def is_answered(state: State) -> bool:
    """Say whether the request that is open has had an answer."""
    request = open_round(state)
    return request is not None and request.arrived is not None


def _plain(value: Scalar) -> JsonValue:
    return list(value) if isinstance(value, tuple) else value


def _day(instant: Instant | None) -> str | None:
    return None if instant is None else day_of(instant).isoformat()
