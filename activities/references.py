"""Turns the references that effects carry into the values and sentences people entered; only inside an activity."""

from collections.abc import Mapping

from procedures.json_types import Json, JsonObject
from records.commands import text_of
from records.dossiers import arguments_of
from records.forms import PREFIX, field_value
from records.pool import Db

COMMAND = "command:"
STEP = "step:"


async def resolved(db: Db, *, case: str, given: Mapping[str, Json]) -> JsonObject:
    """Answer `given` with every `form:<digest>#field` replaced by what stands there; a field left empty is None."""
    return {name: await _value(db, case, value) for name, value in given.items()}


async def sentence(db: Db, reference: Json) -> str | None:
    """Answer what a person wrote under `command:<id>/<name>`; a step that stands for a reason has no words."""
    if not isinstance(reference, str) or not reference or reference.startswith(STEP):
        return None
    return await text_of(db, reference) if reference.startswith(COMMAND) else reference


async def argument_beside(db: Db, reference: Json, name: str) -> Json:
    """Answer another argument of the command that a reference points into: what came with a reason."""
    if not isinstance(reference, str) or not reference.startswith(COMMAND):
        return None
    return (await arguments_of(db, reference.removeprefix(COMMAND).partition("/")[0])).get(name)


async def _value(db: Db, case: str, value: Json) -> Json:
    if isinstance(value, str) and value.startswith(PREFIX) and "#" in value:
        return await field_value(db, case=case, reference=value)
    return value
