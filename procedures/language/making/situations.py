"""The situations of a case that the steps tell apart: which variant, channel and submitter some step is only for."""

from collections.abc import Iterator
from itertools import product

from procedures.language.flow.situation import Situation
from procedures.language.flow.ways import Ways
from procedures.language.making.draft import Draft
from procedures.language.reading.nodes import Entries
from procedures.language.reading.words import children, entries_of, words_of


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
