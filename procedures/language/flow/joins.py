"""How a parallel or each step may end, and what is sure then, from how its branches or lines may (language.md §4.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from procedures.language.flow.situation import Situation
from procedures.language.flow.tracks import Sure, Track
from procedures.language.flow.ways import StepWays
from procedures.language.model.parts import Selectors
from procedures.language.model.steps import END, END_REFUSED
from procedures.language.reading.nodes import Entries
from procedures.language.reading.words import flag_of, integer_of, text_of

Ends = Mapping[str, frozenset[str]]
GRANTED, PARTLY, REFUSED = "granted", "partly", "refused"


@dataclass(frozen=True, slots=True)
class Join:
    """Which branches there may be in a situation, and which there surely are and are awaited."""

    kind: Literal["all", "any", "quorum", "on_ground", "each"]
    present: tuple[str, ...]
    certain: frozenset[str]
    needed: int = 1

    def outcomes(self, ends: Ends) -> frozenset[str]:
        """Name the outcomes that are possible where each branch can reach these ends."""
        granting = {name for name in self.present if END in ends[name]}
        refusing = {name for name in self.present if END_REFUSED in ends[name]}
        if self.kind in ("any", "quorum"):
            granted = len(granting) >= self.needed or not self.certain
            refused, partly = bool(refusing) and len(self.certain - refusing) < self.needed, False
        else:
            awaited = frozenset[str]() if self.kind == "on_ground" else self.certain
            granted, refused = awaited <= granting, bool(refusing) and awaited <= refusing
            partly = awaited <= granting | refusing and self._differ(granting, refusing)
        found = {GRANTED: granted, PARTLY: partly, REFUSED: refused}
        return frozenset(outcome for outcome, is_possible in found.items() if is_possible)

    def gives(self, outcome: str, tracks: Mapping[str, Track]) -> Sure:
        """Collect what every awaited branch has set, however it ended; other joins hold without some of them."""
        if self.kind != "all":
            return frozenset()
        wanted = {GRANTED: (END,), REFUSED: (END_REFUSED,)}.get(outcome, (END, END_REFUSED))
        given: set[str] = set()
        for name in self.certain:
            known = [tracks[name].sure[end] for end in wanted if end in tracks[name].sure]
            given |= frozenset.intersection(*known) if known else frozenset()
        return frozenset(given)

    def _differ(self, granting: set[str], refusing: set[str]) -> bool:
        """Partly takes two branches; of one line after another, each may end its own way."""
        if self.kind == "each":
            return bool(granting and refusing)
        return bool(granting and refusing) and len(granting | refusing) > 1


def join_of(step: StepWays, situation: Situation, place: Callable[[Entries], Selectors], *, may_be_empty: bool) -> Join:
    """Read the join of a parallel or each step; `may_be_empty` says whether a list may have no line at all."""
    if step.kind == "each":
        return Join("each", step.inner, frozenset() if may_be_empty else frozenset(step.inner))
    present = {name: node for name, node in step.branches.items() if situation.fits(place(node))}
    certain = {
        name
        for name, node in present.items()
        if "when" not in node.keys and not flag_of(node, "optional", default=False)
    }
    needed = integer_of(step.body, "quorum") or 1
    match text_of(step.body, "join"):
        case ("any" | "quorum" | "on_ground") as kind:
            return Join(kind, tuple(present), frozenset(certain), needed if kind == "quorum" else 1)
        case _:
            return Join("all", tuple(present), frozenset(certain))
