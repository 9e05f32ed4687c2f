"""The one way in: a command once, whatever happens to its sender, and the truth about what is not known."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from activities.contracts import Sent
from records.commands import NewCommand, open_command
from records.errors import CommandIdReused
from tests.records.support import counting_pool
from tests.support import TemporalServer
from tests.workflows.house import House, now, open_house, working
from tests.workflows.letters import AN, LAN, MAI, acceptance, command_of, submission, taking_over
from workflows.connection import connect_door
from workflows.core.refusals import Refused
from workflows.courier import Courier
from workflows.door import Door, NotSent, Reply, Unknown

pytestmark = pytest.mark.anyio


@pytest.fixture
async def empty_house(database_url: str, temporal: TemporalServer, tmp_path: Path) -> AsyncIterator[House]:
    """The door is open and nobody works."""
    async with open_house(database_url, temporal, tmp_path) as house:
        yield house


async def test_the_same_command_again_is_answered_as_before_and_does_nothing(house: House) -> None:
    command = acceptance(await house.submit())
    first = await house.door.send(command)
    kinds = await house.kinds(command.case)

    again = await house.door.send(command)

    assert first == again
    assert kinds.count("accepted") == (await house.kinds(command.case)).count("accepted") == 1


async def test_the_same_submission_again_is_the_same_case(house: House) -> None:
    first = await house.submit("submission-1")

    assert first == await house.submit("submission-1")


async def test_a_command_sent_by_many_at_once_is_done_once(house: House) -> None:
    command = acceptance(await house.submit())

    answers = await asyncio.gather(*(house.door.send(command) for _ in range(6)))

    assert 1 == len({str(answer) for answer in answers})
    assert 1 == (await house.kinds(command.case)).count("acceptance_begun")


async def test_an_id_used_for_another_content_is_refused(house: House) -> None:
    case = await house.submit()
    await house.door.send(command_of(case, "hand_over", MAI, {"to": "dong-sen"}, id="command-1"))

    with pytest.raises(CommandIdReused):
        await house.door.send(command_of(case, "hand_over", MAI, {"to": "song-lam"}, id="command-1"))


async def test_a_refused_command_may_be_tried_again_and_is_judged_anew(house: House) -> None:
    case = await house.submit()
    command = taking_over(case)
    with pytest.raises(Refused):
        await house.door.send(command)
    assert "refused" == await status_of(house, command)

    await house.accept(case)

    assert isinstance(await house.door.send(command), Reply)
    assert "done" == await status_of(house, command)


async def test_where_the_engine_cannot_be_reached_nothing_is_sent_and_nothing_swept(empty_house: House) -> None:
    command = submission(id="submission-1")

    with pytest.raises(NotSent):
        await (await door_to_nowhere(empty_house)).submit(command, empty_house.pin)

    assert "not_sent" == await status_of(empty_house, command)
    await forget_leases(empty_house)
    assert 0 == await empty_house.door.sweep_once()


async def test_what_was_not_sent_may_be_sent_under_the_same_id(house: House) -> None:
    command = submission(id="submission-1")
    nowhere = await door_to_nowhere(house)
    for _ in range(2):
        with pytest.raises(NotSent):
            await nowhere.submit(command, house.pin)

    assert isinstance(await house.door.submit(command, house.pin), Reply)
    assert "done" == await status_of(house, command)


async def test_what_may_have_arrived_is_unknown_and_swept_to_its_end(empty_house: House) -> None:
    """Nobody works: the server holds the update, and the client's patience ends first."""
    command = submission(id="submission-1")

    answer = await empty_house.door.submit(command, empty_house.pin)

    assert isinstance(answer, Unknown)
    assert "sent" == await status_of(empty_house, command)
    async with working(empty_house):
        await forget_leases(empty_house)
        assert 1 == await empty_house.door.sweep_once()
    assert "done" == await status_of(empty_house, command)
    assert 1 == (await empty_house.kinds(answer.case)).count("submitted")


async def test_an_answer_that_was_never_recorded_is_fetched_again(house: House) -> None:
    """The sender died between the update and its recording."""
    case = await house.submit()
    await house.accept(case)
    await house.is_quiet(case)
    command = taking_over(case)
    await send_and_die(house, command)
    assert "handover_confirmed" not in await house.kinds(case)

    await forget_leases(house)
    await house.door.sweep_once()

    assert "done" == await status_of(house, command)
    assert 1 == (await house.kinds(case)).count("handover_confirmed")
    assert () == await house.problems(case)


async def test_the_next_command_brings_along_what_a_dead_sender_left(house: House) -> None:
    case = await house.in_review()
    lost = command_of(case, "hand_over", AN, {"to": "dong-sen"})
    await send_and_die(house, lost)

    await house.do(case, "withdraw", LAN)

    kinds = await house.kinds(case)
    assert kinds.index("withdrawn") > kinds.index("handed_over")
    assert () == await house.problems(case)


async def test_a_command_still_waited_for_is_not_swept(house: House) -> None:
    command = acceptance(await house.submit())
    async with house.pool.connection() as db:
        await open_command(db, command)

    assert 0 == await house.door.sweep_once()


async def test_what_nobody_submitted_has_not_begun(house: House) -> None:
    with pytest.raises(Refused) as refused:
        await house.door.send(acceptance(str(uuid.uuid4())))

    assert "not-started" == refused.value.code


async def test_from_the_command_to_its_record_a_decision_is_four_statements(house: House) -> None:
    """Who asks and whether they may add theirs; together they stay within eight (tests/api)."""
    case = await house.submit()
    await house.accept(case)
    await house.is_quiet(case)
    async with counting_pool(house.settings.database_url) as (pool, statements):
        door = Door(house.way, pool, house.keys, now=now)
        await door.send(taking_over(case))

    assert 4 == len(statements), "\n".join(statements)


async def status_of(house: House, command: NewCommand) -> str:
    async with house.pool.connection() as db:
        row = await (await db.execute("select status from command where id = %s", (command.id,))).fetchone()
    assert row is not None
    return str(row[0])


async def forget_leases(house: House) -> None:
    async with house.pool.connection() as db:
        await db.execute("update command set lease_until = now() - interval '1 second'")


async def door_to_nowhere(house: House) -> Door:
    return Door(await connect_door("127.0.0.1:1", "motcua", house.keys), house.pool, house.keys, now=now)


async def send_and_die(house: House, command: NewCommand) -> None:
    """Do what the door does, up to the moment before the answer is recorded."""
    async with house.pool.connection() as db:
        opened = await open_command(db, command)
    await Courier(house.way).carry(opened.case, opened.id, Sent(command={**opened.document, "have": opened.have}))
