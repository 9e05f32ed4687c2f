"""What an officer does on the case page: one form, many buttons; each becomes the command its option stands for."""

from fastapi import APIRouter, Response
from markupsafe import Markup

from api.arguments import ReasonGiven
from api.commands import Asked, send_command
from api.looking import choices
from api.problems import Problem, problem_of
from api.reading import CaseReading, read_case
from api.tasks import Completion, complete_task
from procedures.json_types import Json
from records.errors import RecordsError
from records.projections import task_id
from web.desk.actions import WITH_ITEMS, asked_of, is_required, label, name_of, step_fields
from web.desk.case import Attempt, case_page
from web.desk.checklist import items_of, verdicts_of
from web.desk.names import Names, names_in
from web.forms import Typed, errors_by_name, read_value, values_of
from web.pages import AtDesk, PageRoute, Visitor, see_other
from web.uploads import Sent
from workflows.core.options import Option
from workflows.core.refusals import Refused
from workflows.door import Reply, Unknown

router = APIRouter(route_class=PageRoute)
_TYPES = {"amount": "money", "promised": "date"}
_WITH_VERDICTS = ("accept", "complete_supplement", "reject_supplement")


@router.post("/cases/{case}/do")
async def do(case: str, visitor: AtDesk, form: Sent) -> Response:
    typed = Typed.of(form)
    reading = await read_case(visitor.desk, visitor.me, case)
    names = await names_in(visitor.desk.pool, reading, visitor.dates)
    chosen = typed.one("option")
    option = next((one for one in choices(visitor.desk, visitor.me, reading).allowed if one.id == chosen), None)
    if option is None:
        return await _not_any_more(visitor, names, typed)
    errors = _wanting(option, names, typed)
    if errors:
        return await _again(visitor, reading, typed, visitor.words("desk.mend"), errors=errors)
    try:
        reply = await _send(visitor, names, option, typed)
    except Problem as problem:
        if problem.status != 422:
            raise
        named = errors_by_name(problem.errors, {"#/values": "values"})
        said = visitor.words("desk.mend") if named else visitor.said(problem)
        return await _again(visitor, reading, typed, said, errors=named)
    except Refused as refused:
        said = visitor.words("desk.refused", what=label(option, names), why=names.refusal(refused.code, refused.data))
        return await _again(visitor, reading, typed, said, status=_status(refused))
    except RecordsError as error:
        said = visitor.words("desk.refused", what=label(option, names), why=visitor.said(error))
        return await _again(visitor, reading, typed, said, status=_status(error))
    return see_other(f"/cases/{case}?done={_done(reply)}")


async def _send(visitor: Visitor, names: Names, option: Option, typed: Typed) -> Reply | Unknown:
    """A task is finished as a task, so that a colleague's claim is respected; everything else is a verb of the case."""
    case, key = names.reading.page.case, f"{typed.one('key')}:{option.id}"
    arguments = {**option.arguments, **_arguments(option, names, typed)}
    reason = _reason(option, typed)
    if option.task is None:
        if reason is not None:
            arguments["reason"] = reason.model_dump(mode="json")
        asked = Asked(verb=option.verb, arguments=arguments)
        return await send_command(visitor.desk, visitor.me, case=case, asked=asked, key=key)
    values = _values(option, names, typed) if option.verb == "complete_task" else {}
    body = Completion(
        outcome=option.outcome or option.verb,
        values=values,
        reason=reason,
        arguments={} if option.verb == "complete_task" else arguments,
    )
    return await complete_task(visitor.desk, visitor.me, task_id(case, option.task), body, key=key)


def _arguments(option: Option, names: Names, typed: Typed) -> dict[str, Json]:
    found: dict[str, Json] = {}
    if option.verb in _WITH_VERDICTS:
        found["verdicts"] = [one.model_dump(mode="json") for one in verdicts_of(names, typed)]
    if option.verb in WITH_ITEMS:
        found["items"] = [one.model_dump(mode="json", exclude_none=True) for one in items_of(names, typed)]
    for field in asked_of(option):
        text = typed.one(name_of(option.id, field))
        if text and field not in ("reason", "code"):
            found[field] = _said(field, text)
    return found


def _said(field: str, text: str) -> Json:
    """An extension is asked for in working days; amounts and dates are written as people write them."""
    return f"{text} working days" if field == "add" else read_value(_TYPES.get(field, "text"), text)


def _values(option: Option, names: Names, typed: Typed) -> dict[str, Json]:
    """The page asks for what any outcome needs; with this outcome goes only what it asks for."""
    fields = [one for one in step_fields(names, option.task) if not one.outcomes or option.outcome in one.outcomes]
    return values_of(fields, typed, "values")


def _reason(option: Option, typed: Typed) -> ReasonGiven | None:
    text = typed.one(name_of(option.id, "reason"))
    code = typed.one(name_of(option.id, "code")) or "stated"
    return ReasonGiven(code=code, text=text) if text else None


def _wanting(option: Option, names: Names, typed: Typed) -> dict[str, str]:
    """Find what the officer has not written yet, so that it is asked for where it belongs."""
    words = names.words
    errors = {
        name_of(option.id, field): str(words("desk.wanting"))
        for field in asked_of(option)
        if is_required(option, field) and not typed.one(name_of(option.id, field))
    }
    if option.verb in WITH_ITEMS:
        items = items_of(names, typed)
        errors |= {f"note.{item.id}": str(words("desk.wanting_note")) for item in items if item.note is None}
        errors |= {} if items else {option.id: str(words("desk.no_items"))}
    return errors


async def _again(
    visitor: Visitor,
    reading: CaseReading,
    typed: Typed,
    message: Markup,
    *,
    errors: dict[str, str] | None = None,
    status: int = 422,
) -> Response:
    return await case_page(visitor, reading, Attempt(typed=typed, errors=errors or {}, message=message, status=status))


async def _not_any_more(visitor: Visitor, names: Names, typed: Typed) -> Response:
    """Somebody was faster, or the case went on by itself: the page shows how it stands now."""
    chosen = typed.one("option")
    refused = choices(visitor.desk, visitor.me, names.reading).refused
    option = next((one for one in refused if one.id == chosen and one.refusal is not None), None)
    if option is None or option.refusal is None:
        message = visitor.words("desk.not_any_more")
    else:
        why = names.refusal(option.refusal.code, option.refusal.data)
        message = visitor.words("desk.refused", what=label(option, names), why=why)
    return await _again(visitor, names.reading, typed, message, status=409)


def _status(error: Exception) -> int:
    problem = problem_of(error)
    return problem.status if problem is not None else 409


def _done(reply: Reply | Unknown) -> str:
    return "sent" if isinstance(reply, Unknown) else reply.outcome
