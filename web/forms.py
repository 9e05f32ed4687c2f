"""From what people type into a page to the values the API takes, and back to the same page with nothing lost."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from starlette.datastructures import FormData

from api.problems import FieldError
from procedures.json_types import Json
from procedures.language.applying.simplevalues import MAX_LINES
from procedures.language.conditions.names import PARTS_OF
from procedures.language.model.parts import FormField
from web.texts import Words

_OPTIONAL_PARTS = {
    "address": ("line",),
    "person": ("identity_number", "born_on", "phone", "email", "address"),
    "organisation": ("tax_number", "address"),
}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z")
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})\Z")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[.\s][0-9]{3})*\Z|-?[0-9]+\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One input of a page: what it asks, what was typed, what is wrong with it. `choices`: id and label of each.

    A list has a control for each column in each of its `lines`.
    """

    name: str
    id: str
    kind: str
    label: str
    hint: str = ""
    required: bool = True
    typed: str = ""
    chosen: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    parts: "tuple[Control, ...]" = ()
    lines: "tuple[tuple[Control, ...], ...]" = ()
    error: str = ""

    @property
    def within(self) -> "Iterator[Control]":
        """This control and those inside it, in the order of the page."""
        yield self
        for one in (*self.parts, *(column for line in self.lines for column in line)):
            yield from one.within


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came with a form, as it came; before anything came, `offered` is what a control begins with."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    offered: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, form: FormData) -> "Typed":
        names = dict.fromkeys(name for name, value in form.multi_items() if isinstance(value, str))
        return cls(
            values={name: [str(value) for value in form.getlist(name) if isinstance(value, str)] for name in names}
        )

    def one(self, name: str) -> str:
        found = self.values.get(name)
        return found[-1].strip() if found else ""

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(self.values.get(name, ()))

    def lines(self, name: str) -> int:
        """Count the lines of a list; a page begins with one, and the language allows 200."""
        named = (re.match(rf"{re.escape(name)}\.([0-9]{{1,3}})\.", key) for key in self.values)
        return min(max((int(found[1]) + 1 for found in named if found), default=1), MAX_LINES)


def values_of(fields: Iterable[FormField], typed: Typed, prefix: str) -> dict[str, Json]:
    """Read the values of a form; what cannot be read goes on as it was typed, and the API says what is wrong."""
    values = {
        one.id: _lines(one, typed, f"{prefix}.{one.id}")
        if one.type == "rows"
        else _value(one.type, typed, f"{prefix}.{one.id}")
        for one in fields
    }
    return {name: value for name, value in values.items() if value is not None}


def read_value(type: str, text: str) -> Json:
    """Read one answer as people write it in Vietnam: `1.200.000`, `26/11/2026`."""
    return _READERS.get(type, _as_typed)(text)


def controls_of(
    fields: Iterable[FormField], words: Words, *, prefix: str, typed: Typed, errors: Mapping[str, str] | None = None
) -> list[Control]:
    """Make a control for each field; `errors` are sentences by the control's name."""
    return [_control(one, words, f"{prefix}.{one.id}", typed, errors or {}) for one in fields]


def errors_by_name(errors: Iterable[FieldError], pointers: Mapping[str, str]) -> dict[str, str]:
    """Put errors at controls: under `{"#/form": "form"}`, `#/form/account/bank` is `form.account.bank`."""
    found: dict[str, str] = {}
    for error in errors:
        start = next((one for one in pointers if error.pointer == one or error.pointer.startswith(f"{one}/")), None)
        if start is not None:
            rest = error.pointer.removeprefix(start).replace("/", ".")
            found.setdefault(f"{pointers[start]}{rest}", error.detail)
    return found


def element_id(name: str) -> str:
    return re.sub(r"[^\w-]", "-", name)


def _lines(rows: FormField, typed: Typed, name: str) -> Json:
    """Lines in which nothing was written are none, unless others stand behind them."""
    lines: list[Json] = [{**values_of(rows.fields, typed, f"{name}.{place}")} for place in range(typed.lines(name))]
    while lines and not lines[-1]:
        lines.pop()
    return lines or None


def _list(one: FormField, words: Words, name: str, typed: Typed, errors: Mapping[str, str]) -> Control:
    lines = (
        controls_of(one.fields, words, prefix=f"{name}.{place}", typed=typed, errors=errors)
        for place in range(typed.lines(name))
    )
    return Control(
        name=name,
        id=element_id(name),
        kind="rows",
        label=words.of(one.label),
        hint=words.of(one.help),
        required=one.required,
        lines=tuple(tuple(line) for line in lines),
        error=errors.get(name, ""),
    )


def _control(one: FormField, words: Words, name: str, typed: Typed, errors: Mapping[str, str]) -> Control:
    if one.type == "rows":
        return _list(one, words, name, typed, errors)
    parts = PARTS_OF.get(one.type, ())
    optional = _OPTIONAL_PARTS.get(one.type, ())
    kind = _KINDS.get(one.type, "text")
    if one.type in ("choice", "choices"):
        choices = tuple((option.id, words.of(option.label)) for option in one.options)
    else:
        choices = (("true", str(words("form.true"))), ("false", str(words("form.false")))) if kind == "boolean" else ()
    chosen = typed.all(name) or (() if typed.values else _begins_with(one, name, typed))
    return Control(
        name=name,
        id=element_id(name),
        kind="parts" if parts else kind,
        label=words.of(one.label),
        hint=words.of(one.help) or (str(words(f"form.hint.{one.type}")) if words.has(f"form.hint.{one.type}") else ""),
        required=one.required and one.default is None,
        typed=chosen[-1] if chosen else "",
        chosen=chosen,
        choices=choices,
        parts=tuple(
            _part(part, words, f"{name}.{part}", typed, errors, required=part not in optional) for part in parts
        ),
        error=errors.get(name, ""),
    )


def _part(part: str, words: Words, name: str, typed: Typed, errors: Mapping[str, str], *, required: bool) -> Control:
    nested = PARTS_OF["address"] if part == "address" else ()
    return Control(
        name=name,
        id=element_id(name),
        kind="parts" if nested else _KINDS.get(_PART_TYPES.get(part, "text"), "text"),
        label=str(words(f"form.part.{part}")),
        required=required,
        typed=typed.one(name),
        parts=tuple(_part(one, words, f"{name}.{one}", typed, errors, required=required) for one in nested),
        error=errors.get(name, ""),
    )


def _begins_with(one: FormField, name: str, typed: Typed) -> tuple[str, ...]:
    if name in typed.offered:
        return (typed.offered[name],)
    if one.default is None:
        return ()
    return (str(one.default).lower() if isinstance(one.default, bool) else str(one.default),)


def _value(type: str, typed: Typed, name: str) -> Json:
    if type == "choices":
        return [*typed.all(name)] or None
    if type in PARTS_OF:
        parts = {part: _value(_PART_TYPES.get(part, "text"), typed, f"{name}.{part}") for part in PARTS_OF[type]}
        return {part: value for part, value in parts.items() if value is not None} or None
    text = typed.one(name)
    return read_value(type, text) if text else None


def _as_typed(text: str) -> Json:
    return text


def _whole(text: str) -> Json:
    """Read 4.860.000 as people write it."""
    figures = text.removesuffix("đ").removesuffix("₫").strip()
    return int(re.sub(r"[.\s]", "", figures)) if _GROUPED.match(figures) else text


def _number(text: str) -> Json:
    try:
        return float(text.replace(".", "").replace(",", ".") if "," in text else text)
    except ValueError:
        return text


def _boolean(text: str) -> Json:
    return {"true": True, "false": False}.get(text, text)


def _date(text: str) -> Json:
    found = _DAY.match(text)
    if found is None:
        return text
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return text


def _month(text: str) -> Json:
    found = _MONTH.match(text)
    return f"{found[2]}-{int(found[1]):02d}" if found else text


_READERS: Mapping[str, Callable[[str], Json]] = {
    "integer": _whole,
    "money": _whole,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "month": _month,
}
_PART_TYPES = {"born_on": "date", "address": "address"}
_KINDS = {
    "long_text": "long",
    "integer": "figures",
    "money": "figures",
    "number": "decimal",
    "boolean": "boolean",
    "choice": "one",
    "choices": "many",
    "date": "short",
    "month": "short",
    "identity_number": "figures",
    "insurance_number": "figures",
    "tax_number": "figures",
    "province": "figures",
    "commune": "figures",
    "phone": "tel",
    "email": "email",
}
