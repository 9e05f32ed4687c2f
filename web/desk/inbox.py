"""The officer's inbox: by due date, counts that are filters, work taken and given back, one task or many at a time."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Literal, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Response
from markupsafe import Markup

from api.procedures import get_procedures
from api.tasks import claim_task, get_task, read_inbox, release_task
from procedures.json_types import Json
from procedures.time.working import WorkingTime
from records.errors import TaskRefused
from records.inbox import Count, Filter, TaskLine
from records.progress import progress_by_code
from web.dates import Badge
from web.desk.calendar import office_calendar
from web.desk.due import DUES, Due, bounds, counts
from web.desk.duties import duties_of
from web.pages import AtDesk, PageRoute, Visitor, own_address, see_other
from web.texts import Words

router = APIRouter(route_class=PageRoute)
PAGE = 20
Holder = Literal["me_or_nobody", "me", "nobody", "anybody"]
HOLDERS: tuple[Holder, ...] = get_args(Holder)
KINDS = ("intake", "step", "check", "desk", "expiry", "transfer", "handover", "approval", "delivery", "incident")
CHANNELS = ("online", "counter", "post")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One task as its line shows it."""

    line: TaskLine
    badge: Badge | None
    title: str
    address: str
    is_mine: bool
    is_free: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    due: Due
    count: Count
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the reader chose to see; the address of a page says it, so that it can be kept and sent on."""

    due: Due = "all"
    kind: str = ""
    procedure: str = ""
    holder: Holder = "me_or_nobody"
    channel: str = ""
    after: str = ""
    start: int = 1

    @property
    def filter(self) -> Filter:
        return Filter(
            kind=self.kind or None,
            procedure=self.procedure or None,
            channel=self.channel or None,
            holder=self.holder,
        )

    def address(self, **changes: str | int) -> str:
        """Answer the address of the inbox with something changed; what is as usual is not said."""
        kept = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("after", "start")}
        usual = {one.name: one.default for one in fields(self)}
        said = {name: value for name, value in {**kept, **changes}.items() if value != usual[name]}
        return f"/tasks?{urlencode(said)}" if said else "/tasks"


@router.get("/tasks")
async def inbox_page(
    visitor: AtDesk,
    due: Due = "all",
    kind: str = "",
    procedure: str = "",
    holder: Holder = "me_or_nobody",
    channel: str = "",
    after: str = "",
    start: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    shown = Shown(due=due, kind=kind, procedure=procedure, holder=holder, channel=channel, after=after, start=start)
    return await _page(visitor, shown)


@router.get("/tasks/find")
async def find(visitor: AtDesk, code: str = "") -> Response:
    """Open the case of a code; whether the officer may see it is asked there."""
    async with visitor.desk.pool.connection() as db:
        found = await progress_by_code(db, code.strip().upper()) if code.strip() else None
    if found is not None:
        return see_other(f"/cases/{found.case}")
    said = visitor.words("inbox.not_found", code=code.strip())
    return await _page(visitor, Shown(), message=said, status=404)


@router.post("/tasks/claim")
async def claim_many(
    visitor: AtDesk,
    key: Annotated[str, Form(max_length=150)],
    back: Annotated[str, Form()] = "/tasks",
    task: Annotated[list[str], Form(max_length=100)] = [],  # noqa: B006  # read by FastAPI, never changed
) -> Response:
    """Take what was picked; each task stands or falls alone, and what fell is said."""
    taken_by_others = 0
    for one in task:
        try:
            await claim_task(visitor.desk, visitor.me, one, key=f"{key}:{one}")
        except TaskRefused:
            taken_by_others += 1
    if task and not taken_by_others:
        return see_other(_inbox_address(back))
    words = visitor.words
    said = words("inbox.none_picked") if not task else words("inbox.some_taken", n=taken_by_others, of=len(task))
    return await _page(visitor, Shown(), message=said, status=409 if task else 422)


@router.get("/tasks/{task}")
async def open_task(task: str, visitor: AtDesk) -> Response:
    found = await get_task(task, visitor.me, visitor.desk)
    return see_other(f"/cases/{found.case}")


@router.post("/tasks/{task}/claim")
async def claim_one(
    task: str, visitor: AtDesk, key: Annotated[str, Form(max_length=200)], back: Annotated[str, Form()] = "/tasks"
) -> Response:
    await claim_task(visitor.desk, visitor.me, task, key=key)
    return see_other(own_address(back))


@router.post("/tasks/{task}/release")
async def release_one(
    task: str, visitor: AtDesk, key: Annotated[str, Form(max_length=200)], back: Annotated[str, Form()] = "/tasks"
) -> Response:
    await release_task(visitor.desk, visitor.me, task, key=key)
    return see_other(own_address(back))


def task_title(view: Mapping[str, Json], kind: str, words: Words, *, held: bool = False) -> str:
    """Name a task: a step by its title, what the law gives every case by its kind."""
    title = view.get("title")
    if isinstance(title, dict):
        return words.of({str(key): str(value) for key, value in title.items()})
    return str(words("task.waiting" if held else f"task.{kind}"))


async def _page(visitor: Visitor, shown: Shown, *, message: Markup | None = None, status: int = 200) -> Response:
    procedures = await get_procedures(visitor.desk)
    working = await office_calendar(visitor.desk, procedures)
    limits = bounds(visitor.dates, working)
    show = limits.of(shown.due, shown.filter)
    found = await read_inbox(visitor.desk, visitor.me, show, after=shown.after or None, limit=PAGE)
    counted = await counts(visitor.desk.pool, visitor.me, shown.filter, limits)
    tabs = [Tab(due=due, count=counted[due], address=shown.address(due=due)) for due in DUES]
    return visitor.page(
        "inbox.html",
        is_desk=True,
        duties=await duties_of(visitor),
        status=status,
        shown=shown,
        rows=[_row(visitor, line, working) for line in found.tasks],
        tabs=tabs,
        counted=counted,
        count=found.count,
        next=shown.address(after=found.next, start=shown.start + len(found.tasks)) if found.next else None,
        procedures=procedures,
        kinds=KINDS,
        holders=HOLDERS,
        channels=CHANNELS,
        message=message,
        key=secrets.token_urlsafe(16),
    )


def _row(visitor: Visitor, line: TaskLine, working: WorkingTime | None) -> Row:
    if line.held:
        badge: Badge | None = visitor.dates.held(line.due)
    else:
        badge = visitor.dates.badge(line.due, working, says="date") if line.due is not None else None
    return Row(
        line=line,
        badge=badge,
        title=task_title(line.view, line.kind, visitor.words, held=line.held),
        address=f"/cases/{line.case}?task={line.key}",
        is_mine=line.claimed_by == visitor.me.id,
        is_free=line.claimed_by is None,
    )


def _inbox_address(address: str) -> str:
    return address if address == "/tasks" or address.startswith("/tasks?") else "/tasks"
