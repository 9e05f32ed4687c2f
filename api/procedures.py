"""What may be filed today: the procedures in force, and one with its form, papers, limit and places to file."""

from fastapi import APIRouter
from pydantic import BaseModel, JsonValue

from api.desk import Desk
from api.submission import pin_to_file_under
from api.who import SignedIn, TheDesk
from procedures.json_types import JsonObject
from procedures.language.applying.forms import offered
from procedures.language.model.life import Deadline
from procedures.language.model.parts import Document, Fee, FormField, Paper, Result, Submitter, Texts, Variant
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import Step
from records.accounts import Account
from records.organisation import Unit, receiving_units
from records.procedures import versions_in_force

router = APIRouter(prefix="/procedures", tags=["procedures"])


class ProcedureLine(BaseModel):
    code: str
    version: int
    title: Texts


class PublicStep(BaseModel):
    """A step as the citizen sees it; hidden ones are left out."""

    id: str
    text: Texts


class ProcedureView(BaseModel):
    """All a portal needs to explain the procedure and to build its form."""

    code: str
    version: int
    digest: str
    title: Texts
    basis: list[str]
    channels: list[str]
    submitters: list[Submitter]
    variants: list[Variant]
    variant_per: str | None
    form: list[FormField]
    documents: list[Document]
    papers: list[Paper]
    deadline: list[Deadline]
    fees: list[Fee]
    results: list[Result]
    steps: list[PublicStep]
    requirements: list[Texts]
    receiving_units: list[Unit]


@router.get("")
async def get_procedures(desk: TheDesk) -> list[ProcedureLine]:
    async with desk.pool.connection() as db:
        versions = await versions_in_force(db, desk.today())
    return [ProcedureLine(code=one.code, version=one.version, title=one.title) for one in versions]


@router.get("/{code}")
async def get_procedure(code: str, desk: TheDesk) -> ProcedureView:
    return await read_procedure(desk, code)


async def read_procedure(desk: Desk, code: str) -> ProcedureView:
    async with desk.pool.connection() as db:
        procedure = (await pin_to_file_under(db, desk, code)).procedure
        units = await receiving_units(db, function=procedure.intake.by, on=desk.today())
    return view(procedure, units)


@router.get("/{code}/offered")
async def get_offered(code: str, account: SignedIn, desk: TheDesk) -> dict[str, JsonValue]:
    """Answer what the form may be filled with of the caller, field by field; the caller confirms by submitting it."""
    return await read_offered(desk, account, code)


async def read_offered(desk: Desk, account: Account, code: str) -> JsonObject:
    async with desk.pool.connection() as db:
        procedure = (await pin_to_file_under(db, desk, code)).procedure
    return offered(procedure, {"applicant.name": account.name})


def view(procedure: Procedure, units: list[Unit]) -> ProcedureView:
    return ProcedureView(
        code=procedure.procedure,
        version=procedure.version,
        digest=procedure.digest,
        title=procedure.title,
        basis=list(procedure.basis),
        channels=list(procedure.channels),
        submitters=list(procedure.submitters),
        variants=list(procedure.variants),
        variant_per=procedure.variant_per,
        form=list(procedure.form),
        documents=list(procedure.documents),
        papers=list(procedure.papers),
        deadline=list(procedure.deadline),
        fees=list(procedure.fees),
        results=list(procedure.results),
        steps=[PublicStep(id=step.id, text=public_text(step)) for step in procedure.steps if is_public(step)],
        requirements=list(procedure.requirements),
        receiving_units=units,
    )


def is_public(step: Step) -> bool:
    return step.public.show == "step" and bool(public_text(step))


def public_text(step: Step) -> Texts:
    """Answer what the citizen reads of a step: its own public text, else its title; work of machines has neither."""
    return step.public.text or getattr(step, "title", {})
