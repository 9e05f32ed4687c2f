"""A field must make sense: keys that mean something for its type, bounds, options and defaults of that type."""

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from procedures.json_types import Json
from procedures.language.applying.fieldtypes import check_value
from procedures.language.applying.simplevalues import MAX_LINES
from procedures.language.grammar.tables import keys_of
from procedures.language.model.parts import FormField
from procedures.language.reading.nodes import Entries
from procedures.language.reading.plain import plain
from procedures.language.reading.problems import Problems, did_you_mean
from procedures.language.reading.words import entries_of, scalars_of
from procedures.language.resolving.values import is_date

FormKind: TypeAlias = Literal["form", "line", "intake", "step", "operation"]
_LINES = frozenset({"text", "long_text"})
_COUNTED = frozenset({"integer", "number", "money"})
_COUNTS = frozenset({"choices", "rows"})
_BOUNDED = _COUNTED | {"date", "month"} | _COUNTS
_CHOSEN = frozenset({"choice", "choices"})
_ROWS, _FILE = frozenset({"rows"}), frozenset({"file"})
# Keys that mean something for some types only; elsewhere they would be ignored, so they are refused.
_ONLY_FOR: Mapping[str, frozenset[str]] = {
    "pattern": frozenset({"text"}),
    "max_length": _LINES,
    "min": _BOUNDED,
    "max": _BOUNDED,
    "options": _CHOSEN,
    "list": _CHOSEN,
    "fields": _ROWS,
    "key": _ROWS,
    "accept": _FILE,
    "max_size": _FILE,
}
_KEYS = frozenset({"text", "integer", "identity_number", "insurance_number", "health_card_number", "tax_number"})
_ENDING = re.compile(r"[a-z0-9]{1,8}\Z")


def check_field(field: FormField, node: Entries, problems: Problems, of: FormKind) -> None:
    if "type" not in node.keys:
        return
    for key, types in _ONLY_FOR.items():
        if key in node.keys and field.type not in types:
            hint = "it is for " + ", ".join(sorted(types))
            problems.add(node.keys[key], "wrong-type", f"'{key}' means nothing for type {field.type}", hint)
    if "outcomes" in node.keys and of != "step":
        hint = "only the form of a step has outcomes"
        problems.add(node.keys["outcomes"], "wrong-type", f"'{field.id}' is asked before any outcome", hint)
    if field.type in _CHOSEN:
        _check_options(field, node, problems)
    if field.type == "rows":
        _check_rows(field, node, problems, of)
    _check_endings(node, problems)
    _check_bounds(field, node, problems)
    _check_default(field, node, problems)


def _check_options(field: FormField, node: Entries, problems: Problems) -> None:
    if not field.options:
        hint = "add 'options: {id: {vi: ...}}' or a 'list' of the registry"
        problems.add(node.place, "options-missing", f"'{field.id}' offers no options", hint)
    if "options" in node.keys and "list" in node.keys:
        problems.add(node.keys["list"], "wrong-type", f"'{field.id}' has options already", "keep one of them")


def _check_rows(field: FormField, node: Entries, problems: Problems, of: FormKind) -> None:
    if of != "form":
        code = "rows-in-rows" if of == "line" else "wrong-type"
        hint = "lists are in the form of the procedure only"
        problems.add(node.values["type"].place, code, f"'{field.id}' is a list", hint)
    for missing in ("fields", "key"):
        if missing not in node.keys:
            problems.add(node.place, "missing-key", f"'{missing}' is missing in '{field.id}'", "a list has columns")
    key = next((one for one in field.fields if one.id == field.key), None)
    if field.key is not None and field.fields and key is None:
        hint = did_you_mean(field.key, [one.id for one in field.fields])
        problems.add(node.values["key"].place, "unknown-name", f"'{field.id}' has no column '{field.key}'", hint)
    elif key is not None and (key.type not in _KEYS or not _is_always_given(key, node)):
        hint = "a column of text or number, required and asked of everybody"
        problems.add(node.values["key"].place, "key-not-unique", f"'{field.key}' may be the same or missing", hint)


def _is_always_given(key: FormField, node: Entries) -> bool:
    written = entries_of(entries_of(node, "fields"), key.id)
    selects = any(selector in written.keys for selector in keys_of("selectors"))
    return key.required and key.default is None and not selects


def _check_endings(node: Entries, problems: Problems) -> None:
    for ending in scalars_of(node, "accept"):
        if not _ENDING.match(ending.text.removeprefix(".").lower()):
            problems.add(ending.place, "wrong-type", f"'{ending.text}' is no ending of a file", "write e.g. pdf")


def _check_bounds(field: FormField, node: Entries, problems: Problems) -> None:
    good = True
    for key in ("min", "max"):
        bound = node.get(key)
        if bound is None or field.type not in _BOUNDED:
            continue
        if not _is_bound(field.type, plain(bound)):
            good = False
            problems.add(bound.place, "wrong-type", f"'{key}' of '{field.id}' is no {_bound_of(field.type)}")
    if good and isinstance(field.min, int | float) and isinstance(field.max, int | float) and field.min > field.max:
        problems.add(node.keys["max"], "range-empty", f"'max' of '{field.id}' is below 'min'")
    if good and isinstance(field.min, str) and isinstance(field.max, str) and field.min > field.max:
        problems.add(node.keys["max"], "range-empty", f"'max' of '{field.id}' is before 'min'")


def _check_default(field: FormField, node: Entries, problems: Problems) -> None:
    default = node.get("default")
    if default is None:
        return
    if field.type in ("rows", "file"):
        problems.add(node.keys["default"], "wrong-type", f"'default' means nothing for type {field.type}", "remove it")
    elif wrong := check_value(field, field.default):
        message = f"the default of '{field.id}' is no {field.type}"
        hint = "write true or false" if field.type == "boolean" else wrong.en.rstrip(".")
        problems.add(default.place, "wrong-type", message, hint)


def _is_bound(type: str, value: Json) -> bool:
    if type == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if type == "rows":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_LINES
    if type in _COUNTED or type in _COUNTS:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str) and (value == "today" or is_date(value if type == "date" else f"{value}-01"))


def _bound_of(type: str) -> str:
    counts = {"choices": "count", "rows": f"count of at most {MAX_LINES}"}
    return {"date": "date", "month": "month", **counts}.get(type, "number")
