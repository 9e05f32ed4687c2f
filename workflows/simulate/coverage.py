"""Which ways through a procedure scenarios take: every outcome of a step, every return, every skip."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from procedures.language.model import Procedure
from procedures.language.steps import Step
from workflows.core.entries import Entry

# A step's id and the outcome it ended with, `return` or `skipped`.
Way: TypeAlias = tuple[str, str]
RETURN = "return"
SKIPPED = "skipped"


def ways_of(procedure: Procedure) -> tuple[Way, ...]:
    """List every way in the order of the file, the profile's sequences last."""
    return tuple(way for step in procedure.all_steps for way in _ways(step))


def taken(procedure: Procedure, journal: Iterable[Entry]) -> frozenset[Way]:
    known = set(ways_of(procedure))
    return frozenset(way for entry in journal if (way := _way(entry)) in known)


def _ways(step: Step) -> Iterator[Way]:
    yield from ((step.id, outcome.name) for outcome in step.outcomes)
    if step.returns:
        yield step.id, RETURN
    if step.skip_when is not None:
        yield step.id, SKIPPED


def _way(entry: Entry) -> Way | None:
    step = (entry.node or "").rpartition("/")[2].partition(":")[0]
    match entry.kind:
        case "task_completed" | "called":
            return step, str(entry.data.get("outcome"))
        case "returned":
            return step, RETURN
        case "step_skipped":
            return step, SKIPPED
        case _:
            return None
