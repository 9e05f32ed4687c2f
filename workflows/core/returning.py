"""Work sent back (F7): to an earlier step of this pass or to the desk; what lies between is void, never erased."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pydantic import JsonValue

from procedures.language.model.steps import CALLER, DESK, EachStep, ParallelStep, SignStep, Step, TaskStep
from workflows.core import branching, cancelling, desk, facts, flow, guards, paths, results, tokens
from workflows.core.events import Key, SendBack
from workflows.core.joining import is_open
from workflows.core.refusals import Refused
from workflows.core.state import Outcome, Track
from workflows.core.turn import Turn


def send_back(turn: Turn, command: SendBack) -> Outcome:
    """Row a. Of a list or of branches only those named begin anew, all where none is: the others keep their verdict."""
    track = guards.own_task(turn, command.actor, command.task)
    step = tokens.work_step(turn, track.path)
    target = _target(step, track, command.to)
    again = _inner_named(turn, track, target, command.lines)
    guards.undecided(turn.state, track.path)
    can_be_undone(turn, track, target, again)
    guards.no_signature_in_flight(turn.state, track.path)
    guards.reason(command.reason)
    turn.drop_task(command.task)
    turn.set_track(replace(turn.track(track.path), task=None, reason=command.reason))
    data: dict[str, JsonValue] = {"to": target}
    if again:
        data["lines"] = [paths.last(one.path) for one in again]
    turn.write("returned", node=command.task, reason=command.reason, data=data)
    if target == DESK:
        desk.take(turn, track.path)
        return Outcome.DONE
    tokens.stop_budget(turn, track.path)
    _void(turn, track, target, again)
    if again:
        branching.reopen(turn, turn.track(track.path), target, [one.path for one in again])
    else:
        flow.enter(turn, track.path, turn.pin.procedure.step(target))
    return Outcome.DONE


def void_since(turn: Turn, track: Track, target: str) -> None:
    """Void what was done on a track since the last visit of a step, that visit included."""
    _void(turn, track, target, [])


def can_be_undone(turn: Turn, track: Track, target: str, again: Sequence[Track] = ()) -> None:
    """Past something delivered, or money paid out, there is no way back."""
    for path, key in _between(turn, track, target, [*again]):
        done = turn.pin.procedure.step(paths.step_of(key))
        guards.that(not _is_for_ever(turn, path, done), "cannot-undo", step=done.id)


def _target(step: TaskStep | SignStep, track: Track, to: str | None) -> str:
    named = to or (step.returns[0] if len(step.returns) == 1 else None)
    declared = named in step.returns or (named is not None and named == track.caller and CALLER in step.returns)
    target = track.caller if named == CALLER else named
    visited = target is not None and any(paths.step_of(key) == target for key in track.trail)
    if not declared or target is None or not (visited or target == DESK):
        raise Refused("bad-target", step=named)
    return target


def _inner_named(turn: Turn, track: Track, target: str, named: tuple[str, ...]) -> list[Track]:
    """Find the branches or lines that begin anew; none where the target has none."""
    inner = [] if target == DESK else branching.inner(turn.state, track.path, target)
    known = {paths.last(one.path): one for one in inner}
    for name in named:
        guards.that(name in known, "bad-target", step=name)
    return [one for name, one in known.items() if not named or name in named]


def _since(track: Track, target: str) -> list[Key]:
    """Name the visits from the last one of the target on."""
    last = max(place for place, key in enumerate(track.trail) if paths.step_of(key) == target)
    return list(track.trail[last:])


def _between(turn: Turn, track: Track, target: str, again: list[Track]) -> Iterator[tuple[str, Key]]:
    """Give every visit that becomes void, and the track that made it: also those in branches and lines between."""
    if target == DESK:
        return
    keys = _since(track, target)
    yield from ((track.path, key) for key in keys)
    passed = [paths.join(track.path, paths.step_of(key)) for key in keys if paths.step_of(key) != target]
    outer = [*passed, *(one.path for one in again)]
    for inner in turn.state.tracks:
        if any(paths.is_within(inner.path, one) for one in outer):
            yield from ((inner.path, key) for key in inner.trail)


def _is_for_ever(turn: Turn, path: str, step: Step) -> bool:
    """Money paid, a result handed over, a case of another agency ended: what was done in the world stays done."""
    match step.kind:
        case "call":
            operation = turn.pin.procedure.operation(step.connector, step.operation)
            return operation is not None and operation.irrevocable
        case "deliver" | "procedure":
            return True
        case _:
            return False


def _void(turn: Turn, track: Track, target: str, again: list[Track]) -> None:
    between = list(_between(turn, track, target, again))
    nodes = {f"{paths.join(path, key)}" for path, key in between}
    for result in turn.state.results:
        if result.node in nodes and result.state != "superseded":
            results.supersede(turn, result)
    # What is entered anew keeps its former values and doer, to be offered again; a completion replaces both.
    offered = {paths.named(track.path, target), *(paths.named(one.path, _first(turn, one)) for one in again)}
    _forget_values(turn, {paths.named(path, paths.step_of(key)) for path, key in between}, but=offered)
    _forget_tracks(turn, track, target, again)
    back_home = turn.pin.procedure.sequence_of(target) not in turn.pin.procedure.sequences
    trail = track.trail[: -len(_since(track, target))]
    turn.set_track(replace(turn.track(track.path), trail=trail, caller=None if back_home else track.caller))


def _forget_values(turn: Turn, steps: set[str], *, but: set[str]) -> None:
    values = dict(turn.state.facts)
    for step in sorted(steps):
        values = facts.without(values, step)
    gone = steps - but
    turn.state = replace(
        turn.state,
        facts=values,
        forms={name: ref for name, ref in turn.state.forms.items() if name not in gone},
        doers={name: persons for name, persons in turn.state.doers.items() if name not in gone},
    )


def _forget_tracks(turn: Turn, track: Track, target: str, again: list[Track]) -> None:
    """What began in a step that is void is gone; branches that were kept open end with it."""
    steps = [paths.step_of(key) for key in _since(track, target)]
    here = [paths.join(track.path, step) for step in steps]
    inner = [one for one in turn.state.tracks if paths.parent(one.path) == track.path and one.path != track.path]
    void = [one for one in inner if paths.owner(one.path) in steps and paths.owner(one.path) != target]
    cancelling.cancel(turn, [one.path for one in [*void, *again] if is_open(one)])
    for one in void:
        turn.drop_tracks(one.path)
    joins = {node: outcome for node, outcome in turn.state.joins.items() if not _is_at(node, here)}
    turn.state = replace(turn.state, joins=joins)


def _is_at(node: str, steps: list[str]) -> bool:
    return any(paths.is_within(node, step) for step in steps)


def _first(turn: Turn, track: Track) -> str:
    """Name the step at which a branch or line begins."""
    step = turn.pin.procedure.step(paths.owner(track.path))
    assert isinstance(step, ParallelStep | EachStep)
    return branching.first_step(step, paths.last(track.path)).id
