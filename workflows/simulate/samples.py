"""Values that are in order, invented: one for each field, and others that the texts of a procedure tell apart."""

import base64
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from re import _constants, _parser  # type: ignore[attr-defined]  # how Python itself reads a pattern
from typing import Any, TypeAlias

from procedures.json_types import Json, JsonObject
from procedures.language.applying.fieldtypes import check_value
from procedures.language.conditions.celtree import Call, Constant, decode, walk
from procedures.language.conditions.readings import every_expression
from procedures.language.model.parts import Expression, FormField
from procedures.language.model.procedure import Procedure

# For each name of the case (`form.days`, `form.workers[].days`, `review.amount`) what some text compares it with.
Compared: TypeAlias = Mapping[str, tuple[Json, ...]]

_ADDRESS: JsonObject = {"province": "01", "commune": "00004", "line": "Số 1, phố Ví Dụ"}
# Of the right shape; the identity number is nobody's, as no province has the number 000.
_SAMPLES: Mapping[str, Json] = {
    "integer": 1,
    "number": 1,
    "money": 1000,
    "boolean": True,
    "address": _ADDRESS,
    "province": "01",
    "commune": "00004",
    "person": {"name": "Nguyễn Văn Ví Dụ"},
    "organisation": {"name": "Công ty Ví Dụ"},
    "phone": "0900000000",
    "email": "a@example.com",
    "identity_number": "000090000001",
    "insurance_number": "0110000001",
    "health_card_number": "0110000001",
    "tax_number": "0100000001",
    "bank_account": {"bank": "Ngân hàng Ví Dụ", "number": "0000000001", "holder": "Nguyễn Văn Ví Dụ"},
}
_NUMBERS = frozenset({"identity_number", "insurance_number", "health_card_number", "tax_number", "phone"})
_WORDS = "Nội dung ví dụ"
_SPANS = {"days_between": 1, "months_between": 31, "years_between": 366}
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|-?[0-9]+(?:\.[0-9]+)?|[a-z][a-z0-9_]*")


def sample(field: FormField, today: date, place: int = 1) -> Json:
    """Invent a value in order for type, bounds and pattern; those for another place of a list differ."""
    match field.type:
        case "choice":
            return field.options[0].id
        case "choices":
            least = field.min if isinstance(field.min, int) else 1
            return [option.id for option in field.options[: max(least, 1)]]
        case "rows":
            least = field.min if isinstance(field.min, int) else 1
            return [line(field, today, number) for number in range(1, max(least, 1) + 1)]
        case "integer" | "number" | "money":
            return _number(field, _SAMPLES[field.type])
        case "date" | "month":
            return _day(field, today).isoformat()[: 10 if field.type == "date" else 7]
        case "text" if field.pattern is not None:
            return _matching(field.pattern, place)
        case "text" | "long_text":
            return _words(field, place)
        case "file":
            return {"name": f"vi-du.{(*field.accept, 'pdf')[0]}", "size": 1, "digest": "0" * 64}
        case kind if kind in _NUMBERS:
            return str(_SAMPLES[kind])[:-2] + f"{place:02}" if place > 1 else _SAMPLES[kind]
        case _:
            return _SAMPLES[field.type]


def line(rows: FormField, today: date, place: int) -> JsonObject:
    """Invent a line of a list; its key is that of its place. Columns asked only of some are left out."""
    return {
        column.id: sample(column, today, place)
        for column in rows.fields
        if (column.required and column.selectors.when is None) or column.id == rows.key
    }


def others(field: FormField, name: str, compared: Compared, today: date) -> Iterator[Json]:
    """Give further values in order that some text may tell apart from the first."""
    found: list[Json] = []
    match field.type:
        case "boolean":
            found = [True, False]
        case "choice":
            found = [option.id for option in field.options]
        case "choices":
            every: list[Json] = [option.id for option in field.options]
            found = [[one] for one in every]
            found.append([*every])
        case "date":
            found = [_dated(one, today) for one in compared.get(name, ())]
        case "integer" | "money" | "number":
            found = [one for one in (*compared.get(name, ()), field.min, field.max) if not isinstance(one, str)]
        case "text" | "long_text" | "month" | "province" | "commune":
            found = [one for one in compared.get(name, ()) if isinstance(one, str)]
    yield from (one for one in found if one is not None and check_value(field, one) is None)


def compared_in(procedure: Procedure) -> Compared:
    """Collect what conditions and tables compare each name with, and what lies beside that."""
    found: defaultdict[str, dict[Json, None]] = defaultdict(dict)
    for list_, expression in every_expression(procedure):
        for name in _named(list_, expression):
            found[name] |= dict.fromkeys(_compared(expression))
    for table in procedure.tables:
        for column, expression in enumerate(table.inputs):
            cells = [_WRITTEN.findall(str(row.cells[column])) for row in table.rows]
            for name in _named("", expression):
                found[name] |= dict.fromkeys(beside for row in cells for one in row for beside in _beside(_read(one)))
    return {name: tuple(values) for name, values in found.items()}


def _named(list_: str, expression: Expression) -> Iterator[str]:
    for name in expression.reads:
        yield f"form.{list_}[].{name.removeprefix('line.')}" if name.startswith("line.") else name


def _compared(expression: Expression) -> Iterator[Json]:
    """Of spans between dates the constant is a number of days, before or after the day."""
    nodes = tuple(walk(decode(base64.b64decode(expression.checked)))) if expression.checked else ()
    unit = next((_SPANS[one.function] for one in nodes if isinstance(one, Call) and one.function in _SPANS), None)
    for node in nodes:
        if isinstance(node, Constant) and node.value is not None and not isinstance(node.value, bool):
            yield from _beside(node.value)
            if unit is not None and isinstance(node.value, int):
                yield from (sign * unit * (node.value + by) for sign in (-1, 1) for by in (-1, 0, 1))


def _beside(value: int | float | str) -> Iterator[Json]:
    if not isinstance(value, str):
        yield from (value, value - 1, value + 1)
        return
    yield value
    if (day := _parsed(value)) is not None:
        yield from ((day + timedelta(days=by)).isoformat() for by in (-1, 1))


def _read(cell: str) -> int | float | str:
    return cell if cell[0].isalpha() or _parsed(cell) else float(cell) if "." in cell else int(cell)


def _dated(value: Json, today: date) -> Json:
    """A day as it stands, or so many days away."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < today.toordinal():
        return (today + timedelta(days=value)).isoformat()
    return value if isinstance(value, str) else None


def _day(field: FormField, today: date) -> date:
    """The day at hand, moved into the bounds of the field."""
    least, most = (_parsed(str(bound)) for bound in (field.min, field.max))
    if least is not None and today < least:
        return least
    return most if most is not None and today > most else today


def _number(field: FormField, value: Json) -> Json:
    """The least that may be said; without that bound the value, or the most if that is less."""
    if isinstance(field.min, int | float):
        return field.min
    return min(value, field.max) if isinstance(field.max, int | float) and isinstance(value, int) else value


def _words(field: FormField, place: int) -> str:
    number = f" {place}" if place > 1 else ""
    most = field.max_length or len(_WORDS) + len(number)
    return (_WORDS[: max(most - len(number), 0)].rstrip() + number).strip()[:most]


def _parsed(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _matching(pattern: str, place: int) -> str:
    """Write a text of the pattern: the first letter, digit or choice everywhere, digits of its place at the end."""
    text = "".join(_written(_parser.parse(pattern)))
    digits = re.search(r"0+\Z", text)
    number = str(place - 1)
    return text[: -len(number)] + number if place > 1 and digits and len(digits[0]) >= len(number) else text


def _written(parsed: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    for kind, value in parsed:
        match kind:
            case _constants.LITERAL:
                yield chr(value)
            case _constants.IN:
                yield _one_of(value)
            case _constants.ANY:
                yield "a"
            case _constants.MAX_REPEAT | _constants.MIN_REPEAT:
                least, most, repeated = value
                yield "".join(_written(repeated)) * max(least, min(1, most))
            case _constants.SUBPATTERN:
                yield from _written(value[-1])
            case _constants.BRANCH:
                yield from _written(value[1][0])
            case _:
                pass


def _one_of(options: Iterable[tuple[Any, Any]]) -> str:
    kind, value = next(iter(options))
    match kind:
        case _constants.LITERAL:
            return chr(value)
        case _constants.RANGE:
            return chr(value[0])
        case _:
            return "0" if value is _constants.CATEGORY_DIGIT else "a"
