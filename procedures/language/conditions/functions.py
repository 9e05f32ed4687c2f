"""The functions conditions may call besides CEL's own; all pure."""

from collections.abc import Sequence
from datetime import date

from cel_expr_python import cel


def days_between(first: str, second: str) -> int:
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def months_between(first: str, second: str) -> int:
    """Count completed months from one day to the other, negative when the second is earlier."""
    start, end = date.fromisoformat(first), date.fromisoformat(second)
    if end < start:
        return -months_between(second, first)
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def years_between(first: str, second: str) -> int:
    start, end = date.fromisoformat(first), date.fromisoformat(second)
    if end < start:
        return -years_between(second, first)
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def total(values: Sequence[int]) -> int:
    return sum(values)


def declarations() -> list[cel.FunctionDecl]:
    two_dates = [cel.Type.STRING, cel.Type.STRING]
    counts = {"days_between": days_between, "months_between": months_between, "years_between": years_between}
    dated = [
        cel.FunctionDecl(name, [cel.Overload(f"{name}_text", cel.Type.INT, two_dates, impl=count)])
        for name, count in counts.items()
    ]
    of_list = cel.Overload("sum_list", cel.Type.INT, [cel.Type.List(cel.Type.INT)], impl=total)
    return [*dated, cel.FunctionDecl("sum", [of_list])]


ALLOWED = frozenset(
    {
        *("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_&&_", "_||_", "!_", "_?_:_", "@in"),
        *("_+_", "_-_", "_*_", "_/_", "_%_", "-_", "@not_strictly_false"),
        *("size", "contains", "startsWith", "endsWith", "matches"),
        *("days_between", "months_between", "years_between", "sum"),
    }
)
SAYABLE = ("size", "exists", "all", "contains", "startsWith", "endsWith", "matches") + tuple(
    sorted(("days_between", "months_between", "years_between", "sum", "has"))
)
