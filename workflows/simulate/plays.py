"""A verb of a scenario about to be played, what it says to the core, and who stands where it can be said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from procedures.json_types import Json, JsonObject
from procedures.language.scenarios.scenario import Given, Happening
from workflows.core.phases import desk_unit
from workflows.core.state import State
from workflows.simulate.line_names import LineNames
from workflows.simulate.world import World

_Found = TypeVar("_Found")


class CannotPlay(Exception):
    """The scenario asks for what is not there; the sentence says what."""


@dataclass(frozen=True, slots=True)
class Play:
    """One verb of a scenario about to be played; `id` becomes that of its command."""

    world: World
    given: Given
    happening: Happening
    id: str

    @property
    def state(self) -> State:
        return self.world.state

    @property
    def lines(self) -> LineNames:
        return LineNames(self.world.pin.procedure, self.given.form)

    @property
    def arguments(self) -> JsonObject:
        return dict(self.happening.argument) if isinstance(self.happening.argument, dict) else {}

    @property
    def subject(self) -> str:
        return str(self.happening.argument)

    @property
    def reason(self) -> Json:
        """A word like `wrong_agency` is a code of the list; anything else is what somebody wrote."""
        given = self.happening.reason or self.arguments.get("reason")
        if given is None:
            return None
        code = str(given) if re.fullmatch(r"[a-z_]+", str(given)) else "other"
        return {"code": code, "text": self.text_ref("reason")}

    def text_ref(self, name: str) -> str:
        """Texts stay in records; the core sees where."""
        return f"command:{self.id}/{name}"


@dataclass(frozen=True, slots=True)
class Draft:
    """The arguments of a command, who says it as what, and the function of the second person where one is named."""

    arguments: Mapping[str, Json] = field(default_factory=dict)
    function: str | None = None
    unit: str | None = None
    approver: str = "leader"


def at_desk(play: Play, arguments: Mapping[str, Json], *, function: str | None = None) -> Draft:
    """The one-stop acts: where the intake task is, afterwards where the dossier was received."""
    intake = [task for task in play.state.tasks if task.kind == "intake"]
    unit = intake[0].unit if intake else desk_unit(play.state)
    return Draft(arguments, function or play.world.pin.procedure.intake.by, unit)


def in_hand(play: Play, arguments: Mapping[str, Json], *, approver: str) -> Draft:
    """Whoever has the case in hand acts."""
    tasks = [task for task in play.state.tasks if task.kind in ("step", "desk", "extension")]
    if not tasks:
        return replace(at_desk(play, arguments), approver=approver)
    return Draft(arguments, tasks[0].function, tasks[0].unit, approver)


def only(found: Sequence[_Found], none: str, several: str) -> _Found:
    if len(found) != 1:
        raise CannotPlay(several if found else none)
    return found[0]
