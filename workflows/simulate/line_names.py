"""What a scenario calls a line: its key as filed; the case knows it by its place in the list and never by the key."""

from procedures.json_types import Json, JsonObject
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import EachStep
from workflows.core import paths


class LineNames:
    """The lines of one scenario, as they were filed."""

    def __init__(self, procedure: Procedure, form: JsonObject) -> None:
        self._procedure = procedure
        lists = [field for field in procedure.form if field.type == "rows"]
        self._keys = {field.id: _keys(form.get(field.id), field.key) for field in lists}

    def of_step(self, path: str, step: str) -> str:
        """Name a step on a track: `step`, or in a line `step/key`."""
        place = paths.line(path)
        return step if place is None else f"{step}/{self.key(self._list(path), place)}"

    def of_paper(self, paper: str) -> str:
        """Name a paper that is demanded line by line: `id/key` instead of `id/place`."""
        id, _, place = paper.partition("/")
        document = self._procedure.document(id)
        if document is None or document.per is None or not place.isdecimal():
            return paper
        return f"{id}/{self.key(document.per, int(place))}"

    def paper_of(self, id: str, key: str) -> str:
        """Name a paper of one line as the case does, by the place of the line."""
        document = self._procedure.document(id)
        known = self._keys.get(document.per, ()) if document is not None and document.per is not None else ()
        return f"{id}/{known.index(key) + 1}" if key in known else f"{id}/{key}"

    def of_window(self, window: str) -> str:
        """Name a window that was missed by a line: `window/key` instead of `window/place`."""
        id, _, place = window.partition("/")
        declared = next((one for one in self._procedure.windows if one.id == id), None)
        return window if declared is None or declared.per is None else f"{id}/{self.key(declared.per, int(place))}"

    def key(self, list: str, place: int) -> str:
        keys = self._keys.get(list, ())
        return keys[place - 1] if place <= len(keys) else str(place)

    def key_at(self, path: str) -> str:
        """Name the line a track is."""
        place = paths.line(path)
        assert place is not None, path
        return self.key(self._list(path), place)

    def places(self, step: EachStep, keys: tuple[str, ...]) -> list[str]:
        """Give the places of lines, as their tracks are called."""
        known = self._keys.get(step.of, ())
        return [str(known.index(key) + 1) if key in known else key for key in keys]

    def _list(self, path: str) -> str:
        step = self._procedure.step(paths.owner(path))
        assert isinstance(step, EachStep)
        return step.of


def _keys(rows: Json, key: str | None) -> tuple[str, ...]:
    listed = rows if isinstance(rows, list) else []
    return tuple(str(row.get(key or "")) for row in listed if isinstance(row, dict))
