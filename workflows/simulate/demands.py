"""What the text asks of a case for a way to be taken, in the words of the text."""

from collections.abc import Iterator

from procedures.language.model.parts import Expression, Selectors
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import DecideStep, ParallelStep, Step
from workflows.simulate.circumstances import HOLDS, VERIFIED, conditions_of
from workflows.simulate.coverage import SKIPPED, Way, branch_way, row_way


def demands_of(procedure: Procedure, way: Way) -> str:
    """Answer what a way needs, as one clause; empty where the text asks nothing more than that it is chosen."""
    where, what = way
    said = _of_step(procedure.step(where), what) if procedure.has_step(where) else _of_circumstance(procedure, way)
    return " and ".join(said)


def _of_step(step: Step, what: str) -> Iterator[str]:
    if what == SKIPPED and step.skip_when is not None:
        yield _holding(step.skip_when)
    match step:
        case DecideStep(rows=rows):
            for number, row in enumerate(rows, start=1):
                if what == row_way(number):
                    yield from _first_of(tuple(one.when for one in rows[: number - 1]), row.when)
        case ParallelStep(branches=branches):
            yield from (said for one in branches if what == branch_way(one.id) for said in _chosen(one.selectors))
        case _:
            pass


def _of_circumstance(procedure: Procedure, way: Way) -> Iterator[str]:
    where, what = way
    for condition in conditions_of(procedure):
        if condition.where == where:
            yield _holding(condition.when, holding=what == HOLDS)
    for number, row in enumerate(procedure.deadline):
        if where == f"deadline[{number}]":
            yield from _chosen(row.selectors)
            if what == VERIFIED:
                yield "a switch to the limit with verification"
    for variant in procedure.variants:
        if where == f"variants.{variant.id}" and variant.when is not None:
            yield _holding(variant.when)


def _first_of(above: tuple[Expression | None, ...], when: Expression | None) -> Iterator[str]:
    """The first row that fits decides."""
    yield from (_holding(one, holding=False) for one in above if one is not None)
    if when is not None:
        yield _holding(when)


def _chosen(selectors: Selectors) -> Iterator[str]:
    kinds = ("variant", selectors.variants), ("channel", selectors.channels), ("submitter", selectors.submitters)
    yield from (f"the {kind} {' or '.join(ids)}" for kind, ids in kinds if ids)
    if selectors.when is not None:
        yield _holding(selectors.when)


def _holding(when: Expression, *, holding: bool = True) -> str:
    return f"`{when.text}` to {'hold' if holding else 'be false'}"
