"""The kinds of single values as JSON Schema: what a text, a duration, a date or a target looks like."""

from procedures.json_types import JsonObject
from procedures.language.grammar.meanings import meaning_of_kinds, meaning_of_targets
from procedures.language.model.steps import RESERVED_TARGETS
from procedures.language.resolving.values import CEL_WORDS, MAX_LINE

# One line without blanks at its ends; `$(?!\n)` because `$` alone may stand before a last line break.
_LINE = r"^(?!\s)[^\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+(?<!\s)$(?!\n)"
_ID = r"^[a-z][a-z0-9_]{0,39}$"
_DATE = (
    r"(?:19|20|21)[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
)
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_ONE = "working hour|working day|calendar day|calendar day excluding public holidays?|hour|month"
_MANY = "working hours|working days|calendar days|calendar days excluding public holidays|hours|months"
_FRACTION = r"(?!0\.0?0 |1\.0?0 )(?:0|[1-9][0-9]{0,4})\.[0-9]{1,2} working (?:hours|days)"


def value_name(atom: str) -> str:
    """Name an atom as a definition: `time of day` has blanks."""
    return atom.replace(" ", "_")


def _time(one: str = "", many: str = "") -> str:
    """A duration as a pattern, its unit in the number of its amount."""
    single = rf"1(?:\.00?)? working (?:hour|day)|1 (?:{_ONE}{one})"
    return rf"{single}|{_FRACTION}|(?:[2-9]|[1-9][0-9]{{1,4}}) (?:{_MANY}{many})"


_DURATION, _SPAN = _time(), _time("|year", "|years")
_SHAPES: dict[str, JsonObject] = {
    "text": {"type": "string", "maxLength": MAX_LINE, "pattern": _LINE},
    "texts": {
        "type": "object",
        "properties": {"vi": {"$ref": "#/$defs/text"}, "en": {"$ref": "#/$defs/text"}},
        "required": ["vi"],
        "additionalProperties": False,
    },
    "code": {"$ref": "#/$defs/text"},
    "id": {"type": "string", "pattern": _ID, "not": {"enum": [*sorted(CEL_WORDS)]}},
    "integer": {"type": "integer", "minimum": 0},
    "number": {"type": "number", "minimum": 0},
    "boolean": {"type": "boolean"},
    "any": {
        "type": ["string", "number", "boolean", "array", "object"],
        "if": {"type": "string", "not": {"pattern": r"\n"}},
        "then": {"$ref": "#/$defs/text"},
    },
    "bound": {"type": ["string", "number", "boolean"], "if": {"type": "string"}, "then": {"$ref": "#/$defs/text"}},
    "date": {"type": "string", "format": "date", "pattern": f"^{_DATE}$"},
    "datetime": {"type": "string", "pattern": f"^{_DATE} {_TIME}$"},
    "time of day": {"type": "string", "pattern": f"^{_TIME}$"},
    "duration": {"type": "string", "pattern": f"^(?:within the day|{_DURATION})$"},
    "limit": {"type": "string", "pattern": f"^(?:no limit|within the day|{_DURATION})$"},
    "span": {"type": "string", "pattern": f"^(?:within the day|{_SPAN})$"},
    "moment": {"type": "string", "pattern": f"^(?:due|(?:{_SPAN}) (?:before|after))$"},
    "condition": {"type": "string", "maxLength": MAX_LINE},
    "expression": {"type": "string", "maxLength": MAX_LINE},
    "target": {"anyOf": [{"enum": [*sorted(RESERVED_TARGETS)]}, {"$ref": "#/$defs/id"}]},
    "pattern": {"$ref": "#/$defs/text"},
    "rows field": {"type": "string", "pattern": f"^form\\.{_ID.removeprefix('^')}"},
}


def _described(atom: str) -> str:
    meaning = meaning_of_kinds()[atom]
    lines = [meaning.meant["en"], meaning.meant["vi"], f"E.g. / Ví dụ: {meaning.written}"]
    if atom == "target":
        lines += [f"- {name}: {meant['en']} / {meant['vi']}" for name, meant in meaning_of_targets().items()]
    return "\n".join([*lines, f"Errors / Lỗi: {', '.join(meaning.errors)}"])


VALUES: dict[str, JsonObject] = {atom: {"description": _described(atom), **shape} for atom, shape in _SHAPES.items()}
