"""The inbox: what a duty of today allows, by due date; taking a task, giving it back, finishing it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel, Field, JsonValue

from api.arguments import CompleteTask, Id, ReasonGiven, Telling
from api.commands import VERBS, ActingAs, Asked, Done, OnItsWay, refuse_foreign_files, send_arguments, told
from api.cursors import read_cursor, write_cursor
from api.desk import Desk
from api.forms import checked_values
from api.strict import Strict
from api.who import Key, Officer, TheDesk
from procedures.json_types import Json, JsonObject
from records.accounts import Account
from records.commands import NewCommand, command_id, command_view
from records.errors import TaskRefused
from records.inbox import FIRST, Count, Filter, TaskLine, count_inbox, inbox
from records.pins import pin_of
from records.pool import Db
from records.requests import once
from records.tasks import Task, claim, release, require_free, task_of
from workflows.core.refusals import Refused
from workflows.door import Reply, Unknown

router = APIRouter(prefix="/tasks", tags=["tasks"])
PAGE = 20
SUBJECTS = ("task", "handover", "proposal", "incident")


class Inbox(BaseModel):
    """One page by due date. `next` continues it; a count stops at 1,000 and then says `or_more`."""

    tasks: list[TaskLine]
    count: Count
    next: str | None


class Completion(Strict):
    """`outcome` is one of the task's choices. `values` are those of its own form, `files` papers attached to it;
    `arguments` are the verb's where a choice is a verb of its own (`accept`, `ask_supplement`, `deliver`).
    """

    outcome: Id
    values: dict[str, JsonValue] = {}
    files: Annotated[list[Id], Field(max_length=20)] = []
    reason: ReasonGiven | None = None
    arguments: dict[str, JsonValue] = {}


@router.get("")
async def get_inbox(
    account: Officer,
    desk: TheDesk,
    unit: str | None = None,
    function: str | None = None,
    procedure: str | None = None,
    kind: str | None = None,
    channel: Literal["counter", "online", "post"] | None = None,
    holder: Literal["anybody", "me", "nobody", "me_or_nobody"] = "anybody",
    held: bool | None = None,
    due_from: AwareDatetime | None = None,
    due_before: AwareDatetime | None = None,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = PAGE,
) -> Inbox:
    show = Filter(
        unit=unit,
        function=function,
        procedure=procedure,
        kind=kind,
        channel=channel,
        holder=holder,
        held=held,
        due_from=due_from,
        due_before=due_before,
    )
    return await read_inbox(desk, account, show, after=after, limit=limit)


async def read_inbox(
    desk: Desk, account: Account, show: Filter, *, after: str | None = None, limit: int = PAGE
) -> Inbox:
    place = FIRST if after is None else read_cursor(after, may_be_endless=True)
    async with desk.pool.connection() as db:
        lines = await inbox(db, account, show, after=place, limit=limit + 1)
        count = await count_inbox(db, account, show)
    page = lines[:limit]
    return Inbox(tasks=page, count=count, next=write_cursor(page[-1].cursor) if len(lines) > limit else None)


@router.get("/{task}")
async def get_task(task: str, account: Officer, desk: TheDesk) -> Task:
    async with desk.pool.connection() as db:
        return await task_of(db, account, task)


@router.post("/{task}/claim")
async def post_claim(task: str, key: Key, account: Officer, desk: TheDesk) -> Task:
    """Take the task: colleagues see who has it and cannot finish it meanwhile."""
    return await claim_task(desk, account, task, key=key)


@router.post("/{task}/release")
async def post_release(task: str, key: Key, account: Officer, desk: TheDesk) -> Task:
    return await release_task(desk, account, task, key=key)


@router.post("/{task}/complete", responses={202: {"model": OnItsWay}})
async def post_complete(
    task: str, body: Completion, key: Key, account: Officer, desk: TheDesk, response: Response
) -> Done | OnItsWay:
    return told(await complete_task(desk, account, task, body, key=key), response)


async def claim_task(desk: Desk, account: Account, task: str, *, key: str) -> Task:
    async with desk.pool.connection() as db:

        async def work() -> Json:
            return _remembered(await claim(db, account, task, now=desk.now()))

        await once(db, actor=account.ref, key=key, content=["claim", task], work=work)
        return await task_of(db, account, task)


async def release_task(desk: Desk, account: Account, task: str, *, key: str) -> Task:
    async with desk.pool.connection() as db:

        async def work() -> Json:
            return _remembered(await release(db, account, task, now=desk.now()))

        await once(db, actor=account.ref, key=key, content=["release", task], work=work)
        return await task_of(db, account, task)


async def complete_task(desk: Desk, account: Account, task: str, body: Completion, *, key: str) -> Reply | Unknown:
    """Finish a task under the duty it belongs to. An outcome of a step is two reads, then the door."""
    async with desk.pool.connection() as db:
        found = await task_of(db, account, task)
        require_free(found, account)
        choice, command_key = _choice(found, body.outcome), command_id(account.ref, key)
        if choice["verb"] == "complete_task":
            command = await _outcome(db, account, found, body, command_key)
        elif not found.open and await command_view(db, command_key, actor=account.ref) is None:
            raise TaskRefused("This task is done.", code="task-closed")
    if choice["verb"] == "complete_task":
        return await desk.door.send(command)
    return await send_arguments(desk, account, case=found.case, asked=_named_verb(found, choice, body), key=key)


async def _outcome(db: Db, account: Account, task: Task, body: Completion, id: str) -> NewCommand:
    telling = Telling(command=id)
    arguments = CompleteTask(
        task=task.key, outcome=body.outcome, values=body.values, files=body.files, reason=body.reason
    )
    telling.arguments = arguments.tell(telling)
    pin = await pin_of(db, task.pin_digest)
    checked = checked_values(pin.procedure, task.key, body.outcome, body.values)
    if checked is not None:
        telling.arguments |= checked.told
    await refuse_foreign_files(db, telling, account, task.case)
    actor: Json = {"ref": account.ref, "function": task.function, "unit": task.unit}
    document: JsonObject = {"verb": "complete_task", "id": id, "actor": actor, "arguments": telling.arguments}
    return NewCommand(
        id=id,
        case=task.case,
        actor=account.ref,
        verb="complete_task",
        document=document,
        texts=telling.texts,
        forms=[] if checked is None else [checked.form],
        files=telling.files,
    )


def _choice(task: Task, outcome: str) -> JsonObject:
    """Answer the choice an outcome names; a statutory task has verbs for outcomes. The case judges what is open."""
    choices = task.view.get("choices")
    for choice in choices if isinstance(choices, list) else []:
        if isinstance(choice, dict) and outcome == (choice.get("outcome") or choice["verb"]):
            return choice
    if task.kind != "step":
        raise Refused("unknown-outcome", outcome=outcome)
    return {"verb": "complete_task"}


def _named_verb(task: Task, choice: JsonObject, body: Completion) -> Asked:
    """Say a statutory task's choice as the verb it is; what the verb calls its subject is the task's key."""
    verb = str(choice["verb"])
    known = VERBS[verb].model_fields
    given: dict[str, JsonValue] = dict(body.arguments)
    for name, value in (*((subject, task.key) for subject in SUBJECTS), ("to", choice.get("to"))):
        if name in known and value is not None:
            given.setdefault(name, value)
    if verb == "hand_over" and task.view.get("about") == "result":
        given.setdefault("what", "result")
    if body.reason is not None and "reason" in known:
        given["reason"] = body.reason.model_dump()
    return Asked(verb=verb, arguments=given, acting_as=ActingAs(function=task.function, unit=task.unit))


def _remembered(task: Task) -> Json:
    return {"task": task.id, "claimed_at": task.claimed_at.isoformat() if task.claimed_at else None}
