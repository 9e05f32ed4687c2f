"""What else the keys of an object demand of each other, as JSON Schema: the loader says the same, with better words."""

from collections.abc import Mapping

from procedures.json_types import Json, JsonObject
from procedures.language.resolving.values import MIN_GROUND


def _needs(*keys: str) -> JsonObject:
    return {"required": [*keys]}


def _lacks(*keys: str) -> JsonObject:
    """None of the keys stands there."""
    return {"not": {"anyOf": [_needs(key) for key in keys]}}


def _one_of(*keys: str) -> JsonObject:
    return {"oneOf": [_needs(key) for key in keys]}


def _where(key: str, *words: str) -> JsonObject:
    return {"properties": {key: {"enum": [*words]}}, "required": [key]}


def _if(condition: JsonObject, then: JsonObject, otherwise: JsonObject | None = None) -> JsonObject:
    return {"if": condition, "then": then, **({"else": otherwise} if otherwise else {})}


_WHOLE: JsonObject = {"not": _needs("like")}
# Object -> what must hold beside its keys; where `like` fills a part in, nothing is asked of the part alone.
DEMANDS: Mapping[str, list[Json]] = {
    "rule_row": [_if(_needs("otherwise"), {"maxProperties": 1}, _needs("when", "then"))],
    "wait": [
        _one_of("message", "until", "last"),
        _if(_needs("message"), _needs("sender", "within"), _lacks("sender", "within", "documents")),
        _if(_where("clock", "pauses"), _needs("ground")),
    ],
    "parallel": [
        _if(_where("join", "quorum"), _needs("quorum"), _lacks("quorum")),
        _if(_where("join", "on_ground"), _needs("lead"), _lacks("lead")),
        {"properties": {"branches": {"minProperties": 2}}},
    ],
    "window": [_if(_WHOLE, _one_of("after", "before"))],
    "field": [
        _if({**_WHOLE, **_where("type", "choice", "choices")}, {"anyOf": [_needs("options"), _needs("list")]}),
        _if({**_WHOLE, **_where("type", "rows")}, _needs("fields", "key")),
    ],
    "override": [{"properties": {"ground": {"minLength": MIN_GROUND}}}],
}
