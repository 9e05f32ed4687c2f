"""The one way to change a case: keep the command, send it as an update, record what comes back (docs/architecture.md).

Refused (workflows.core)     the case said no; the row keeps the refusal, and the same id may be tried again
CommandIdReused (records)    the id was used with another content; nothing was done
DoorError
└── NotSent                  nothing left the house: no case has heard of the command, nor ever will
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import psycopg
from temporalio.client import Client
from temporalio.service import RPCError

from activities.contracts import Answered, Sent, Start
from procedures.json_types import Json, JsonObject
from records.cases import stored_case
from records.commands import NewCommand, OpenedCommand, close_not_sent, close_refused, open_command, take_unanswered
from records.errors import JournalGap, JournalRefused
from records.incidents import raise_alarm
from records.journal import Run, record
from records.pins import pin_of
from records.pool import Pool
from records.projections import Closing
from workflows.core import machine
from workflows.core.documents import load_command, load_state
from workflows.core.pin import Pin, dump_pin
from workflows.core.refusals import Refused
from workflows.courier import Courier, NeverLeft, NotRunning, Uncertain
from workflows.mending import entries_in_history
from workflows.payloads import Keys, new_key

log = logging.getLogger(__name__)

# Which rules of the core a new case runs by; a rule that changes what an old event did asks for it.
ENGINE_REV = 1
# Events of history after which a quiet case goes on in a new run: a cold replay of more is felt by whoever clicks.
RENEW_AFTER = 1000
_DATABASE_WITHIN = 3.0
_RECORD_WITHIN = 10.0
_SWEEP_EVERY = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The command is done and recorded: who asked reads their own writes."""

    command: str
    case: str
    outcome: str
    seq: int
    data: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The command may have arrived; the sweeper finds out, and its row will say."""

    command: str
    case: str


class DoorError(Exception):
    """Nothing was done; the sentence says what to do."""


class NotSent(DoorError):
    def __init__(self) -> None:
        super().__init__("The engine cannot be reached; nothing was sent. Try again with the same Idempotency-Key.")


class Door:
    def __init__(
        self,
        client: Client,
        pool: Pool,
        keys: Keys,
        *,
        now: Callable[[], datetime],
        renew_after: int = RENEW_AFTER,
    ) -> None:
        self._client = client
        self._courier = Courier(client)
        self._pool = pool
        self._keys = keys
        self._now = now
        self._renew_after = renew_after

    async def submit(self, command: NewCommand, pin: Pin) -> Reply | Unknown:
        """Begin a case: start and first command in one call; asked again, it is the same case."""
        document: JsonObject = {**command.document, "pin": pin.digest}
        return await self.send(replace(command, document=document, key=new_key()))

    async def send(self, command: NewCommand) -> Reply | Unknown:
        """Have the case do it, once: a known id is answered as before. Raises Refused, CommandIdReused, NotSent."""
        opened = await self._open(command)
        if opened is None:
            return Unknown(command=command.id, case=command.case)
        if opened.status == "done":
            return _reply_of(opened)
        try:
            return await self._deliver(opened)
        except NotSent:
            # Where the row is older than this call, somebody may have sent the command before.
            if opened.fresh and await self._close(opened):
                raise
            return Unknown(command=opened.id, case=opened.case)

    async def sweep(self, stop: asyncio.Event) -> None:
        """Send again, under the same ids, what nobody waits for any more, until told to stop."""
        while not stop.is_set():
            try:
                await self.sweep_once()
            except psycopg.OperationalError:
                log.warning("door.sweep_without_database")
            await _pause(stop)

    async def sweep_once(self) -> int:
        async with self._pool.connection(timeout=_DATABASE_WITHIN) as db:
            taken = await take_unanswered(db)
        answers = await asyncio.gather(*map(self._deliver, taken), return_exceptions=True)
        for opened, answer in zip(taken, answers, strict=True):
            about = {"command": opened.id, "case": opened.case, "answer": type(answer).__name__}
            if isinstance(answer, Exception) and not isinstance(answer, Refused | NotSent):
                # One row that meets a defect must not keep the others, or the worker, from going on.
                log.error("door.not_swept", extra=about, exc_info=answer)
            else:
                log.info("door.swept", extra=about)
        return len(taken)

    async def _open(self, command: NewCommand) -> OpenedCommand | None:
        try:
            connection = await self._pool.getconn(timeout=_DATABASE_WITHIN)
        except psycopg.OperationalError as error:
            raise NotSent from error
        try:
            return await open_command(connection, command)
        except psycopg.OperationalError:
            # The row may be there; then the sweeper will send it.
            return None
        finally:
            await self._pool.putconn(connection)

    async def _deliver(self, opened: OpenedCommand) -> Reply | Unknown:
        unknown = Unknown(command=opened.id, case=opened.case)
        if opened.key is not None:
            self._keys.know(opened.case, opened.key)
        try:
            answered = await self._ask(opened)
        except Refused as refused:
            # A row left `sent` would be judged again behind the back of whoever was told no.
            if await self._close(opened, refused):
                raise
            return unknown
        except NeverLeft as error:
            raise NotSent from error
        except (Uncertain, psycopg.OperationalError):
            return unknown
        if not await self._record(opened, answered):
            return unknown
        return Reply(
            command=opened.id,
            case=opened.case,
            outcome=answered.outcome,
            seq=answered.data["last"],
            data=answered.data,
        )

    async def _ask(self, opened: OpenedCommand) -> Answered:
        sent = Sent(command={**opened.document, "have": opened.have})
        try:
            return await self._courier.carry(opened.case, opened.id, sent, start=await self._start_of(opened))
        except NotRunning as error:
            raise await self._why_not_running(opened) from error

    async def _start_of(self, opened: OpenedCommand) -> Start | None:
        if "pin" not in opened.document:
            return None
        async with self._pool.connection(timeout=_DATABASE_WITHIN) as db:
            pin = await pin_of(db, str(opened.document["pin"]))
        return Start(engine_rev=ENGINE_REV, pin=dump_pin(pin), renew_after=self._renew_after)

    async def _why_not_running(self, opened: OpenedCommand) -> Exception:
        """Let the records speak for a case without open run: it has ended or never began; else somebody must look."""
        async with self._pool.connection(timeout=_DATABASE_WITHIN) as db:
            stored = await stored_case(db, opened.case)
            if stored is None:
                return Refused("not-started")
            pin, state = await pin_of(db, stored.pin_digest), load_state(stored.dump)
            try:
                machine.check(pin, state, load_command(opened.document), self._now())
            except Refused as refused:
                return refused
            await raise_alarm(db, case=opened.case, code="case-not-running", detail={}, now=self._now())
        return NeverLeft()

    async def _record(self, opened: OpenedCommand, answered: Answered) -> bool:
        """Append what came back and close the row; False leaves the row to the sweeper."""
        closing = Closing(
            id=opened.id,
            outcome=answered.outcome,
            first_seq=answered.data["first"],
            last_seq=answered.data["last"],
            answer=answered.data,
        )
        try:
            async with asyncio.timeout(_RECORD_WITHIN):
                await self._append_whole(opened.case, answered, closing)
        except (JournalRefused, RPCError, psycopg.OperationalError, TimeoutError) as error:
            log.error("door.not_recorded", extra={"case": opened.case, "command": opened.id}, exc_info=error)
            return False
        return True

    async def _append_whole(self, case: str, answered: Answered, closing: Closing) -> None:
        try:
            await self._append(case, answered, closing)
        except JournalGap as gap:
            found = await entries_in_history(self._client, case, above=gap.have, upto=answered.seq)
            await self._append(case, answered.model_copy(update={"entries": found}), closing)

    async def _append(self, case: str, told: Answered, closing: Closing) -> None:
        await record(
            self._pool,
            case=case,
            run=Run(id=told.lineage.run, continued_from=told.lineage.follows),
            entries=told.entries,
            dump=told.dump,
            now=self._now(),
            closing=closing,
        )

    async def _close(self, opened: OpenedCommand, refused: Refused | None = None) -> bool:
        try:
            async with self._pool.connection(timeout=_DATABASE_WITHIN) as db:
                if refused is None:
                    await close_not_sent(db, opened.id)
                else:
                    await close_refused(db, opened.id, refusal={"code": refused.code, "data": refused.data})
        except psycopg.OperationalError:
            return False
        return True


def _reply_of(opened: OpenedCommand) -> Reply:
    assert opened.outcome is not None
    return Reply(
        command=opened.id, case=opened.case, outcome=opened.outcome, seq=opened.last_seq or 0, data=opened.answer
    )


async def _pause(stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), _SWEEP_EVERY)
    except TimeoutError:
        return
