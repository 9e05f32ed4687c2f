import json
from dataclasses import replace
from datetime import timedelta

from records.access import case_access
from records.cases import my_cases
from records.commands import NewCommand, command_view, open_command
from records.pool import Db
from records.progress import progress_by_code, progress_of
from records.projections import Closing, task_id
from records.tasks import claim, task_of
from tests.records.support import (
    AN,
    DUNG,
    HUNG,
    LAN,
    MAI,
    NOON,
    case_number,
    intake_task,
    keep,
    snapshot_of,
    statements_of,
)
from workflows.core.table import Phase
from workflows.core.timekeeping import ClockState
from workflows.core.views import ClockView, HandoverView, IncidentView, StepView

CASE = case_number(1)
INTAKE = task_id(CASE, "_intake:1")


async def test_everything_people_read_is_renewed_in_one_statement(staffed: Db) -> None:
    await keep(staffed, snapshot_of(CASE))

    with statements_of(staffed) as statements:
        await keep(staffed, snapshot_of(CASE, seq=3))

    # Two of them store the pin and begin the case for this test.
    assert 3 == len(statements)


async def test_a_task_that_is_gone_is_closed_and_stays_readable(staffed: Db) -> None:
    await keep(staffed, snapshot_of(CASE))
    await keep(staffed, snapshot_of(CASE, seq=3, tasks=()))

    task = await task_of(staffed, MAI, INTAKE)

    assert (False, NOON) == (task.open, task.closed_at)


async def test_who_holds_a_task_survives_its_renewal_but_not_its_move(staffed: Db) -> None:
    await keep(staffed, snapshot_of(CASE))
    await claim(staffed, MAI, INTAKE, now=NOON)
    await keep(staffed, snapshot_of(CASE, seq=3, tasks=(intake_task(due=NOON + timedelta(days=1)),)))
    renewed = await task_of(staffed, MAI, INTAKE)

    moved = intake_task(unit="song-lam", function="medical_review")
    await keep(staffed, snapshot_of(CASE, seq=4, tasks=(moved,)))

    assert MAI.id == renewed.claimed_by and NOON + timedelta(days=1) == renewed.due
    assert (await task_of(staffed, AN, INTAKE)).claimed_by is None


async def test_an_older_state_does_not_bring_the_past_back(staffed: Db) -> None:
    await keep(staffed, snapshot_of(CASE, phase=Phase.SUBMITTED))
    await keep(staffed, snapshot_of(CASE, seq=5, tasks=(), phase=Phase.REFUSED))

    await keep(staffed, snapshot_of(CASE, seq=4))
    await keep(staffed, snapshot_of(CASE, seq=5), at=NOON - timedelta(seconds=1))

    stored = await staffed.execute("select dump_seq, last_seq, phase, dump from case_file")
    assert [(5, 5, "refused", {"seq": 5})] == await stored.fetchall()
    assert not (await task_of(staffed, MAI, INTAKE)).open


async def test_progress_names_units_and_no_person(staffed: Db) -> None:
    step = StepView(
        step="review", visit=1, state="open", title={"vi": "Giám định"}, unit="song-lam", function="medical_review",
        since=NOON,
    )  # fmt: skip
    changes = {"phase": Phase.PROCESSING, "unit": "song-lam", "code": "H99.07-260302-0001", "steps": (step,)}
    await keep(staffed, snapshot_of(CASE, **changes, next_boundary=NOON + timedelta(days=3), due=NOON))

    progress = await progress_by_code(staffed, "H99.07-260302-0001")

    assert progress is not None and progress == await progress_of(staffed, CASE)
    assert (2, NOON + timedelta(days=3)) == (progress.seq, progress.next_boundary)
    body = json.loads(progress.body)
    assert "BHXH tỉnh Sông Lam" == body["units"]["song-lam"]["vi"]
    assert "Đang giải quyết tại BHXH tỉnh Sông Lam" == body["words"]["vi"]["state"]
    assert "Being handled at Provincial Social Security of Sông Lam" == body["words"]["en"]["state"]
    assert LAN.id not in progress.body.decode() and LAN.name not in progress.body.decode()


async def test_a_units_name_may_hold_any_character(staffed: Db) -> None:
    name = 'Văn phòng "Một cửa"'
    await staffed.execute("update unit set name = jsonb_build_object('vi', %s::text) where id = 'ben-may'", (name,))
    await keep(staffed, snapshot_of(CASE, phase=Phase.PROCESSING))

    progress = await progress_of(staffed, CASE)

    assert progress is not None
    words = json.loads(progress.body)["words"]
    assert f"Đang giải quyết tại {name}" == words["vi"]["state"] and f"Being handled at {name}" == words["en"]["state"]


async def test_clocks_follow_the_snapshot(staffed: Db) -> None:
    clock = ClockView(
        id="legal", kind="legal", within="25 calendar days", source="deadline[0]", state=ClockState.RUNNING,
        started_at=NOON, due=NOON, original_due=NOON, day_limit=True, late=False, stopped_at=None,
    )  # fmt: skip
    await keep(staffed, snapshot_of(CASE, clocks=(clock,)))
    await keep(staffed, snapshot_of(CASE, seq=3, clocks=(replace(clock, late=True, state=ClockState.STOPPED),)))

    cursor = await staffed.execute("select id, state, late, original_due from clock")

    assert [("legal", "stopped", True, NOON)] == await cursor.fetchall()


async def test_incidents_open_and_resolve_with_the_case(staffed: Db) -> None:
    incident = IncidentView(
        id="_incident:3", code="activity-failed", effect="pay:1", activity="Connector.call", owner="operator",
        since=NOON, detail=None, skippable=False,
    )  # fmt: skip
    await keep(staffed, snapshot_of(CASE, incidents=(incident,)))
    cursor = await staffed.execute("select key, effect, resolved_at from incident")
    opened = await cursor.fetchall()

    await keep(staffed, snapshot_of(CASE, seq=3))

    assert [("_incident:3", "pay:1", None)] == opened
    assert [(NOON,)] == await (await staffed.execute("select resolved_at from incident")).fetchall()


async def test_the_command_is_closed_with_the_answer_it_will_always_give(staffed: Db) -> None:
    command = NewCommand(id="command-1", case=CASE, actor=LAN.ref, verb="submit", document={}, key=b"k" * 32)
    await open_command(staffed, command)
    closing = Closing(id="command-1", outcome="done", first_seq=1, last_seq=2, answer={"case": CASE})
    await keep(staffed, snapshot_of(CASE), closing=closing)

    again = await open_command(staffed, command)
    view = await command_view(staffed, "command-1", actor=LAN.ref)

    assert ("done", "done", 1, 2, {"case": CASE}) == (
        again.status, again.outcome, again.first_seq, again.last_seq, again.answer,
    )  # fmt: skip
    assert view is not None and "done" == view.status and view.closed_at is not None


async def test_parties_see_their_own_cases_only(staffed: Db) -> None:
    await keep(staffed, snapshot_of(CASE))

    lan, hung = await case_access(staffed, LAN, CASE), await case_access(staffed, HUNG, CASE)

    assert lan is not None and hung is not None
    assert (("owner", "submitter"), True) == (lan.roles, lan.reads)
    assert ((), False) == (hung.roles, hung.reads)


async def test_officers_see_a_case_from_the_day_their_unit_is_offered_it(staffed: Db) -> None:
    await keep(staffed, snapshot_of(CASE))
    before = await case_access(staffed, AN, CASE)
    offered = HandoverView(
        id="_file:1", what="file", sender="ben-may", receiver="song-lam", function="medical_review", since=NOON,
        confirm_by=None,
    )  # fmt: skip
    await keep(staffed, snapshot_of(CASE, seq=3, handovers=(offered,)))

    after = await case_access(staffed, AN, CASE)
    sender = await case_access(staffed, MAI, CASE)

    assert before is not None and after is not None and sender is not None
    assert (False, True, True) == (before.reads, after.reads, sender.reads)
    assert ("song-lam",) == after.units


async def test_an_operator_acts_on_incidents_without_reading_dossiers(staffed: Db) -> None:
    await keep(staffed, snapshot_of(CASE, unit="song-lam", receiving="song-lam"))

    access = await case_access(staffed, DUNG, CASE)

    assert access is not None
    assert (False, True) == (access.reads, access.operates)


async def test_nobody_has_access_to_a_case_that_is_none(staffed: Db) -> None:
    assert await case_access(staffed, MAI, CASE) is None


async def test_my_cases_come_in_pages_newest_first(staffed: Db) -> None:
    for number in range(5):
        await keep(staffed, snapshot_of(case_number(number), submitted_at=NOON + timedelta(minutes=number)))

    first = await my_cases(staffed, LAN, limit=3)
    rest = await my_cases(staffed, LAN, before=(first[-1].submitted_at, first[-1].case), limit=3)

    assert [case_number(number) for number in (4, 3, 2, 1, 0)] == [line.case for line in first + rest]
    assert {"vi": "BHXH cơ sở Bến Mây", "en": "Base unit of Bến Mây"} == first[0].unit_name
    assert [] == await my_cases(staffed, HUNG)
