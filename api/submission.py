"""A case begins: the form and the papers are checked against the version in force, then one update starts it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, JsonValue

from api.arguments import Id, PaperGiven, Telling
from api.commands import OnItsWay, refuse_foreign_files, told
from api.desk import Desk
from api.filers import who_files
from api.form_files import with_files
from api.forms import CheckedForm, field_errors, kept_form
from api.papers import missing_papers
from api.problems import FieldError, Problem, invalid
from api.strict import Strict
from api.warnings import Warned, warned
from api.who import Key, SignedIn, TheDesk
from procedures.json_types import Json, JsonObject
from procedures.language.applying.filing import check_filing
from procedures.language.applying.warnings import FilingWarning, filing_warnings
from procedures.language.model.procedure import Procedure
from records.accounts import Account
from records.commands import NewCommand, command_id
from records.organisation import receiving_units
from records.pool import Db
from records.procedures import pin_in_force
from workflows.core.pin import Pin
from workflows.door import Reply, Unknown

router = APIRouter(prefix="/cases", tags=["cases"])


class Submission(Strict):
    """`receiving` is the unit where it is handed in; `submitter` the kind of person who files.

    `applicant` is the login of whose dossier it is, where an officer enters what came to the desk.
    """

    procedure: Id
    receiving: Id
    channel: Literal["counter", "online", "post"] = "online"
    submitter: Id
    applicant: Id | None = None
    variant: Id | None = None
    form: dict[str, JsonValue]
    documents: Annotated[list[PaperGiven], Field(max_length=100)] = []


class Begun(BaseModel):
    """`warnings` are what was told and stopped nothing."""

    case: str
    command: str
    seq: int
    warnings: list[Warned] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    reply: Reply | Unknown
    warnings: list[Warned]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    form: CheckedForm
    warnings: tuple[FilingWarning, ...]


@router.post("", status_code=201, responses={202: {"model": OnItsWay}})
async def post_case(
    body: Submission, key: Key, account: SignedIn, desk: TheDesk, response: Response
) -> Begun | OnItsWay:
    """Submit a dossier; the same key gives the same case."""
    submitted = await submit(desk, account, body, key=key)
    reply = submitted.reply
    if isinstance(reply, Unknown):
        answer = told(reply, response)
        assert isinstance(answer, OnItsWay)
        return answer
    response.headers["Location"] = f"/api/v1/cases/{reply.case}"
    return Begun(case=reply.case, command=reply.command, seq=reply.seq, warnings=submitted.warnings)


async def foreseen(desk: Desk, account: Account, body: Submission) -> list[Warned]:
    """Answer what would be warned of, were it filed now; raises the problem where it could not be filed."""
    telling = Telling(command="")
    async with desk.pool.connection() as db:
        pin = await pin_to_file_under(db, desk, body.procedure)
        values = await with_files(db, telling, pin.procedure.form, body.form)
        return warned(_check(desk, pin, body, values).warnings)


async def submit(desk: Desk, account: Account, body: Submission, *, key: str) -> Submitted:
    telling = Telling(command=command_id(account.ref, key))
    papers: list[Json] = [paper.tell(telling) for paper in body.documents]
    async with desk.pool.connection() as db:
        pin = await pin_to_file_under(db, desk, body.procedure)
        filing = await who_files(
            db,
            account,
            channel=body.channel,
            by=pin.procedure.intake.by,
            receiving=body.receiving,
            applicant=body.applicant,
        )
        await _check_place(db, desk, pin.procedure, body)
        values = await with_files(db, telling, pin.procedure.form, body.form)
        checked = _check(desk, pin, body, values)
        await refuse_foreign_files(db, telling, account, None)
    telling.arguments = {
        "receiving": body.receiving,
        "channel": body.channel,
        "submitter": body.submitter,
        "parties": [{"role": role, "ref": filing.applicant} for role in ("submitter", "owner", "recipient")],
        "papers": papers,
        **checked.form.told,
    }
    rules = [one.id for one in checked.warnings if one.is_rule]
    telling.arguments |= {"warned": [*rules]} if rules else {}
    document: JsonObject = {
        "verb": "submit",
        "id": telling.command,
        "actor": filing.actor,
        "arguments": telling.arguments,
    }
    command = NewCommand(
        id=telling.command,
        case=str(uuid.uuid4()),
        actor=account.ref,
        verb="submit",
        document=document,
        texts=telling.texts,
        forms=[checked.form.form],
        files=telling.files,
    )
    return Submitted(reply=await desk.door.submit(command, pin), warnings=warned(checked.warnings))


async def pin_to_file_under(db: Db, desk: Desk, code: str) -> Pin:
    pin = await pin_in_force(db, code, desk.today())
    if pin is None:
        raise Problem(
            404, "no-such-procedure", f"Không có thủ tục {code} đang có hiệu lực; xem GET /api/v1/procedures."
        )
    return pin


async def _check_place(db: Db, desk: Desk, procedure: Procedure, body: Submission) -> None:
    units = await receiving_units(db, function=procedure.intake.by, on=desk.today())
    if body.receiving not in {unit.id for unit in units}:
        known = ", ".join(unit.id for unit in units)
        detail = f"Nơi này không nhận hồ sơ; các nơi nhận: {known}."
        raise invalid([FieldError(pointer="#/receiving", code="unknown-unit", detail=detail)])


def _check(desk: Desk, pin: Pin, body: Submission, values: Mapping[str, Json]) -> _Checked:
    """Check everything at once: nobody should be told of one mistake after another."""
    procedure = pin.procedure
    today = desk.today().isoformat()
    known: dict[str, JsonValue] = {
        "case.variant": body.variant,
        "case.channel": body.channel,
        "case.submitter": body.submitter,
        "case.submitted_on": today,
        "today": today,
    }
    filed = check_filing(procedure, dict(values), known)
    errors = [*_words(procedure, body), *field_errors(filed.problems)]
    errors += missing_papers(procedure, body.documents, filed.facts, at_desk=body.channel != "online")
    if errors:
        raise invalid(errors)
    form = kept_form(procedure, filed.values)
    return _Checked(
        form=replace(form, told={**form.told, "variant": filed.variant}),
        warnings=filing_warnings(procedure, filed.facts, desk.now(), pin.working),
    )


def _words(procedure: Procedure, body: Submission) -> list[FieldError]:
    choices = {
        "channel": (body.channel, procedure.channels),
        "submitter": (body.submitter, [submitter.id for submitter in procedure.submitters]),
    }
    return [
        FieldError(pointer=f"#/{name}", code="unknown-word", detail=f"Chọn một trong: {', '.join(known)}.")
        for name, (given, known) in choices.items()
        if given not in known
    ]
