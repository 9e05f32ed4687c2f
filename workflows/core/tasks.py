"""What an officer does with a task: complete it, with its values and outcome, or forward it from the desk."""

from dataclasses import replace

from procedures.language.conditions.evaluation import holds
from procedures.language.model.steps import END, END_REFUSED, STOP, SUPPLEMENT, SignStep, TaskStep
from procedures.language.model.steps import Outcome as StepOutcome
from workflows.core import clocks, custody, facts, flow, guards, paths, results, separation, tokens
from workflows.core.events import Actor, CompleteTask, Forward, Key
from workflows.core.phases import desk_unit
from workflows.core.refusals import Refused
from workflows.core.state import Outcome, Track, TrackState, Verdict
from workflows.core.turn import Turn

# Outcomes that lead there are taken by the verbs of the same name.
_OTHER_VERBS = (SUPPLEMENT, STOP)
# Of a step in a correction: the first result was right.
DROP = "drop"
SIDE = ("refund", "return_papers", "fee")


def complete(turn: Turn, command: CompleteTask) -> Outcome:
    """Row a: of one task, or of several lines at the same step in one command, each with its own entry (F9)."""
    keys = list(dict.fromkeys((command.task, *command.others)))
    if len(keys) > 1:
        _go_together(turn, keys)
    for key in keys:
        _complete(turn, replace(command, task=key))
    return Outcome.DONE


def _complete(turn: Turn, command: CompleteTask) -> None:
    track = guards.own_task(turn, command.actor, command.task)
    step = tokens.work_step(turn, track.path)
    chosen = _outcome(turn, step, track, command.outcome)
    _form_is_there(step, command)
    _separate(turn, step, track, command.actor)
    if chosen.reason == "required":
        guards.reason(command.reason)
    signs = isinstance(step, SignStep) and command.outcome == "sign"
    gives = isinstance(step, TaskStep) and results.is_given_by(turn, step, chosen)
    decides = step.deciding and (signs or gives)
    if decides or _ends_the_case(track, chosen):
        guards.no_open_round(turn.state)
    _keep_values(turn, step, track, command)
    clocks.stop(turn, f"step:{tokens.node_of(track)}")
    turn.drop_task(command.task)
    if decides:
        turn.decide(track.path)
    turn.set_track(replace(turn.track(track.path), task=None))
    turn.write(
        "task_completed",
        node=command.task,
        reason=command.reason,
        data={"outcome": command.outcome, "form": command.form, "documents": list(command.documents)},
    )
    if isinstance(step, SignStep) and signs:
        results.sign(turn, step, track.path)
    elif isinstance(step, TaskStep) and gives:
        results.add_without_document(turn, track.path, step)
    flow.leave(turn, track.path, command.outcome, reason=command.reason)


def complete_side_task(turn: Turn, command: CompleteTask) -> Outcome:
    """Row b: papers given back or money refunded after the end; a step's where a result is being corrected."""
    task = turn.task(command.task)
    if task is not None and task.kind == "step" and turn.state.correction is not None:
        return _drop_correction(turn, command) if command.outcome == DROP else complete(turn, command)
    if task is None or task.kind not in SIDE:
        raise guards.no_task(turn.state, command.task)
    guards.function(command.actor, task.function)
    guards.unit(command.actor, task.unit)
    guards.that(command.outcome == "done", "unknown-outcome", outcome=command.outcome)
    turn.drop_task(task.key)
    turn.write("task_completed", node=task.key, data={"outcome": "done", "documents": list(command.documents)})
    return Outcome.DONE


def _drop_correction(turn: Turn, command: CompleteTask) -> Outcome:
    """Whoever is asked to correct finds nothing to be corrected, whatever the step's own outcomes are."""
    track = guards.own_task(turn, command.actor, command.task)
    guards.reason(command.reason)
    tokens.stop_budget(turn, track.path)
    turn.drop_task(command.task)
    turn.end_track(track.path, TrackState.DONE, Verdict.REFUSED)
    turn.write("task_completed", node=command.task, reason=command.reason, data={"outcome": DROP})
    return Outcome.DONE


def forward(turn: Turn, command: Forward) -> Outcome:
    """Row a: the desk sends the file on to the step that asked it, saying what changed or why it goes on."""
    task = turn.task(command.task)
    guards.function(command.actor, turn.pin.procedure.intake.by)
    guards.unit(command.actor, desk_unit(turn.state))
    if task is None or task.kind != "desk" or task.track is None:
        raise guards.no_task(turn.state, command.task)
    guards.reason(command.reason)
    turn.drop_task(task.key)
    custody.stop_transfer(turn, task.track)
    turn.write("forwarded", node=task.key, reason=command.reason, data={"to": turn.track(task.track).step})
    flow.enter_again(turn, task.track)
    return Outcome.DONE


def _go_together(turn: Turn, keys: list[Key]) -> None:
    """Only lines of one list may, at a step that says `batch`."""
    found = [guards.live_task(turn, key)[1] for key in keys]
    steps = {(paths.lines_of(track.path), track.step) for track in found}
    one_list = len(steps) == 1 and all(paths.line(track.path) is not None for track in found)
    guards.that(one_list and tokens.work_step(turn, found[0].path).batch, "form-invalid", fields=["others"])


def _outcome(turn: Turn, step: TaskStep | SignStep, track: Track, name: str) -> StepOutcome:
    chosen = step.outcome(name)
    if chosen is None or chosen.target in _OTHER_VERBS:
        raise Refused("unknown-outcome", outcome=name)
    known = facts.known(turn, track.path) if chosen.when is not None else {}
    guards.that(holds(turn.pin.procedure, chosen.when, known), "unknown-outcome", outcome=name)
    return chosen


def _ends_the_case(track: Track, chosen: StepOutcome) -> bool:
    """While papers are outstanding branches and lines may end, the request as a whole may not."""
    return track.path == paths.ROOT and chosen.target in (END, END_REFUSED)


def _form_is_there(step: TaskStep | SignStep, command: CompleteTask) -> None:
    """The values were checked at the door; here only that what is demanded was given at all."""
    needed = [field.id for field in step.fields(command.outcome) if field.required and field.default is None]
    guards.that(not needed or command.form is not None, "form-invalid", fields=list(needed))
    if isinstance(step, TaskStep):
        guards.that(len(command.documents) >= len(step.records), "form-invalid", fields=list(step.records))


def _separate(turn: Turn, step: TaskStep | SignStep, track: Track, actor: Actor) -> None:
    """Another person than those of the current visits of these steps."""
    for other, doers in separation.doers_of(turn.pin.procedure, turn.state, track, step.not_same_as):
        for doer in doers:
            guards.that(doer not in actor.persons, "same-person", actor=doer, step=other)


def _keep_values(turn: Turn, step: TaskStep | SignStep, track: Track, command: CompleteTask) -> None:
    facts.keep(turn, track.path, step.id, {**command.facts, "outcome": command.outcome})
    state, kept = turn.state, paths.named(track.path, step.id)
    forms = {name: ref for name, ref in state.forms.items() if name != kept}
    if command.form is not None:
        forms[kept] = command.form
    turn.state = replace(
        state,
        forms=dict(sorted(forms.items())),
        doers=dict(sorted({**state.doers, kept: command.actor.persons}.items())),
    )
