"""The chain over a case's entries, and its check: whoever changes an entry afterwards is found."""

import hashlib
from dataclasses import dataclass

from records.pool import Db, Sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What `motcua verify` prints: no problems, or each with the entry it was found at."""

    case: str
    entries: int
    problems: tuple[str, ...]


async def verify(db: Db, case: str) -> Verification:
    """Compute the chain anew and compare: seqs without gap, hashes, the head, what was copied out of the entries."""
    async with db.transaction():
        # Head and chain of one instant: the case may go on meanwhile.
        await db.execute("set transaction isolation level repeatable read")
        cursor = await db.execute("select last_seq, head_hash from case_file where id = %s", (case,))
        head = await cursor.fetchone()
        rows = await (await db.execute(_CHAIN, (case,))).fetchall()
    if head is None:
        return Verification(case=case, entries=0, problems=("no-such-case",))
    problems: list[str] = []
    previous = genesis(case)
    for place, (seq, entry, stored, is_copied_right) in enumerate(rows, start=1):
        if seq != place:
            problems.append(f"entry {place}: missing, entry {seq} stands in its place")
            break
        previous = chained(previous, entry)
        if previous != stored:
            problems.append(f"entry {seq}: its hash is not that of its text and the entry before")
            break
        if not is_copied_right:
            problems.append(f"entry {seq}: kind or time beside the entry differ from the entry")
    if not problems and (head[0], head[1]) != (len(rows), previous):
        problems.append(f"head: says entry {head[0]}, the journal ends at {len(rows)} or with another hash")
    return Verification(case=case, entries=len(rows), problems=tuple(problems))


def genesis(case: str) -> bytes:
    """The hash before the first entry: no chain can be moved to another case."""
    return hashlib.sha256(case.encode()).digest()


def chained(previous: bytes, entry: str) -> bytes:
    return hashlib.sha256(previous + entry.encode()).digest()


_CHAIN: Sql = """
select seq, entry, hash, kind = entry::jsonb ->> 'kind' and at = (entry::jsonb ->> 'at')::timestamptz
from journal where case_id = %s order by seq
"""
