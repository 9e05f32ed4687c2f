"""What is broken and waits for a person: try again, or go on without where the case can."""

import secrets
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Response
from markupsafe import Markup

from api.commands import Asked, send_command
from api.incidents import read_incidents
from web.desk.duties import duties_of
from web.pages import AtDesk, PageRoute, Visitor, see_other
from workflows.core.refusals import Refused

router = APIRouter(route_class=PageRoute)


@router.get("/incidents")
async def incidents_page(visitor: AtDesk, after: str | None = None, done: str = "") -> Response:
    return await _page(visitor, after=after, done=done)


@router.post("/cases/{case}/incidents/{incident:path}")
async def resolve(
    case: str,
    incident: str,
    visitor: AtDesk,
    key: Annotated[str, Form(max_length=200)],
    how: Annotated[Literal["retry", "skip"], Form()],
) -> Response:
    asked = Asked(verb="resolve_incident", arguments={"incident": incident, "how": how})
    try:
        await send_command(visitor.desk, visitor.me, case=case, asked=asked, key=f"{key}:{how}")
    except Refused as refused:
        return await _page(visitor, message=visitor.said(refused), status=409)
    return see_other("/incidents?done=1")


async def _page(
    visitor: Visitor,
    *,
    after: str | None = None,
    done: str = "",
    message: Markup | None = None,
    status: int = 200,
) -> Response:
    found = await read_incidents(visitor.desk, visitor.me, after=after)
    return visitor.page(
        "incidents.html",
        status=status,
        is_desk=True,
        duties=await duties_of(visitor),
        incidents=found.incidents,
        next=found.next,
        done=done,
        message=message,
        key=secrets.token_urlsafe(16),
    )
