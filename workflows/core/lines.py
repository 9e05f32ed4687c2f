"""The same steps for every line of a list (F9): how its tracks begin, and what its granted lines add up to."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import JsonValue

from procedures.language.conditions.evaluation import evaluate
from procedures.language.model.steps import EachStep
from workflows.core import facts, paths, tokens
from workflows.core.events import Scalar
from workflows.core.state import State, Track, TrackState, Verdict
from workflows.core.turn import Turn


def open_lines(turn: Turn, track: Track) -> bool:
    """Park the token and begin every line at the first step, in the order of filing; say whether there is any."""
    step = tokens.step_of(turn, track.path)
    assert isinstance(step, EachStep)
    here, count = paths.join(track.path, step.id), len(facts.rows_of(turn.state, step.of))
    if count == 0:
        return False
    turn.drop_tracks(here)
    turn.set_track(replace(track, state=TrackState.JOINING))
    turn.write("branched", node=tokens.node_of(track), data={"lines": count})
    first = step.steps[0].id
    begun = tuple(
        Track(path=f"{here}/{place}", step=first, visit=0, state=TrackState.READY, since=turn.now)
        for place in range(1, count + 1)
    )
    turn.state = replace(turn.state, tracks=(*turn.state.tracks, *begun))
    return True


def totals(turn: Turn, step: EachStep, inner: Sequence[Track]) -> dict[str, Scalar]:
    """Count the lines, and sum what is declared over those that were granted. Raises `ConditionError`."""
    granted = [track for track in inner if track.verdict is Verdict.GRANTED]
    counts: dict[str, Scalar] = {"count": len(inner), "granted": len(granted), "refused": len(inner) - len(granted)}
    sums = dict.fromkeys((total.name for total in step.totals), 0)
    for track in granted if step.totals else ():
        known = facts.known(turn, track.path)
        for total in step.totals:
            value = evaluate(turn.pin.procedure, total.expression, known)
            assert isinstance(value, int)
            sums[total.name] += value
    return {**counts, **sums}


def told(state: State) -> dict[str, JsonValue]:
    """Say of every list what became of each line and which forms were entered for it, with the reason of a refusal."""
    forms: dict[str, dict[str, JsonValue]] = {}
    for name, ref in state.forms.items():
        forms.setdefault(paths.path_of(name), {})[paths.step_of(name)] = ref
    lists: dict[str, list[JsonValue]] = {}
    in_order = sorted(state.tracks, key=lambda track: paths.line(track.path) or 0)
    for track in in_order:
        if paths.line(track.path) is not None:
            lists.setdefault(paths.owner(track.path), []).append(_told(track, forms.get(track.path, {})))
    return {step: list(lines) for step, lines in lists.items()}


def _told(track: Track, forms: dict[str, JsonValue]) -> JsonValue:
    said: dict[str, JsonValue] = {"line": paths.line(track.path), "forms": forms}
    if track.verdict is not None:
        said["verdict"] = track.verdict.value
    if track.verdict is Verdict.REFUSED and track.reason is not None:
        said["reason"] = {"code": track.reason.code, "text": track.reason.text}
    return said
