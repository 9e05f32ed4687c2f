"""Where the next page begins: an opaque text that callers hand back as they got it."""

import base64
import binascii
from datetime import datetime

import orjson

from api.problems import FieldError, invalid
from api.strict import unkeepable

# The place of what has no date: behind everything that has one.
ENDLESS = "infinity"
Place = tuple[str, str]


def write_cursor(place: Place) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(place)).decode().rstrip("=")


def read_cursor(text: str, *, pointer: str = "#/after", may_be_endless: bool = False) -> Place:
    """Answer an instant, as text PostgreSQL reads, and an id. Raises the problem of a cursor nobody was given."""
    try:
        instant, id = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(id, str) or any(unkeepable(id)):
            raise ValueError(id)
        if instant == ENDLESS and may_be_endless:
            return ENDLESS, id
        at = datetime.fromisoformat(instant)
        if at.tzinfo is None:
            raise ValueError(instant)
    except (ValueError, TypeError, binascii.Error):
        detail = "Đi tiếp bằng giá trị next của trang trước, không sửa."
        raise invalid([FieldError(pointer=pointer, code="bad-cursor", detail=detail)]) from None
    return at.isoformat(), id
