"""What tests of records share: a snapshot made by hand, a case kept from it, statements counted."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from psycopg import AsyncCursor
from psycopg.abc import Params
from psycopg.rows import TupleRow

from procedures.language.model.procedure import Procedure
from procedures.time.hours import office_hours
from records.accounts import Account, Duty
from records.chain import genesis
from records.digests import stable_id
from records.pins import store_pin
from records.pool import Db, Pool, make_pool
from records.projections import Closing, Head, Moved, project
from workflows.core.entries import Status
from workflows.core.events import Party
from workflows.core.pin import Pin, make_pin
from workflows.core.table import Phase
from workflows.core.views import Snapshot, TaskView

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
MAI = Account(
    id="o01", kind="officer", name="Đỗ Thị Mai", duties=(Duty(unit="ben-may", function="one_stop", head=True),)
)
THU = Account(id="o07", kind="officer", name="Ngô Anh Thư", duties=(Duty(unit="ben-may", function="one_stop"),))
AN = Account(id="o02", kind="officer", name="Trần Minh An", duties=(Duty(unit="song-lam", function="medical_review"),))
DUNG = Account(id="o05", kind="officer", name="Vũ Tiến Dũng", duties=(Duty(unit="song-lam", function="operator"),))
LAN = Account(id="c01", kind="citizen", name="Nguyễn Thị Lan")
HUNG = Account(id="c02", kind="citizen", name="Lý Văn Hùng")


class CountingCursor(AsyncCursor[TupleRow]):
    """Writes down every statement. BEGIN and COMMIT do not pass through cursors; a pool's check is an empty text."""

    seen: list[str] = []

    async def execute(self, query: Any, params: Params | None = None, **options: Any) -> "CountingCursor":
        if query:
            type(self).seen.append(" ".join(str(query).split()))
        await super().execute(query, params, **options)
        return self


@contextmanager
def statements_of(db: Db) -> Iterator[list[str]]:
    """Collect the statements of one connection."""

    class Cursor(CountingCursor):
        seen: list[str] = []

    before, db.cursor_factory = db.cursor_factory, Cursor
    yield Cursor.seen
    db.cursor_factory = before


@asynccontextmanager
async def counting_pool(database_url: str) -> AsyncIterator[tuple[Pool, list[str]]]:
    """A pool whose statements, on all its connections, are collected."""

    class Cursor(CountingCursor):
        seen: list[str] = []

    pool = make_pool(database_url)
    assert isinstance(pool.kwargs, dict)
    pool.kwargs["cursor_factory"] = Cursor
    async with pool:
        yield pool, Cursor.seen


def case_number(number: int) -> str:
    return stable_id("case", str(number))


def small_pin(version: int = 1) -> Pin:
    procedure = Procedure.model_validate(
        {
            "digest": f"sha256:{version:064}",
            "procedure": "1.000000",
            "version": version,
            "title": {"vi": "Thủ tục mẫu", "en": "Specimen"},
            "in_force": {"from_": "2025-07-01"},
            "profile": "nd118",
            "channels": ["online"],
            "submitters": [],
            "deadline": [],
            "steps": [],
        }
    )
    return make_pin(procedure, (), office_hours({"mon-fri": ["07:30-11:30", "13:30-17:00"]}))


def snapshot_of(case: str, **changes: Any) -> Snapshot:
    """A submitted case with its intake task at the one-stop of Bến Mây."""
    fields: dict[str, Any] = {
        name: None for name in Snapshot.__dataclass_fields__ if name not in ("tasks", "clocks", "steps")
    }
    fields |= dict.fromkeys((name for name, of in Snapshot.__annotations__.items() if str(of).startswith("tuple")), ())
    fields |= {
        "case": case,
        "seq": 2,
        "phase": Phase.SUBMITTED,
        "status": Status(business="registered"),
        "national_code": 1,
        "procedure": "1.000000",
        "version": 1,
        "pin_digest": small_pin().digest,
        "channel": "online",
        "receiving": "ben-may",
        "unit": "ben-may",
        "submitted_at": NOON,
        "suspended": False,
        "late": False,
        "parties": (Party(role="submitter", ref=LAN.ref), Party(role="owner", ref=LAN.ref)),
        "tasks": (intake_task(),),
    }
    return Snapshot(**(fields | changes))


def intake_task(**changes: Any) -> TaskView:
    task = TaskView(key="_intake:1", kind="intake", function="one_stop", unit="ben-may", opened_at=NOON, due=NOON)
    return replace(task, **changes)


async def keep(db: Db, snapshot: Snapshot, *, at: datetime = NOON, closing: Closing | None = None) -> None:
    """Store the projections of a snapshot as `append` does, without a journal behind them."""
    pin = small_pin(snapshot.version)
    await store_pin(db, pin)
    cursor = await db.execute(
        "insert into case_file as c (id, head_hash, runs, phase) values (%s, %s, '{}', 'new') "
        "on conflict (id) do update set id = c.id returning last_seq, dump_seq, dump_at",
        (snapshot.case, genesis(snapshot.case)),
    )
    row = await cursor.fetchone()
    assert row is not None
    hash = genesis(snapshot.case)
    head = Head(case=snapshot.case, last_seq=row[0], hash=hash, runs=(), dump_seq=row[1], dump_at=row[2])
    moved = Moved(last_seq=max(row[0], snapshot.seq), hash=hash, runs=("run-1",))
    dump = {"seq": snapshot.seq}
    await project(db, head, moved, snapshot=snapshot, dump={**dump}, at=at, pin=pin, now=NOON, closing=closing)
