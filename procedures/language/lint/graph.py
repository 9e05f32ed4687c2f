"""The ways through a procedure for one kind of applicant, returns left out: what is reached, and what takes longest."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from procedures.language.model.parts import Selectors
from procedures.language.model.procedure import ROOT, Procedure
from procedures.language.model.steps import END, END_REFUSED, CallStep, DecideStep, Step

START = ""
ENDS = frozenset({END, END_REFUSED})


@dataclass(frozen=True, slots=True)
class Who:
    """One kind of applicant, as selectors without a condition tell them apart."""

    variant: str | None
    channel: str
    submitter: str

    def fits(self, selectors: Selectors) -> bool:
        """Compare without the condition; with no variants declared, those of selectors mean nothing."""
        return (
            (self.variant is None or not selectors.variants or self.variant in selectors.variants)
            and (not selectors.channels or self.channel in selectors.channels)
            and (not selectors.submitters or self.submitter in selectors.submitters)
        )

    def __str__(self) -> str:
        variant = f"variant '{self.variant}', " if self.variant else ""
        return f"{variant}channel '{self.channel}', submitter '{self.submitter}'"


def everybody(procedure: Procedure) -> tuple[Who, ...]:
    variants: list[str | None] = [one.id for one in procedure.variants]
    submitters = [one.id for one in procedure.submitters]
    return tuple(Who(*one) for one in product(variants or [None], procedure.channels, submitters))


class Graph:
    """One sequence (the root, a branch or the steps of a line) as one kind of applicant meets it.

    Places are ids of steps that exist for them, `end` and `end_refused`; what leaves the sequence otherwise (`refuse`,
    `desk`, `supplement`, `stop`) leads nowhere here. A step that may be skipped is a way past it as well.
    """

    def __init__(self, procedure: Procedure, who: Who, sequence: str = ROOT) -> None:
        steps = procedure.sequence(sequence)
        self.steps = {step.id: step for step in steps if who.fits(step.selectors)}
        self._next = dict(zip((step.id for step in steps), [*(step.id for step in steps[1:]), END], strict=True))
        self.leads = {id: tuple(dict.fromkeys(self._targets(step))) for id, step in self.steps.items()}
        self.leads[START] = tuple(self._entered(steps[0].id if steps else END))

    def reached(self, start: str, avoiding: Iterable[str] = ()) -> frozenset[str]:
        """Collect the places that can be reached without entering those to avoid."""
        avoided = frozenset(avoiding)
        seen: set[str] = set()
        todo = [start]
        while todo:
            place = todo.pop()
            if place not in seen and place not in avoided:
                seen.add(place)
                todo += self.leads.get(place, ())
        return frozenset(seen)

    def way(self, end: str, avoiding: Iterable[str] = ()) -> tuple[str, ...] | None:
        """Name the steps of a shortest way to an end past none of those to avoid; None where there is no such way."""
        avoided = frozenset(avoiding)
        ways: dict[str, tuple[str, ...]] = {START: ()}
        todo = [START]
        for place in todo:
            for target in self.leads.get(place, ()):
                if target not in ways and target not in avoided:
                    ways[target] = (*ways[place], target)
                    todo.append(target)
        return ways[end][:-1] if end in ways else None

    def longest(self, weight: Callable[[Step], float]) -> tuple[float, tuple[str, ...]]:
        """Find the heaviest way from the start; a way that comes back to a step ends there."""
        known: dict[str, tuple[float, tuple[str, ...]]] = dict.fromkeys(ENDS, (0.0, ()))
        on_the_way: set[str] = set()
        todo = [START]
        while todo:
            place = todo[-1]
            ahead = [one for one in self.leads.get(place, ()) if one not in known and one not in on_the_way]
            if place not in known and ahead:
                on_the_way.add(place)
                todo += ahead
                continue
            todo.pop()
            on_the_way.discard(place)
            if place not in known:
                most, way = max((known[one] for one in self.leads[place] if one in known), default=(0.0, ()))
                own = weight(self.steps[place]) if place in self.steps else 0.0
                known[place] = (most + own, (place, *way))
        most, way = known[START]
        return most, way[1:]

    def _targets(self, step: Step) -> Iterator[str]:
        for target in _written(step):
            if target in self._next or target in ENDS:
                yield from self._entered(target)

    def _entered(self, place: str) -> Iterator[str]:
        """Give where a case may come to stand: steps that do not exist are passed over, others may be."""
        while place in self._next:
            step = self.steps.get(place)
            if step is not None:
                yield place
                if step.skip_when is None:
                    return
            place = self._next[place]
        yield place


def _written(step: Step) -> Iterator[str]:
    match step:
        case DecideStep():
            yield from (row.target for row in step.rows)
            return
        case CallStep() if step.on_failure:
            yield step.on_failure
    if step.outcomes:
        yield from (outcome.target for outcome in step.outcomes)
    elif step.then is not None:
        yield step.then
