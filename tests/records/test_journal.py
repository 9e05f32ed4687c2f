import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import psycopg
import pytest

from procedures.json_types import JsonObject
from records.chain import verify
from records.commands import NewCommand, command_view, open_command
from records.errors import JournalConflict, JournalForked, JournalGap
from records.incidents import open_incidents
from records.journal import Run, append, record
from records.pins import store_pin
from records.pool import Db, Pool
from records.projections import Closing
from tests.records.support import DUNG, LAN, NOON, case_number, counting_pool, small_pin
from workflows.core.documents import dump_state
from workflows.core.events import Party
from workflows.core.state import Stage, State

CASE = case_number(1)
FIRST = Run(id="run-1")


def entry(seq: int, kind: str = "linked") -> JsonObject:
    return {
        "seq": seq,
        "kind": kind,
        "at": (NOON + timedelta(minutes=seq)).isoformat(),
        "actor": {"ref": LAN.ref},
        "cause": f"command-{seq}",
        "data": {"note": "ghi chú"},
    }


def dump(seq: int, **changes: object) -> JsonObject:
    state = State(
        case=CASE,
        engine_rev=1,
        pin_digest=small_pin().digest,
        receiving="ben-may",
        submitted_at=NOON,
        stage=Stage.SUBMITTED,
        parties=(Party(role="submitter", ref=LAN.ref),),
        now=NOON + timedelta(minutes=seq),
        seq=seq,
    )
    return dump_state(state) | changes  # type: ignore[return-value]  # JSON


@dataclass
class Writer:
    """One of the two writers: sends entries `first` to `last` with the state they lead to."""

    pool: Pool
    run: Run = FIRST
    kinds: dict[int, str] = field(default_factory=dict)

    async def send(self, first: int, last: int, closing: Closing | None = None) -> int:
        entries = [entry(seq, self.kinds.get(seq, "linked")) for seq in range(first, last + 1)]
        return await record(
            self.pool, case=CASE, run=self.run, entries=entries, dump=dump(last), now=NOON, closing=closing
        )


@pytest.fixture
async def writer(pool: Pool) -> Writer:
    async with pool.connection() as db:
        await store_pin(db, small_pin())
    return Writer(pool)


async def problems(pool: Pool) -> tuple[str, ...]:
    async with pool.connection() as db:
        return (await verify(db, CASE)).problems


async def alarms(pool: Pool) -> list[str]:
    async with pool.connection() as db:
        return [incident.code for incident in await open_incidents(db, DUNG)]


async def test_what_was_appended_is_whole_and_verified(writer: Writer) -> None:
    assert 3 == await writer.send(1, 3)
    assert 5 == await writer.send(4, 5)

    async with writer.pool.connection() as db:
        verification = await verify(db, CASE)

    assert (5, ()) == (verification.entries, verification.problems)


async def test_a_repeat_and_an_overlap_write_what_is_missing_only(writer: Writer) -> None:
    await writer.send(1, 3)

    assert 3 == await writer.send(1, 3)
    assert 5 == await writer.send(2, 5)
    assert 5 == await writer.send(1, 2)
    assert () == await problems(writer.pool)


async def test_two_writers_at_once_leave_one_journal(writer: Writer) -> None:
    sent = [writer.send(1, last) for last in (4, 2, 6, 3, 5)] + [writer.send(1, 6) for _ in range(5)]

    await asyncio.gather(*sent)

    async with writer.pool.connection() as db:
        cursor = await db.execute("select count(*), min(seq), max(seq) from journal")
        assert (6, 1, 6) == await cursor.fetchone()
    assert () == await problems(writer.pool)


async def test_nothing_is_written_over_a_gap_and_somebody_is_told(writer: Writer) -> None:
    await writer.send(1, 2)

    with pytest.raises(JournalGap, match="Entries 3 to 4 are missing"):
        await writer.send(5, 6)

    assert ["journal-gap"] == await alarms(writer.pool)
    assert 6 == await writer.send(1, 6)


async def test_a_case_cannot_begin_in_its_middle(writer: Writer) -> None:
    with pytest.raises(JournalGap):
        await writer.send(2, 3)

    assert ["journal-gap"] == await alarms(writer.pool)


async def test_another_content_under_a_known_seq_is_refused_and_alarms(writer: Writer) -> None:
    await writer.send(1, 3)
    writer.kinds[2] = "amended"

    with pytest.raises(JournalConflict, match="Entry 2"):
        await writer.send(1, 4)

    assert ["journal-conflict"] == await alarms(writer.pool)
    assert () == await problems(writer.pool)


async def test_a_run_that_knows_less_and_is_no_successor_is_refused(writer: Writer) -> None:
    """After a reset the new run begins in the past: it must not fork the journal."""
    await writer.send(1, 5)
    reset = Writer(writer.pool, Run(id="run-reset"))

    with pytest.raises(JournalForked):
        await reset.send(4, 4)

    assert ["journal-forked"] == await alarms(writer.pool)


async def test_a_reset_run_that_writes_another_future_is_refused_too(writer: Writer) -> None:
    await writer.send(1, 5)
    reset = Writer(writer.pool, Run(id="run-reset"), {4: "amended"})

    with pytest.raises(JournalConflict):
        await reset.send(4, 6)


async def test_the_successor_of_a_run_goes_on_and_its_predecessor_may_be_late(writer: Writer) -> None:
    await writer.send(1, 3)
    successor = Writer(writer.pool, Run(id="run-2", continued_from="run-1"))

    assert 5 == await successor.send(4, 5)
    assert 5 == await writer.send(2, 3)
    assert 6 == await Writer(writer.pool, Run(id="run-3", continued_from="run-2")).send(6, 6)


async def test_a_run_whose_predecessor_never_wrote_goes_on_where_it_knows_everything(writer: Writer) -> None:
    await writer.send(1, 3)

    assert 5 == await Writer(writer.pool, Run(id="run-3", continued_from="run-2")).send(2, 5)


async def test_the_command_is_closed_in_the_same_transaction(writer: Writer) -> None:
    command = NewCommand(id="command-1", case=CASE, actor=LAN.ref, verb="submit", document={}, key=b"k" * 32)
    closing = Closing(id="command-1", outcome="done", first_seq=1, last_seq=2, answer=None)
    async with writer.pool.connection() as db:
        await open_command(db, command)
        with pytest.raises(ZeroDivisionError):
            async with db.transaction():
                await append(
                    db, case=CASE, run=FIRST, entries=[entry(1), entry(2)], dump=dump(2), now=NOON, closing=closing
                )
                raise ZeroDivisionError
        view = await command_view(db, "command-1", actor=LAN.ref)

    assert view is not None and "sent" == view.status
    await writer.send(1, 2, closing)
    async with writer.pool.connection() as db:
        view = await command_view(db, "command-1", actor=LAN.ref)
    assert view is not None and ("done", 2) == (view.status, view.last_seq)


async def test_an_ordinary_recording_takes_three_statements(writer: Writer, database_url: str) -> None:
    await writer.send(1, 2)

    async with counting_pool(database_url) as (pool, statements):
        await Writer(pool).send(3, 4)

    assert 3 == len(statements), statements


@pytest.mark.parametrize(
    "change", ["update journal set kind = 'x'", "delete from journal", "truncate journal cascade", "delete from pin"]
)
async def test_what_was_written_stays(writer: Writer, change: str) -> None:
    await writer.send(1, 2)

    async with writer.pool.connection() as db:
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
            await db.execute(change.encode())


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("update journal set entry = replace(entry, 'ghi', 'xóa') where seq = 2", "entry 2: its hash"),
        ("update journal set kind = 'refused' where seq = 2", "entry 2: kind or time"),
        ("update journal set at = at + interval '1 day' where seq = 3", "entry 3: kind or time"),
        ("update journal set hash = sha256(entry::bytea) where seq = 2", "entry 2: its hash"),
        ("delete from journal where seq = 2", "entry 2: missing"),
        ("delete from journal where seq = 4", "head: says entry 4"),
        ("update case_file set head_hash = sha256('x')", "head: says entry 4"),
    ],
)
async def test_tampering_past_the_triggers_is_found(writer: Writer, tampering: str, told: str) -> None:
    await writer.send(1, 4)
    async with writer.pool.connection() as db:
        await db.execute("set session_replication_role = replica")
        await db.execute(tampering.encode())
        await db.execute("set session_replication_role = default")

    (problem,) = await problems(writer.pool)

    assert told in problem


async def test_a_whole_chain_written_anew_is_found_by_its_head(writer: Writer) -> None:
    """Somebody who recomputes every hash must also change the head; a chain never fits another case."""
    await writer.send(1, 2)
    async with writer.pool.connection() as db:
        await db.execute("set session_replication_role = replica")
        await db.execute("update journal set hash = sha256(convert_to(entry, 'UTF8'))")
        await db.execute("set session_replication_role = default")

    assert ("entry 1: its hash is not that of its text and the entry before",) == await problems(writer.pool)


async def test_a_case_that_is_none_has_no_journal(db: Db) -> None:
    assert ("no-such-case",) == (await verify(db, CASE)).problems
