"""What a value of each type of field must be, the types made of parts included."""

import re
from collections.abc import Callable, Mapping

from procedures.json_types import Json
from procedures.language.applying.simplevalues import (
    Refused,
    Wrong,
    clean_boolean,
    clean_choice,
    clean_choices,
    clean_date,
    clean_email,
    clean_file,
    clean_health_card,
    clean_integer,
    clean_long_text,
    clean_money,
    clean_month,
    clean_number,
    clean_phone,
    clean_text,
    digits,
    is_empty,
    shortened,
    written,
)
from procedures.language.model.parts import FormField


def clean_value(field: FormField, value: Json) -> Json:
    """Give the value as it is kept; raises `Refused`."""
    return _CLEANERS[field.type](field, value)


def check_value(field: FormField, value: Json) -> Wrong | None:
    try:
        clean_value(field, value)
    except Refused as refused:
        return refused.wrong
    return None


def _parts(required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Callable[[FormField, Json], Json]:
    def clean(field: FormField, value: Json) -> Json:
        if not isinstance(value, dict):
            raise Refused("wrong-type", "Hãy ghi đủ các phần.", "Fill in the parts: " + ", ".join(required))
        for name in value:
            if name not in (*required, *optional):
                raise Refused(
                    "unknown-field", f"Không có mục '{shortened(name)}'.", f"There is no '{shortened(name)}'.", name
                )
        kept: dict[str, Json] = {}
        for name in (*required, *optional):
            if not is_empty(value.get(name)):
                kept[name] = _part(name, value[name])
            elif name in required:
                raise Refused("required", "Chưa ghi mục này.", "This is missing.", name)
        return kept

    return clean


def _part(name: str, value: Json) -> Json:
    if name == "address":
        return _parts(*_ADDRESS)(_PART, value)
    try:
        if name in _PART_CLEANERS:
            return _PART_CLEANERS[name](_PART, value)
        return clean_text(_PART, value)
    except Refused as refused:
        raise Refused(refused.wrong.code, refused.wrong.vi, refused.wrong.en, name) from refused


# A place may be without a street or a number.
_ADDRESS = ("province", "commune"), ("line",)
_PART = FormField(id="part", type="text", label={})
_PART_CLEANERS: Mapping[str, Callable[[FormField, Json], Json]] = {
    "identity_number": digits((12,)),
    "tax_number": digits((10, 13)),
    "born_on": clean_date,
    "phone": clean_phone,
    "email": clean_email,
    "number": lambda field, value: _account_number(value),
}


def _account_number(value: Json) -> Json:
    text = written(value).replace(" ", "")
    if not re.fullmatch(r"[0-9A-Z]{4,30}", text):
        raise Refused("bad-account", "Số tài khoản chỉ gồm chữ số.", "An account number has digits only.")
    return text


_CLEANERS: Mapping[str, Callable[[FormField, Json], Json]] = {
    "text": clean_text,
    "long_text": clean_long_text,
    "integer": clean_integer,
    "number": clean_number,
    "money": clean_money,
    "date": clean_date,
    "month": clean_month,
    "boolean": clean_boolean,
    "file": clean_file,
    "choice": clean_choice,
    "choices": clean_choices,
    "address": _parts(*_ADDRESS),
    "province": digits((2,)),
    "commune": digits((5,)),
    "person": _parts(("name",), ("identity_number", "born_on", "phone", "email", "address")),
    "organisation": _parts(("name",), ("tax_number", "address")),
    "identity_number": digits((12,)),
    "insurance_number": digits((10,)),
    "health_card_number": clean_health_card,
    "tax_number": digits((10, 13)),
    "bank_account": _parts(("bank", "number", "holder")),
    "phone": clean_phone,
    "email": clean_email,
}
