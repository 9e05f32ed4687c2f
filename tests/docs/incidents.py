"""Every incident that the code can open, read from the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.docs.pages import ROOT


def incident_codes() -> Iterator[str]:
    """Literals given to what opens an incident, in the core and in the activities."""
    for folder in ("workflows/core", "activities"):
        for file in sorted((ROOT / folder).glob("*.py")):
            yield from _codes_in(file)


def _codes_in(file: Path) -> Iterator[str]:
    makers = {"final_failure": 0, "business_failure": 0, "TypesettingError": 0, "_park": 2, "EffectFailed": None}
    for call in (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name not in (*makers, "open_incident"):
            continue
        place = makers.get(name)
        given = [word.value for word in call.keywords if word.arg == "code"]
        given += call.args[place : place + 1] if place is not None else []
        yield from (value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str))
