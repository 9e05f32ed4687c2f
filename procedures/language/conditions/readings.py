"""Which names the expressions of a procedure read: a case keeps these facts and no more."""

from collections.abc import Iterator

from procedures.language.model.parts import Check, Document, Expression, Fee, Input, Part, Window
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import EachStep

_AT_THE_DOOR = frozenset({"form", "checks", "parties"})


def names_read(procedure: Procedure) -> Iterator[str]:
    """Walk a procedure down to its expressions; a column of a line is named after the list the line stands in.

    Left out is what is asked of the values themselves, where they are filled in: conditions of the form, checks,
    who the parties are.
    """
    parts = [getattr(procedure, name) for name in Procedure.model_fields if name not in _AT_THE_DOOR]
    for list, expression in (one for part in parts for one in every_expression(part)):
        for name in with_tables(procedure, expression.reads):
            if not name.startswith("line."):
                yield name
            elif list:
                yield f"form.{list}[].{name.removeprefix('line.')}"


def with_tables(procedure: Procedure, reads: tuple[str, ...]) -> Iterator[str]:
    """Give names that are read, and for those of tables what the tables read."""
    for name in reads:
        table = procedure.table(name.removeprefix("tables.")) if name.startswith("tables.") else None
        yield from (name,) if table is None else (name, *(read for one in table.inputs for read in one.reads))


def every_expression(part: object, list: str = "") -> Iterator[tuple[str, Expression]]:
    """Give each expression with the list whose lines it is about; an input that is a reference is not read."""
    match part:
        case Expression():
            yield list, part
        case Input():
            yield from () if part.reference else ((list, part.expression),)
        case Part():
            list = _list_of(part) or list
            for name in type(part).model_fields:
                yield from every_expression(getattr(part, name), list)
        case tuple():
            for one in part:
                yield from every_expression(one, list)
        case dict():
            for one in part.values():
                yield from every_expression(one, list)


def _list_of(part: Part) -> str | None:
    match part:
        case EachStep(of=list):
            return list
        case Document(per=list) | Check(per=list) | Window(per=list) | Fee(per=list):
            return list
    return None
