"""The shapes of plain JSON, named once for every floor."""

from collections.abc import Mapping
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"
JsonObject: TypeAlias = dict[str, Json]
Scalar: TypeAlias = bool | int | float | str
Facts: TypeAlias = Mapping[str, Json]
