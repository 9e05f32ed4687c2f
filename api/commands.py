"""Ask something of a case: check what was said, choose the duty, and send it through the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from fastapi import APIRouter, Response
from pydantic import BaseModel, JsonValue, ValidationError

from api.acting import choose_actor
from api.arguments import (
    BUILT,
    Accept,
    Amend,
    Arguments,
    CompleteTask,
    NoArguments,
    Recompute,
    SendSupplement,
    Telling,
    Withdraw,
)
from api.desk import Desk
from api.form_files import with_files
from api.forms import checked_form, checked_intake, checked_values, step_fields
from api.papers import misnamed
from api.problems import FieldError, Problem, below, invalid
from api.receivers import wrong_receiver
from api.recomputing import newest_calendars
from api.strict import Strict
from api.who import Key, SignedIn, TheDesk
from procedures.json_types import JsonObject
from records.access import case_access
from records.accounts import Account
from records.cases import stored_case
from records.commands import CommandView, NewCommand, NewForm, actor_of, command_id, command_view
from records.files import foreign_files
from records.pins import pin_of
from records.pool import Db
from workflows.core.documents import load_state
from workflows.core.events import NotBuilt
from workflows.core.facts import known_of
from workflows.core.pin import Pin
from workflows.core.recomputing import DESIGNER
from workflows.core.state import State
from workflows.door import Reply, Unknown

router = APIRouter(tags=["commands"])

NOT_BUILT: tuple[str, ...] = get_args(NotBuilt.__dataclass_fields__["verb"].type)
VERBS: Mapping[str, type[Arguments]] = {**BUILT, **dict.fromkeys(NOT_BUILT, NoArguments)}


class ActingAs(Strict):
    function: str
    unit: str


class Asked(Strict):
    """`acting_as` names the duty where an officer has several and the choice matters."""

    verb: str
    arguments: dict[str, JsonValue] = {}
    acting_as: ActingAs | None = None


class Done(BaseModel):
    """`outcome` is done, proposed, deferred or returned; `seq` is the last entry written."""

    command: str
    case: str
    outcome: str
    seq: int
    data: JsonValue


class OnItsWay(BaseModel):
    """Nobody knows yet whether it arrived; `GET /commands/{id}` will."""

    command: str
    case: str
    status: str = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A case as the door sees it: its last recorded state and what it is pinned to."""

    pin: Pin
    state: State


@router.post("/cases/{case}/commands", status_code=200, responses={202: {"model": OnItsWay}})
async def post_command(
    case: str, body: Asked, key: Key, account: SignedIn, desk: TheDesk, response: Response
) -> Done | OnItsWay:
    """Do what `verb` says; GET /cases/{id}/options tells which verbs are open to the caller now."""
    return told(await send_arguments(desk, account, case=case, asked=body, key=key), response)


@router.post("/cases/{case}/supplement", status_code=200, responses={202: {"model": OnItsWay}})
async def post_supplement(
    case: str, body: SendSupplement, key: Key, account: SignedIn, desk: TheDesk, response: Response
) -> Done | OnItsWay:
    return told(await send_command(desk, account, case=case, asked=asked("send_supplement", body), key=key), response)


@router.post("/cases/{case}/withdraw", status_code=200, responses={202: {"model": OnItsWay}})
async def post_withdraw(
    case: str,
    key: Key,
    account: SignedIn,
    desk: TheDesk,
    response: Response,
    body: Withdraw | None = None,
) -> Done | OnItsWay:
    arguments = {} if body is None else body.model_dump(exclude_none=True)
    return told(
        await send_command(desk, account, case=case, asked=Asked(verb="withdraw", arguments=arguments), key=key),
        response,
    )


@router.get("/commands/{command}")
async def get_command(command: str, account: SignedIn, desk: TheDesk) -> CommandView:
    """Answer what became of a command of the caller: sent, done, refused or not_sent."""
    async with desk.pool.connection() as db:
        view = await command_view(db, command, actor=account.ref)
    if view is None:
        raise Problem(404, "no-such-command", "Không có việc nào với mã này của ông/bà.")
    return view


def asked(verb: str, body: Arguments) -> Asked:
    return Asked(verb=verb, arguments=body.model_dump(exclude_none=True))


def told(reply: Reply | Unknown, response: Response) -> Done | OnItsWay:
    """Answer 200 with what was done, or 202 with where to ask later."""
    if isinstance(reply, Unknown):
        response.status_code = 202
        response.headers["Location"] = f"/api/v1/commands/{reply.command}"
        response.headers["Retry-After"] = "2"
        return OnItsWay(command=reply.command, case=reply.case)
    return Done(command=reply.command, case=reply.case, outcome=reply.outcome, seq=reply.seq, data=reply.data)


async def send_arguments(desk: Desk, account: Account, *, case: str, asked: Asked, key: str) -> Reply | Unknown:
    """Send a command whose arguments are one part of the body: what is wrong with them is pointed at there."""
    arguments = read_arguments(asked)
    try:
        return await send_command(desk, account, case=case, asked=asked, key=key, arguments=arguments)
    except Problem as problem:
        raise below(problem, "#/arguments") from None


async def send_command(
    desk: Desk, account: Account, *, case: str, asked: Asked, key: str, arguments: Arguments | None = None
) -> Reply | Unknown:
    """Send a command on behalf of somebody who may see the case. Raises Problem, Refused and what records refuse."""
    arguments = arguments or read_arguments(asked)
    telling = Telling(command=command_id(account.ref, key))
    telling.arguments = arguments.tell(telling)
    async with desk.pool.connection() as db:
        # A designer has dates counted anew in cases whose dossiers are none of theirs.
        unread = isinstance(arguments, Recompute) and account.does(DESIGNER)
        opened = await open_case(db, account, case, unread=unread)
        errors = misnamed(opened.pin.procedure, arguments)
        errors += await wrong_receiver(db, opened.pin.procedure, opened.state, arguments, today=desk.today())
        if errors:
            raise invalid(errors)
        forms = await _forms(db, opened, arguments, telling, now=desk.now())
        await refuse_foreign_files(db, telling, account, case)
        if isinstance(arguments, Recompute):
            telling.arguments |= await newest_calendars(db, opened.pin)
        document = await _document(db, account, opened, asked, telling, now=desk.now())
    return await desk.door.send(
        NewCommand(
            id=telling.command,
            case=case,
            actor=account.ref,
            verb=asked.verb,
            document=document,
            texts=telling.texts,
            forms=forms,
            files=telling.files,
        )
    )


def read_arguments(asked: Asked) -> Arguments:
    shape = VERBS.get(asked.verb)
    if shape is None:
        detail = f"Không có việc '{asked.verb}'; các việc: {', '.join(sorted(VERBS))}."
        raise invalid([FieldError(pointer="#/verb", code="unknown-verb", detail=detail)])
    try:
        return shape.model_validate(asked.arguments)
    except ValidationError as error:
        errors = [
            FieldError(
                pointer="#/arguments/" + "/".join(map(str, entry["loc"])),
                code=entry["type"].replace("_", "-"),
                detail=entry["msg"],
            )
            for entry in error.errors()
        ]
        raise invalid(errors) from None


async def open_case(db: Db, account: Account, case: str, *, unread: bool = False) -> Opened:
    """Answer the case to somebody who may act in it; for all others there is no such case."""
    access = await case_access(db, account, case)
    stored = await stored_case(db, case) if access and (access.reads or access.operates or unread) else None
    if stored is None:
        raise no_such_case()
    return Opened(pin=await pin_of(db, stored.pin_digest), state=load_state(stored.dump))


def no_such_case() -> Problem:
    return Problem(404, "no-such-case", "Không có hồ sơ này, hoặc ông/bà không được xem.")


async def refuse_foreign_files(db: Db, telling: Telling, account: Account, case: str | None) -> None:
    if not telling.files:
        return
    foreign = await foreign_files(db, ids=telling.files, owner=account.ref, case=case)
    if foreign:
        detail = "Tệp này không phải của ông/bà hoặc không có; gửi lại tệp (POST /api/v1/files) rồi ghi mã mới."
        errors = [FieldError(pointer="#/files", code="no-such-file", detail=f"{id}: {detail}") for id in foreign]
        raise invalid(errors)


async def _forms(db: Db, opened: Opened, arguments: Arguments, telling: Telling, *, now: datetime) -> list[NewForm]:
    """Check the values that come along and turn them into a reference and the few facts the case may read."""
    procedure = opened.pin.procedure
    match arguments:
        case CompleteTask():
            values = await with_files(db, telling, step_fields(procedure, arguments.task), arguments.values)
            checked = checked_values(procedure, arguments.task, arguments.outcome, values)
        case Accept():
            values = await with_files(db, telling, procedure.intake.form, arguments.form)
            checked = checked_intake(procedure, values, facts=known_of(opened.state, now))
        case SendSupplement(form=dict() as given) | Amend(form=dict() as given):
            values = await with_files(db, telling, procedure.form, given)
            checked = checked_form(procedure, values, facts=known_of(opened.state, now))
        case _:
            return []
    if checked is None:
        return []
    telling.arguments |= checked.told
    return [checked.form]


async def _document(
    db: Db, account: Account, opened: Opened, asked: Asked, telling: Telling, *, now: datetime
) -> JsonObject:
    document: JsonObject = {"verb": asked.verb, "id": telling.command, "arguments": telling.arguments}
    if asked.acting_as is not None:
        return {**document, "actor": _duty(account, asked.acting_as)}
    if len(account.duties) <= 1:
        return {**document, "actor": _only(account)}
    # Sent again, a command is the same command: under the duty it had, whatever the case looks like by now.
    actor = await actor_of(db, telling.command, actor=account.ref)
    return {**document, "actor": actor or choose_actor(account, opened.pin, opened.state, document, now=now)}


def _only(account: Account) -> JsonObject:
    duties = [{"function": duty.function, "unit": duty.unit} for duty in account.duties]
    return {"ref": account.ref, **(duties[0] if duties else {})}


def _duty(account: Account, given: ActingAs) -> JsonObject:
    if not account.does(given.function, at=given.unit):
        detail = "Hôm nay ông/bà không được giao việc này ở đơn vị này; xem GET /api/v1/session."
        raise Problem(403, "wrong-duty", detail)
    return {"ref": account.ref, "function": given.function, "unit": given.unit}
