"""State, commands and effects as plain JSON and back, exactly: what histories, dumps and commands are made of."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from procedures.json_types import canonical_json
from workflows.core.effects import Cancel, Effect, Finish, Perform, UsePin
from workflows.core.events import Actor, AnyCommand
from workflows.core.state import State

_STATE: TypeAdapter[State] = TypeAdapter(State)
_COMMAND: TypeAdapter[AnyCommand] = TypeAdapter(AnyCommand)
AnyEffect: TypeAlias = Annotated[Perform | Cancel | UsePin | Finish, Field(discriminator="effect")]
_EFFECT: TypeAdapter[AnyEffect] = TypeAdapter(AnyEffect)
_ACTOR: TypeAdapter[Actor] = TypeAdapter(Actor)

_HEAD = ("id", "actor", "approval", "have", "verb")


@dataclass(frozen=True, slots=True)
class CommandProblem:
    """`pointer` is a JSON pointer into the command document (`/arguments/task`)."""

    pointer: str
    code: str
    sentence: str


class BadCommand(ValueError):
    """The document is no command; every problem with its place."""

    def __init__(self, problems: tuple[CommandProblem, ...]) -> None:
        super().__init__("; ".join(f"{problem.pointer} {problem.sentence}" for problem in problems))
        self.problems = problems


def dump_state(state: State) -> dict[str, JsonValue]:
    """Write only what is not at its default, which therefore never changes: a case of 200 lines stays small."""
    document: dict[str, Any] = _STATE.dump_python(state, mode="json", exclude_defaults=True)
    for proposal, written in zip(state.proposals, document.get("proposals", ()), strict=True):
        # What tells commands apart is the default of each.
        written["command"]["verb"] = proposal.command.verb
    return document


def load_state(document: JsonValue) -> State:
    return _STATE.validate_python(document)


def dump_effect(effect: Effect) -> dict[str, JsonValue]:
    document: dict[str, JsonValue] = _EFFECT.dump_python(effect, mode="json")
    return document


def load_effect(document: JsonValue) -> Effect:
    return _EFFECT.validate_python(document)


def dump_command(command: AnyCommand) -> dict[str, JsonValue]:
    flat: dict[str, JsonValue] = _COMMAND.dump_python(command, mode="json")
    return {name: flat.pop(name) for name in _HEAD} | {"arguments": flat}


def parse_command(document: Mapping[str, JsonValue]) -> AnyCommand:
    """Read a command at the door: unknown keys are problems. Raises `BadCommand`."""
    return _parse(document, lenient=False)


def load_command(document: Mapping[str, JsonValue]) -> AnyCommand:
    """Read a command from a history, which may be older or newer than this code."""
    return _parse(document, lenient=True)


def load_actor(document: JsonValue) -> Actor:
    return _ACTOR.validate_python(document)


def command_digest(case: str, command: AnyCommand) -> str:
    """Case, verb, arguments and actor: the same id may only come again with the same of these.

    What is at its default does not count: a later release may know more arguments than the one that sent it.
    """
    flat: dict[str, JsonValue] = _COMMAND.dump_python(command, mode="json", exclude_defaults=True)
    arguments: JsonValue = {name: value for name, value in flat.items() if name not in _HEAD}
    content: JsonValue = [case, command.verb, arguments, flat["actor"]]
    return hashlib.sha256(canonical_json(content)).hexdigest()


def _parse(document: Mapping[str, JsonValue], *, lenient: bool) -> AnyCommand:
    arguments = document.get("arguments", {})
    if not isinstance(arguments, dict):
        raise BadCommand((CommandProblem("/arguments", "wrong-type", "Arguments are an object."),))
    clash = [name for name in _HEAD if name in arguments]
    if clash:
        raise BadCommand(
            tuple(CommandProblem(f"/arguments/{name}", "unknown-key", "No such argument.") for name in clash)
        )
    flat = {name: value for name, value in document.items() if name != "arguments"} | arguments
    try:
        return _COMMAND.validate_python(flat, extra="ignore" if lenient else "forbid")
    except ValidationError as error:
        raise BadCommand(tuple(_problem(line["loc"], line["type"], line["msg"]) for line in error.errors())) from None


def _problem(place: tuple[int | str, ...], code: str, sentence: str) -> CommandProblem:
    # The first part of a place is the verb, which pydantic inserts for the member of the union.
    parts = [str(part) for part in place[1:]] or ["verb"]
    inside = [] if parts[0] in _HEAD else ["arguments"]
    return CommandProblem("/" + "/".join(inside + parts), code.replace("_", "-"), sentence)
