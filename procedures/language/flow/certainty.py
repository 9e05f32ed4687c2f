"""What is certain in every situation: values that exist wherever a step is entered, or a sequence has ended."""

from procedures.language.flow.flow import Flow
from procedures.language.flow.tracks import Sure, visited
from procedures.language.flow.ways import Ways
from procedures.language.model.procedure import ROOT
from procedures.language.model.steps import END


class Certainty:
    """`entering` knows the steps that are reached, `granted` the sequences that may end so."""

    def __init__(self, ways: Ways, flows: tuple[Flow, ...]) -> None:
        self.entering: dict[str, Sure] = {}
        self.granted: dict[str, Sure] = {}
        for flow in flows:
            self._add(ways, flow)

    def _add(self, ways: Ways, flow: Flow) -> None:
        """Go from the root inwards: what is sure where a step is entered is sure in its branches and lines."""
        # A step of other situations is in nobody's way: a return that names it as well is not offered here.
        outside: dict[str, Sure] = {ROOT: frozenset(visited(id) for id in flow.others)}
        for sequence, track in reversed(flow.tracks.items()):
            if sequence not in outside:
                continue
            for place, sure in track.sure.items():
                known = outside[sequence] | sure
                if place == END:
                    _keep(self.granted, sequence, known)
                elif place in ways.steps and flow.has(place):
                    _keep(self.entering, place, known)
                    for inner in flow.inside(place):
                        _keep(outside, inner, known)


def _keep(found: dict[str, Sure], place: str, sure: Sure) -> None:
    found[place] = found[place] & sure if place in found else sure
