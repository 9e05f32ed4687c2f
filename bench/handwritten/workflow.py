"""The same case written by hand for Temporal: updates that await a projection, the rest in the order of the law."""

import asyncio
from datetime import datetime, timedelta
from enum import IntEnum

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError

from bench.handwritten.activities import Projector, issue, notify, number, pay, register, render
from bench.handwritten.messages import (
    Acceptance,
    Answer,
    CaseInput,
    Command,
    Completion,
    Document,
    HandingOut,
    HandoverConfirmation,
    Issuing,
    Notice,
    Numbering,
    Payment,
    Projection,
    Registering,
    Rendering,
    Submission,
)

INTAKE = timedelta(hours=8)
HANDOVER = timedelta(days=1)
REVIEW = timedelta(days=15)
SIGNING = timedelta(days=3)
LEGAL = timedelta(days=25)
OPEN_AFTER_END = timedelta(days=30)
_ATTEMPT = timedelta(seconds=10)
_RETRY = RetryPolicy(maximum_interval=timedelta(seconds=30))


class Stage(IntEnum):
    NEW = 0
    SUBMITTED = 1
    ACCEPTING = 2
    ACCEPTED = 3
    IN_REVIEW = 4
    REVIEWED = 5
    SIGNED = 6
    RESOLVED = 7
    DELIVERED = 8


@workflow.defn
class HandWrittenCase:
    @workflow.init
    def __init__(self, case: CaseInput) -> None:
        self._case = workflow.info().workflow_id
        self._stage = Stage.NEW
        self._form = ""
        self._unit = ""
        self._task: str | None = None
        self._code: str | None = None
        self._receipt: str | None = None
        self._due: datetime | None = None
        self._legal_due: datetime | None = None
        self._late = False
        # Writings reach the tables in the order in which things happened.
        self._projecting = asyncio.Lock()

    @workflow.run
    async def run(self, case: CaseInput) -> str:
        await self._until(Stage.SUBMITTED)
        await self._notify("submitted", to=self._unit)
        await self._project("submission_announced")
        await self._until(Stage.ACCEPTED)
        await asyncio.gather(
            self._render("receipt"), self._notify("accepted", to="applicant"), self._notify("file", to=self._unit)
        )
        await self._project("acceptance_announced")
        await self._until(Stage.REVIEWED)
        decision = await self._render("decision")
        self._opens("sign:1", within=SIGNING)
        await self._project("decision_drafted")
        await self._until(Stage.SIGNED)
        await self._carry_out(decision)
        await self._until(Stage.DELIVERED)
        await self._notify("delivered", to="applicant")
        await self._project("delivery_announced")
        await workflow.sleep(OPEN_AFTER_END)
        return "delivered"

    @workflow.update
    async def submit(self, submission: Submission) -> Answer:
        self._stage = Stage.SUBMITTED
        self._form, self._unit = submission.form, submission.receiving
        self._opens("intake:1", within=INTAKE)
        return await self._answer("submitted", submission)

    @submit.validator
    def _may_submit(self, submission: Submission) -> None:
        self._require(Stage.NEW)

    @workflow.update
    async def accept(self, acceptance: Acceptance) -> Answer:
        self._stage, self._task = Stage.ACCEPTING, None
        now = workflow.now()
        registered = await workflow.execute_activity(
            register,
            Registering(case=self._case, unit=self._unit, accepted_at=now),
            start_to_close_timeout=_ATTEMPT,
            retry_policy=_RETRY,
        )
        self._stage = Stage.ACCEPTED
        self._code, self._receipt, self._legal_due = registered.code, registered.receipt, now + LEGAL
        self._opens("handover:1", within=HANDOVER)
        return await self._answer("accepted", acceptance)

    @accept.validator
    def _may_accept(self, acceptance: Acceptance) -> None:
        self._require(Stage.SUBMITTED)

    @workflow.update
    async def confirm_handover(self, confirmation: HandoverConfirmation) -> Answer:
        assert confirmation.actor.unit is not None
        self._stage, self._unit = Stage.IN_REVIEW, confirmation.actor.unit
        self._opens("review:1", within=REVIEW)
        return await self._answer("handover_confirmed", confirmation)

    @confirm_handover.validator
    def _may_confirm_handover(self, confirmation: HandoverConfirmation) -> None:
        self._require(Stage.ACCEPTED)

    @workflow.update
    async def complete_task(self, completion: Completion) -> Answer:
        is_review = completion.task == "review:1"
        self._stage = Stage.REVIEWED if is_review else Stage.SIGNED
        self._task = None
        return await self._answer("reviewed" if is_review else "signed", completion)

    @complete_task.validator
    def _may_complete_task(self, completion: Completion) -> None:
        if completion.task != self._task:
            raise ApplicationError("This task is not open.", type="task-closed")

    @workflow.update
    async def deliver(self, handing_out: HandingOut) -> Answer:
        self._stage, self._task = Stage.DELIVERED, None
        return await self._answer("delivered", handing_out)

    @deliver.validator
    def _may_deliver(self, handing_out: HandingOut) -> None:
        self._require(Stage.RESOLVED)

    async def _carry_out(self, decision: Document) -> None:
        numbered, _ = await asyncio.gather(
            workflow.execute_activity(
                number,
                Numbering(case=self._case, document=decision.document, book="decisions", unit=self._unit),
                start_to_close_timeout=_ATTEMPT,
                retry_policy=_RETRY,
            ),
            workflow.execute_activity(
                pay,
                Payment(case=self._case, amount=f"{self._form}#payable", account=f"{self._form}#account"),
                start_to_close_timeout=_ATTEMPT,
                retry_policy=_RETRY,
            ),
        )
        self._stage = Stage.RESOLVED
        self._opens("delivery:1", within=OPEN_AFTER_END)
        issuing = Issuing(case=self._case, document=decision.document, number=numbered.number, digest=decision.digest)
        await asyncio.gather(
            self._project("resolved"),
            workflow.execute_activity(issue, issuing, start_to_close_timeout=_ATTEMPT, retry_policy=_RETRY),
            self._notify("result", to="applicant"),
        )
        await self._project("result_issued")

    def _require(self, stage: Stage) -> None:
        if self._stage is not stage:
            raise ApplicationError(f"The case is {self._stage.name.lower()}.", type="wrong-moment")

    def _opens(self, task: str, *, within: timedelta) -> None:
        self._task, self._due = task, workflow.now() + within

    async def _until(self, stage: Stage) -> None:
        """Wait for people; whoever lets the time pass is reminded once, and waited for all the same."""
        try:
            await workflow.wait_condition(lambda: self._stage >= stage, timeout=self._time_left())
        except TimeoutError:
            self._late = True
            await self._notify("overdue", to=self._unit)
            await workflow.wait_condition(lambda: self._stage >= stage)

    def _time_left(self) -> timedelta | None:
        return None if self._due is None else self._due - workflow.now()

    async def _render(self, template: str) -> Document:
        assert self._code is not None
        rendering = Rendering(
            case=self._case, template=template, code=self._code, form=self._form, due=self._legal_due, unit=self._unit
        )
        return await workflow.execute_activity(render, rendering, start_to_close_timeout=_ATTEMPT, retry_policy=_RETRY)

    async def _notify(self, notice: str, *, to: str) -> None:
        message = Notice(case=self._case, notice=notice, to=to, code=self._code, due=self._legal_due)
        await workflow.execute_activity(notify, message, start_to_close_timeout=_ATTEMPT, retry_policy=_RETRY)

    async def _answer(self, writing: str, command: Command) -> Answer:
        seq = await self._project(writing, command)
        return Answer(seq=seq, code=self._code, receipt=self._receipt, due=self._legal_due)

    async def _project(self, writing: str, command: Command | None = None) -> int:
        projection = Projection(
            case=self._case,
            run=workflow.info().run_id,
            writing=writing,
            stage=self._stage.name.lower(),
            unit=self._unit,
            task=self._task,
            code=self._code,
            due=self._legal_due,
            late=self._late,
            command=command.id if command else None,
            actor=command.actor if command else None,
        )
        async with self._projecting:
            projected = await workflow.execute_activity_method(
                Projector.project, projection, start_to_close_timeout=_ATTEMPT, retry_policy=_RETRY
            )
        return projected.seq
