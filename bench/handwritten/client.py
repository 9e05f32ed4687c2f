"""How commands reach the hand-written workflow: the row first, as ours, then the update that writes the rest."""

from typing import TypeVar

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from bench.handwritten.messages import (
    TASK_QUEUE,
    Acceptance,
    Answer,
    CaseInput,
    Command,
    Completion,
    HandingOut,
    HandoverConfirmation,
    Submission,
)
from bench.handwritten.workflow import HandWrittenCase
from records.commands import NewCommand, open_command
from records.pool import Pool

M = TypeVar("M", bound=Command)


class CaseClient:
    def __init__(self, client: Client, pool: Pool, case: CaseInput) -> None:
        self._client = client
        self._pool = pool
        self._case_input = case

    async def send(self, command: NewCommand) -> Answer:
        async with self._pool.connection() as db:
            opened = await open_command(db, command)
        if opened.status == "done":
            return Answer.model_validate(opened.answer)
        if command.verb == "submit":
            return await self._submit(command)
        handle, id = self._client.get_workflow_handle_for(HandWrittenCase.run, command.case), command.id
        match command.verb:
            case "accept":
                return await handle.execute_update(HandWrittenCase.accept, _message(Acceptance, command), id=id)
            case "confirm_handover":
                confirmation = _message(HandoverConfirmation, command)
                return await handle.execute_update(HandWrittenCase.confirm_handover, confirmation, id=id)
            case "complete_task":
                return await handle.execute_update(HandWrittenCase.complete_task, _message(Completion, command), id=id)
            case "deliver":
                return await handle.execute_update(HandWrittenCase.deliver, _message(HandingOut, command), id=id)
            case verb:
                raise ValueError(f"The script has no {verb}.")

    async def _submit(self, command: NewCommand) -> Answer:
        return await self._client.execute_update_with_start_workflow(
            HandWrittenCase.submit,
            _message(Submission, command),
            start_workflow_operation=WithStartWorkflowOperation(
                HandWrittenCase.run,
                self._case_input,
                id=command.case,
                task_queue=TASK_QUEUE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            ),
            id=command.id,
        )


def _message(kind: type[M], command: NewCommand) -> M:
    arguments = command.document["arguments"]
    assert isinstance(arguments, dict)
    return kind.model_validate({"id": command.id, "actor": command.document["actor"], **arguments})
