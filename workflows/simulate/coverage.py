"""Which ways through a procedure scenarios take: every outcome, return and skip, every row that decides and branch.

The profile's own sequences are the law's: they are held by the tests of the core, not by every procedure anew.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from pydantic import JsonValue

from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import END_REFUSED, REFUSE, STOP, SUPPLEMENT, PayStep, Step, inner_lists
from workflows.core import paths
from workflows.core.entries import Entry
from workflows.simulate.circumstances import circumstances_of, met
from workflows.simulate.world import World

# A step's id and the outcome it ended with, `return`, `skipped`, `row 2` or `branch police`; or a circumstance.
Way: TypeAlias = tuple[str, str]
RETURN = "return"
SKIPPED = "skipped"
_ASKED = {
    ("supplement_asked", "token_held"): SUPPLEMENT,
    ("proposed", "token_held"): STOP,
    ("stopped", "task_cancelled"): STOP,
}
_FEE_ENDS = {"paid": "paid", "fee_waived": "paid", "fee_expired": "expired"}


def ways_of(procedure: Procedure) -> tuple[Way, ...]:
    """List every way there is: through its steps, and its circumstances."""
    return (*steps_of(procedure), *circumstances_of(procedure))


def steps_of(procedure: Procedure) -> tuple[Way, ...]:
    """List every way through the procedure's own steps, those of branches and lines included."""
    own = (step for step in procedure.all_steps if procedure.sequence_of(step.id) not in procedure.sequences)
    return tuple(way for step in own for way in _ways(step))


def taken(world: World, ways: Collection[Way]) -> frozenset[Way]:
    """Name those of the ways that a case took, by its whole journal and what is known of it in the end."""
    procedure, entries = world.pin.procedure, tuple(world.journal)
    gone = {way for entry in entries for way in _taken(entry)}
    gone |= {*_asked(procedure, entries), *_settled(procedure, entries)}
    form = world.forms.get(world.state.form or "", {})
    return frozenset((gone | set(met(procedure, entries, world.state, form))).intersection(ways))


def _asked(procedure: Procedure, journal: Sequence[Entry]) -> Iterator[Way]:
    """An outcome that leads to a supplement, or to a stop, is taken by asking for it; the step is then held or over."""
    for asked, held in pairwise(journal):
        target = _ASKED.get((asked.kind, held.kind)) if asked.data.get("verb", "stop") == "stop" else None
        step = paths.step_of(held.node or "")
        if target is not None and procedure.has_step(step):
            yield from ((step, one.name) for one in procedure.step(step).outcomes if one.target == target)


def _settled(procedure: Procedure, journal: Sequence[Entry]) -> Iterator[Way]:
    """A step that waits for a fee ends as the fee does."""
    steps = {step.fee: step.id for step in procedure.all_steps if isinstance(step, PayStep)}
    for entry in journal:
        step = steps.get(str(entry.data.get("fee")))
        if step is not None and entry.kind in _FEE_ENDS:
            yield step, _FEE_ENDS[entry.kind]


def _ways(step: Step) -> Iterator[Way]:
    inner = tuple(inner_lists(step).values())
    only_granted = inner and not any(_refuses(one) for steps in inner for one in steps)
    yield from ((step.id, one.name) for one in step.outcomes if not only_granted or one.name == "granted")
    if step.returns:
        yield step.id, RETURN
    if step.skip_when is not None:
        yield step.id, SKIPPED
    if step.kind == "decide":
        yield from ((step.id, row_way(number)) for number, _ in enumerate(step.rows, start=1))
    if step.kind == "parallel":
        yield from ((step.id, branch_way(branch.id)) for branch in step.branches)


def _refuses(step: Step) -> bool:
    """Say whether a step in a branch or line may lead to its refusal; where none does, it always ends granted."""
    targets = {outcome.target for outcome in step.outcomes} | {step.then}
    targets |= {row.target for row in step.rows} if step.kind == "decide" else set()
    targets |= {step.on_failure} if step.kind == "call" else set()
    return bool(targets & {END_REFUSED, REFUSE})


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
