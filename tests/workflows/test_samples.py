"""What is invented for a field is in order for it, whatever its type and bounds, and its own for each line."""

from datetime import date
from typing import get_args

import pytest

from procedures.json_types import JsonObject
from procedures.language.applying.fieldtypes import check_value
from procedures.language.model.parts import FieldType, FormField
from workflows.simulate.samples import sample

TODAY = date(2026, 3, 2)
OPTIONS: tuple[JsonObject, ...] = tuple({"id": id, "label": {"vi": id}} for id in ("one", "two"))


def _field(type: str, **bounds: object) -> FormField:
    options = OPTIONS if type in ("choice", "choices") else ()
    return FormField.model_validate({"id": "asked", "type": type, "label": {}, "options": options, **bounds})


@pytest.mark.parametrize("place", [1, 2, 12])
@pytest.mark.parametrize("type", [type for type in get_args(FieldType) if type != "rows"])
def test_a_value_of_every_type_is_in_order(type: str, place: int) -> None:
    field = _field(type)

    value = sample(field, TODAY, place)

    assert check_value(field, value) is None


@pytest.mark.parametrize(
    "field",
    [
        _field("text", max_length=1),
        _field("text", max_length=6),
        _field("long_text", max_length=9),
        _field("text", pattern="[A-Z]{2}[0-9]{13}"),
        _field("text", pattern=r"\d{2,4}/(QĐ|TB)-[A-ZĐ]+"),
        _field("text", pattern=r"[^0-9]{3}"),
        _field("integer", min=3, max=5),
        _field("integer", max=-4),
        _field("number", max=0.5),
        _field("number", min=0.25),
        _field("money", max=500),
        _field("date", min="2027-01-01"),
        _field("date", max="2025-01-01"),
        _field("choices", min=2),
        _field("file", accept=["jpg", "png"], max_size=1),
    ],
    ids=lambda field: f"{field.type} {field.pattern or ''}{field.min or ''}..{field.max or field.max_length or ''}",
)
@pytest.mark.parametrize("place", [1, 12])
def test_a_value_is_in_order_within_bounds(field: FormField, place: int) -> None:
    value = sample(field, TODAY, place)

    assert check_value(field, value) is None


@pytest.mark.parametrize(
    "field",
    [
        *map(_field, ("text", "identity_number", "insurance_number", "health_card_number", "tax_number", "phone")),
        _field("text", max_length=4),
        _field("text", pattern="[A-Z]{2}[0-9]{13}"),
    ],
    ids=lambda field: f"{field.type} {field.pattern or field.max_length or ''}",
)
def test_keys_of_lines_differ(field: FormField) -> None:
    keys = [sample(field, TODAY, place) for place in range(1, 21)]

    assert len(keys) == len(set(map(str, keys)))
