"""Taking the case's own token from where it stands and putting it before another step, with nothing left behind."""

from dataclasses import replace

from procedures.language.model.steps import Step
from workflows.core import cancelling, custody, fees, flow, guards, paths, proposals, returning, tokens, waiting
from workflows.core.phases import open_tracks, outstanding
from workflows.core.state import Task, Track
from workflows.core.turn import Turn


def may_enter(turn: Turn, step: Step) -> None:
    """What cannot be undone stays done."""
    may_leave(turn)
    root = turn.track(paths.ROOT)
    if _was_at(root, step):
        returning.can_be_undone(turn, root, step.id)


def may_leave(turn: Turn) -> None:
    """While something irrevocable is under way only its answer says where the case stands."""
    flights = [one for one in turn.state.effects if one.track is not None and not one.cancelled]
    guards.that(not any(flight.effect.irrevocable for flight in flights), "not-quiet")


def go(turn: Turn, step: Step) -> None:
    """Enter a step of the route anew; where it was visited, what was done since is void, never erased."""
    leave(turn)
    root = turn.track(paths.ROOT)
    if _was_at(root, step):
        returning.void_since(turn, root, step.id)
    flow.enter(turn, paths.ROOT, step)


def _was_at(root: Track, step: Step) -> bool:
    return any(paths.step_of(key) == step.id for key in root.trail)


def leave(turn: Turn) -> None:
    """End everything that the case's own token and the tokens inside it have begun."""
    root = turn.track(paths.ROOT)
    inner = [one.path for one in open_tracks(turn.state) if paths.parent(one.path) == paths.ROOT and one.path]
    cancelling.cancel(turn, inner)
    cancelling.cancel_tasks(turn, [task for task in turn.state.tasks if _is_of_root(task)])
    cancelling.cancel_effects_of(turn, paths.ROOT)
    custody.void_offers(turn, [one for one in custody.offers(turn.state) if one.track == paths.ROOT])
    proposals.void(turn, [one for one in turn.state.proposals if one.track == paths.ROOT])
    for fee in [one for one in outstanding(turn.state) if one.track == paths.ROOT]:
        fees.cancel(turn, fee)
    waiting.end(turn, root)
    tokens.stop_budget(turn, paths.ROOT)
    custody.stop_transfer(turn, paths.ROOT)
    turn.set_track(replace(turn.track(paths.ROOT), task=None, verdict=None))


def _is_of_root(task: Task) -> bool:
    return task.kind in ("step", "desk", "transfer") and task.track in (None, paths.ROOT) and task.about is None
