"""What a single value must look like, kind by kind; each check says what is wrong and how to write it instead."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter
from pydantic_core import SchemaError

from procedures.language.model.parts import ID
from procedures.language.reading.nodes import Scalar
from procedures.language.reading.slips import odd_blank
from procedures.time.duration import Duration, Unit, parse_duration, parse_moment
from procedures.time.errors import BadDuration

MAX_LINE = 2_000
MIN_GROUND = 20
PROCEDURE_CODE = re.compile(r"[0-9]\.[0-9]{6}\Z")
_DATE = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}\Z")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]\Z")
CEL_WORDS = frozenset(
    "as break const continue else false for function if import in let loop package namespace null return true var "
    "void while".split()
)


@dataclass(frozen=True, slots=True)
class Wrong:
    code: str
    message: str
    hint: str = ""


def check_atom(kind: str, node: Scalar) -> Wrong | None:
    return _CHECKS[kind](node)


def check_text(node: Scalar) -> Wrong | None:
    if not isinstance(node.value, str):
        return Wrong("wrong-type", f"'{node.text}' is no text", f'write "{node.text}" in double quotes')
    if "\n" in node.text or len(node.text) > MAX_LINE:
        return Wrong("wrong-type", "a text has one line", f"of at most {MAX_LINE:,} characters")
    if not unicodedata.is_normalized("NFC", node.text):
        return Wrong("wrong-type", f"'{node.text}' is not in composed form (NFC)", "type the letters anew")
    if hidden := next((one for one in node.text if unicodedata.category(one) in ("Cc", "Cf", "Co", "Cs")), None):
        return Wrong("wrong-type", f"the text holds the invisible character U+{ord(hidden):04X}", "remove it")
    if node.text.startswith("“") and node.text.endswith("”") and "“" not in node.text[1:]:
        return Wrong("wrong-type", "'“' and '”' are part of the text", 'write "..."')
    if not node.text.strip() or node.text != node.text.strip():
        return Wrong("wrong-type", "the text begins or ends with a blank", "remove it")
    return None


def check_id(text: str) -> Wrong | None:
    if not ID.match(text):
        hint = "small letters, digits and _, beginning with a letter, at most 40 characters"
        return Wrong("bad-id", f"'{text}' is no id", hint)
    if text in CEL_WORDS:
        return Wrong("bad-id", f"'{text}' is a reserved word of conditions", "choose another id")
    return None


def is_date(text: str) -> bool:
    if not _DATE.match(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_code(node: Scalar) -> Wrong | None:
    if not isinstance(node.value, str):
        return Wrong("wrong-type", f"'{node.text}' would be read as a number", f'write "{node.text}" in double quotes')
    return check_text(node)


def _check_id_value(node: Scalar) -> Wrong | None:
    return check_text(node) or check_id(node.text)


def _check_integer(node: Scalar) -> Wrong | None:
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        return None
    return Wrong(
        "wrong-type", f"'{node.text}' is no whole number", "write it without quotes" if node.text.isdecimal() else ""
    )


def _check_number(node: Scalar) -> Wrong | None:
    if isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return None
    return Wrong("wrong-type", f"'{node.text}' is no number", "write it as 12 or 12.5")


def _check_boolean(node: Scalar) -> Wrong | None:
    if isinstance(node.value, bool):
        return None
    return Wrong("wrong-type", f"'{node.text}' is neither true nor false", "write true or false")


def _check_date(node: Scalar) -> Wrong | None:
    if is_date(node.text):
        return None
    return Wrong("bad-date", f"'{node.text}' is no date", _missing_day(node.text) or "write it as 2026-03-02")


def _check_datetime(node: Scalar) -> Wrong | None:
    day, _, time = node.text.partition(" ")
    if is_date(day) and _is_time(time):
        return None
    hint = (_is_time(time) and _missing_day(day)) or "write it as 2026-03-02 09:30"
    return Wrong("bad-date", f"'{node.text}' is no date with a time", hint)


def _missing_day(text: str) -> str:
    """Say how many days the month has, where only the day is wrong."""
    if not _DATE.match(text) or not 1 <= int(text[5:7]) <= 12:
        return ""
    days = monthrange(int(text[:4]), int(text[5:7]))[1]
    return f"{text[5:7]}/{text[:4]} has {days} days"


def _check_time(node: Scalar) -> Wrong | None:
    if _is_time(node.text):
        return None
    return Wrong("bad-date", f"'{node.text}' is no time of day", 'write it as "15:00"')


def _check_duration(node: Scalar) -> Wrong | None:
    return _duration(node, refused=(Unit.NONE, Unit.YEARS))


def _check_limit(node: Scalar) -> Wrong | None:
    return _duration(node, refused=(Unit.YEARS,))


def _check_span(node: Scalar) -> Wrong | None:
    return _duration(node, refused=(Unit.NONE,))


def _duration(node: Scalar, *, refused: tuple[Unit, ...]) -> Wrong | None:
    try:
        duration: Duration = parse_duration(node.text)
    except BadDuration as error:
        return _bad_duration(error, node.text)
    if duration.unit not in refused:
        return None
    if duration.unit is Unit.YEARS:
        return Wrong("bad-duration", f"'{node.text}' is counted in years", "say months")
    return Wrong("bad-duration", "'no limit' is possible only as a whole deadline", "leave the key out")


def _check_moment(node: Scalar) -> Wrong | None:
    try:
        parse_moment(node.text)
    except BadDuration as error:
        return _bad_duration(error, node.text)
    return None


def _bad_duration(error: BadDuration, text: str) -> Wrong:
    message, _, hint = str(error).partition(" (")
    return Wrong("bad-duration", message, odd_blank(text) or hint.removesuffix(")"))


def _check_expression(node: Scalar) -> Wrong | None:
    if isinstance(node.value, str):
        return None if len(node.text) <= MAX_LINE else Wrong("bad-expression", f"longer than {MAX_LINE:,} characters")
    return Wrong("wrong-type", f"'{node.text}' is no expression", f'write "{node.text}" in double quotes')


def _check_rows_field(node: Scalar) -> Wrong | None:
    variable, _, id = node.text.partition(".")
    if variable == "form" and ID.match(id):
        return None
    return Wrong("per-not-rows", f"'{node.text}' names no list of the form", "write form.<a field of type rows>")


def _check_pattern(node: Scalar) -> Wrong | None:
    if wrong := check_text(node):
        return wrong
    try:
        TypeAdapter(Annotated[str, StringConstraints(pattern=f"^(?:{node.text})$")])
    except SchemaError as error:
        why = str(error).strip().splitlines()[-1].strip().removeprefix("error: ")
        return Wrong("bad-pattern", f"'{node.text}' is no pattern", why)
    return None


def _check_any(node: Scalar) -> Wrong | None:
    return check_text(node) if isinstance(node.value, str) and "\n" not in node.text else None


def _is_time(text: str) -> bool:
    return _TIME.match(text) is not None


_CHECKS: Mapping[str, Callable[[Scalar], Wrong | None]] = {
    "text": check_text,
    "code": _check_code,
    "id": _check_id_value,
    "integer": _check_integer,
    "number": _check_number,
    "boolean": _check_boolean,
    "any": _check_any,
    "bound": _check_any,
    "date": _check_date,
    "datetime": _check_datetime,
    "time of day": _check_time,
    "duration": _check_duration,
    "limit": _check_limit,
    "span": _check_span,
    "moment": _check_moment,
    "condition": _check_expression,
    "expression": _check_expression,
    "target": check_text,
    "pattern": _check_pattern,
    "rows field": _check_rows_field,
}
