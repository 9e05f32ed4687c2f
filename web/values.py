"""Values of forms as people read them: amounts with their points, dates as dates, choices by their labels."""

from collections.abc import Iterable, Mapping

from procedures.json_types import Json
from procedures.language.conditions.names import PARTS_OF
from procedures.language.model.parts import FormField
from web.texts import Words


def shown_values(fields: Iterable[FormField], values: Mapping[str, Json], words: Words) -> list[tuple[str, str]]:
    """Answer label and value of what was filled in, in the order of the form."""
    return [(words.of(one.label), shown(one, values[one.id], words)) for one in fields if one.id in values]


def shown(field: FormField, value: Json, words: Words) -> str:
    match value:
        case bool():
            return str(words("form.true" if value else "form.false"))
        case int() if field.type == "money":
            return amount(value)
        case int():
            return f"{value:,}".replace(",", ".")
        case float():
            return f"{value:g}".replace(".", ",")
        case list() if field.type == "rows":
            lines = [_line(field, line, words) for line in value if isinstance(line, dict)]
            return "; ".join(f"{place}) {line}" for place, line in enumerate(lines, start=1))
        case {"name": str(name), "size": int(bytes)} if field.type == "file":
            return f"{name} ({size(bytes, words)})"
        case list():
            return ", ".join(_option(field, str(one), words) for one in value)
        case dict():
            return ", ".join(_parts(field.type, value))
        case str() if field.type in ("date", "month"):
            return "/".join(reversed(value.split("-")))
    return _option(field, str(value), words)


def amount(value: int) -> str:
    return f"{value:,} đ".replace(",", ".")


def size(number: int, words: Words) -> str:
    """Say the size of a file: 0,8 MB."""
    text = f"{number / 1_000_000:.1f} MB" if number >= 100_000 else f"{max(1, number // 1000)} KB"
    return text.replace(".", ",") if words.language == "vi" else text


def _line(rows: FormField, line: Mapping[str, Json], words: Words) -> str:
    return ", ".join(shown(column, line[column.id], words) for column in rows.fields if column.id in line)


def _option(field: FormField, value: str, words: Words) -> str:
    return next((words.of(option.label) for option in field.options if option.id == value), value)


def _parts(type: str, value: Mapping[str, Json]) -> list[str]:
    return [
        ", ".join(_parts("address", part)) if isinstance(part, dict) else str(part)
        for name in PARTS_OF.get(type, tuple(value))
        if (part := value.get(name))
    ]
