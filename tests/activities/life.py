"""One case of the published procedure, its core applied here and its effects carried out by the real activities."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from temporalio.exceptions import ApplicationError

from activities.contracts import CONTRACTS, Failure, Order
from procedures.json_types import Json, JsonObject
from records.commands import NewCommand, NewForm, form_digest, open_command
from records.pool import Pool
from workflows.core import machine
from workflows.core.documents import parse_command
from workflows.core.effects import Finish, Perform, UsePin
from workflows.core.events import EffectDone, EffectFailed, Event, Woke
from workflows.core.pin import Pin

Activities = Mapping[str, Callable[[Order], Awaitable[dict[str, Json]]]]
CITIZEN: JsonObject = {"ref": "account:c01"}
DESK: JsonObject = {"ref": "officer:o01", "function": "one_stop", "unit": "ben-may"}
REVIEWER: JsonObject = {"ref": "officer:o02", "function": "medical_review", "unit": "song-lam"}
LEADER: JsonObject = {"ref": "officer:o03", "function": "leader", "unit": "song-lam"}


class Life:
    def __init__(self, pool: Pool, activities: Activities, pin: Pin, *, case: str) -> None:
        self.pool = pool
        self.pin = pin
        self.state = machine.begin(case, 1)
        self.orders: list[Order] = []
        self.failures: list[str] = []
        self.kinds: list[str] = []
        self._activities = activities

    async def do(
        self,
        verb: str,
        arguments: JsonObject,
        *,
        by: JsonObject,
        at: datetime,
        texts: dict[str, str] | None = None,
        forms: tuple[JsonObject, ...] = (),
    ) -> None:
        """Write the command's row as the API does, then let the case obey."""
        id = f"{verb}-{len(self.kinds)}"
        document: JsonObject = {"verb": verb, "id": id, "actor": by, "arguments": _placed(arguments, id)}
        kept = [NewForm(digest=form_digest(values), values=values) for values in forms]
        command = NewCommand(
            id=id,
            case=self.state.case,
            actor=str(by["ref"]),
            verb=verb,
            document=document,
            texts=texts or {},
            forms=kept,
            key=bytes(32) if verb == "submit" else None,
        )
        async with self.pool.connection() as db:
            await open_command(db, command)
        await self._tell(parse_command(document), at)

    async def sleep_until(self, instant: datetime) -> None:
        """Let every mark due by then fire."""
        while (wakes := machine.next_wake(self.pin, self.state)) is not None and wakes <= instant:
            await self._tell(Woke(), wakes)

    def given(self, activity: str) -> list[Mapping[str, Json]]:
        """What an activity was ordered with, in order."""
        return [order.with_ for order in self.orders if order.activity == activity]

    async def _tell(self, event: Event, at: datetime) -> None:
        step = machine.apply(self.pin, self.state, event, at)
        self.state = step.state
        self.kinds += [entry.kind for entry in step.entries]
        for effect in step.effects:
            match effect:
                case Perform():
                    await self._perform(effect, at)
                case UsePin():
                    raise AssertionError("the version in force did not change here")
                case Finish():
                    self.kinds.append("finished")
                case _:
                    pass

    async def _perform(self, effect: Perform, at: datetime) -> None:
        order = Order(
            case=self.state.case,
            run="run",
            effect=effect.id,
            key=effect.key,
            activity=effect.activity,
            with_=dict(effect.with_),
            state=machine.dump(self.state) if CONTRACTS[effect.activity].with_state else None,
            pin=self.pin.digest,
            at=at,
        )
        self.orders.append(order)
        try:
            result = await self._activities[effect.activity](order)
        except ApplicationError as failure:
            detail = failure.details[0]
            assert isinstance(detail, Failure)
            self.failures.append(f"{failure.type}: {failure}")
            await self._tell(EffectFailed(id=effect.id, code=str(failure.type), business=detail.business), at)
            return
        await self._tell(EffectDone(id=effect.id, result=result), at)


def _placed(arguments: Json, command: str) -> Json:
    """Write the command's id where its own texts are referred to as `command:/reason`."""
    if isinstance(arguments, dict):
        return {name: _placed(value, command) for name, value in arguments.items()}
    if isinstance(arguments, list):
        return [_placed(value, command) for value in arguments]
    return arguments.replace("command:/", f"command:{command}/") if isinstance(arguments, str) else arguments
