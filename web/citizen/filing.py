"""File a dossier: the form the procedure declares, its papers, and one case however often the button is pressed."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fastapi import APIRouter, Response

from api.arguments import PaperGiven
from api.filers import require_applicant
from api.problems import FieldError, Problem
from api.procedures import ProcedureView, read_offered, read_procedure
from api.submission import Submission, foreseen, submit
from api.warnings import Warned
from procedures.language.model.parts import FormField, Option
from web.citizen.papers import DemandedPaper, demanded_papers
from web.forms import Control, Typed, controls_of, element_id, errors_by_name, values_of
from web.lines import Change, change_of, with_variant
from web.pages import PageRoute, SignedIn, Visitor, see_other
from web.uploads import ACCEPTED, Sent, Uploads, receive
from web.values import shown

router = APIRouter(route_class=PageRoute)
_POINTERS = {"#/form": "form", "#/submitter": "submitter", "#/receiving": "receiving", "#/variant": "variant"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The page as it stands: what was typed, what is kept, what is wrong, under one key for this one dossier."""

    procedure: ProcedureView
    papers: list[DemandedPaper]
    key: str
    typed: Typed = field(default_factory=Typed)
    uploads: Uploads = field(default_factory=Uploads)
    errors: Mapping[str, str] = field(default_factory=dict)
    warnings: Sequence[Warned] = ()

    def error_of(self, slot: str) -> str:
        return self.errors.get(f"file.{slot}", "")

    def is_wrong(self, paper: DemandedPaper) -> bool:
        return any(self.error_of(slot.name) for slot in paper.slots)


@router.get("/procedures/{code}/file")
async def sheet(code: str, visitor: SignedIn) -> Response:
    require_applicant(visitor.me)
    view = await read_procedure(visitor.desk, code)
    typed = Typed(offered=await _offered(visitor, view))
    papers = _papers(visitor, view, typed)
    return _page(visitor, Sheet(procedure=view, papers=papers, key=secrets.token_urlsafe(16), typed=typed))


@router.post("/procedures/{code}/file")
async def file(code: str, visitor: SignedIn, form: Sent) -> Response:
    view = await read_procedure(visitor.desk, code)
    typed = Typed.of(form)
    papers = _papers(visitor, view, typed)
    key = typed.one("key") or secrets.token_urlsafe(16)
    slots = [slot.name for paper in papers for slot in paper.slots]
    uploads = await receive(visitor, visitor.me, form, slots=slots, key=key)
    filled = Sheet(procedure=view, papers=papers, key=key, typed=typed, uploads=uploads)
    if change := change_of(typed):
        return _page(visitor, _changed(visitor, filled, change))
    errors = {**_not_chosen(visitor, filled), **_not_kept(filled)}
    if errors:
        return _page(visitor, replace(filled, errors=errors))
    submission = _submission(visitor, filled)
    try:
        warnings = await foreseen(visitor.desk, visitor.me, submission)
        if any(one.id not in typed.one("warned").split() for one in warnings):
            return _page(visitor, replace(filled, warnings=warnings))
        reply = (await submit(visitor.desk, visitor.me, submission, key=key)).reply
    except Problem as problem:
        if problem.status != 422 or not problem.errors:
            raise
        return _page(visitor, replace(filled, errors=_errors(visitor, filled, submission, problem.errors)))
    return see_other(f"/cases/{reply.case}")


def _papers(visitor: Visitor, view: ProcedureView, typed: Typed) -> list[DemandedPaper]:
    lists = [one.id for one in view.form if one.type == "rows"]
    lines = {
        id: [typed.one(f"form.{id}.{place}.variant") for place in range(typed.lines(f"form.{id}"))] for id in lists
    }
    return demanded_papers(view, visitor.words, lines)


def _changed(visitor: Visitor, sheet: Sheet, change: Change) -> Sheet:
    """A line comes or goes with the papers that are its own; nothing is filed."""
    per = change.rows.removeprefix("form.")
    own = [one.id for one in sheet.procedure.documents if one.per == per]
    typed = change.typed(sheet.typed)
    uploads = replace(sheet.uploads, kept=change.slots(sheet.uploads.kept, own))
    return replace(sheet, typed=typed, uploads=uploads, papers=_papers(visitor, sheet.procedure, typed))


async def _offered(visitor: SignedIn, view: ProcedureView) -> dict[str, str]:
    """Give what is known of who files, as people write it, under the names of its controls."""
    values = await read_offered(visitor.desk, visitor.me, view.code)
    fields = {one.id: one for one in view.form}
    return {
        f"form.{id}": shown(fields[id], value, visitor.words) if fields[id].type == "date" else value
        for id, value in values.items()
        if isinstance(value, str)
    }


def _form(visitor: Visitor, view: ProcedureView) -> list[FormField]:
    options = tuple(Option(id=one.id, label=one.label) for one in view.variants)
    return with_variant(view.form, view.variant_per, options, visitor.words)


def _submission(visitor: Visitor, sheet: Sheet) -> Submission:
    typed = sheet.typed
    return Submission(
        procedure=sheet.procedure.code,
        receiving=typed.one("receiving"),
        channel="online",
        submitter=typed.one("submitter"),
        variant=typed.one("variant") or None,
        form=values_of(_form(visitor, sheet.procedure), typed, "form"),
        documents=[given for paper in sheet.papers for given in _given(sheet, paper)],
    )


def _given(sheet: Sheet, paper: DemandedPaper) -> Iterator[PaperGiven]:
    for slot in paper.slots:
        if ids := sheet.uploads.ids(slot.name):
            chosen = sheet.typed.one(f"paper.{paper.id}") or None
            yield PaperGiven(id=paper.id, paper=chosen if paper.choices else slot.paper, files=ids)


def _not_chosen(visitor: Visitor, sheet: Sheet) -> dict[str, str]:
    asked = ["submitter", "receiving", *(["variant"] if _is_chosen(sheet.procedure) else [])]
    return {name: str(visitor.words("form.choose")) for name in asked if not sheet.typed.one(name)}


def _is_chosen(view: ProcedureView) -> bool:
    """Say whether the applicant chooses the variant of the case; the form decides it, or each line has its own."""
    return view.variant_per is None and any(one.when is None for one in view.variants)


def _not_kept(sheet: Sheet) -> dict[str, str]:
    return {f"file.{slot}": sentence for slot, sentence in sheet.uploads.refused.items()}


def _errors(visitor: Visitor, sheet: Sheet, submission: Submission, errors: Sequence[FieldError]) -> dict[str, str]:
    """Put every error where it can be mended; a missing paper is named in its sentence by its id."""
    found = errors_by_name(errors, _POINTERS)
    for error in errors:
        if not error.pointer.startswith("#/documents"):
            continue
        place = error.pointer.removeprefix("#/documents").strip("/").partition("/")[0]
        at_fault = submission.documents[int(place)].id if place else None
        for paper in sheet.papers:
            if paper.id == at_fault or (at_fault is None and f"({paper.id})" in error.detail):
                found.setdefault(f"file.{paper.slots[0].name}", _said(visitor, paper, error))
    return found


def _said(visitor: Visitor, paper: DemandedPaper, error: FieldError) -> str:
    if error.code != "paper-missing":
        return str(visitor.words("form.which_paper"))
    key = "file.missing_because" if paper.only_when else "file.missing"
    return str(visitor.words(key, answer=paper.only_when))


def _page(visitor: Visitor, sheet: Sheet) -> Response:
    words, view = visitor.words, sheet.procedure
    ways = [
        _choice(sheet, "submitter", words("file.who"), [(one.id, words.of(one.label)) for one in view.submitters]),
        _choice(
            sheet, "receiving", words("file.where"), [(one.id, words.of(one.name)) for one in view.receiving_units]
        ),
    ]
    if _is_chosen(view):
        ways.append(
            _choice(sheet, "variant", words("file.variant"), [(v.id, words.of(v.label)) for v in view.variants])
        )
    controls = controls_of(_form(visitor, view), words, prefix="form", typed=sheet.typed, errors=sheet.errors)
    return visitor.page(
        "file.html",
        status=422 if sheet.errors else 200,
        sheet=sheet,
        ways=ways,
        controls=controls,
        summary=_summary([*ways, *controls], sheet),
        accepted=ACCEPTED,
        element_id=element_id,
    )


def _choice(sheet: Sheet, name: str, label: str, choices: list[tuple[str, str]]) -> Control:
    """Where there is nothing to choose, the one way is chosen."""
    chosen = sheet.typed.one(name) or (choices[0][0] if len(choices) == 1 else "")
    return Control(
        name=name,
        id=element_id(name),
        kind="one",
        label=label,
        chosen=(chosen,),
        choices=tuple(choices),
        error=sheet.errors.get(name, ""),
    )


def _summary(controls: list[Control], sheet: Sheet) -> list[tuple[str, str, str]]:
    """List what is wrong in the order of the page: where, whose, what."""
    found = []
    for control in controls:
        found += [(one.id, one.label, one.error) for one in control.within if one.error]
    for paper in sheet.papers:
        for slot in paper.slots:
            name = f"file.{slot.name}"
            if name in sheet.errors:
                found.append((element_id(name), paper.label, sheet.errors[name]))
    return found
