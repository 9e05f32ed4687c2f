"""The journal: append-only, hash-chained, gapless; every writer of a case comes through `append`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from procedures.json_types import JsonObject, canonical_json
from records.chain import chained, genesis
from records.errors import JournalConflict, JournalForked, JournalGap, JournalRefused
from records.incidents import raise_alarm
from records.pins import pin_of
from records.pool import Db, Pool, Sql
from records.projections import Closing, Head, Moved, project
from workflows.core import machine
from workflows.core.documents import load_state


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The workflow run that wrote, and the run it continues (continue-as-new)."""

    id: str
    continued_from: str | None = None


async def record(
    pool: Pool,
    *,
    case: str,
    run: Run,
    entries: Sequence[JsonObject],
    dump: JsonObject,
    now: datetime,
    closing: Closing | None = None,
) -> int:
    """Append in a transaction of its own; a refused journal is raised as an incident first."""
    try:
        async with pool.connection() as db, db.transaction():
            return await append(db, case=case, run=run, entries=entries, dump=dump, now=now, closing=closing)
    except JournalRefused as refusal:
        async with pool.connection() as db:
            await raise_alarm(db, case=case, code=refusal.code, detail=refusal.data, now=now)
        raise


async def append(
    db: Db,
    *,
    case: str,
    run: Run,
    entries: Sequence[JsonObject],
    dump: JsonObject,
    now: datetime,
    closing: Closing | None = None,
) -> int:
    """Write what is missing above the last entry, renew the projections, close the command; answer the last seq.

    Idempotent by (case, seq): an entry that exists must be the same to the byte. Nothing is written over a gap, nor by
    a run that knows less than the journal and is no successor of the run that wrote it. `db` is in a transaction.
    """
    seqs = [_seq(entry) for entry in entries]
    head = await _lock(db, case, first=seqs[0] if seqs else None)
    if seqs and seqs != list(range(seqs[0], seqs[0] + len(seqs))):
        raise JournalGap("The entries themselves have a gap.", data={"have": head.last_seq, "seqs": [*seqs]})
    if seqs and seqs[0] > head.last_seq + 1:
        raise JournalGap(
            f"Entries {head.last_seq + 1} to {seqs[0] - 1} are missing: has the database lost rows?",
            data={"have": head.last_seq, "first": seqs[0]},
        )
    runs = _lineage(head, run, knows=max(seqs[-1] if seqs else 0, _seq(dump)))
    texts = [canonical_json(dict(entry)).decode() for entry in entries]
    known = sum(seq <= head.last_seq for seq in seqs)
    if known:
        await _same_as_written(db, case, dict(zip(seqs[:known], texts[:known], strict=True)))
    head_hash = await _insert(db, case, run.id, head, entries[known:], texts[known:])
    state = load_state(dump)
    pin = await pin_of(db, state.pin_digest)
    moved = Moved(last_seq=max([head.last_seq, *seqs[-1:]]), hash=head_hash, runs=runs)
    await project(
        db,
        head,
        moved,
        snapshot=machine.snapshot(pin, state, now),
        dump=dump,
        at=state.now or now,
        pin=pin,
        now=now,
        closing=closing,
    )
    return moved.last_seq


async def _lock(db: Db, case: str, *, first: int | None) -> Head:
    row = await (await db.execute(_LOCK, (case,))).fetchone()
    if row is None and first == 1:
        await db.execute(_BEGIN, {"case": case, "genesis": genesis(case)})
        row = await (await db.execute(_LOCK, (case,))).fetchone()
    if row is None:
        raise JournalGap("The case has no journal yet: its first entry is missing.", data={"have": 0, "first": first})
    last_seq, head_hash, runs, dump_seq, dump_at = row
    return Head(case=case, last_seq=last_seq, hash=head_hash, runs=tuple(runs), dump_seq=dump_seq, dump_at=dump_at)


def _lineage(head: Head, run: Run, *, knows: int) -> tuple[str, ...]:
    if run.id in head.runs:
        return head.runs
    is_successor = not head.runs or run.continued_from == head.runs[-1]
    if not is_successor and knows < head.last_seq:
        raise JournalForked(
            "A run that is no successor knows less than the journal: was the workflow reset?",
            data={"have": head.last_seq, "knows": knows, "run": run.id},
        )
    return (*head.runs, run.id)


async def _same_as_written(db: Db, case: str, sent: dict[int, str]) -> None:
    cursor = await db.execute(_WRITTEN, (case, min(sent), max(sent)))
    written: dict[int, str] = dict(await cursor.fetchall())
    differing = [seq for seq, text in sent.items() if written.get(seq) != text]
    if differing:
        raise JournalConflict(
            f"Entry {differing[0]} is already written with another content.", data={"seqs": [*differing]}
        )


async def _insert(
    db: Db, case: str, run: str, head: Head, entries: Sequence[JsonObject], texts: Sequence[str]
) -> bytes:
    hashes: list[bytes] = []
    for text in texts:
        hashes.append(chained(hashes[-1] if hashes else head.hash, text))
    if not hashes:
        return head.hash
    await db.execute(
        _INSERT,
        {
            "case": case,
            "run": run,
            "seqs": [_seq(entry) for entry in entries],
            "kinds": [entry["kind"] for entry in entries],
            "ats": [entry["at"] for entry in entries],
            "entries": list(texts),
            "hashes": hashes,
        },
    )
    return hashes[-1]


def _seq(document: JsonObject) -> int:
    seq = document["seq"]
    assert isinstance(seq, int)
    return seq


_LOCK: Sql = "select last_seq, head_hash, runs, dump_seq, dump_at from case_file where id = %s for update"

_BEGIN: Sql = """
insert into case_file (id, head_hash, runs, phase) values (%(case)s, %(genesis)s, '{}', 'new') on conflict do nothing
"""

_WRITTEN: Sql = "select seq, entry from journal where case_id = %s and seq between %s and %s"

_INSERT: Sql = """
insert into journal (case_id, run, seq, kind, at, entry, hash)
select %(case)s, %(run)s, * from unnest(
    %(seqs)s::bigint[], %(kinds)s::text[], %(ats)s::timestamptz[], %(entries)s::text[], %(hashes)s::bytea[])
"""
