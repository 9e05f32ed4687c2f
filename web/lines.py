"""Lists on a page: lines are added and taken away by buttons that send it, so that no script is needed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from procedures.language.model.parts import FormField, Option
from web.forms import Typed
from web.texts import Words

ADD, TAKE = "add_line", "take_line"
_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class Change:
    """What a button asked for: another line of a list, or that one of them goes; `place` counts from 0."""

    rows: str
    place: int
    takes: bool

    def typed(self, typed: Typed) -> Typed:
        """Give what was typed with the line added or gone; those behind it move up."""
        values = {name: one for name, one in typed.values.items() if name not in (ADD, TAKE)}
        if not self.takes:
            return replace(typed, values={**values, f"{self.rows}.{self.place}.": [""]})
        return replace(
            typed, values=_without(values, re.compile(rf"({re.escape(self.rows)}\.)(\d+)(\..*)"), self.place)
        )

    def slots(self, kept: Mapping[str, _Kept], papers: list[str]) -> dict[str, _Kept]:
        """Give what is kept for papers of each line, `paper/1` and so on, as it stands after the change."""
        if not self.takes or not papers:
            return {**kept}
        named = "|".join(map(re.escape, papers))
        return _without(kept, re.compile(rf"((?:{named})(?:\.\w+)?/)(\d+)()"), self.place + 1)


def change_of(typed: Typed) -> Change | None:
    """Say what a button of a list asked for; None where the page was sent to be filed."""
    for button, takes in ((ADD, False), (TAKE, True)):
        rows, _, place = typed.one(button).rpartition(".")
        if rows and re.fullmatch("[0-9]{1,3}", place):
            return Change(rows, int(place), takes)
    return None


def with_variant(
    form: list[FormField], rows: str | None, variants: tuple[Option, ...], words: Words
) -> list[FormField]:
    """Where each line has its variant, it is asked first in the line."""
    asked = str(words("file.variant_of_line"))
    column = FormField(id="variant", type="choice", label={words.language: asked}, options=variants)
    return [one.model_copy(update={"fields": (column, *one.fields)}) if one.id == rows else one for one in form]


def _without(named: Mapping[str, _Kept], pattern: re.Pattern[str], gone: int) -> dict[str, _Kept]:
    kept: dict[str, _Kept] = {}
    for name, value in named.items():
        found = pattern.fullmatch(name)
        place = int(found[2]) if found else None
        if found is None or place is None or place < gone:
            kept[name] = value
        elif place > gone:
            kept[f"{found[1]}{place - 1}{found[3]}"] = value
    return kept
