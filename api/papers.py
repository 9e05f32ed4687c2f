"""Papers as callers name them: what a dossier must bring and does not, and names the procedure does not have."""

from collections.abc import Mapping, Sequence

from api.arguments import (
    Accept,
    Arguments,
    AskSupplement,
    CompleteSupplement,
    PaperGiven,
    RejectSupplement,
    SendSupplement,
)
from api.problems import FieldError
from procedures.json_types import Json
from procedures.language.applying.selection import demanded, document_named, is_complete, paper_ids
from procedures.language.model.procedure import Procedure


def missing_papers(
    procedure: Procedure, given: Sequence[PaperGiven], facts: Mapping[str, Json], *, at_desk: bool
) -> list[FieldError]:
    """Answer every demanded document that was not handed in, and every paper nobody knows.

    Originals without a picture of them are there at the desk only.
    """
    asked = demanded(procedure, facts)
    errors = [error for place, paper in enumerate(given) if (error := _unknown(place, paper, procedure))]
    handed_in = {name for paper in given if paper.files or at_desk for name in _names(paper)}
    return errors + [
        FieldError(
            pointer="#/documents",
            code="paper-missing",
            detail=f"Còn thiếu: {demand.document.label['vi']} ({demand.id}).",
        )
        for demand in asked
        if demand.required and not is_complete(demand, handed_in)
    ]


def misnamed(procedure: Procedure, arguments: Arguments) -> list[FieldError]:
    """Answer every paper or item of a command that the procedure does not have, and papers that bring nothing."""
    match arguments:
        case SendSupplement(documents=given):
            return _given_for_nothing(procedure, given)
        case Accept(verdicts=verdicts) | CompleteSupplement(verdicts=verdicts):
            return _unknown_ids(procedure, "verdicts", [one.id for one in verdicts])
        case AskSupplement(items=items):
            return _unknown_ids(procedure, "items", [one.id for one in items])
        case RejectSupplement(items=items, verdicts=verdicts):
            return [
                *_unknown_ids(procedure, "items", [one.id for one in items]),
                *_unknown_ids(procedure, "verdicts", [one.id for one in verdicts]),
            ]
        case _:
            return []


def _given_for_nothing(procedure: Procedure, given: Sequence[PaperGiven]) -> list[FieldError]:
    empty = "Kèm tệp, hoặc ghi số bản chính đã nộp; bỏ giấy tờ không gửi ra khỏi danh sách."
    return [error for place, paper in enumerate(given) if (error := _unknown(place, paper, procedure))] + [
        FieldError(pointer=f"#/documents/{place}", code="paper-empty", detail=empty)
        for place, paper in enumerate(given)
        if not _names(paper)
    ]


def _unknown_ids(procedure: Procedure, name: str, given: Sequence[str]) -> list[FieldError]:
    """Papers by their id; what was filled in as `form.<field>`."""
    fields = {f"form.{field.id}" for field in procedure.form} if name == "items" else set()
    known = {document.id for document in procedure.documents} | fields
    return [
        FieldError(
            pointer=f"#/{name}/{place}/id",
            code="unknown-name",
            detail=f"Thủ tục không có '{id}'; có: {', '.join(sorted(known))}.",
        )
        for place, id in enumerate(given)
        if id not in fields and document_named(procedure, id) is None
    ]


def _names(paper: PaperGiven) -> list[str]:
    """Say a paper as the language does; one without a file and without an original is not there."""
    if not paper.files and not paper.originals:
        return []
    return [paper.id if paper.paper is None else f"{paper.id}.{paper.paper}"]


def _unknown(place: int, paper: PaperGiven, procedure: Procedure) -> FieldError | None:
    document = document_named(procedure, paper.id)
    pointer = f"#/documents/{place}"
    if document is None:
        return FieldError(
            pointer=f"{pointer}/id", code="unknown-name", detail=f"Thủ tục không có giấy tờ '{paper.id}'."
        )
    known = paper_ids(document)
    if (document.id if paper.paper is None else f"{document.id}.{paper.paper}") in known:
        return None
    names = ", ".join(name.partition(".")[2] for name in known)
    detail = f"Ghi rõ là giấy nào: {names}." if names.strip(", ") else "Giấy tờ này không có loại để chọn."
    return FieldError(pointer=f"{pointer}/paper", code="unknown-name", detail=detail)
