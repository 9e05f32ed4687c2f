"""The Temporal workflow of one case: turns effects into activities and one timer, completions into events.

Everything a case knows is in the core's state; here are only handles of what is under way. A defect is any exception:
the workflow task fails, the case waits, and a repaired worker goes on. Only `Refused` answers a caller.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.workflow import ActivityHandle

from activities.contracts import (
    COMMAND_UPDATE,
    CONTRACTS,
    DUMP_QUERY,
    MESSAGE_SIGNAL,
    RECORD,
    RECORDING,
    WORKFLOW,
    Answered,
    Lineage,
    Order,
    Recorded,
    Refusal,
    Sent,
    Start,
    Told,
    Unrecorded,
)
from workflows import orders
from workflows.core import events, machine
from workflows.core.documents import dump_state, load_command, load_state
from workflows.core.effects import Cancel, Effect, Finish, Perform, UsePin
from workflows.core.entries import dump_entry
from workflows.core.pin import Pin, dump_pin, load_pin
from workflows.core.refusals import Refused
from workflows.core.state import Answer

# A start whose submission was refused leaves a case that has not begun; nobody will ever ask for it.
UNBORN_FOR = timedelta(days=30)
# So many entries may wait for their callers to record them before the case does it itself.
CALLERS_MAY_OWE = 50
ALARM_AT = 500
_SHORTEST_SLEEP = timedelta(milliseconds=1)


@workflow.defn(name=WORKFLOW)
class Case:
    @workflow.init
    def __init__(self, start: Start) -> None:
        info = workflow.info()
        self._start = start
        self._lineage = Lineage(run=info.run_id, follows=info.continued_run_id)
        self._pin = load_pin(start.pin)
        self._state = machine.begin(info.workflow_id, start.engine_rev)
        self._to_restart: tuple[Effect, ...] = ()
        self._turned = asyncio.Event()
        self._defect: BaseException | None = None
        self._outcome: str | None = None
        self._new_pins: dict[str, Pin] = {}
        self._orders: dict[str, ActivityHandle[Any]] = {}
        self._timer: asyncio.Task[None] | None = None
        self._wakes_at: datetime | None = None
        self._is_recording = False
        # The last entry that no caller takes: up to it the case records by itself.
        self._owed = 0
        if start.resume is not None:
            # Before everything else: a command may be handled before `run` begins.
            step = machine.apply(self._pin, load_state(start.resume), events.Resumed(run=info.run_id), workflow.now())
            self._state, self._to_restart, self._owed = step.state, step.effects, step.state.seq

    @workflow.run
    async def run(self, start: Start) -> str:
        for effect in self._to_restart:
            self._carry_out(effect)
        if not await self._has_begun():
            return "never-begun"
        while not self._is_over():
            self._keep_time()
            self._keep_records()
            await self._renew_where_quiet()
            await self._turned.wait()
            self._turned.clear()
            if self._defect is not None:
                raise RuntimeError("case.defect") from self._defect
        await workflow.wait_condition(workflow.all_handlers_finished)
        assert self._outcome is not None
        return self._outcome

    @workflow.update(name=COMMAND_UPDATE)
    async def command(self, sent: Sent) -> Answered:
        command = load_command(sent.command)
        answer = self._take(command)
        if not answer.settled:
            await workflow.wait_condition(lambda: self._is_settled(command.id))
            answer = self._take(command)
        # The caller takes every entry there is.
        self._owed = 0
        return Answered(
            lineage=self._lineage,
            seq=answer.seq,
            outcome=answer.outcome,
            data=dict(answer.data),
            entries=[dump_entry(entry) for entry in answer.entries],
            dump=self._dump_to_keep(),
        )

    @command.validator
    def _check(self, sent: Sent) -> None:
        try:
            machine.check(self._pin, self._state, load_command(sent.command), workflow.now())
        except Refused as refused:
            raise _no(refused) from None

    @workflow.signal(name=MESSAGE_SIGNAL)
    def message(self, told: Told) -> None:
        self._tell(orders.message_of(told))

    @workflow.query(name=DUMP_QUERY)
    def dump(self) -> Any:
        return dump_state(self._state)

    # What the core is told, and what it orders.

    def _take(self, command: events.AnyCommand) -> Answer:
        try:
            step = machine.apply(self._pin, self._state, command, workflow.now())
        except Refused as refused:
            raise _no(refused) from None
        assert step.answer is not None
        self._follow(step)
        return step.answer

    def _tell(self, event: events.Event) -> None:
        before = self._state.seq
        self._follow(machine.apply(self._pin, self._state, event, workflow.now()))
        if self._state.seq > before:
            self._owed = self._state.seq

    def _follow(self, step: machine.Step) -> None:
        self._state = step.state
        for effect in step.effects:
            self._carry_out(effect)
        self._turned.set()

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Perform():
                self._order(effect)
            case Cancel():
                # What is over already has been told; its end is what counts.
                if effect.id in self._orders:
                    self._orders[effect.id].cancel()
            case UsePin():
                made = effect.document
                self._pin = self._new_pins.pop(effect.digest) if made is None else load_pin(made)
            case Finish():
                self._outcome = effect.outcome
            case _:
                assert_never(effect)

    def _order(self, effect: Perform) -> None:
        contract = CONTRACTS[effect.activity]
        order = Order(
            case=self._state.case,
            run=self._lineage.run,
            effect=effect.id,
            key=effect.key,
            activity=effect.activity,
            with_=dict(effect.with_),
            pin=self._pin.digest,
            at=workflow.now(),
            state=dump_state(self._state) if contract.with_state else None,
        )
        self._orders[effect.id] = orders.start(
            effect.activity, order, id=effect.id, contract=contract, result=dict[str, Any]
        )
        self._watch(self._await_answer(effect.id))

    async def _await_answer(self, effect: str) -> None:
        handle = self._orders[effect]
        event: events.Event
        try:
            result = await handle
        except ActivityError as error:
            event = orders.failure_of(effect, error)
        except asyncio.CancelledError:
            # Ordered and cancelled in one breath: the activity never was.
            if not handle.cancelled():
                raise
            event = events.EffectCancelled(id=effect)
        else:
            event = self._done(effect, result)
        del self._orders[effect]
        self._tell(event)

    def _done(self, effect: str, result: dict[str, Any]) -> events.EffectDone:
        if document := result.get("pin_document"):
            pin = load_pin(document)
            self._new_pins[pin.digest] = pin
        return events.EffectDone(id=effect, result=result)

    # Time: one timer, for the next instant at which anything is due.

    def _keep_time(self) -> None:
        instant = machine.next_wake(self._pin, self._state)
        if instant == self._wakes_at:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._wakes_at = instant
        self._timer = None if instant is None else self._watch(self._sleep_until(instant))

    async def _sleep_until(self, instant: datetime) -> None:
        await workflow.sleep(max(instant - workflow.now(), _SHORTEST_SLEEP))
        self._wakes_at = None
        self._tell(events.Woke())
        again = machine.next_wake(self._pin, self._state)
        if again is not None and again <= workflow.now():
            # Better to stand still and be seen than to wake for ever for what never fires.
            raise RuntimeError("case.wakes_in_vain")

    # Records: what no caller takes, one writing at a time, everything that is there.

    def _keep_records(self) -> None:
        if not self._is_recording and self._must_record():
            self._is_recording = True
            self._watch(self._record())

    def _must_record(self) -> bool:
        waiting = len(self._state.unrecorded)
        return waiting > 0 and (
            self._state.recorded < self._owed or waiting > CALLERS_MAY_OWE or self._outcome is not None
        )

    async def _record(self) -> None:
        if len(self._state.unrecorded) >= ALARM_AT:
            workflow.logger.error("case.journal_waits", extra={"entries": len(self._state.unrecorded)})
        unrecorded = Unrecorded(
            case=self._state.case,
            lineage=self._lineage,
            entries=[dump_entry(entry) for entry in self._state.unrecorded],
            dump=self._dump_to_keep(),
        )
        id = f"_record:{self._state.seq}"
        recorded: Recorded = await orders.start(RECORD, unrecorded, id=id, contract=RECORDING, result=Recorded)
        self._is_recording = False
        self._tell(events.Recorded(upto=recorded.upto))

    def _dump_to_keep(self) -> Any:
        # Whoever stores this dump records the entries in the same transaction.
        return dump_state(replace(self._state, recorded=self._state.seq, unrecorded=()))

    # Runs: a case outlives them.

    async def _has_begun(self) -> bool:
        if self._state.seq == 0:
            try:
                await workflow.wait_condition(lambda: self._state.seq > 0, timeout=UNBORN_FOR)
            except TimeoutError:
                return self._state.seq > 0
        return True

    def _is_settled(self, command: str) -> bool:
        return any(seen.id == command and seen.settled for seen in self._state.commands)

    def _is_over(self) -> bool:
        return self._outcome is not None and self._is_quiet() and not self._state.unrecorded

    def _is_quiet(self) -> bool:
        return not self._orders and not self._is_recording

    def _may_renew(self) -> bool:
        info = workflow.info()
        is_long = info.get_current_history_length() >= self._start.renew_after or info.is_continue_as_new_suggested()
        return is_long and self._is_quiet() and machine.quiescent(self._state)

    async def _renew_where_quiet(self) -> None:
        if not self._may_renew():
            return
        await workflow.wait_condition(workflow.all_handlers_finished)
        # A command may have slipped in while its predecessor was being answered.
        if self._may_renew():
            carried = {"pin": dump_pin(self._pin), "resume": dump_state(self._state)}
            workflow.continue_as_new(self._start.model_copy(update=carried))

    def _watch(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run `work`; an exception in it is a defect of the case, not a task nobody looks at."""
        task = asyncio.create_task(work)
        task.add_done_callback(self._look_after)
        return task

    def _look_after(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._defect = error
            self._turned.set()


def _no(refused: Refused) -> ApplicationError:
    refusal = Refusal(code=refused.code, data=refused.data)
    return ApplicationError(refused.sentence, refusal, type=refused.code, non_retryable=True)
