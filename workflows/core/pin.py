"""All that must not drift while a case runs, by value: the resolved procedure, its calendars and the office's hours."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue, TypeAdapter

from procedures.json_types import JsonObject, canonical_json
from procedures.language.model.procedure import Procedure
from procedures.time.calendar import Calendar, OfficeHours
from procedures.time.working import WorkingTime


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pin:
    """Known by its digest; `document` is what was hashed, kept so that a newer engine hands on the same bytes."""

    digest: str
    procedure: Procedure
    calendars: tuple[Calendar, ...]
    hours: OfficeHours
    working: WorkingTime
    document: Mapping[str, JsonValue]


class PinDamaged(ValueError):
    """The document does not hash to the digest it claims."""


_CALENDARS: TypeAdapter[tuple[Calendar, ...]] = TypeAdapter(tuple[Calendar, ...])
_HOURS: TypeAdapter[OfficeHours] = TypeAdapter(OfficeHours)
_LOADED: dict[str, Pin] = {}


def make_pin(procedure: Procedure, calendars: tuple[Calendar, ...], hours: OfficeHours) -> Pin:
    content: dict[str, JsonValue] = {
        "procedure": procedure.model_dump(mode="json"),
        "calendars": _CALENDARS.dump_python(calendars, mode="json"),
        "hours": _HOURS.dump_python(hours, mode="json"),
    }
    return load_pin({"digest": _digest(content), **content})


def dump_pin(pin: Pin) -> dict[str, JsonValue]:
    return dict(pin.document)


def with_calendars(pin: Pin, calendars: Sequence[JsonObject]) -> Pin:
    """Give the pin with other calendars, as documents. Raises ValueError where they are none or contradict themselves.

    The rest is taken as it was hashed: a newer engine makes the same pin of it.
    """
    content = {name: value for name, value in pin.document.items() if name != "digest"}
    content["calendars"] = list(calendars)
    return load_pin({"digest": _digest(content), **content})


def load_pin(document: Mapping[str, JsonValue]) -> Pin:
    """Give one object per digest: a worker holds many cases of one version."""
    digest = str(document["digest"])
    known = _LOADED.get(digest)
    return known if known is not None else _LOADED.setdefault(digest, _read(digest, document))


def _read(digest: str, document: Mapping[str, JsonValue]) -> Pin:
    content = {name: value for name, value in document.items() if name != "digest"}
    if _digest(content) != digest:
        raise PinDamaged(f"The pinned procedure {digest} does not hash to its digest; restore it from the database.")
    calendars = _CALENDARS.validate_python(content["calendars"])
    hours = _HOURS.validate_python(content["hours"])
    return Pin(
        digest=digest,
        procedure=Procedure.model_validate(content["procedure"]),
        calendars=calendars,
        hours=hours,
        working=WorkingTime(calendars, hours),
        document=document,
    )


def _digest(content: Mapping[str, JsonValue]) -> str:
    return "sha256:" + hashlib.sha256(canonical_json(dict(content))).hexdigest()
