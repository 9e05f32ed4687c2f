"""The two ways of a command that are compared, each from the moment its sender is known."""

import asyncio
import uuid
from dataclasses import dataclass, replace
from typing import Protocol

from bench.handwritten.client import CaseClient
from bench.rows import Recorded
from records.commands import NewCommand
from records.pool import Pool
from workflows.core.pin import Pin
from workflows.door import Door, Reply, Unknown
from workflows.payloads import new_key

_ASKS_AGAIN_AFTER = 0.1


class Side(Protocol):
    def command_id(self, case: str, action: int) -> str:
        """Answer under which id the action of that number is sent."""

    async def send(self, command: NewCommand) -> None:
        """Return when the command is done and whoever sent it can read what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    door: Door
    pool: Pool
    pin: Pin

    def command_id(self, case: str, action: int) -> str:
        return str(uuid.uuid4())

    async def send(self, command: NewCommand) -> None:
        # Where the machine is so busy that the door gives up waiting, a client asks again under the same id.
        while not isinstance(await self._send(command), Reply):
            await asyncio.sleep(_ASKS_AGAIN_AFTER)

    async def _send(self, command: NewCommand) -> Reply | Unknown:
        return await (self.door.submit(command, self.pin) if command.verb == "submit" else self.door.send(command))


@dataclass(frozen=True, slots=True, kw_only=True)
class HandWritten:
    """Its rows bear ids made from the recorded ones, so its commands must."""

    client: CaseClient
    recorded: Recorded

    def command_id(self, case: str, action: int) -> str:
        return self.recorded.command_id(case, action)

    async def send(self, command: NewCommand) -> None:
        # Both keep a row for a secret of the case; this side does not use it.
        await self.client.send(replace(command, key=new_key()) if command.verb == "submit" else command)
