"""Values of the simple types of field; a value in order comes back in its one written form."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError

from procedures.json_types import Json
from procedures.language.model.parts import MAX_LONG_TEXT, FormField

MAX_TEXT, MAX_WHOLE, MAX_LINES = 200, 2**53, 200
MEGABYTE = 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_DIGITS = re.compile(r"[0-9]+\Z")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+\Z")
_PHONE = re.compile(r"(?:\+84|0)[0-9]{8,10}\Z")
_HEALTH_CARD = re.compile(r"(?:[A-Z]{2}[0-9]{13}|[0-9]{10})\Z")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a value cannot stay, in the words of the page; `part` is the part of an address, person or account."""

    code: str
    vi: str
    en: str
    part: str = ""


class Refused(Exception):
    """Carries what is wrong out of the check of one value."""

    def __init__(self, code: str, vi: str, en: str, part: str = "") -> None:
        super().__init__(en)
        self.wrong = Wrong(code, vi, en, part)


def is_empty(value: Json) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def clean_text(field: FormField, value: Json) -> Json:
    text = written(value)
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
        raise Refused("bad-text", "Chỉ ghi trên một dòng, không dùng ký tự đặc biệt.", "Write one line, plain letters.")
    _check_length(text, field.max_length or MAX_TEXT)
    if field.pattern is not None and not _matches(field.pattern, text):
        raise Refused(
            "pattern-mismatch",
            f"Giá trị này không đúng mẫu. Ông/bà đang ghi {shortened(text)}.",
            f"This does not have the expected form. You wrote {shortened(text)}.",
        )
    return text


def clean_long_text(field: FormField, value: Json) -> Json:
    text = written(value).replace("\r\n", "\n")
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n" for letter in text):
        raise Refused("bad-text", "Nội dung có ký tự không đọc được.", "The text has characters that cannot be read.")
    _check_length(text, field.max_length or MAX_LONG_TEXT)
    return text


def clean_integer(field: FormField, value: Json) -> Json:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > MAX_WHOLE:
        raise Refused("not-a-whole-number", "Hãy ghi số nguyên, chỉ dùng chữ số.", "Write a whole number, digits only.")
    _check_bounds(field, value)
    return value


def clean_money(field: FormField, value: Json) -> Json:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_WHOLE:
        raise Refused("not-an-amount", "Hãy ghi số tiền bằng đồng, chỉ dùng chữ số.", "Write whole đồng, digits only.")
    _check_bounds(field, value)
    return value


def clean_number(field: FormField, value: Json) -> Json:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MAX_WHOLE:
        raise Refused("not-a-number", "Hãy ghi một số, ví dụ 12,5.", "Write a number, e.g. 12.5.")
    _check_bounds(field, value)
    return float(value)


def clean_boolean(field: FormField, value: Json) -> Json:
    if not isinstance(value, bool):
        raise Refused("not-yes-or-no", "Hãy chọn có hoặc không.", "Choose yes or no.")
    return value


def clean_date(field: FormField, value: Json) -> Json:
    text = value if isinstance(value, str) else ""
    if not _DAY.match(text) or not _exists(text):
        raise Refused("not-a-date", "Ngày này không có trong lịch. Ghi như 02/03/2026.", "Write a date as 2026-03-02.")
    for bound, before in ((field.min, True), (field.max, False)):
        if isinstance(bound, str) and bound != "today" and (text < bound if before else text > bound):
            raise _out_of_dates(bound, text, before=before)
    return text


def clean_month(field: FormField, value: Json) -> Json:
    if not isinstance(value, str) or not _MONTH.match(value):
        raise Refused("not-a-month", "Hãy ghi tháng như 03/2026.", "Write a month as 2026-03.")
    return value


def clean_choice(field: FormField, value: Json) -> Json:
    if value not in [option.id for option in field.options]:
        raise Refused("not-an-option", "Hãy chọn một trong các mục đã nêu.", "Choose one of the options.")
    return value


def clean_choices(field: FormField, value: Json) -> Json:
    chosen = value if isinstance(value, list) else None
    options = [option.id for option in field.options]
    if chosen is None or any(one not in options for one in chosen):
        raise Refused("not-an-option", "Hãy chọn trong các mục đã nêu.", "Choose among the options.")
    kept: list[Json] = [option for option in options if option in chosen]
    if isinstance(field.min, int) and len(kept) < field.min:
        raise Refused("too-few", f"Hãy chọn ít nhất {field.min} mục.", f"Choose at least {field.min}.")
    if isinstance(field.max, int) and len(kept) > field.max:
        raise Refused("too-many", f"Chỉ chọn tối đa {field.max} mục.", f"Choose at most {field.max}.")
    return kept


def clean_file(field: FormField, value: Json) -> Json:
    """A file is kept elsewhere; here stand its name, its size in bytes, its digest (SHA-256) and where it is."""
    if not isinstance(value, dict) or set(value) - {"file"} != {"name", "size", "digest"}:
        raise Refused("wrong-type", "Hãy chọn một tệp.", "Choose a file.")
    name, size, digest = value["name"], value["size"], value["digest"]
    if not isinstance(name, str) or type(size) is not int or not _DIGEST.match(str(digest)):
        raise Refused("wrong-type", "Hãy chọn một tệp.", "Choose a file.")
    if field.accept and name.rpartition(".")[2].lower() not in field.accept:
        endings = ", ".join(field.accept)
        raise Refused("wrong-ending", f"Chỉ nhận tệp {endings}.", f"Only files of type {endings} are taken.")
    if field.max_size is not None and size > field.max_size * MEGABYTE:
        vi = f"Tệp không được quá {field.max_size} MB."
        raise Refused("too-large", vi, f"A file may have at most {field.max_size} MB.")
    kept: dict[str, Json] = {"file": value["file"]} if isinstance(value.get("file"), str) else {}
    return {**kept, "name": unicodedata.normalize("NFC", name), "size": size, "digest": digest}


def digits(counts: tuple[int, ...]) -> Callable[[FormField, Json], Json]:
    either_vi, either_en = " hoặc ".join(map(str, counts)), " or ".join(map(str, counts))

    def clean(field: FormField, value: Json) -> Json:
        text = written(value).replace(" ", "")
        if not _DIGITS.match(text) or len(text) not in counts:
            raise Refused("wrong-digits", f"Số này phải có {either_vi} chữ số.", f"This number has {either_en} digits.")
        return text

    return clean


def clean_health_card(field: FormField, value: Json) -> Json:
    text = written(value).replace(" ", "").upper()
    if not _HEALTH_CARD.match(text):
        vi = "Số thẻ gồm 2 chữ cái và 13 chữ số, hoặc 10 chữ số."
        raise Refused("wrong-digits", vi, "A card number has 2 letters and 13 digits, or 10 digits.")
    return text


def clean_phone(field: FormField, value: Json) -> Json:
    text = re.sub(r"[ .-]", "", written(value))
    if not _PHONE.match(text):
        raise Refused(
            "bad-phone", "Số điện thoại chưa đúng. Ghi như 0912345678.", "Write a phone number as 0912345678."
        )
    return text


def clean_email(field: FormField, value: Json) -> Json:
    text = written(value)
    if not _EMAIL.match(text) or len(text) > 254:
        raise Refused("bad-email", "Địa chỉ thư điện tử chưa đúng.", "This is no e-mail address.")
    return text


def written(value: Json) -> str:
    if not isinstance(value, str):
        raise Refused("wrong-type", "Hãy ghi bằng chữ.", "Write a text.")
    return unicodedata.normalize("NFC", value).strip()


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        vi = f"Dài quá {most} ký tự. Ông/bà đang ghi {len(text)} ký tự."
        raise Refused("too-long", vi, f"At most {most} characters; you wrote {len(text)}.")


def _check_bounds(field: FormField, value: int | float) -> None:
    if isinstance(field.min, int | float) and value < field.min:
        vi = f"Phải từ {_shown(field.min)} trở lên. Ông/bà đang ghi {_shown(value)}."
        raise Refused("too-small", vi, f"At least {field.min}; you wrote {value}.")
    if isinstance(field.max, int | float) and value > field.max:
        vi = f"Không được quá {_shown(field.max)}. Ông/bà đang ghi {_shown(value)}."
        raise Refused("too-large", vi, f"At most {field.max}; you wrote {value}.")


def _out_of_dates(bound: str, text: str, *, before: bool) -> Refused:
    side, word = ("từ", "or later") if before else ("đến", "or earlier")
    vi = f"Ngày phải {side} {_day(bound)} {'trở đi' if before else 'trở về trước'}. Ông/bà đang ghi {_day(text)}."
    return Refused("out-of-range", vi, f"{bound} {word}; you wrote {text}.")


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> TypeAdapter[str]:
    """The engine of pydantic is linear in the text, whatever the pattern."""
    return TypeAdapter(Annotated[str, StringConstraints(pattern=f"^(?:{pattern})$")])


def _matches(pattern: str, text: str) -> bool:
    try:
        _pattern(pattern).validate_python(text)
    except ValidationError:
        return False
    return True


def _exists(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _day(text: str) -> str:
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}"


def _shown(value: int | float) -> str:
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value).replace(".", ",")


def shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
