"""Values of a form as a paper shows them: money in figures and words, dates as dates, choices by their label."""

from collections.abc import Sequence
from datetime import date

from activities.vietnamese import amount_in_figures, amount_in_words
from procedures.json_types import Json, JsonObject
from procedures.language.parts import FormField


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
