"""The situations of a case that the steps tell apart: which variant, channel and submitter some step is only for."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from procedures.language.draft import Draft
from procedures.language.nodes import Entries
from procedures.language.parts import Selectors
from procedures.language.ways import Ways
from procedures.language.words import children, entries_of, words_of


@dataclass(frozen=True, slots=True)
class Situation:
    """Inside the lines that have a variant each, `variant` is that of the line."""

    variant: str | None
    channel: str
    submitter: str

    def fits(self, place: Selectors) -> bool:
        """Compare with the selectors of a place; what its `when` says is known only in a case."""
        return (
            _among(self.variant, place.variants)
            and _among(self.channel, place.channels)
            and _among(self.submitter, place.submitters)
        )


def situations(draft: Draft, ways: Ways) -> tuple[Situation, ...]:
    """Choose one situation for each set of steps, branches and fields that may exist together."""
    places = {draft.place(node) for node in _selecting(ways)}
    variants = tuple(entries_of(draft.resolved.own, "variants").keys) or (None,)
    submitters = words_of(draft.resolved.own, "submitters") or ("",)
    told: dict[tuple[bool, ...], Situation] = {}
    for variant, channel, submitter in product(variants, draft.channels, submitters):
        one = Situation(variant, channel, submitter)
        told.setdefault(tuple(one.fits(place) for place in places), one)
    return tuple(told.values())


def _selecting(ways: Ways) -> Iterator[Entries]:
    for step in ways.steps.values():
        yield step.node
        yield from step.branches.values()
        yield from (field for _, field in children(entries_of(step.node, "form")))


def _among(value: str | None, allowed: tuple[str, ...]) -> bool:
    return not allowed or value in allowed
