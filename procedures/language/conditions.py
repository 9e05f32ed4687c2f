"""Evaluation of a procedure's checked expressions; an error of an expression is raised, never taken for false.

ConditionError
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cel_expr_python import cel
from google.protobuf import message_factory
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message

from procedures.json_types import Facts, Json
from procedures.language.functions import declarations
from procedures.language.model import Procedure
from procedures.language.names import PACKAGE, SCALARS, Names, names_of
from procedures.language.parts import Expression, Input, Part

_TYPES = {"string": cel.Type.STRING, "int": cel.Type.INT, "double": cel.Type.DOUBLE, "bool": cel.Type.BOOL}


class ConditionError(Exception):
    """An expression could not be evaluated; the case shows it as an incident."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"'{text}': {why}")
        self.text = text
        self.why = why


class Environment:
    """The names of one procedure made ready for evaluation; building one takes about a millisecond."""

    def __init__(self, names: Names) -> None:
        pool = names.pool()
        self._variables = names.variables
        self._env = environment(names, pool)
        self._messages = {
            variable: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{PACKAGE}.{type}"))
            for variable, type in names.variables.items()
            if type not in SCALARS
        }
        self._ready: dict[str, cel.Expression] = {}

    def evaluate(self, expression: Expression, facts: Facts) -> Json:
        ready = self._ready.get(expression.checked) or self._prepare(expression)
        result = ready.eval(data=self._bind(expression, facts))
        if result.type() in (cel.Type.ERROR, cel.Type.UNKNOWN):
            raise ConditionError(expression.text, str(result.value()))
        return _plain(result.plain_value())

    def _prepare(self, expression: Expression) -> cel.Expression:
        ready = self._env.deserialize(base64.b64decode(expression.checked))
        self._ready[expression.checked] = ready
        return ready

    def _bind(self, expression: Expression, facts: Facts) -> dict[str, Any]:
        """Make the messages an expression reads; what the facts do not say stays unset, as `has` must see it."""
        bound: dict[str, Any] = {}
        for name in expression.reads:
            variable, *path = name.split(".")
            if not path:
                bound[variable] = facts.get(name)
                continue
            if variable not in bound:
                bound[variable] = self._messages[variable]()
            value = facts.get(name)
            if value is not None:
                _fill(bound[variable], path, value, expression.text)
        return bound


def evaluate(procedure: Procedure, expression: Expression, facts: Facts) -> Json:
    """Evaluate over flat dotted names (`form.self_bought`, `case.channel`, `review.outcome`, `today`)."""
    return _ready(procedure).environment.evaluate(expression, facts)


def holds(procedure: Procedure, condition: Expression | None, facts: Facts) -> bool:
    """Say whether a condition is true; an absent condition always is."""
    return condition is None or evaluate(procedure, condition, facts) is True


def reads(procedure: Procedure) -> frozenset[str]:
    """Collect every name that conditions, selectors and plain inputs read; a case keeps these facts and no more."""
    return _ready(procedure).reads


def environment(names: Names, pool: DescriptorPool) -> cel.Env:
    variables = {name: _TYPES.get(type) or cel.Type(f"{PACKAGE}.{type}") for name, type in names.variables.items()}
    return cel.NewEnv(descriptor_pool=pool, variables=variables, functions=declarations())


@dataclass(frozen=True, slots=True)
class _Ready:
    environment: Environment
    reads: frozenset[str]


_KEPT = 64
_kept: dict[str, _Ready] = {}


def _ready(procedure: Procedure) -> _Ready:
    """Keep what was built for a published procedure; a draft without digest is built anew each time."""
    ready = _kept.get(procedure.digest)
    if ready is None:
        ready = _Ready(Environment(names_of(procedure)), frozenset(_names(procedure)))
        if len(_kept) >= _KEPT:
            _kept.clear()
        if procedure.digest:
            _kept[procedure.digest] = ready
    return ready


def _names(part: object) -> Iterator[str]:
    """Walk a part of a procedure down to its expressions; an input that travels as a reference is not read."""
    match part:
        case Expression():
            yield from part.reads
        case Input():
            yield from () if part.reference else part.expression.reads
        case Part():
            for name in type(part).model_fields:
                yield from _names(getattr(part, name))
        case tuple():
            for one in part:
                yield from _names(one)
        case dict():
            for one in part.values():
                yield from _names(one)


def _fill(message: Message, path: list[str], value: Any, text: str) -> None:
    """Set one dotted field; a message known only to be there is set empty."""
    *owners, last = path
    for owner in owners:
        message = getattr(message, owner)
    field = message.DESCRIPTOR.fields_by_name.get(last)
    if field is None:
        raise ConditionError(text, f"'{last}' is no name of {message.DESCRIPTOR.name}")
    if field.message_type is not None:
        if value:
            getattr(message, last).SetInParent()
        return
    try:
        _set(message, last, value)
    except (TypeError, ValueError) as error:
        raise ConditionError(text, f"'{last}' has the wrong type: {error}") from error


def _set(message: Message, name: str, value: Any) -> None:
    if isinstance(value, list):
        getattr(message, name).extend(value)
        return
    setattr(message, name, value)


def _plain(value: Any) -> Json:
    """Turn what CEL answers into JSON; messages never leave it."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, Message):
        return {field.name: _plain(part) for field, part in value.ListFields()}
    raise TypeError(type(value).__name__)
