"""What an ordinary decision costs, over HTTP and all: one workflow task, at most eight statements."""

import pytest
from temporalio.api.enums.v1 import EventType

from tests.api.office import Office
from tests.records.support import CountingCursor

pytestmark = pytest.mark.anyio


async def test_an_ordinary_decision_is_one_workflow_task_and_at_most_eight_statements(office: Office) -> None:
    case = await office.accepted()
    an = await office.person("an")
    task = await an.task(case, "review")
    seen = await _count_from_now(office)

    await an.do(f"/tasks/{task['id']}/complete", {"outcome": "reject", "reason": {"text": "Không thuộc phạm vi"}})

    assert len(seen) <= 8, "\n".join(seen)
    history = await _history(office, case)
    accepted = _last(history, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
    answered = _last(history, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED)
    assert EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED not in history[accepted:answered]


async def test_the_portals_read_is_one_statement(office: Office) -> None:
    case = await office.accepted()
    stranger = office.stranger()
    seen = await _count_from_now(office)

    await stranger.get(f"/cases/{case}/progress")

    assert 1 == len(seen), "\n".join(seen)


async def test_an_inbox_is_three_statements(office: Office) -> None:
    """The session, the page, the count."""
    an = await office.person("an")
    seen = await _count_from_now(office)

    await an.read("/tasks")

    assert 3 == len(seen), "\n".join(seen)


async def _count_from_now(office: Office) -> list[str]:
    """Count on every connection of the API's own pool."""

    class Cursor(CountingCursor):
        seen: list[str] = []

    pool = office.app.state.desk.pool
    assert isinstance(pool.kwargs, dict)
    pool.kwargs["cursor_factory"] = Cursor
    await pool.drain()
    return Cursor.seen


async def _history(office: Office, case: str) -> list[int]:
    history = await office.house.client.get_workflow_handle(case).fetch_history()
    return [event.event_type for event in history.events]


def _last(history: list[int], kind: int) -> int:
    return max(place for place, one in enumerate(history) if one == kind)
