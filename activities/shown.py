"""Values of a form as a paper shows them: money in figures and words, dates as dates, choices by their label.

`shown_form` answers them by field id, for a template that knows its fields; `labelled` and `listed` answer them with
their labels, for one that shows whatever was filled in.
"""

from collections.abc import Sequence
from datetime import date

from activities.vietnamese import amount_in_figures, amount_in_words
from procedures.json_types import Json, JsonObject
from procedures.language.model.parts import FormField


def shown_form(fields: Sequence[FormField], values: JsonObject) -> JsonObject:
    return {field.id: shown(field, values[field.id]) for field in fields if values.get(field.id) is not None}


def shown(field: FormField, value: Json) -> Json:
    match field.type, value:
        case "money", int():
            return {"figures": amount_in_figures(value), "words": amount_in_words(value)}
        case "date", str():
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        case "boolean", bool():
            return "có" if value else "không"
        case (("choice" | "choices"), (str() | list())):
            chosen = [value] if isinstance(value, str) else value
            labels = {option.id: option.label["vi"] for option in field.options}
            return ", ".join(labels.get(str(one), str(one)) for one in chosen)
        case "rows", list():
            return [shown_form(field.fields, row) for row in value if isinstance(row, dict)]
        case _, (dict() | list()):
            return value
    return str(value)


def labelled(fields: Sequence[FormField], values: JsonObject) -> list[Json]:
    """Answer `{label, value}` of every single value, each in one line; lists have a table of their own."""
    return [
        {"label": field.label["vi"], "value": in_one_line(shown(field, values[field.id]))}
        for field in fields
        if field.type not in ("rows", "file") and values.get(field.id) is not None
    ]


def listed(field: FormField, rows: Sequence[JsonObject]) -> JsonObject:
    """Answer a list as a table: `columns` are labels, `rows` hold one text a cell, empty where nothing was given."""
    return {
        "label": field.label["vi"],
        "columns": [column.label["vi"] for column in field.fields],
        "rows": [
            [
                in_one_line(shown(column, row[column.id])) if row.get(column.id) is not None else ""
                for column in field.fields
            ]
            for row in rows
        ],
    }


def in_one_line(value: Json) -> str:
    """Write what has parts as one text: an account, an address, an amount."""
    match value:
        case {"figures": str(figures)}:
            return figures
        case dict():
            return ", ".join(text for part in value.values() if (text := in_one_line(part)))
        case list():
            return ", ".join(text for part in value if (text := in_one_line(part)))
        case None:
            return ""
    return str(value)
