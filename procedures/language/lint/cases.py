"""A condition taken apart into the cases in which it is true, each a list of simple statements about one term."""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, TypeAlias

from procedures.language.conditions.celtree import Call, Constant, ListOf, Loop, Other, Path, Tree

Value: TypeAlias = bool | int | float | str
MAX_CASES = 64
_COMPARED = {"_==_": "==", "_!=_": "!=", "_<_": "<", "_<=_": "<=", "_>_": ">", "_>=_": ">="}
_TURNED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_DENIED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<", "in": "not in", "not in": "in"}
_COUNTED: Mapping[str, Callable[[Any, Any], Value]] = {"_+_": operator.add, "_-_": operator.sub, "_*_": operator.mul}


@dataclass(frozen=True, slots=True)
class Statement:
    """`term sign values`, e.g. `form.kind == "a"`; a term that is no name is its own text and means only itself.

    The sign `is` marks what was not understood: true or false as a whole. With another term `beside` it the value says
    how the two compare: 0 where they are equal, below where the first is less.
    """

    term: str
    sign: str
    values: tuple[Value, ...]
    beside: str = ""

    def denied(self) -> "Statement":
        if isinstance(self.values[0], bool) and self.sign in ("==", "is"):
            return replace(self, values=(not self.values[0],))
        return replace(self, sign=_DENIED[self.sign])

    def is_true_of(self, value: Value) -> bool:
        """Evaluate it; what cannot be compared CEL has refused."""
        match self.sign:
            case "==" | "in" | "is":
                return value in self.values
            case "!=" | "not in":
                return value not in self.values
            case "<" | ">=":
                return is_less(value, self.values[0]) is (self.sign == "<")
            case _:
                return is_less(self.values[0], value) is (self.sign == ">")

    def __str__(self) -> str:
        if self.beside:
            return f"{self.sign} {self.beside}"
        shown = ", ".join(map(written, self.values))
        if self.sign == "is":
            return shown
        return f"{self.sign} [{shown}]" if self.sign.endswith("in") else f"{self.sign} {shown}"


Case: TypeAlias = tuple[Statement, ...]


class TooMany(Exception):
    """The condition has more cases than are worth looking at."""


def cases_of(tree: Tree, *, truth: bool = True) -> tuple[Case, ...]:
    """List the cases in which a condition is true (or false). Raises TooMany."""
    match _folded(tree):
        case Constant(bool() as value):
            return ((),) if value is truth else ()
        case Call("!_", (inner,)):
            return cases_of(inner, truth=not truth)
        case Call("_&&_", (left, right)):
            return _both(left, right, truth) if truth else _either(left, right, truth)
        case Call("_||_", (left, right)):
            return _either(left, right, truth) if truth else _both(left, right, truth)
        case Call("_?_:_", (condition, first, second)):
            yes = joined(cases_of(condition), cases_of(first, truth=truth))
            no = joined(cases_of(condition, truth=False), cases_of(second, truth=truth))
            return _few((*yes, *no))
    statement = _statement(tree)
    return ((statement if truth else statement.denied(),),)


def joined(first: Iterable[Case], second: Iterable[Case]) -> tuple[Case, ...]:
    """List the cases in which one of the first and one of the second holds."""
    return _few((*one, *other) for one, other in product(first, second))


def _both(left: Tree, right: Tree, truth: bool) -> tuple[Case, ...]:
    return joined(cases_of(left, truth=truth), cases_of(right, truth=truth))


def _either(left: Tree, right: Tree, truth: bool) -> tuple[Case, ...]:
    return _few((*cases_of(left, truth=truth), *cases_of(right, truth=truth)))


def _few(cases: Iterable[Case]) -> tuple[Case, ...]:
    kept: list[Case] = []
    for case in cases:
        kept.append(case)
        if len(kept) > MAX_CASES:
            raise TooMany
    return tuple(kept)


def _statement(tree: Tree) -> Statement:
    """Read one comparison; anything else is taken whole."""
    match _folded(tree):
        case Path(name, test=False):
            return Statement(name, "==", (True,))
        case Call(function, (left, Constant(value))) if function in _COMPARED and value is not None:
            return _shifted(left, _COMPARED[function], value)
        case Call(function, (Constant(value), right)) if function in _COMPARED and value is not None:
            return _shifted(right, _TURNED[_COMPARED[function]], value)
        case Call("@in", (left, ListOf(elements))):
            values = tuple(one.value for one in elements if isinstance(one, Constant) and one.value is not None)
            if len(values) == len(elements):
                return Statement(term_of(left), "in", values)
        case Call(function, (left, right)) if function in _COMPARED and not _is_constant(left, right):
            first, second, sign = term_of(left), term_of(right), _COMPARED[function]
            if second < first:
                first, second, sign = second, first, _TURNED[sign]
            return Statement(first, sign, (0,), second)
    return Statement(term_of(tree), "is", (True,))


def _is_constant(*trees: Tree) -> bool:
    return any(isinstance(tree, Constant) for tree in trees)


def _shifted(tree: Tree, sign: str, value: Value) -> Statement:
    """Bring a whole number that is added to a term to the other side."""
    match tree, value:
        case Call("_+_", (inner, Constant(int() as more))) | Call("_+_", (Constant(int() as more), inner)), int():
            return _shifted(inner, sign, value - more)
        case Call("_-_", (inner, Constant(int() as less))), int():
            return _shifted(inner, sign, value + less)
    return Statement(term_of(tree), sign, (value,))


def _folded(tree: Tree) -> Tree:
    """Work out what reads nothing: sums of literals, and their comparison."""
    if not isinstance(tree, Call) or len(tree.args) != 2:
        return tree
    parts = tuple(_folded(one) for one in tree.args)
    if tree.function in _COMPARED and not _is_constant(*parts) and term_of(parts[0]) == term_of(parts[1]):
        return Constant(_COMPARED[tree.function] in ("==", "<=", ">="), tree.at)
    match [one.value for one in parts if isinstance(one, Constant) and one.value is not None]:
        case [left, right] if tree.function in _COMPARED:
            return Constant(Statement("", _COMPARED[tree.function], (right,)).is_true_of(left), tree.at)
        case [int() | float() as left, int() | float() as right] if tree.function in _COUNTED:
            return Constant(_COUNTED[tree.function](left, right), tree.at)
    return Call(tree.function, parts, tree.at)


def is_less(one: Value, other: Value) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return str(one) < str(other)
    return one < other


def narrowest(statements: list[Statement]) -> list[Statement]:
    """Keep of the statements about one term only what narrows it most."""
    exact = [one for one in statements if one.sign in ("==", "in", "is")]
    if exact:
        return exact[:1]
    low, high = _tightest(statements, ">"), _tightest(statements, "<")
    if low and high and low[0].values == high[0].values:
        return [Statement(low[0].term, "==", low[0].values)]
    return [*low, *high, *dict.fromkeys(one for one in statements if one.sign in ("!=", "not in"))]


def _tightest(statements: list[Statement], side: str) -> list[Statement]:
    bounds = [one for one in statements if one.sign.startswith(side)]
    strict = side == ">"
    ordered = sorted(bounds, key=lambda one: (one.values[0], (one.sign == side) is strict), reverse=strict)
    return ordered[:1]


def written(value: Value) -> str:
    """Write a value as a condition does."""
    return str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)


def term_of(tree: Tree) -> str:
    """Name a term: a dotted name, or the text of what is computed."""
    match tree:
        case Path(name, test=test):
            return f"has({name})" if test else name
        case Constant(value):
            return repr(value)
        case Call(function, parts):
            return f"{function.strip('_')}({', '.join(term_of(one) for one in parts)})"
        case Loop(kind, over, body):
            return f"{kind}({term_of(over)}, {term_of(body)})"
        case Other(what):
            return what
        case ListOf(parts):
            return f"[{', '.join(term_of(one) for one in parts)}]"
