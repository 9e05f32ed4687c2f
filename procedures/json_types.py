"""The shapes of plain JSON, and the one way to write it down, for every floor."""

import json
from collections.abc import Mapping
from typing import TypeAlias

from typing_extensions import TypeAliasType

# A named alias: what is built from annotations (models, schemas) must find the end of the recursion.
Json = TypeAliasType("Json", "None | bool | int | float | str | list[Json] | dict[str, Json]")
JsonObject: TypeAlias = dict[str, Json]
Scalar: TypeAlias = bool | int | float | str
Facts: TypeAlias = Mapping[str, Json]


def canonical_json(document: Json) -> bytes:
    """Write JSON in one way only, so that its hash means something: sorted keys, no blanks, UTF-8."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
