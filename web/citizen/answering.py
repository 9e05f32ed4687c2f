"""What a party does with its case: send what was asked for, or withdraw."""

import secrets
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.arguments import Withdraw
from api.commands import asked, send_command
from api.looking import choices
from api.problems import Problem
from api.reading import CaseReading, read_case
from web.citizen.progress import party_page
from web.citizen.request import FORM, Answer, AskedItem, asked_items, missing, slots_of, supplement_of
from web.citizen.sight import seen_by_party
from web.forms import Typed, errors_by_name
from web.pages import PageRoute, SignedIn, Visitor, see_other
from web.uploads import Sent, receive
from workflows.core.refusals import Refused

router = APIRouter(route_class=PageRoute)


@router.post("/cases/{case}/supplement")
async def send_supplement(case: str, visitor: SignedIn, form: Sent) -> Response:
    reading = await read_case(visitor.desk, visitor.me, case)
    typed = Typed.of(form)
    key = typed.one("key") or secrets.token_urlsafe(16)
    sight = seen_by_party(reading)
    items = asked_items(sight, visitor.words, Answer())
    uploads = await receive(visitor, visitor.me, form, slots=slots_of(items), key=key)
    answer = Answer(key=key, typed=typed, uploads=uploads)
    items = asked_items(sight, visitor.words, answer)
    errors = missing(items, visitor.words, answer)
    if errors:
        return party_page(visitor, reading, replace(answer, errors=errors))
    return await _send(visitor, reading, items, answer)


@router.get("/cases/{case}/withdraw")
async def ask_to_withdraw(case: str, visitor: SignedIn) -> Response:
    reading = await read_case(visitor.desk, visitor.me, case)
    allowed = any(option.verb == "withdraw" for option in choices(visitor.desk, visitor.me, reading).allowed)
    sight = seen_by_party(reading)
    return visitor.page("withdraw.html", sight=sight, allowed=allowed, key=secrets.token_urlsafe(16))


@router.post("/cases/{case}/withdraw")
async def withdraw(
    case: str, visitor: SignedIn, key: Annotated[str, Form(max_length=200)], reason: Annotated[str, Form()] = ""
) -> Response:
    command = asked("withdraw", Withdraw(reason=reason.strip() or None))
    await send_command(visitor.desk, visitor.me, case=case, asked=command, key=key)
    return see_other(f"/cases/{case}")


async def _send(visitor: Visitor, reading: CaseReading, items: list[AskedItem], answer: Answer) -> Response:
    case = reading.page.case
    supplement = asked("send_supplement", supplement_of(seen_by_party(reading), items, answer))
    try:
        await send_command(visitor.desk, visitor.me, case=case, asked=supplement, key=answer.key)
    except Problem as problem:
        if problem.status != 422 or not problem.errors:
            raise
        named = errors_by_name(problem.errors, {"#/form": "form"})
        errors = {f"{FORM}{name.split('.')[1]}": said for name, said in named.items()}
        return party_page(visitor, reading, replace(answer, errors=errors, message="" if errors else problem.detail))
    except Refused as refused:
        return party_page(visitor, reading, replace(answer, message=str(visitor.said(refused))))
    return see_other(f"/cases/{case}")
