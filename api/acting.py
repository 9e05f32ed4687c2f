"""As whom somebody acts: an officer has duties, and a command names the one it is done under."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from procedures.json_types import JsonObject
from records.accounts import Account
from workflows.core import machine
from workflows.core.documents import load_command
from workflows.core.events import Actor
from workflows.core.pin import Pin
from workflows.core.refusals import Refused
from workflows.core.state import State

_NOT_THIS_DUTY = frozenset({"wrong-function", "wrong-unit", "not-a-party"})


def actors(account: Account) -> Iterator[Actor]:
    """Answer as whom somebody may act today: once for each duty, and as a person without one."""
    for duty in account.duties:
        yield Actor(ref=account.ref, function=duty.function, unit=duty.unit)
    yield Actor(ref=account.ref)


def actor_document(actor: Actor) -> JsonObject:
    return {name: value for name, value in asdict(actor).items() if value is not None}


def choose_actor(account: Account, pin: Pin, state: State, document: JsonObject, *, now: datetime) -> JsonObject:
    """Answer the duty under which the case would take the command; where none fits, the first whose refusal says more.

    `document` is the command without its actor. The case judges again when the command arrives.
    """
    refused: list[tuple[bool, JsonObject]] = []
    for actor in map(actor_document, actors(account)):
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
