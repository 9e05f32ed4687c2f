"""A procedure step: a case of another procedure is opened elsewhere, and what it ended with is taken as it is told."""

from dataclasses import replace

from pydantic import JsonValue

from procedures.language.model.steps import ProcedureStep
from workflows.core import clocks, custody, facts, tokens
from workflows.core.phases import file_unit
from workflows.core.state import Track, TrackState, Verdict
from workflows.core.timekeeping import Limit
from workflows.core.turn import Turn

# Withdrawn or stopped there counts as not granted here.
OUTCOMES = {
    "granted": Verdict.GRANTED,
    "partly": Verdict.PARTLY,
    "refused": Verdict.REFUSED,
    "ended": Verdict.REFUSED,
}


def open_case(turn: Turn, track: Track) -> None:
    step = tokens.step_of(turn, track.path)
    assert isinstance(step, ProcedureStep)
    custody.send_with_first_step(turn, track.path, file_unit(turn.state, track.path))
    node = tokens.node_of(track)
    ours = {paper.id: list[JsonValue](paper.documents) for paper in turn.state.papers}
    papers: dict[str, JsonValue] = {theirs: ours.get(own, []) for theirs, own in sorted(step.documents.items())}
    with_: dict[str, JsonValue] = {
        "procedure": step.code,
        "place": step.at,
        "unit": tokens.unit_at(turn.state, step.at),
        "form": facts.inputs(turn, track.path, step.inputs),
        "documents": papers,
    }
    turn.set_track(replace(turn.track(track.path), state=TrackState.WAITING, asking=True))
    turn.order(node, "Case.open", with_, track=track.path, irrevocable=True, by_message=True)
    if step.within is not None:
        limit = Limit(within=step.within, source=f"steps.{step.id}.within")
        clocks.start(turn, "wait", f"wait:{node}", limit, at=turn.now)


def end(turn: Turn, track: Track, outcome: str, *, case: JsonValue) -> None:
    node = tokens.node_of(track)
    clocks.stop(turn, f"wait:{node}")
    turn.keep_outcome(node.rpartition(":")[0], OUTCOMES[outcome])
    facts.keep(turn, track.path, track.step, {"outcome": outcome})
    turn.write("subcase_ended", node=node, data={"outcome": outcome, "case": case})
