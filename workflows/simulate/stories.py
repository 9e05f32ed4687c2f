"""What was played, told as a scenario: it expects what the ways it is for are about, as the case went."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from procedures.json_types import JsonObject
from procedures.language.model.procedure import Procedure
from procedures.language.scenarios.scenario import Given, Happening, Scenario
from workflows.simulate.coverage import SKIPPED, Way
from workflows.simulate.expectations import Seen, observed
from workflows.simulate.line_names import LineNames
from workflows.simulate.world import World

_NO_WORD = re.compile("[^a-z0-9]+")
# What a chapter of the text decides shows in this.
_SHOWN_BY = {"documents": "documents", "windows": "warnings", "fees": "owed"}


@dataclass(frozen=True, slots=True)
class Story:
    """What was played so far; `ways` are all it takes, `waited` how often time has passed and nothing else."""

    world: World
    given: Given
    do: tuple[Happening, ...]
    ways: frozenset[Way]
    waited: int = 0


def scenario_of(procedure: Procedure, story: Story, ways: tuple[Way, ...], ids: Collection[str]) -> Scenario:
    """Tell a story that is suggested for these ways, under an id that is not among `ids`."""
    world = story.world
    seen = Seen(
        state=world.state,
        journal=world.journal,
        written=[],
        ordered=[],
        calls=world.calls,
        forms=world.forms,
        lines=LineNames(procedure, story.given.form),
    )
    found = observed(dict.fromkeys(_expected(story, ways)), seen)
    expect: JsonObject = {key: value for key, value in found.items() if value is not None}
    do = (*story.do[:-1], replace(story.do[-1], expect=expect))
    return Scenario("", _id(ways[0], ids), story.given, do)


def _expected(story: Story, ways: tuple[Way, ...]) -> Iterator[str]:
    """Say what is open and due, what the ways are about, and once it is decided the end."""
    if len(story.do) == 1:
        yield "documents"
    yield from ("open", "due")
    yield from (
        _SHOWN_BY[chapter] for chapter in (where.partition(".")[0] for where, _ in ways) if chapter in _SHOWN_BY
    )
    if any(what == SKIPPED for _, what in ways):
        yield "skipped"
    if story.world.state.late:
        yield "late"
    if story.world.state.verdict is not None:
        yield from ("verdict", "results")


def _id(way: Way, ids: Collection[str]) -> str:
    name = f"suggested-{_NO_WORD.sub('-', '-'.join(way)).strip('-')}"
    return next(one for one in (name, *(f"{name}-{number}" for number in range(2, len(ids) + 3))) if one not in ids)
