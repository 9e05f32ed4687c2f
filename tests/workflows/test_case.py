"""One case on a real server: one workflow task for a decision, what it does by itself recorded, nothing personal."""

import asyncio
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

from activities.contracts import DUMP_QUERY, MESSAGE_SIGNAL, Told
from tests.support import TemporalServer, assert_eventually
from tests.workflows.house import House, open_house, working
from tests.workflows.letters import FORM, LAN, taking_over
from workflows.core import machine
from workflows.core.refusals import Refused
from workflows.core.table import Phase

pytestmark = pytest.mark.anyio

ONCE = ("submitted", "accepted", "task_completed", "signed", "numbered", "issued", "called", "resolved", "delivered")


async def test_a_case_goes_from_submission_to_delivered_result(house: House) -> None:
    case = await house.in_review()
    await house.approve(case)
    await house.sign(case)
    await house.hand_out(case)

    seen = await house.seen(case)
    kinds = Counter(await house.kinds(case))
    assert (Phase.DELIVERED, "granted", False, 10) == (seen.phase, seen.verdict, seen.late, seen.national_code)
    assert {kind: 2 if kind == "task_completed" else 1 for kind in ONCE} == {kind: kinds[kind] for kind in ONCE}
    assert () == await house.problems(case)


async def test_a_submission_is_on_the_desk_when_it_is_answered(house: House) -> None:
    case = await house.submit()

    task = await house.task(case, "intake")
    assert task is not None
    assert ("one_stop", "ben-may") == (task.function, task.unit)


async def test_the_answer_to_an_acceptance_waits_for_code_and_due_date(house: House) -> None:
    case = await house.submit()

    reply = await house.accept(case)

    assert isinstance(reply.data, dict)
    assert {"code", "receipt", "due"} < reply.data.keys()
    assert ("done", (await house.seen(case)).code) == (reply.outcome, reply.data["code"])


async def test_of_two_officers_who_accept_at_once_one_is_told_so(house: House) -> None:
    case = await house.submit()

    answers = await asyncio.gather(house.accept(case), house.accept(case), return_exceptions=True)

    refusals = [answer.code for answer in answers if isinstance(answer, Refused)]
    assert 1 == len(refusals)
    assert refusals[0] in ("acceptance-in-progress", "already-accepted")
    assert 1 == (await house.kinds(case)).count("accepted")


async def test_a_decision_without_effects_is_one_workflow_task(house: House) -> None:
    case = await house.submit()
    await house.accept(case)
    await house.is_quiet(case)
    before = await _count(house, case, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)

    await house.send(taking_over(case))

    assert before + 1 == await _count(house, case, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)


async def test_a_decision_is_answered_by_the_task_that_took_it_whatever_it_orders(house: House) -> None:
    case = await house.in_review()
    await house.is_quiet(case)

    await house.approve(case)

    events = await house.events(case)
    accepted = _last(events, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
    answered = _last(events, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED)
    between = {event.event_type for event in events[accepted:answered]}
    assert EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED not in between


async def test_every_activity_bears_the_id_of_its_place_and_visit(house: House) -> None:
    """The replay checker compares nothing else of an activity but its type."""
    case = await house.in_review()
    await house.approve(case)
    await house.sign(case)
    await house.reaches(case, Phase.RESOLVED)

    scheduled = EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
    orders = [
        one.activity_task_scheduled_event_attributes for one in await house.events(case) if one.event_type == scheduled
    ]
    ids = {order.activity_id: order.activity_type.name for order in orders}
    assert len(ids) == len(orders)
    assert ("Intake.register", "Document.render", "Connector.call") == (
        ids["_accept:1"],
        ids["decision:1"],
        ids["pay:1"],
    )
    assert {"Record.append"} == {name for id, name in ids.items() if id.startswith("_record:")}


async def test_what_a_case_does_by_itself_reaches_the_journal_without_anybody(house: House) -> None:
    case = await house.in_review()
    await house.approve(case)

    await assert_eventually(lambda: house.has_task(case, "sign"), within=30)

    assert "drafted" in await house.kinds(case)


async def test_a_defect_parks_the_case_until_it_is_mended(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    case = await house.submit()
    with monkeypatch.context() as broken:
        broken.setattr(machine, "next_wake", _defect)
        accepting = asyncio.create_task(house.accept(case))
        await assert_eventually(lambda: _is_parked(house, case))

    await accepting

    assert 1 == (await house.kinds(case)).count("accepted")


async def test_a_case_that_is_replayed_for_every_task_goes_the_same_way(
    database_url: str, temporal: TemporalServer, tmp_path: Path
) -> None:
    """Nothing of a case lives in a worker's memory alone."""
    async with open_house(database_url, temporal, tmp_path) as house, working(house, cached_cases=0):
        case = await house.in_review()
        await house.approve(case)
        await house.sign(case)
        await house.hand_out(case)

        assert (Phase.DELIVERED, ()) == ((await house.seen(case)).phase, await house.problems(case))


async def test_what_was_ordered_before_a_withdrawal_and_ends_after_it_changes_nothing(house: House) -> None:
    """The decision is being set while the applicant withdraws: its end is told, and absorbed."""
    case = await house.in_review()
    async with await psycopg.AsyncConnection.connect(house.settings.database_url) as lock:
        await lock.execute("lock table document in access exclusive mode")
        await house.approve(case)
        await house.do(case, "withdraw", LAN)

    await house.is_quiet(case)

    kinds = await house.kinds(case)
    assert Phase.WITHDRAWN is (await house.seen(case)).phase
    assert "withdrawn" in kinds and not (await house.seen(case)).incidents
    assert () == await house.problems(case)


async def test_a_message_that_nobody_waits_for_is_held_and_journalled_once(house: House) -> None:
    case = await house.submit()
    told = Told(id="message-1", source="bank", name="payment_confirmed")
    for _ in range(2):
        await house.client.get_workflow_handle(case).signal(MESSAGE_SIGNAL, told)

    await assert_eventually(lambda: _is_written(house, case, "message_held"))
    await house.is_quiet(case)

    assert 1 == (await house.kinds(case)).count("message_held")


async def test_no_value_of_a_form_is_in_the_history_even_decoded(house: House) -> None:
    case = await house.in_review()
    await house.approve(case)
    await house.sign(case)
    await house.hand_out(case)

    dump = await house.client.get_workflow_handle(case).query(DUMP_QUERY)
    told = str(dump) + await house.readable_history(case)
    account = FORM["account"]
    assert isinstance(account, dict)
    for value in (FORM["card_number"], account["number"], account["holder"]):
        assert str(value) not in told
    assert "acceptance_begun" in told


async def _is_written(house: House, case: str, kind: str) -> bool:
    return kind in await house.kinds(case)


def _defect(*_: object) -> None:
    raise ZeroDivisionError("a defect of the core")


async def _is_parked(house: House, case: str) -> bool:
    return EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED in {event.event_type for event in await house.events(case)}


async def _count(house: House, case: str, kind: "EventType.ValueType") -> int:
    return sum(event.event_type == kind for event in await house.events(case))


def _last(events: list[HistoryEvent], kind: "EventType.ValueType") -> int:
    return max(place for place, event in enumerate(events) if event.event_type == kind)
