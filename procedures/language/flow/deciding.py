"""Which steps decide a case: signatures of results and, on a way without one, the step that names a result (§2.9)."""

from collections.abc import Collection, Iterable, Mapping

from procedures.language.flow.flow import Flow
from procedures.language.flow.ways import Ways
from procedures.language.model.procedure import ROOT
from procedures.language.reading.words import text_of, words_of

Deciders = Mapping[str, frozenset[str]]


class Results:
    """Which step makes which results: its own when it ends, or those of the drafts it signs."""

    def __init__(self, ways: Ways) -> None:
        self._ways = ways
        steps = ways.steps.values()
        self._own = {step.id: text_of(step.body, "result") for step in steps}
        self.signs = {step.id: words_of(step.body, "documents") for step in steps if step.kind == "sign"}

    def signed_by(self, id: str) -> tuple[str, ...]:
        return tuple(sign for sign, drafts in self.signs.items() if id in drafts)

    def made_by(self, id: str) -> tuple[str, ...]:
        """Name what exists once a step has ended; a draft makes nothing before it is signed."""
        if id in self.signs:
            return tuple(result for draft in self.signs[id] if (result := self._own.get(draft)))
        own = self._own[id]
        return (own,) if own and not self.signed_by(id) else ()

    @property
    def named(self) -> frozenset[str]:
        return frozenset(result for result in self._own.values() if result)

    def deciders(self, among: Collection[str], results: Collection[str]) -> Deciders:
        """Choose the steps that make one of these results; a signature does so only over one of these drafts."""
        return {
            id: frozenset(draft for draft in self.signs.get(id, ()) if self._own.get(draft) in results)
            for id in among
            if set(self.made_by(id)) & set(results)
        }


def find_deciding(ways: Ways, flows: Iterable[Flow], results: Results) -> frozenset[str]:
    """Look for them in every situation, in branches and lines as at the root; a signature of no result is none."""
    own = [id for id in ways.steps if results.made_by(id) and id not in results.signs]
    signing = results.deciders([id for id in results.signs if results.made_by(id)], results.named)
    alone = {
        id
        for flow in flows
        for signed in [signing.keys() - hollow(flow, signing)]
        for id in own
        if flow.has(id) and flow.leaves(id, frozenset(signed))
    }
    return frozenset(signing) | alone


def way_without(flow: Flow, end: str, deciders: Deciders) -> tuple[str, ...] | None:
    """Find the steps of a way to an end of the root on which no decider decides; None if there is no such way."""
    came_from = flow.reached(ROOT, frozenset(deciders) - hollow(flow, deciders))
    if end not in came_from:
        return None
    way = [came_from[end]]
    while way[-1]:
        way.append(came_from[way[-1]])
    return tuple(reversed(way[:-1]))


def hollow(flow: Flow, deciders: Deciders) -> frozenset[str]:
    """Find the signatures that can be reached with none of their drafts written: they decide nothing there."""
    avoiding, known = frozenset(deciders), frozenset[str]()
    while True:
        found = frozenset(
            id for id, drafts in deciders.items() if drafts and flow.arrives(id, (avoiding - known - {id}) | drafts)
        )
        if found == known:
            return known
        known = found
