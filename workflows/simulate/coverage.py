"""Which ways through a procedure scenarios take: every outcome, return and skip, every row that decides and branch.

The profile's own sequences are the law's: they are held by the tests of the core, not by every procedure anew.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from pydantic import JsonValue

from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import SUPPLEMENT, Step
from workflows.core import paths
from workflows.core.entries import Entry
from workflows.simulate.circumstances import circumstances_of, met
from workflows.simulate.world import World

# A step's id and the outcome it ended with, `return`, `skipped`, `row 2` or `branch police`; or a circumstance.
Way: TypeAlias = tuple[str, str]
RETURN = "return"
SKIPPED = "skipped"


def ways_of(procedure: Procedure) -> tuple[Way, ...]:
    """List every way there is: through its steps, and its circumstances."""
    return (*steps_of(procedure), *circumstances_of(procedure))


def steps_of(procedure: Procedure) -> tuple[Way, ...]:
    """List every way through the procedure's own steps, those of branches and lines included."""
    own = (step for step in procedure.all_steps if procedure.sequence_of(step.id) not in procedure.sequences)
    return tuple(way for step in own for way in _ways(step))


def taken(world: World) -> frozenset[Way]:
    """Name the ways a case took, by its whole journal and what is known of it in the end."""
    procedure, entries = world.pin.procedure, tuple(world.journal)
    ways = {way for entry in entries for way in _taken(entry)} | set(_asked(procedure, entries))
    form = world.forms.get(world.state.form or "", {})
    return frozenset((ways | set(met(procedure, entries, world.state, form))) & set(ways_of(procedure)))


def _asked(procedure: Procedure, journal: Sequence[Entry]) -> Iterator[Way]:
    """An outcome that leads to a supplement is taken by asking for one: the step asked from is then held."""
    for asked, held in pairwise(journal):
        step = paths.step_of(held.node or "")
        if (asked.kind, held.kind) == ("supplement_asked", "token_held") and procedure.has_step(step):
            yield from ((step, one.name) for one in procedure.step(step).outcomes if one.target == SUPPLEMENT)


def _ways(step: Step) -> Iterator[Way]:
    yield from ((step.id, outcome.name) for outcome in step.outcomes)
    if step.returns:
        yield step.id, RETURN
    if step.skip_when is not None:
        yield step.id, SKIPPED
    if step.kind == "decide":
        yield from ((step.id, row_way(number)) for number, _ in enumerate(step.rows, start=1))
    if step.kind == "parallel":
        yield from ((step.id, branch_way(branch.id)) for branch in step.branches)


def row_way(number: JsonValue) -> str:
    """Name the row of a decide step, counted from 1."""
    return f"row {number}"


def branch_way(branch: JsonValue) -> str:
    return f"branch {branch}"


def _taken(entry: Entry) -> Iterator[Way]:
    step = paths.step_of(entry.node or "")
    match entry.kind:
        case "returned":
            yield step, RETURN
        case "step_skipped":
            yield step, SKIPPED
        case "decided":
            yield step, row_way(entry.data["row"])
        case "message_taken":
            yield step, "arrived"
        case "branched":
            branches = entry.data.get("branches", [])
            yield from ((step, branch_way(one)) for one in (branches if isinstance(branches, list) else ()))
        case _ if "outcome" in entry.data:
            yield step, str(entry.data["outcome"])
