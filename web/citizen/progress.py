"""Where a case stands: for anybody who has its code, and richer for its parties; what is asked of them is sent here."""

import secrets
from collections.abc import Sequence
from urllib.parse import quote

from fastapi import APIRouter, Response

from api.looking import choices
from api.problems import Problem
from api.public import read_publicly
from api.reading import CaseReading
from web.citizen.headline import headline
from web.citizen.promises import promises
from web.citizen.request import Answer, AskedItem, asked_items
from web.citizen.sight import Sight, seen_by_anybody, seen_by_party
from web.citizen.way import way
from web.forms import element_id
from web.pages import Anybody, PageRoute, Visitor
from web.uploads import ACCEPTED

router = APIRouter(route_class=PageRoute)


@router.get("/progress")
async def look_up(visitor: Anybody, code: str = "") -> Response:
    if not code.strip():
        return visitor.page("lookup.html", code="", unknown=False)
    try:
        reading = await read_publicly(visitor.desk, code)
    except Problem as problem:
        return visitor.page("lookup.html", status=problem.status, code=code.strip(), unknown=True)
    return progress_page(visitor, seen_by_anybody(reading))


def party_page(visitor: Visitor, reading: CaseReading, answer: Answer | None = None) -> Response:
    """Show a party its case, and where something is asked the form that answers; `answer` is one to be mended."""
    allowed = {option.verb for option in choices(visitor.desk, visitor.me, reading).allowed}
    sight = seen_by_party(reading)
    items = asked_items(sight, visitor.words, answer or Answer()) if "send_supplement" in allowed else []
    return progress_page(visitor, sight, items=items, answer=answer, may_withdraw="withdraw" in allowed)


def progress_page(
    visitor: Visitor,
    sight: Sight,
    *,
    items: Sequence[AskedItem] = (),
    answer: Answer | None = None,
    may_withdraw: bool = False,
) -> Response:
    tag = _tag(visitor, sight)
    if answer is None and tag in visitor.request.headers.get("if-none-match", "").split(", "):
        return Response(status_code=304, headers={"ETag": tag})
    return visitor.page(
        "progress.html",
        status=422 if answer is not None and answer.is_wrong else 200,
        headers={"ETag": tag},
        tag=tag,
        sight=sight,
        headline=headline(sight, visitor.dates),
        doors=way(sight, visitor.dates),
        promises=promises(sight, visitor.dates),
        legal_why=sight.why("legal", visitor.dates),
        items=items,
        request_paper=_request_paper(sight),
        answer_summary=[(item.element, item.label, item.error) for item in items if item.error],
        accepted=ACCEPTED,
        element_id=element_id,
        key=secrets.token_urlsafe(16),
        answer=answer or Answer(),
        may_withdraw=may_withdraw,
    )


def _request_paper(sight: Sight) -> str | None:
    """Answer where the letter that asks can be read, once it is issued."""
    document = sight.round.document if sight.round is not None else None
    if document is None or sight.page is None or document not in sight.page.documents:
        return None
    return f"/api/v1/cases/{sight.snapshot.case}/documents/{quote(document)}"


def _tag(visitor: Visitor, sight: Sight) -> str:
    """The page changes with the case, with the day that badges are counted from, with language and reader."""
    whose = "party" if sight.page is not None else "anybody"
    return f'"{sight.snapshot.seq}-{visitor.dates.today:%y%m%d}-{visitor.words.language}-{whose}"'
