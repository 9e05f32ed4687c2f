from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from records.accounts import Account, Duty
from records.inbox import _PAGE, COUNTED_AT_MOST, FIRST, Count, Filter, _parameters, count_inbox, inbox
from records.pool import Db
from records.tasks import claim
from tests.records.support import AN, LAN, MAI, NOON, THU, case_number, intake_task, keep, snapshot_of


async def fill(db: Db, count: int) -> None:
    """Cases whose intake tasks are due minute by minute, the last of them without a limit."""
    for number in range(count):
        due = None if number == count - 1 else NOON + timedelta(minutes=number)
        await keep(db, snapshot_of(case_number(number), tasks=(intake_task(due=due),)))


async def fill_fast(db: Db, count: int) -> None:
    await keep(db, snapshot_of(case_number(0), tasks=()))
    await db.execute(
        "insert into task (id, case_id, key, kind, procedure, unit, function, view, due, opened_at) "
        "select 't' || n, %s, 'k' || n, 'intake', '1.000000', "
        "case when n %% 50 = 0 then 'ben-may' else 'u' || n %% 50 end, 'one_stop', '{}', "
        "%s + n * interval '1 minute', %s from generate_series(1, %s) n",
        (case_number(0), NOON, NOON, count),
    )
    await db.execute("vacuum analyze task")


async def test_pages_follow_each_other_by_due_date_without_gap(staffed: Db) -> None:
    await fill(staffed, 7)

    cursor, seen = FIRST, []
    while page := await inbox(staffed, MAI, Filter(), after=cursor, limit=3):
        seen += [line.case for line in page]
        cursor = page[-1].cursor

    assert [case_number(number) for number in range(7)] == seen


async def test_a_line_says_what_an_officer_needs(staffed: Db) -> None:
    await fill(staffed, 1)

    (line,) = await inbox(staffed, MAI, Filter())

    assert ("intake", "ben-may", "online", LAN.name, None) == (
        line.kind, line.unit, line.channel, "Nguyễn Thị Lan", line.claimed_by,
    )  # fmt: skip
    assert LAN.name == line.owner


async def test_only_the_queues_of_todays_duties_are_shown(staffed: Db) -> None:
    await fill(staffed, 2)

    assert [] == await inbox(staffed, AN, Filter())
    assert Count(0, False) == await count_inbox(staffed, replace(MAI, duties=()), Filter())


async def test_several_queues_are_merged_by_due_date(staffed: Db) -> None:
    await fill(staffed, 3)
    review = intake_task(unit="song-lam", function="medical_review", due=NOON + timedelta(seconds=90))
    await keep(staffed, snapshot_of(case_number(9), tasks=(review,)))
    both = Account(
        id="o09", kind="officer", name="x",
        duties=(Duty(unit="ben-may", function="one_stop"), Duty(unit="song-lam", function="medical_review")),
    )  # fmt: skip

    lines = await inbox(staffed, both, Filter())

    assert [case_number(number) for number in (0, 1, 9, 2)] == [line.case for line in lines]


@pytest.mark.parametrize(
    ("show", "cases"),
    [
        (Filter(due_before=NOON + timedelta(minutes=2)), [0, 1]),
        (Filter(due_from=NOON + timedelta(minutes=2)), [2, 3]),
        (Filter(holder="me"), [1]),
        (Filter(holder="nobody"), [2, 3]),
        (Filter(holder="me_or_nobody"), [1, 2, 3]),
        (Filter(procedure="9.999999"), []),
        (Filter(channel="online"), [0, 1, 2, 3]),
        (Filter(channel="counter"), []),
        (Filter(kind="intake", held=False), [0, 1, 2, 3]),
        (Filter(held=True), []),
        (Filter(unit="song-lam"), []),
        (Filter(function="one_stop"), [0, 1, 2, 3]),
    ],
)
async def test_filters_narrow_page_and_count_alike(staffed: Db, show: Filter, cases: list[int]) -> None:
    await fill(staffed, 4)
    lines = await inbox(staffed, MAI, Filter())
    await claim(staffed, THU, lines[0].id, now=NOON)
    await claim(staffed, MAI, lines[1].id, now=NOON)

    shown = await inbox(staffed, MAI, show)

    assert [case_number(number) for number in cases] == [line.case for line in shown]
    assert Count(len(cases), False) == await count_inbox(staffed, MAI, show)


async def test_counting_stops_at_a_thousand(staffed: Db) -> None:
    await fill_fast(staffed, 50 * (COUNTED_AT_MOST + 5))

    assert Count(COUNTED_AT_MOST, True) == await count_inbox(staffed, MAI, Filter())


async def test_a_page_walks_the_inbox_index_and_reads_no_more_than_it_shows(staffed: Db) -> None:
    await fill_fast(staffed, 20_000)
    plan = await explain_inbox(staffed)

    scans = [node for node in walk(plan) if node.get("Relation Name") == "task"]

    assert ["ix_task_inbox"] == [node.get("Index Name") for node in scans]
    assert 20 >= sum(node["Actual Rows"] * node["Actual Loops"] for node in scans)


async def explain_inbox(db: Db) -> Any:
    """Answer the plan of one page as PostgreSQL ran it."""
    parameters = _parameters(MAI, Filter()) | {"after_due": FIRST[0], "after_id": FIRST[1], "limit": 20}
    cursor = await db.execute(f"explain (analyze, format json) {_PAGE}", parameters)
    row = await cursor.fetchone()
    assert row is not None
    return row[0][0]["Plan"]


def walk(plan: Any) -> list[Any]:
    return [plan, *(node for child in plan.get("Plans", []) for node in walk(child))]
