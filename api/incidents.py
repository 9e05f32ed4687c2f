"""What is broken and waits for a person: all of it for operators, for others what their unit or function owns."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.cursors import read_cursor, write_cursor
from api.desk import Desk
from api.tasks import PAGE
from api.who import Officer, TheDesk
from records.accounts import Account
from records.incidents import Incident, open_incidents

router = APIRouter(prefix="/incidents", tags=["incidents"])


class Incidents(BaseModel):
    incidents: list[Incident]
    next: str | None


@router.get("")
async def get_incidents(
    account: Officer, desk: TheDesk, after: str | None = None, limit: Annotated[int, Query(ge=1, le=100)] = PAGE
) -> Incidents:
    """Answer the open ones, oldest first; `POST /cases/{id}/commands` with `resolve_incident` ends one."""
    return await read_incidents(desk, account, after=after, limit=limit)


async def read_incidents(desk: Desk, account: Account, *, after: str | None = None, limit: int = PAGE) -> Incidents:
    place = None if after is None else read_cursor(after)
    start = None if place is None else (datetime.fromisoformat(place[0]), place[1])
    async with desk.pool.connection() as db:
        found = await open_incidents(db, account, after=start, limit=limit + 1)
    page = found[:limit]
    more = len(found) > limit
    return Incidents(incidents=page, next=write_cursor((page[-1].opened_at.isoformat(), page[-1].id)) if more else None)
