"""What lists, inboxes and the portal read of a case, renewed from its snapshot in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg.types.json import Json as AsJson
from psycopg.types.json import Jsonb
from pydantic import TypeAdapter

from procedures.json_types import Json, JsonObject
from records.accounts import account_id
from records.digests import stable_id
from records.pool import Db, Sql
from records.public import public_document
from workflows.core.pin import Pin
from workflows.core.views import ClockView, IncidentView, Snapshot, TaskView


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the journal of a case stands; read with the lock on the case."""

    case: str
    last_seq: int
    hash: bytes
    runs: tuple[str, ...]
    dump_seq: int
    dump_at: datetime | None

    def is_not_newer_than(self, snapshot: Snapshot, at: datetime) -> bool:
        """Compare with the state that was kept: of two writers the slower one must not bring the past back."""
        return self.dump_at is None or (snapshot.seq, at) >= (self.dump_seq, self.dump_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Where the journal stands after the entries were written."""

    last_seq: int
    hash: bytes
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The command that this recording answers."""

    id: str
    outcome: str
    first_seq: int | None
    last_seq: int | None
    answer: Json


async def project(
    db: Db,
    head: Head,
    moved: Moved,
    *,
    snapshot: Snapshot,
    dump: JsonObject,
    at: datetime,
    pin: Pin,
    now: datetime,
    closing: Closing | None,
) -> None:
    """Store head, dump and projections, and close the command. An older state than the one kept moves only the head."""
    shared = {"case": head.case, "last_seq": moved.last_seq, "hash": moved.hash, "runs": list(moved.runs)}
    if head.is_not_newer_than(snapshot, at):
        parameters = {**_case(snapshot), **_lists(snapshot, pin), "dump": AsJson(dump), "dump_at": at, "now": now}
        await db.execute(_PROJECT, {**shared, **parameters, **_closing(closing)})
    else:
        await db.execute(_MOVE, {**shared, **_closing(closing)})


def task_id(case: str, key: str) -> str:
    """Answer the id under which the API knows a task: the same for ever, without anything of the case in it."""
    return stable_id("task", case, key)


def _case(snapshot: Snapshot) -> dict[str, object]:
    return {
        "dump_seq": snapshot.seq,
        "pin_digest": snapshot.pin_digest,
        "procedure": snapshot.procedure,
        "version": snapshot.version,
        "variant": snapshot.variant,
        "channel": snapshot.channel,
        "phase": snapshot.phase.value,
        "status": snapshot.status.business if snapshot.status else None,
        "verdict": snapshot.verdict.value if snapshot.verdict else None,
        "national_code": snapshot.national_code,
        "code": snapshot.code,
        "receipt": snapshot.receipt,
        "receiving_unit": snapshot.receiving,
        "holding_unit": snapshot.unit,
        "submitted_at": snapshot.submitted_at,
        "accepted_at": snapshot.accepted_at,
        "finished_at": snapshot.finished_at,
        "ended_at": snapshot.ended_at,
        "due": snapshot.due,
        "original_due": snapshot.original_due,
        "late": snapshot.late,
        "suspended": snapshot.suspended,
        "next_boundary": snapshot.next_boundary,
    }


def _lists(snapshot: Snapshot, pin: Pin) -> dict[str, object]:
    return {
        "tasks": AsJson([_task(snapshot.case, task) for task in snapshot.tasks]),
        "task_keys": [task.key for task in snapshot.tasks],
        "clocks": AsJson([_clock(clock) for clock in snapshot.clocks]),
        "incidents": AsJson([_incident(snapshot.case, incident) for incident in snapshot.incidents]),
        "incident_keys": [incident.id for incident in snapshot.incidents],
        "parties": AsJson(_parties(snapshot)),
        "units": _units(snapshot),
        "public": Jsonb(public_document(snapshot, pin)),
    }


def _task(case: str, task: TaskView) -> JsonObject:
    return {
        "id": task_id(case, task.key),
        "key": task.key,
        "step": task.step,
        "kind": task.kind,
        "unit": task.unit,
        "function": task.function,
        "view": _TASK.dump_python(task, mode="json"),
        "held": task.held,
        "due": _text(task.due),
        "opened_at": task.opened_at.isoformat(),
    }


def _clock(clock: ClockView) -> JsonObject:
    return {
        "id": clock.id,
        "kind": clock.kind,
        "state": clock.state.value,
        "started_at": clock.started_at.isoformat(),
        "due": _text(clock.due),
        "original_due": _text(clock.original_due),
        "stopped_at": _text(clock.stopped_at),
        "late": clock.late,
    }


def _incident(case: str, incident: IncidentView) -> JsonObject:
    return {
        "id": stable_id("incident", case, incident.id),
        "key": incident.id,
        "code": incident.code,
        "owner": incident.owner,
        "effect": incident.effect,
        "detail": {"activity": incident.activity, "story": incident.detail, "skippable": incident.skippable},
        "opened_at": incident.since.isoformat(),
    }


def _parties(snapshot: Snapshot) -> list[Json]:
    known = [(party.role, account_id(party.ref)) for party in snapshot.parties]
    return [{"role": role, "account": account} for role, account in known if account is not None]


def _units(snapshot: Snapshot) -> list[str]:
    tasks = [task.unit for task in snapshot.tasks]
    handovers = [unit for handover in snapshot.handovers for unit in (handover.sender, handover.receiver)]
    return sorted({unit for unit in (snapshot.receiving, snapshot.unit, *tasks, *handovers) if unit})


def _closing(closing: Closing | None) -> Mapping[str, object]:
    return {
        "command": closing.id if closing else None,
        "outcome": closing.outcome if closing else None,
        "first": closing.first_seq if closing else None,
        "last": closing.last_seq if closing else None,
        "answer": AsJson(closing.answer) if closing else None,
    }


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


_TASK: TypeAdapter[TaskView] = TypeAdapter(TaskView)

_CLOSE: Sql = """
update command set status = 'done', outcome = %(outcome)s, first_seq = %(first)s, last_seq = %(last)s,
                   answer = %(answer)s, closed_at = now()
where id = %(command)s and status <> 'done'
"""

_MOVE: Sql = f"""
with closed as ({_CLOSE})
update case_file set last_seq = %(last_seq)s, head_hash = %(hash)s, runs = %(runs)s where id = %(case)s
"""

# Rows that did not change are not written again: most appends move one task and one clock.
_PROJECT: Sql = f"""
with closed_command as ({_CLOSE}), head as (
    update case_file set
        last_seq = %(last_seq)s, head_hash = %(hash)s, runs = %(runs)s,
        dump = %(dump)s, dump_seq = %(dump_seq)s, dump_at = %(dump_at)s, pin_digest = %(pin_digest)s,
        procedure = %(procedure)s, version = %(version)s, variant = %(variant)s, channel = %(channel)s,
        phase = %(phase)s, status = %(status)s, verdict = %(verdict)s, national_code = %(national_code)s,
        code = %(code)s, receipt = %(receipt)s, receiving_unit = %(receiving_unit)s, holding_unit = %(holding_unit)s,
        submitted_at = %(submitted_at)s, accepted_at = %(accepted_at)s, finished_at = %(finished_at)s,
        ended_at = %(ended_at)s, due = %(due)s, original_due = %(original_due)s, late = %(late)s,
        suspended = %(suspended)s, next_boundary = %(next_boundary)s
    where id = %(case)s
), opened_tasks as (
    insert into task as t (case_id, procedure, id, key, step, kind, unit, function, view, held, due, opened_at)
    select %(case)s, %(procedure)s, n.* from json_to_recordset(%(tasks)s) as n
        (id text, key text, step text, kind text, unit text, function text, view json, held boolean, due timestamptz,
         opened_at timestamptz)
    on conflict (case_id, key) do update set
        unit = excluded.unit, function = excluded.function, view = excluded.view, held = excluded.held,
        due = excluded.due, open = true, closed_at = null,
        claimed_by = case when (t.unit, t.function) = (excluded.unit, excluded.function) then t.claimed_by end,
        claimed_at = case when (t.unit, t.function) = (excluded.unit, excluded.function) then t.claimed_at end
    where (t.unit, t.function, t.held, t.due, t.open, t.view::text)
        is distinct from (excluded.unit, excluded.function, excluded.held, excluded.due, true, excluded.view::text)
), closed_tasks as (
    update task set open = false, closed_at = %(now)s
    where case_id = %(case)s and open and key <> all (%(task_keys)s::text[])
), clocks as (
    insert into clock as c (case_id, id, kind, state, started_at, due, original_due, stopped_at, late)
    select %(case)s, n.* from json_to_recordset(%(clocks)s) as n
        (id text, kind text, state text, started_at timestamptz, due timestamptz, original_due timestamptz,
         stopped_at timestamptz, late boolean)
    on conflict (case_id, id) do update set
        state = excluded.state, started_at = excluded.started_at, due = excluded.due,
        original_due = excluded.original_due, stopped_at = excluded.stopped_at, late = excluded.late
    where (c.state, c.due, c.original_due, c.stopped_at, c.late)
        is distinct from (excluded.state, excluded.due, excluded.original_due, excluded.stopped_at, excluded.late)
), parties as (
    insert into case_party (case_id, submitted_at, role, account)
    select %(case)s, coalesce(%(submitted_at)s, %(now)s), n.*
    from json_to_recordset(%(parties)s) as n (role text, account text)
    on conflict do nothing
), units as (
    insert into case_unit (case_id, unit, since) select %(case)s, unnest(%(units)s::text[]), %(now)s
    on conflict do nothing
), opened_incidents as (
    insert into incident as i (case_id, source, id, key, code, owner, effect, detail, opened_at)
    select %(case)s, 'core', n.* from json_to_recordset(%(incidents)s) as n
        (id text, key text, code text, owner text, effect text, detail jsonb, opened_at timestamptz)
    on conflict (case_id, key) do update set resolved_at = null where i.resolved_at is not null
), resolved_incidents as (
    update incident set resolved_at = %(now)s
    where case_id = %(case)s and source = 'core' and resolved_at is null
      and key <> all (%(incident_keys)s::text[])
), named as (
    select coalesce(jsonb_object_agg(u.id, u.name), '{{}}') as units,
           coalesce(max(u.name ->> 'vi') filter (where u.id = %(holding_unit)s), '…') as vi,
           coalesce(max(coalesce(u.name ->> 'en', u.name ->> 'vi')) filter (where u.id = %(holding_unit)s), '…') as en
    from unit u
    where u.id in (select unnest(%(units)s::text[])
                   union select s ->> 'unit' from jsonb_array_elements(%(public)s -> 'steps') s)
), escaped as (
    select units, substr(to_json(vi)::text, 2, length(to_json(vi)::text) - 2) as vi,
           substr(to_json(en)::text, 2, length(to_json(en)::text) - 2) as en
    from named
)
insert into progress as p (case_id, code, seq, next_boundary, body)
select %(case)s, %(code)s, %(dump_seq)s, %(next_boundary)s, convert_to(
    replace(replace((%(public)s || jsonb_build_object('units', n.units))::text,
                    '{{unit:vi}}', n.vi), '{{unit:en}}', n.en), 'UTF8')
from escaped n
on conflict (case_id) do update set
    code = excluded.code, seq = excluded.seq, next_boundary = excluded.next_boundary, body = excluded.body
"""
