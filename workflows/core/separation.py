"""Two pairs of eyes on a route: who did the steps that the doer of another one must not have done."""

from collections.abc import Iterable, Iterator

from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import CALLER
from workflows.core import paths
from workflows.core.state import State, Track


def doers_of(
    procedure: Procedure, state: State, track: Track, named: Iterable[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give for each step named the officers of its current visits; of steps in lines those of any line.

    A line is compared with itself where it names a step of its own list.
    """
    for name in named:
        step = track.caller if name == CALLER else name
        if step is not None:
            yield step, tuple(person for one in _keys(procedure, state, track, step) for person in state.doers[one])


def _keys(procedure: Procedure, state: State, track: Track, step: str) -> list[str]:
    own = paths.named(track.path, step)
    if own in state.doers or procedure.sequence_of(step) == procedure.sequence_of(track.step):
        return [own] if own in state.doers else []
    return [key for key in state.doers if step in key.split("/")]
