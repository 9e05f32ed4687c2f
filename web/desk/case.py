"""The case page of the desk: form beside paper, checklist, what can be done and why not the rest, clocks, journal."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Response
from markupsafe import Markup

from api.cases import read_journal
from api.looking import choices
from api.procedures import read_procedure
from api.reading import CaseReading
from api.tasks import get_task
from records.errors import NotFound
from records.projections import task_id
from records.tasks import Task
from web.dates import Badge
from web.desk.actions import actions, value_controls
from web.desk.checklist import BAD, GOOD, VERDICTS, checklist
from web.desk.clocks import clocks
from web.desk.duties import duties_of
from web.desk.inbox import task_title
from web.desk.log import log_lines
from web.desk.names import Names, names_in
from web.desk.papers import made_papers, sheet
from web.desk.pending import pending
from web.forms import Typed
from web.pages import Visitor
from web.values import shown_values
from workflows.core.views import TaskView

LATEST = 6
CHECKING = ("accept", "complete_supplement", *("ask_supplement", "reject_supplement"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What was tried on this page and did not go through: shown again, with why and what to do."""

    typed: Typed = field(default_factory=Typed)
    errors: Mapping[str, str] = field(default_factory=dict)
    message: Markup | None = None
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MyTask:
    """An open task of the case that a duty of the reader allows, and who has taken it."""

    task: Task
    title: str
    badge: Badge | None
    is_mine: bool


async def case_page(visitor: Visitor, reading: CaseReading, attempt: Attempt | None = None) -> Response:
    attempt = attempt or Attempt()
    names = await names_in(visitor.desk.pool, reading, visitor.dates)
    mine = await _my_tasks(visitor, names)
    task = next((one.task for one in mine if not one.task.held), None)
    at_hand = task.key if task is not None else None
    query = visitor.request.query_params
    number = int(page) if (page := query.get("page", "1")).isdecimal() and page != "0" else 1
    paper = await sheet(visitor, reading, query.get("paper"), number, task=task)
    options = choices(visitor.desk, visitor.me, reading)
    journal = await read_journal(visitor.desk, visitor.me, reading.page.case, limit=LATEST)
    snapshot = reading.snapshot
    return visitor.page(
        "case.html",
        status=attempt.status,
        is_desk=True,
        duties=await duties_of(visitor),
        names=names,
        snapshot=snapshot,
        case=reading.page.case,
        title=reading.pin.procedure.title,
        subtitle=_subtitle(names),
        tasks=mine,
        case_badge=_case_badge(names),
        declared=_declared(names),
        warnings=reading.warnings,
        found=_found(names),
        values=value_controls(names, at_hand, attempt.typed, attempt.errors),
        checks=checklist(names, typed=attempt.typed, errors=attempt.errors, shown=paper.ref if paper else None),
        may_check=any(option.verb in CHECKING for option in options.allowed),
        verdicts=VERDICTS,
        bad=BAD,
        good=GOOD,
        sheet=paper,
        made=made_papers(reading),
        actions=actions(options, names, units=await _units(visitor, names), typed=attempt.typed, errors=attempt.errors),
        pending=pending(names),
        clocks=clocks(names),
        log=log_lines(journal.entries, names),
        message=attempt.message,
        done=query.get("done", ""),
        key=secrets.token_urlsafe(16),
    )


async def _my_tasks(visitor: Visitor, names: Names) -> list[MyTask]:
    found = [await _my_task(visitor, names, view) for view in names.reading.snapshot.tasks]
    return [one for one in found if one is not None]


async def _my_task(visitor: Visitor, names: Names, view: TaskView) -> MyTask | None:
    if not visitor.me.does(view.function, at=view.unit):
        return None
    try:
        task = await get_task(task_id(names.reading.page.case, view.key), visitor.me, visitor.desk)
    except NotFound:
        return None
    working = names.reading.pin.working
    return MyTask(
        task=task,
        title=task_title(task.view, task.kind, visitor.words, held=task.held),
        badge=visitor.dates.badge(task.due, working) if task.due is not None else None,
        is_mine=task.claimed_by == visitor.me.id,
    )


async def _units(visitor: Visitor, names: Names) -> list[tuple[str, str]]:
    """Answer where a dossier may be handed over to: the places that receive, and the units the case knows."""
    view = await read_procedure(visitor.desk, names.reading.pin.procedure.procedure)
    known = {unit.id: visitor.words.of(unit.name) for unit in view.receiving_units}
    known |= {id: names.unit(id) for id in names.reading.page.units}
    known.pop(names.reading.snapshot.unit or "", None)
    return sorted(known.items(), key=lambda one: one[1])


def _found(names: Names) -> list[tuple[str, list[tuple[str, str]]]]:
    """Answer what earlier steps entered, by the title of the step."""
    procedure, forms = names.reading.pin.procedure, names.reading.page.forms
    entered = [
        (names.step(step), shown_values(procedure.step(step).form, forms.get(reference, {}), names.words))
        for step, reference in names.reading.state.forms.items()
        if procedure.has_step(step)
    ]
    return [(title, values) for title, values in entered if values]


def _subtitle(names: Names) -> list[str]:
    reading = names.reading
    variant = next((one for one in reading.pin.procedure.variants if one.id == reading.snapshot.variant), None)
    owner = next((party for party in reading.page.parties if party["role"] == "owner"), None)
    parts = [
        f"{names.words.of(reading.pin.procedure.title)} ({reading.snapshot.procedure}, "
        f"{names.words('desk.version', n=reading.snapshot.version)})",
        names.words.of(variant.label) if variant is not None else "",
        str(owner["name"]) if owner is not None else "",
    ]
    return [part for part in parts if part]


def _declared(names: Names) -> list[tuple[str, str]]:
    reading = names.reading
    values = reading.page.forms.get(reading.snapshot.form or "", {})
    return shown_values(reading.pin.procedure.form, values, names.words)


def _case_badge(names: Names) -> Badge | None:
    snapshot = names.reading.snapshot
    if snapshot.due is None or snapshot.finished_at is not None or snapshot.ended_at is not None:
        return None
    return names.dates.badge(snapshot.due, names.reading.pin.working)
