"""Which paper lies beside the form: those handed in and those the agency made, and the page that is open."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from api.reading import CaseReading
from procedures.json_types import JsonObject
from records.tasks import Task
from web.desk.viewer import PDF, PICTURES, count_pages
from web.pages import Visitor
from web.values import size


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The paper on view. `picture` draws its page, where it can be drawn; `original` is the paper itself."""

    ref: str
    name: str
    number: int
    pages: int
    picture: str | None
    original: str
    at: datetime | None
    is_ours: bool
    size: str
    digest: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePaper:
    """A paper the agency made; a draft until it is issued."""

    ref: str
    name: str
    number: str
    is_issued: bool
    address: str


def papers_on_view(reading: CaseReading) -> dict[str, JsonObject]:
    """Answer every paper of the case, those of the checklist first and in its order."""
    listed = [ref for paper in reading.snapshot.papers for ref in paper.documents if ref in reading.page.files]
    others = [ref for ref in reading.page.files if ref not in listed]
    return {**{ref: reading.page.files[ref] for ref in (*listed, *others)}, **reading.page.documents}


async def sheet(
    visitor: Visitor, reading: CaseReading, ref: str | None, number: int, *, task: Task | None
) -> Sheet | None:
    """Answer the paper asked for; else what the task at hand is about, what came in since, or the first there is."""
    papers = papers_on_view(reading)
    unchecked = [one.documents[-1] for one in reading.snapshot.papers if one.verdict is None and one.documents]
    waiting = [one for one in unchecked if one in papers] if reading.snapshot.accepted_at else []
    usual = _at_hand(reading, task) or next(iter(waiting), next(iter(papers), None))
    chosen = ref if ref in papers else usual
    if chosen is None:
        return None
    paper, case = papers[chosen], reading.page.case
    media_type = str(paper["media_type"])
    pages = await count_pages(visitor, case, chosen) if media_type == PDF else 1
    number = min(number, max(pages, 1))
    original = f"/api/v1/cases/{case}/documents/{quote(chosen)}"
    drawn = f"/cases/{case}/view/{quote(chosen)}/{number}.png" if media_type == PDF and pages else None
    return Sheet(
        ref=chosen,
        name=str(paper["name"]),
        number=number,
        pages=pages,
        picture=original if media_type in PICTURES else drawn,
        original=original,
        at=datetime.fromisoformat(str(paper["at"])) if paper.get("at") else None,
        is_ours=chosen in reading.page.documents,
        size=size(int(str(paper["size"])), visitor.words),
        digest=_short(str(paper["digest"])),
        before=_page(case, chosen, number - 1) if number > 1 else None,
        after=_page(case, chosen, number + 1) if number < pages else None,
    )


def made_papers(reading: CaseReading) -> list[MadePaper]:
    return [
        MadePaper(
            ref=ref,
            name=str(paper["name"]),
            number=str(paper.get("number") or ""),
            is_issued=paper.get("issued_at") is not None,
            address=f"/cases/{reading.page.case}?paper={quote(ref)}#xem",
        )
        for ref, paper in reading.page.documents.items()
    ]


def _at_hand(reading: CaseReading, task: Task | None) -> str | None:
    """Answer what is to be signed, or handed out: the newest of its sort."""
    if task is None:
        return None
    newest, procedure = reversed(reading.page.documents.items()), reading.pin.procedure
    if task.step is not None and procedure.has_step(task.step) and procedure.step(task.step).kind == "sign":
        return next((ref for ref, paper in newest if paper.get("issued_at") is None), None)
    if task.kind == "delivery":
        return next((ref for ref, paper in newest if paper.get("number") is not None), None)
    return None


def _page(case: str, ref: str, number: int) -> str:
    return f"/cases/{case}?paper={quote(ref)}&page={number}#xem"


def _short(digest: str) -> str:
    return f"{digest[:4]}…{digest[-2:]}"
