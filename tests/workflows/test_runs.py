"""A case outlives its runs: renewed between two commands it forgets nothing, reset it cannot fork the journal."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType, ResetReapplyExcludeType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest

from records.commands import NewCommand
from tests.support import TemporalServer, assert_eventually
from tests.workflows.house import House, open_house, working
from tests.workflows.letters import LAN, MAI, OANH, command_of, taking_over
from workflows.door import Unknown

pytestmark = pytest.mark.anyio

SHORT = 40


@pytest.fixture
async def restless(database_url: str, temporal: TemporalServer, tmp_path: Path) -> AsyncIterator[House]:
    """A house whose cases go on in a new run as often as they can."""
    async with open_house(database_url, temporal, tmp_path, renew_after=SHORT) as house, working(house):
        yield house


async def test_a_case_that_is_renewed_again_and_again_does_every_command_once(restless: House) -> None:
    """Each command is sent three times at once, and a colleague's wrong one beside it."""
    case = await restless.submit()

    for command in there_and_back(case, times=6):
        wrong = taking_over(case)
        answers = await asyncio.gather(
            *(restless.door.send(command) for _ in range(3)), restless.door.send(wrong), return_exceptions=True
        )
        assert ["Reply", "Reply", "Reply", "Refused"] == [type(answer).__name__ for answer in answers]
        await restless.is_quiet(case)

    kinds = await restless.kinds(case)
    assert (12, 12) == (kinds.count("handed_over"), kinds.count("handover_confirmed"))
    assert len(await restless.runs(case)) >= 3
    assert () == await restless.problems(case)


async def test_a_command_of_an_earlier_run_is_still_known(restless: House) -> None:
    case = await restless.submit()
    first, *rest = there_and_back(case, times=3)
    answer = await restless.door.send(first)
    await travel(restless, rest)
    before = await restless.kinds(case)
    assert len(await restless.runs(case)) > 1

    async with restless.pool.connection() as db:
        await db.execute("update command set status = 'sent', lease_until = now() where id = %s", (first.id,))
    await restless.door.sweep_once()

    assert answer == await restless.door.send(first)
    assert before == await restless.kinds(case)


async def test_what_is_due_fires_in_the_run_that_has_come_to_it(restless: House) -> None:
    case = await restless.submit()
    await travel(restless, there_and_back(case, times=4))
    assert len(await restless.runs(case)) > 1
    assert "overdue" not in await restless.kinds(case)

    await restless.wait(case, days=7)

    assert "overdue" in await restless.kinds(case)
    assert () == await restless.problems(case)


async def test_a_run_that_was_reset_cannot_fork_the_journal(house: House) -> None:
    """An operator went back behind what is written: nothing more is written until somebody has looked."""
    case = await house.in_review()
    await house.is_quiet(case)
    before = await house.kinds(case)
    await reset_behind_the_submission(house, case)

    answer = await house.door.send(command_of(case, "withdraw", LAN))

    assert isinstance(answer, Unknown)
    assert before == await house.kinds(case)
    assert () == await house.problems(case)
    await assert_eventually(lambda: house.is_alarmed(case, "journal-forked"))


def there_and_back(case: str, *, times: int) -> list[NewCommand]:
    """The dossier goes from one desk to the other and back."""
    desks = [("ben-may", MAI), ("dong-sen", OANH)]
    commands = []
    for number in range(2 * times):
        (_, sender), (receiver, taker) = desks[number % 2], desks[(number + 1) % 2]
        commands.append(command_of(case, "hand_over", sender, {"to": receiver}))
        commands.append(command_of(case, "confirm_handover", taker, {"handover": f"_handover:{number + 1}"}))
    return commands


async def travel(house: House, commands: list[NewCommand]) -> None:
    for command in commands:
        await house.send(command)
        await house.is_quiet(command.case)


async def reset_behind_the_submission(house: House, case: str) -> None:
    completed = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    second = [event.event_id for event in await house.events(case) if event.event_type == completed][1]
    await house.client.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=house.client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=case),
            reason="test",
            workflow_task_finish_event_id=second,
            request_id=case,
            reset_reapply_exclude_types=[
                ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE,
                ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL,
            ],
        )
    )
