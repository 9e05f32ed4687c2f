"""As whom somebody acts: an officer has duties, and a command names the one it is done under."""

from collections.abc import Iterator
from datetime import datetime

from procedures.json_types import JsonObject
from records.accounts import Account
from workflows.core import machine
from workflows.core.documents import load_command
from workflows.core.pin import Pin
from workflows.core.refusals import Refused
from workflows.core.state import State

_NOT_THIS_DUTY = frozenset({"wrong-function", "wrong-unit", "not-a-party"})


def actors(account: Account) -> Iterator[JsonObject]:
    """Answer every hat somebody wears today: one a duty, and none at all."""
    for duty in account.duties:
        yield {"ref": account.ref, "function": duty.function, "unit": duty.unit}
    yield {"ref": account.ref}


def choose_actor(account: Account, pin: Pin, state: State, document: JsonObject, *, now: datetime) -> JsonObject:
    """Answer the duty under which the case would take the command; where none fits, the first whose refusal says more.

    `document` is the command without its actor. The case judges again when the command arrives.
    """
    refused: list[tuple[bool, JsonObject]] = []
    for actor in actors(account):
        code = refusal(pin, state, {**document, "actor": actor}, now=now)
        if code is None:
            return actor
        refused.append((code in _NOT_THIS_DUTY, actor))
    return min(refused, key=lambda one: one[0])[1]


def refusal(pin: Pin, state: State, document: JsonObject, *, now: datetime) -> str | None:
    try:
        machine.check(pin, state, load_command(document), now)
    except Refused as refused:
        return refused.code
    return None
