"""The checked tree of an expression, decoded from CEL's own serialised form, to be walked by the loader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import Message

_F = descriptor_pb2.FieldDescriptorProto
# The part of cel/expr/checked.proto and syntax.proto the loader reads: message -> field -> (number, type).
_LAYOUT: Mapping[str, Mapping[str, tuple[int, str]]] = {
    "Any": {"value": (2, "bytes")},
    "CheckedExpr": {"expr": (4, "Expr"), "source_info": (5, "SourceInfo")},
    "SourceInfo": {"positions": (4, "*Position")},
    "Position": {"key": (1, "int64"), "value": (2, "int32")},
    "Expr": {
        "id": (2, "int64"),
        "const_expr": (3, "Constant"),
        "ident_expr": (4, "Ident"),
        "select_expr": (5, "Select"),
        "call_expr": (6, "Call"),
        "list_expr": (7, "CreateList"),
        "comprehension_expr": (9, "Comprehension"),
    },
    "Constant": {
        "bool_value": (2, "bool"),
        "int64_value": (3, "int64"),
        "double_value": (5, "double"),
        "string_value": (6, "string"),
    },
    "Ident": {"name": (1, "string")},
    "Select": {"operand": (1, "Expr"), "field": (2, "string"), "test_only": (3, "bool")},
    "Call": {"target": (1, "Expr"), "function": (2, "string"), "args": (3, "*Expr")},
    "CreateList": {"elements": (1, "*Expr")},
    "Comprehension": {
        "iter_var": (1, "string"),
        "iter_range": (2, "Expr"),
        "accu_var": (3, "string"),
        "accu_init": (4, "Expr"),
        "loop_condition": (5, "Expr"),
        "loop_step": (6, "Expr"),
        "result": (7, "Expr"),
    },
}
_SCALARS = {
    "int64": _F.TYPE_INT64,
    "int32": _F.TYPE_INT32,
    "bool": _F.TYPE_BOOL,
    "double": _F.TYPE_DOUBLE,
    "string": _F.TYPE_STRING,
    "bytes": _F.TYPE_BYTES,
}


@dataclass(frozen=True, slots=True)
class Constant:
    value: bool | int | float | str | None
    at: int


@dataclass(frozen=True, slots=True)
class Path:
    """A dotted name from its variable on, `form.workers[].days` for an element of a list; `test` is `has(...)`."""

    name: str
    at: int
    test: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    args: tuple["Tree", ...]
    at: int


@dataclass(frozen=True, slots=True)
class ListOf:
    elements: tuple["Tree", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Loop:
    """`exists` and `all`; `kind` is `other` for the macros the language leaves out."""

    kind: str
    over: "Tree"
    body: "Tree"
    at: int


@dataclass(frozen=True, slots=True)
class Other:
    """What the language leaves out: messages, maps, selections from a computed value."""

    what: str
    at: int


Tree: TypeAlias = Constant | Path | Call | ListOf | Loop | Other


def decode(serialised: bytes) -> Tree:
    """Decode a serialised expression; `at` counts characters of its text."""
    checked = _parse("CheckedExpr", _parse("Any", serialised).value)
    positions = {one.key: one.value for one in checked.source_info.positions}
    return _Decoder(positions).tree(checked.expr, {})


def walk(tree: Tree) -> Iterator[Tree]:
    yield tree
    match tree:
        case Call(args=parts) | ListOf(elements=parts):
            for part in parts:
                yield from walk(part)
        case Loop(over=over, body=body):
            yield from walk(over)
            yield from walk(body)


def names_read(tree: Tree) -> tuple[str, ...]:
    """Name, once each, what the expression reads of the case."""
    return tuple(dict.fromkeys(one.name for one in walk(tree) if isinstance(one, Path)))


class _Decoder:
    """`bound` maps the variable of a loop to the list it runs over, the empty text where that is none of the case."""

    def __init__(self, positions: Mapping[int, int]) -> None:
        self._positions = positions

    def tree(self, expr: Any, bound: Mapping[str, str]) -> Tree:
        at = self._positions.get(expr.id, 0)
        if expr.HasField("const_expr"):
            return Constant(_constant(expr.const_expr), at)
        if expr.HasField("ident_expr"):
            name = expr.ident_expr.name
            path = bound.get(name, name)
            return Path(path, at) if path else Other(name, at)
        if expr.HasField("select_expr"):
            return self._select(expr.select_expr, at, bound)
        if expr.HasField("call_expr"):
            call = expr.call_expr
            target = (call.target,) if call.HasField("target") else ()
            return Call(call.function, tuple(self.tree(one, bound) for one in (*target, *call.args)), at)
        if expr.HasField("list_expr"):
            return ListOf(tuple(self.tree(one, bound) for one in expr.list_expr.elements), at)
        if expr.HasField("comprehension_expr"):
            return self._loop(expr.comprehension_expr, at, bound)
        return Other("{}", at)

    def _select(self, select: Any, at: int, bound: Mapping[str, str]) -> Tree:
        operand = self.tree(select.operand, bound)
        if isinstance(operand, Path) and not operand.test:
            start = self._positions.get(_root(select.operand).id, at)
            return Path(f"{operand.name}.{select.field}", start, select.test_only)
        return Other(select.field, at) if isinstance(operand, Other) else Other(".", at)

    def _loop(self, loop: Any, at: int, bound: Mapping[str, str]) -> Tree:
        start = loop.accu_init.const_expr
        truth = start.HasField("bool_value") if loop.accu_init.HasField("const_expr") else False
        kind = ("all" if start.bool_value else "exists") if truth else "other"
        over = self.tree(loop.iter_range, bound)
        element = f"{over.name}[]" if isinstance(over, Path) else ""
        inside = {**bound, loop.iter_var: element, loop.accu_var: ""}
        return Loop(kind, over, self.tree(loop.loop_step, inside), at)


def _root(expr: Any) -> Any:
    while expr.HasField("select_expr"):
        expr = expr.select_expr.operand
    return expr


def _constant(constant: Any) -> bool | int | float | str | None:
    for name in ("bool_value", "int64_value", "double_value", "string_value"):
        if constant.HasField(name):
            value: bool | int | float | str = getattr(constant, name)
            return value
    return None


def _parse(message: str, content: bytes) -> Any:
    parsed: Message = _messages()[message]()
    parsed.ParseFromString(content)
    return parsed


@cache
def _messages() -> Mapping[str, type[Message]]:
    file = descriptor_pb2.FileDescriptorProto(name="checked.proto", package="motcua.cel", syntax="proto2")
    for message, fields in _LAYOUT.items():
        declared = file.message_type.add(name=message)
        for name, (number, type) in fields.items():
            label = _F.LABEL_REPEATED if type.startswith("*") else _F.LABEL_OPTIONAL
            one = declared.field.add(name=name, number=number, label=label)
            type = type.removeprefix("*")
            if type in _SCALARS:
                one.type = _SCALARS[type]
            else:
                one.type, one.type_name = _F.TYPE_MESSAGE, f".motcua.cel.{type}"
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    return {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"motcua.cel.{name}")) for name in _LAYOUT}
