"""Makes the fields of a form from their nodes, and says where bounds, options or defaults make no sense."""

from collections.abc import Iterable, Mapping

from procedures.json_types import Json
from procedures.language.compiling import Scope
from procedures.language.draft import Draft
from procedures.language.fieldtypes import check_value
from procedures.language.nodes import Entries
from procedures.language.parts import EVERYONE, FormField, Option
from procedures.language.plain import plain
from procedures.language.problems import Problems
from procedures.language.values import is_date
from procedures.language.words import (
    children,
    entries_of,
    flag_of,
    integer_of,
    text_of,
    texts,
    texts_of,
    words_of,
)

_LINES = frozenset({"text", "long_text"})
_COUNTED = frozenset({"integer", "number", "money"})
_BOUNDED = _COUNTED | {"date", "month", "choices"}
_CHOSEN = frozenset({"choice", "choices"})
# Keys that mean something for some types only; elsewhere they would be ignored, so they are refused.
_ONLY_FOR: Mapping[str, frozenset[str]] = {
    "pattern": frozenset({"text"}),
    "max_length": _LINES,
    "min": _BOUNDED,
    "max": _BOUNDED,
    "options": _CHOSEN,
}


def make_fields(entries: Entries, draft: Draft) -> tuple[FormField, ...]:
    """Make fields without their selectors, which need the names of all of them."""
    return tuple(_field(id, node, draft.problems) for id, node in children(entries))


def with_selectors(fields: Iterable[FormField], entries: Entries, draft: Draft, scope: Scope) -> tuple[FormField, ...]:
    nodes = dict(children(entries))
    return tuple(
        one.model_copy(update={"selectors": draft.selectors(nodes[one.id], scope)}) if _selects(nodes[one.id]) else one
        for one in fields
    )


def _field(id: str, node: Entries, problems: Problems) -> FormField:
    type = text_of(node, "type") or "text"
    field = FormField.model_validate(
        {
            "id": id,
            "type": type,
            "label": texts_of(node, "label") or {},
            "help": texts_of(node, "help"),
            "required": flag_of(node, "required", default=True),
            "default": plain(node.get("default")),
            "outcomes": words_of(node, "outcomes"),
            "pattern": text_of(node, "pattern"),
            "min": plain(node.get("min")),
            "max": plain(node.get("max")),
            "max_length": integer_of(node, "max_length"),
            "options": _options(entries_of(node, "options")),
            "personal": text_of(node, "personal") or "yes",
            "selectors": EVERYONE,
        }
    )
    _check(field, node, problems)
    return field


def _options(entries: Entries) -> tuple[Option, ...]:
    return tuple(Option(id=id, label=texts(node)) for id, node in children(entries))


def _selects(node: Entries) -> bool:
    return any(key in node.values for key in ("channels", "submitters", "when"))


def _check(field: FormField, node: Entries, problems: Problems) -> None:
    if "type" not in node.keys:
        return
    for key, types in _ONLY_FOR.items():
        if key in node.keys and field.type not in types:
            hint = "it is for " + ", ".join(sorted(types))
            problems.add(node.keys[key], "wrong-type", f"'{key}' means nothing for type {field.type}", hint)
    if field.type in _CHOSEN and not field.options:
        problems.add(node.place, "options-missing", f"'{field.id}' offers no options", "add 'options: {id: {vi: ...}}'")
    _check_bounds(field, node, problems)
    default = node.get("default")
    if default is not None and (wrong := check_value(field, field.default)):
        message = f"the default of '{field.id}' is no {field.type}"
        problems.add(default.place, "wrong-type", message, wrong.vi if not wrong.en else wrong.en)


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


def _is_bound(type: str, value: Json) -> bool:
    if type == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if type in _COUNTED or type == "choices":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str) and (value == "today" or is_date(value if type == "date" else f"{value}-01"))


def _bound_of(type: str) -> str:
    return {"date": "date", "month": "month", "choices": "count"}.get(type, "number")
