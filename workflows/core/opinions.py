"""Opinions of those who were asked: one that replaces another, and going on without those that never came."""

from dataclasses import replace

from pydantic import JsonValue

from procedures.language.model.steps import END, ParallelStep, TaskStep
from workflows.core import branching, cancelling, facts, flow, guards, joining, notices, paths, proposals
from workflows.core.events import JoinOnGround, ReplaceOpinion
from workflows.core.refusals import Refused
from workflows.core.state import Outcome, Stage, Track, TrackState
from workflows.core.turn import Turn


def replace_opinion(turn: Turn, command: ReplaceOpinion) -> Outcome:
    """Rows a and b: by the function and unit that gave it; the old one stays. After the result it changes nothing."""
    track, step = _given(turn, command.opinion)
    guards.function(command.actor, step.by)
    guards.unit(command.actor, track.unit or "")
    guards.reason(command.reason)
    chosen, former = step.outcome(command.outcome), _former(turn, track, step)
    # The branch has ended; another way out of it would need a return.
    guards.that(
        chosen is not None and chosen.target == END and former == END, "unknown-outcome", outcome=command.outcome
    )
    needed = [field.id for field in step.fields(command.outcome) if field.required and field.default is None]
    guards.that(not needed or command.form is not None, "form-invalid", fields=list(needed))
    after = turn.state.stage is not Stage.HANDLING
    data: dict[str, JsonValue] = {
        "outcome": command.outcome,
        "form": command.form,
        "documents": list(command.documents),
    }
    if not after:
        facts.keep(turn, track.path, step.id, {**command.facts, "outcome": command.outcome})
        kept = paths.named(track.path, step.id)
        forms = {name: ref for name, ref in turn.state.forms.items() if name != kept}
        forms |= {kept: command.form} if command.form is not None else {}
        turn.state = replace(turn.state, forms=dict(sorted(forms.items())))
    flagged = {"after_decision": True} if after else {}
    turn.write("opinion_replaced", node=command.opinion, reason=command.reason, data={**data, **flagged})
    lead = turn.track(paths.parent(track.path))
    function, unit = lead.function or turn.pin.procedure.intake.by, lead.unit
    notices.tell(turn, "opinion_replaced", notices.holders(function, unit) if unit is not None else [])
    return Outcome.DONE


def join_on_ground(turn: Turn, command: JoinOnGround) -> Outcome:
    """Row a: the lead goes on without the branches that have not answered, with a name, ground and paper for each."""
    track = next((one for one in turn.state.tracks if _joins_at(one, command.step)), None)
    step = turn.pin.procedure.step(track.step) if track is not None else None
    if track is None or not isinstance(step, ParallelStep) or step.join != "on_ground":
        raise Refused("join-not-on-ground")
    guards.function(command.actor, step.lead or "")
    inner = branching.inner(turn.state, track.path, step.id)
    silent = [one for one in inner if joining.is_open(one)]
    grounds = {one.branch: one for one in command.grounds}
    for one in silent:
        told = grounds.get(paths.last(one.path))
        guards.that(told is not None and bool(told.ground) and bool(told.document), "ground-required")
    path = track.path
    return proposals.with_second_person(
        turn, command, proposals.LEADER, lambda: _go_on(turn, path, step, command), path=path
    )


def _go_on(turn: Turn, path: str, step: ParallelStep, command: JoinOnGround) -> None:
    inner = branching.inner(turn.state, path, step.id)
    silent = [one.path for one in inner if joining.is_open(one)]
    answered = joining.tally(step, [one for one in inner if one.path not in silent])
    outcome = joining.together(answered)
    turn.keep_outcome(paths.join(path, step.id), outcome)
    facts.keep(turn, path, step.id, {"outcome": outcome.value})
    grounds: list[JsonValue] = [
        {"branch": one.branch, "ground": one.ground, "document": one.document} for one in command.grounds
    ]
    node = f"{paths.join(path, step.id)}:{turn.track(path).visit}"
    turn.write("joined_on_ground", node=node, data={"outcome": outcome.value, "without": grounds})
    told = [(task.function, task.unit) for task in turn.state.tasks if task.track in silent]
    cancelling.cancel(turn, silent)
    for function, unit in dict.fromkeys(told):
        notices.tell(turn, "opinion_not_needed", notices.holders(function, unit))
    flow.leave(turn, path, outcome.value, reason=joining.shared_reason(turn, path, step.id))


def _joins_at(track: Track, step: str) -> bool:
    return track.state is TrackState.JOINING and track.step == step


def _given(turn: Turn, opinion: str) -> tuple[Track, TaskStep]:
    """Find the branch in which an opinion was given, by the visit that gave it."""
    track = turn.known_track(paths.path_of(opinion))
    visit = opinion.rpartition("/")[2]
    id = paths.step_of(opinion)
    if track is None or track.path == paths.ROOT or not turn.pin.procedure.has_step(id):
        raise guards.no_task(turn.state, opinion)
    step = turn.pin.procedure.step(id)
    if visit not in track.trail or not isinstance(step, TaskStep) or track.state is not TrackState.DONE:
        raise Refused("no-such-task")
    return track, step


def _former(turn: Turn, track: Track, step: TaskStep) -> str | None:
    """An opinion that ended its branch by `end` is the last visit of it."""
    last = track.trail[-1] if track.trail else ""
    return END if paths.step_of(last) == step.id else None
