"""The ground of everything that comes in: no unknown fields, no guessed types, nothing that no store can keep."""

from collections.abc import Iterator
from math import isfinite

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

DEEPEST = 60
_LARGEST = 2**63
Place = tuple[int | str, ...]


class Strict(BaseModel):
    """A model of what callers send. What is wrong anywhere in it is told with its place."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _keepable(cls, given: object) -> object:
        errors = [InitErrorDetails(type=why, loc=place, input=None) for place, why in unkeepable(given)]
        if errors:
            raise ValidationError.from_exception_data(cls.__name__, errors[:20])
        return given


def unkeepable(given: object) -> Iterator[tuple[Place, PydanticCustomError]]:
    """Find what JSON can say and PostgreSQL, a journal or a page cannot hold; deep nesting without recursion."""
    waiting: list[tuple[Place, object]] = [((), given)]
    while waiting:
        place, value = waiting.pop()
        why = _why_not(value)
        if why is not None:
            yield place, why
        elif isinstance(value, dict | list) and len(place) >= DEEPEST:
            yield place, PydanticCustomError("too_deep", "Lồng quá nhiều lớp.")
        elif isinstance(value, list):
            waiting.extend(((*place, number), one) for number, one in enumerate(value))
        elif isinstance(value, dict):
            for name, one in value.items():
                if _why_not(name) is None:
                    waiting.append(((*place, str(name)), one))
                else:
                    yield place, _UNKEEPABLE


def _why_not(value: object) -> PydanticCustomError | None:
    match value:
        case str() if "\0" in value or not _is_text(value):
            return _UNKEEPABLE
        case float() if not isfinite(value):
            return PydanticCustomError("not_a_number", "Ghi một số hữu hạn.")
        case int() if not -_LARGEST <= value < _LARGEST:
            return PydanticCustomError("too_large", "Số quá lớn.")
        case _:
            return None


def _is_text(value: str) -> bool:
    """Half of a character that takes two is none."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


_UNKEEPABLE = PydanticCustomError("unkeepable_text", "Có ký tự không lưu được (ký tự rỗng, hoặc nửa ký tự); xóa đi.")
