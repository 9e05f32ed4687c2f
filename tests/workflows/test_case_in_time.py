"""Weeks of a case on a real server: its one timer fires what is due, in order, while nobody does anything."""

import pytest
from temporalio.client import WorkflowExecutionStatus

from tests.workflows.house import House
from tests.workflows.letters import LAN, request_for_supplement, submission
from workflows.core.refusals import Refused
from workflows.core.table import Phase

pytestmark = pytest.mark.anyio


async def test_where_the_applicant_never_answers_the_window_expires_and_the_case_stops(house: House) -> None:
    """Twenty calendar days to answer, on_expiry: stop (1.014140, supplement)."""
    case = await house.in_review()
    await house.send(request_for_supplement(case))
    await house.is_quiet(case)
    assert "supplement_sent" in await house.kinds(case)

    await house.wait(case, days=19)
    assert Phase.SUPPLEMENTING is (await house.seen(case)).phase
    await house.wait(case, days=3)

    kinds = await house.kinds(case)
    assert kinds.index("window_expired") < kinds.index("stopped")
    assert (Phase.STOPPED, 8) == ((await house.seen(case)).phase, (await house.seen(case)).national_code)
    assert () == await house.problems(case)


async def test_before_the_due_date_the_apology_is_drafted_and_after_it_the_case_is_late(house: House) -> None:
    case = await house.in_review()

    await house.wait(case, days=22)
    before = await house.kinds(case)
    assert "apology_drafted" in before and not (await house.seen(case)).late
    assert await house.has_task(case, "extension")
    await house.wait(case, days=6)

    seen = await house.seen(case)
    assert seen.late and "overdue" in await house.kinds(case)
    assert () == await house.problems(case)


async def test_a_case_that_ended_is_archived_after_thirty_days_and_says_so_ever_after(house: House) -> None:
    case = await house.in_review()
    await house.do(case, "withdraw", LAN)

    await house.wait(case, days=31)

    told = await house.client.get_workflow_handle(case).describe()
    assert WorkflowExecutionStatus.COMPLETED is told.status
    assert (Phase.CLOSED, "archived") == ((await house.seen(case)).phase, (await house.kinds(case))[-1])
    assert () == await house.problems(case)
    with pytest.raises(Refused) as refused:
        await house.do(case, "withdraw", LAN)
    assert "case-closed" == refused.value.code


async def test_a_submission_that_was_refused_leaves_nothing_running(house: House) -> None:
    command = submission(id="submission-1")
    arguments = command.document["arguments"]
    assert isinstance(arguments, dict)
    arguments["channel"] = "post"
    with pytest.raises(Refused):
        await house.door.submit(command, house.pin)

    await house.wait(command.case, days=31)

    told = await house.client.get_workflow_handle(command.case).describe()
    assert WorkflowExecutionStatus.COMPLETED is told.status
