"""What may happen next to a case on the virtual clock, as entries of a scenario: every way out of what is open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from procedures.json_types import Json, JsonObject
from procedures.language.model.parts import FormField
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import STOP, SUPPLEMENT, ParallelStep, PayStep, ProcedureStep, Step, WaitStep
from procedures.language.scenarios.scenario import Given, Happening
from procedures.time.instants import day_of
from workflows.core import machine, paths
from workflows.core.phases import outstanding
from workflows.core.state import Task
from workflows.simulate.line_names import LineNames
from workflows.simulate.samples import Compared, others, sample
from workflows.simulate.world import World

HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_REASON = "Lý do"
_OFFICERS = ("an", "binh", "chi", "dung", "giang", "hoa", "khanh", "linh", "minh", "nga", "phuc", "quang", "son", "thu")


@dataclass(frozen=True, slots=True)
class Moment:
    """A case as it stands, what was filed, when the next thing happens, and what texts compare its values with."""

    world: World
    given: Given
    at: datetime
    compared: Compared

    @property
    def procedure(self) -> Procedure:
        return self.world.pin.procedure

    def values(self, fields: Iterable[FormField], prefix: str) -> Iterator[JsonObject]:
        """Values that are in order, then each other one that some text tells apart, at last all changed at once."""
        today = day_of(self.at)
        fields = tuple(fields)
        plain: JsonObject = {field.id: sample(field, today) for field in fields if field.required}
        yield plain
        changed: JsonObject = {}
        for field in fields:
            found = [sample(field, today)] if not field.required else []
            found += others(field, f"{prefix}.{field.id}", self.compared, today)
            for other in (one for one in found if one != plain.get(field.id)):
                changed.setdefault(field.id, other)
                yield {**plain, field.id: other}
        if len(changed) > 1:
            yield plain | changed


def moves(moment: Moment) -> Iterator[Happening]:
    """The acts of people first, then the answers of others, at last the time that passes until something falls due."""
    world, at = moment.world, moment.at
    for task in world.state.tasks:
        yield from _at_task(moment, task)
    for call in world.waiting("Connector.call"):
        yield from _of_call(moment.procedure.step(paths.step_of(call.id)), at)
    for track in world.state.tracks:
        if moment.procedure.has_step(track.step):
            yield from _of_step(moment, moment.procedure.step(track.step))
    wakes = machine.next_wake(world.pin, world.state)
    if wakes is not None:
        yield _happening("pass", {}, max(at, wakes.replace(second=0, microsecond=0) + _MINUTE))


def _at_task(moment: Moment, task: Task) -> Iterator[Happening]:
    world, at = moment.world, moment.at
    papers = list[Json](moment.given.documents[:1])
    match task.kind:
        case "intake":
            yield from (_happening("record_payment", fee.id, at) for fee in outstanding(world.state))
            for form in moment.values(moment.procedure.intake.form, "intake"):
                yield _happening("accept", {"form": form} if form else {}, at)
        case "desk":
            track = next((one for one in world.state.tracks if one.path == task.track), None)
            if track is not None:
                yield _happening("forward", track.step, at, reason=_REASON)
        case "check":
            yield _happening("complete_supplement", {}, at)
        case "delivery":
            yield _happening("deliver", {}, at)
        case "step" if task.step is not None:
            step = moment.procedure.step(task.step)
            for lines in _lines(moment, task):
                yield from _of_work(moment, step, papers, lines)
            if any(row.if_verified for row in moment.procedure.deadline):
                yield _happening(
                    "switch_limit", {"reason": _REASON}, at, by=_officer(moment, step), approved_by="leader"
                )
    if world.state.rounds and not world.state.rounds[-1].expired:
        yield _happening("send_supplement", {"documents": papers}, at)


def _lines(moment: Moment, task: Task) -> tuple[tuple[str, ...] | None, ...]:
    """All lines at once, and this one alone; a task of no line names none."""
    path = task.track or ""
    if paths.line(path) is None:
        return (None,)
    return ((), (LineNames(moment.procedure, moment.given.form).key_at(path),))


def _of_work(moment: Moment, step: Step, papers: list[Json], lines: tuple[str, ...] | None) -> Iterator[Happening]:
    at = moment.at
    for outcome in step.outcomes:
        if outcome.target == SUPPLEMENT:
            argument: JsonObject = {"step": step.id, "items": papers, "reason": _REASON}
            yield _happening("ask_supplement", argument, at, outcome=outcome.name)
            continue
        if outcome.target == STOP:
            yield _happening(
                "stop", {}, at, outcome=outcome.name, by=_officer(moment, step), approved_by="leader", reason=_REASON
            )
            continue
        reason = _REASON if outcome.reason != "none" else None
        for with_ in moment.values(step.fields(outcome.name), step.id):
            yield _happening(
                "complete_task", step.id, at, outcome.name, with_, lines=lines, by=_officer(moment, step), reason=reason
            )
    for target in step.returns:
        yield _happening("send_back", step.id, at, to=target, by=_officer(moment, step), lines=lines, reason=_REASON)


def _officer(moment: Moment, step: Step) -> str:
    """Each step has its own person, so that nobody meets his own work again."""
    ids = [one.id for one in moment.procedure.all_steps]
    place = ids.index(step.id)
    return _OFFICERS[place] if place < len(_OFFICERS) else step.id


def _of_call(step: Step, at: datetime) -> Iterator[Happening]:
    if not step.outcomes:
        yield _happening("answer_call", step.id, at)
    for outcome in step.outcomes:
        yield _happening("answer_call", step.id, at, outcome.name)
        yield _happening("fail_call", step.id, at, outcome.name)


def _of_step(moment: Moment, step: Step) -> Iterator[Happening]:
    at = moment.at
    match step:
        case WaitStep(message=str(message)):
            for with_ in moment.values(step.fields("arrived"), step.id):
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
                for with_ in moment.values(step.fields(outcome.name), step.id):
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
    approved_by: str | None = None,
) -> Happening:
    return Happening(
        place="",
        at=at,
        verb=verb,
        argument=argument,
        by=by,
        approved_by=approved_by,
        outcome=outcome,
        to=to,
        with_=with_ or {},
        lines=lines,
        reason=reason,
    )
