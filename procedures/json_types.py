"""The shapes of plain JSON, named once for every floor."""

from collections.abc import Mapping
from typing import TypeAlias

from typing_extensions import TypeAliasType

# A named alias: what is built from annotations (models, schemas) must find the end of the recursion.
Json = TypeAliasType("Json", "None | bool | int | float | str | list[Json] | dict[str, Json]")
JsonObject: TypeAlias = dict[str, Json]
Scalar: TypeAlias = bool | int | float | str
Facts: TypeAlias = Mapping[str, Json]
