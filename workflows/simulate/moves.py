"""What may happen next to a case on the virtual clock, as entries of a scenario: every way out of what is open."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from procedures.json_types import Json, JsonObject
from procedures.language.model.parts import FormField
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import SUPPLEMENT, ParallelStep, PayStep, ProcedureStep, Step, WaitStep
from procedures.language.scenarios.scenario import Given, Happening
from workflows.core import machine, paths
from workflows.core.phases import outstanding
from workflows.core.state import Task
from workflows.simulate.line_names import LineNames
from workflows.simulate.world import World

HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_REASON = "Lý do"
_SAMPLES: dict[str, Json] = {
    "integer": 1,
    "number": 1,
    "money": 1000,
    "date": "2026-03-02",
    "month": "2026-03",
    "boolean": True,
    "province": "01",
    "phone": "0912345678",
    "email": "a@example.vn",
    "identity_number": "001090000001",
    "insurance_number": "0110000006",
    "bank_account": {"bank": "VCB", "number": "0123456789", "holder": "Nguyễn Văn A"},
}


def moves(world: World, given: Given, at: datetime) -> Iterator[Happening]:
    """The acts of people first, then the answers of others, at last the time that passes until something falls due."""
    for task in world.state.tasks:
        yield from _at_task(world, given, task, at)
    for call in world.waiting("Connector.call"):
        yield from _of_call(world.pin.procedure.step(paths.step_of(call.id)), at)
    for track in world.state.tracks:
        if world.pin.procedure.has_step(track.step):
            yield from _of_step(world.pin.procedure.step(track.step), at)
    wakes = machine.next_wake(world.pin, world.state)
    if wakes is not None:
        yield _happening("pass", {}, max(at, wakes.replace(second=0, microsecond=0) + _MINUTE))


def values(fields: Iterable[FormField]) -> Iterator[JsonObject]:
    """Values that are in order, then each other choice once."""
    asked = [field for field in fields if field.required or field.type in ("boolean", "choice")]
    plain: JsonObject = {field.id: sample(field) for field in asked}
    yield plain
    for field in asked:
        others: list[Json] = [option.id for option in field.options[1:]] if field.type == "choice" else []
        for other in [False] if field.type == "boolean" else others:
            yield {**plain, field.id: other}


def sample(field: FormField) -> Json:
    """A value that is in order as far as type and bounds say; rules and patterns may want another."""
    if field.options:
        return field.options[0].id if field.type == "choice" else [field.options[0].id]
    if field.type == "rows":
        return [{column.id: sample(column) for column in field.fields if column.required}]
    least = field.min if field.type in ("integer", "number", "money", "date", "month") else None
    return least if least is not None else _SAMPLES.get(field.type, "Nội dung")


def _at_task(world: World, given: Given, task: Task, at: datetime) -> Iterator[Happening]:
    papers = list[Json](given.documents[:1])
    match task.kind:
        case "intake":
            yield from (_happening("record_payment", fee.id, at) for fee in outstanding(world.state))
            yield from _acceptances(world.pin.procedure, at)
        case "desk":
            track = next((one for one in world.state.tracks if one.path == task.track), None)
            if track is not None:
                yield _happening("forward", track.step, at, reason=_REASON)
        case "check":
            yield _happening("complete_supplement", {}, at)
        case "delivery":
            yield _happening("deliver", {}, at)
        case "step" if task.step is not None:
            step = world.pin.procedure.step(task.step)
            for lines in _lines(world.pin.procedure, given, task):
                yield from _of_work(step, papers, lines, at)
    if world.state.rounds and not world.state.rounds[-1].expired:
        yield _happening("send_supplement", {"documents": papers}, at)


def _lines(procedure: Procedure, given: Given, task: Task) -> tuple[tuple[str, ...] | None, ...]:
    """All lines at once, and this one alone; a task of no line names none."""
    path = task.track or ""
    return (None,) if paths.line(path) is None else ((), (LineNames(procedure, given.form).key_at(path),))


def _acceptances(procedure: Procedure, at: datetime) -> Iterator[Happening]:
    """With what the desk records, where it records anything."""
    for form in values(procedure.intake.form):
        yield _happening("accept", {"form": form} if form else {}, at)


def _of_work(step: Step, papers: list[Json], lines: tuple[str, ...] | None, at: datetime) -> Iterator[Happening]:
    for outcome in step.outcomes:
        if outcome.target == SUPPLEMENT:
            argument: JsonObject = {"step": step.id, "items": papers, "reason": _REASON}
            yield _happening("ask_supplement", argument, at, outcome=outcome.name)
            continue
        reason = _REASON if outcome.reason != "none" else None
        for with_ in values(step.fields(outcome.name)):
            yield _happening("complete_task", step.id, at, outcome.name, with_, lines=lines, by=step.id, reason=reason)
    for target in step.returns:
        yield _happening("send_back", step.id, at, to=target, by=step.id, lines=lines, reason=_REASON)


def _of_call(step: Step, at: datetime) -> Iterator[Happening]:
    if not step.outcomes:
        yield _happening("answer_call", step.id, at)
    for outcome in step.outcomes:
        yield _happening("answer_call", step.id, at, outcome.name)
        yield _happening("fail_call", step.id, at, outcome.name)


def _of_step(step: Step, at: datetime) -> Iterator[Happening]:
    match step:
        case WaitStep(message=str(message)):
            for with_ in values(step.fields("arrived")):
                yield _happening("message_received", message, at, with_=with_)
        case PayStep():
            yield _happening("payment_confirmed", step.fee, at)
        case ProcedureStep():
            yield from (_happening("subcase_ended", step.id, at, outcome.name) for outcome in step.outcomes)
        case ParallelStep(lead=str()):
            yield _happening("join_on_ground", step.id, at)
        case _:
            # Another agency gives its opinion where the step's work is not done here; otherwise nobody hears it.
            for outcome in step.outcomes:
                for with_ in values(step.fields(outcome.name)):
                    yield _happening("opinion_received", step.id, at, outcome.name, with_, reason=_REASON)


def _happening(
    verb: str,
    argument: Json,
    at: datetime,
    outcome: str | None = None,
    with_: JsonObject | None = None,
    *,
    by: str | None = None,
    to: str | None = None,
    lines: tuple[str, ...] | None = None,
    reason: str | None = None,
) -> Happening:
    return Happening(
        "", at, verb, argument, by=by, outcome=outcome, to=to, with_=with_ or {}, lines=lines, reason=reason
    )
