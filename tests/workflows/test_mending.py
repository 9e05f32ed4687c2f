"""A database that came back from a backup: what it lost of open cases is found again, and the cases go on."""

import pytest

from tests.workflows.house import House
from tests.workflows.letters import LAN, command_of

pytestmark = pytest.mark.anyio


async def test_the_next_command_brings_back_what_was_lost(house: House) -> None:
    case = await house.in_review()
    await house.is_quiet(case)
    before = await house.texts(case)
    await lose_entries_above(house, case, 4)

    await house.send(command_of(case, "withdraw", LAN))

    after = await house.texts(case)
    assert before == after[: len(before)]
    assert () == await house.problems(case)
    assert await house.is_alarmed(case, "journal-gap")


async def test_what_a_case_does_by_itself_brings_back_what_was_lost(house: House) -> None:
    case = await house.in_review()
    await house.is_quiet(case)
    before = await house.texts(case)
    await lose_entries_above(house, case, 4)

    await house.wait(case, days=30)

    after = await house.texts(case)
    assert before == after[: len(before)] and len(before) < len(after)
    assert () == await house.problems(case)


async def lose_entries_above(house: House, case: str, seq: int) -> None:
    """Set the case back in the database, as a restored backup does; only its owner can do that."""
    async with house.pool.connection() as db, db.transaction():
        await db.execute("alter table journal disable trigger user")
        await db.execute("delete from journal where case_id = %s and seq > %s", (case, seq))
        await db.execute("alter table journal enable trigger user")
        await db.execute(
            "update case_file set last_seq = j.seq, dump_seq = j.seq, dump_at = j.at, head_hash = j.hash "
            "from journal j where j.case_id = case_file.id and case_file.id = %s and j.seq = %s",
            (case, seq),
        )
