"""Evaluation of a procedure's checked expressions; an error of an expression is raised, never taken for false.

ConditionError
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cel_expr_python import cel
from google.protobuf import message_factory
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message

from procedures.json_types import Facts, Json
from procedures.language.conditions.functions import declarations
from procedures.language.conditions.names import PACKAGE, SCALARS, Names, names_of, row_of
from procedures.language.conditions.readings import names_read
from procedures.language.conditions.tables import NoSingleRow, value_of
from procedures.language.model.parts import Expression, Table
from procedures.language.model.procedure import Procedure

_TYPES = {"string": cel.Type.STRING, "int": cel.Type.INT, "double": cel.Type.DOUBLE, "bool": cel.Type.BOOL}


MAX_TEXT = 2_000


class ConditionError(Exception):
    """An expression could not be evaluated; the case shows it as an incident."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"'{text}': {why}")
        self.text = text
        self.why = why


class Environment:
    """The names of one procedure made ready for evaluation; building one takes about a millisecond."""

    def __init__(self, names: Names, tables: Iterable[Table] = ()) -> None:
        self._pool = names.pool()
        self._types = {variable: type for variable, type in names.variables.items() if type not in SCALARS}
        self._env = environment(names, self._pool)
        self._tables = {table.id: table for table in tables}
        self._messages: dict[str, type[Message]] = {}
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
            if "[]" in name:
                continue  # comes with its list
            if not path:
                bound[variable] = facts.get(name)
                continue
            if variable not in bound:
                bound[variable] = self._message(variable, facts, expression.text)()
            value = self._table(path[0], facts) if variable == "tables" else facts.get(name)
            if value is not None:
                _fill(bound[variable], path, _columns(name, value, expression.reads), expression.text)
        return bound

    def _message(self, variable: str, facts: Facts, text: str) -> type[Message]:
        """Find the message of a variable; that of `line` hangs on the list whose line is at hand."""
        type = self._types[variable]
        if variable == "line":
            if "line" not in facts:
                raise ConditionError(text, "no line is at hand")
            type = row_of(str(facts["line"]))
        if type not in self._messages:
            found = self._pool.FindMessageTypeByName(f"{PACKAGE}.{type}")
            self._messages[type] = message_factory.GetMessageClass(found)
        return self._messages[type]

    def _table(self, id: str, facts: Facts) -> Json:
        table = self._tables[id]
        inputs = [self.evaluate(one, facts) for one in table.inputs]
        try:
            return value_of(table, [one for one in inputs if isinstance(one, bool | int | float | str)])
        except NoSingleRow as error:
            raise ConditionError(f"tables.{id}", str(error)) from error


def evaluate(procedure: Procedure, expression: Expression, facts: Facts) -> Json:
    """Evaluate over flat dotted names (`form.self_bought`, `case.channel`, `review.outcome`, `today`).

    The lines of a list are under its name, each a map of its columns (`form.workers`: `[{"days": 3}]`); the line an
    expression is about is `line`, the id of its list, and `line.<column>` (selection.at_line).
    """
    return _ready(procedure).environment.evaluate(expression, facts)


def holds(procedure: Procedure, condition: Expression | None, facts: Facts) -> bool:
    """Say whether a condition is true; an absent condition always is."""
    return condition is None or evaluate(procedure, condition, facts) is True


def reads(procedure: Procedure) -> frozenset[str]:
    """Collect every name that conditions, selectors and plain inputs read; a case keeps these facts and no more."""
    return _ready(procedure).reads


def columns_read(procedure: Procedure, list: str) -> frozenset[str]:
    """Collect the columns of a list's lines that something reads, `variant` among them where each line has one."""
    prefix = f"form.{list}[]."
    read = {name.removeprefix(prefix) for name in reads(procedure) if name.startswith(prefix)}
    return frozenset(read | ({"variant"} if procedure.variant_per == list else set()))


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
        ready = _Ready(Environment(names_of(procedure), procedure.tables), frozenset(names_read(procedure)))
        if len(_kept) >= _KEPT:
            _kept.clear()
        if procedure.digest:
            _kept[procedure.digest] = ready
    return ready


def _columns(name: str, value: Json, reads: tuple[str, ...]) -> Json:
    """Take of the lines of a list only the columns that are read."""
    if not isinstance(value, list):
        return value
    prefix = f"{name}[]."
    columns = [read.removeprefix(prefix) for read in reads if read.startswith(prefix)]
    return [{key: one.get(key) for key in columns} if isinstance(one, dict) else one for one in value]


def _fill(message: Message, path: list[str], value: Any, text: str) -> None:
    """Set one dotted field; a message known only to be there is set empty."""
    *owners, last = path
    for owner in owners:
        message = getattr(message, owner)
    field = message.DESCRIPTOR.fields_by_name.get(last)
    if field is None:
        raise ConditionError(text, f"'{last}' is no name of {message.DESCRIPTOR.name}")
    if field.message_type is not None:
        if isinstance(value, list):
            _fill_lines(message, last, value, text)
        elif value:
            getattr(message, last).SetInParent()
        return
    try:
        _set(message, last, value)
    except (TypeError, ValueError) as error:
        raise ConditionError(text, f"'{last}' has the wrong type: {error}") from error


def _fill_lines(message: Message, name: str, lines: list[Any], text: str) -> None:
    for line in lines:
        element = getattr(message, name).add()
        for column, value in line.items():
            if value is not None:
                _fill(element, column.split("."), value, text)


def _set(message: Message, name: str, value: Any) -> None:
    if isinstance(value, list):
        getattr(message, name).extend(value)
        return
    if isinstance(value, str) and len(value) > MAX_TEXT:
        raise ValueError(f"longer than {MAX_TEXT:,} characters")
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
