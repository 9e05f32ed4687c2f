"""Scenarios played through the real core on a virtual clock: no server, no database, milliseconds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from procedures.language.model.procedure import Procedure
from procedures.language.scenarios.scenario import Scenario
from procedures.time.calendar import Calendar, OfficeHours
from procedures.time.errors import CalendarNotCovered
from workflows.core.documents import BadCommand
from workflows.core.entries import Entry
from workflows.core.pin import make_pin
from workflows.core.refusals import Refused
from workflows.simulate import coverage, filing
from workflows.simulate.expectations import Seen, differences
from workflows.simulate.plays import CannotPlay, Play
from workflows.simulate.verbs import event_of
from workflows.simulate.world import NeverRests, World


@dataclass(frozen=True, slots=True)
class Failure:
    """`place` is where in the scenario file it was said otherwise; after one that `stops` the rest means nothing."""

    place: str
    sentence: str
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a scenario went; `coverage` holds the ways it took (`coverage.ways_of`)."""

    scenario: str
    failures: tuple[Failure, ...]
    journal: tuple[Entry, ...]
    coverage: frozenset[coverage.Way]

    @property
    def passed(self) -> bool:
        return not self.failures


def run(
    procedure: Procedure, scenarios: Iterable[Scenario], calendars: Sequence[Calendar], hours: OfficeHours
) -> Iterator[Outcome]:
    """Play each scenario from its own beginning; what belongs to the version is worked out once for all."""
    pin = make_pin(procedure, tuple(calendars), hours)
    ways = frozenset(coverage.ways_of(procedure))
    for scenario in scenarios:
        world = World(pin, by_hand=frozenset(scenario.given.by_hand))
        failures = tuple(_play(world, scenario))
        yield Outcome(scenario.id, failures, tuple(world.journal), coverage.taken(world, ways))


def _play(world: World, scenario: Scenario) -> Iterator[Failure]:
    try:
        world.tell(filing.submission(world.pin.procedure, scenario.given, world.forms), scenario.given.submitted)
    except (Refused, filing.BadForm) as refused:
        yield Failure(scenario.given.place, f"the submission is refused: {_said(refused)}", stops=True)
        return
    for number, happening in enumerate(scenario.do, start=1):
        failures = _what_went_wrong(Play(world, scenario.given, happening, f"do-{number}"))
        yield from failures
        if any(failure.stops for failure in failures):
            return


def _what_went_wrong(play: Play) -> tuple[Failure, ...]:
    try:
        return tuple(_happen(play))
    except NeverRests as error:
        return (Failure(play.happening.place, str(error), stops=True),)


def _happen(play: Play) -> Iterator[Failure]:
    world, happening = play.world, play.happening
    if world.state.now is not None and happening.at < world.state.now:
        yield Failure(happening.place, "this happens before what stands above it: order events by time", stops=True)
        return
    since = _mark(world)
    world.pass_time(happening.at)
    if happening.verb != "pass":
        # Only what a `pass` brings about is its own; before any other verb it is what led there.
        since = _mark(world)
    wrong = _tell(play)
    if wrong is not None:
        yield Failure(happening.place, wrong, stops=True)
        return
    seen = Seen(
        state=world.state,
        journal=world.journal,
        written=world.journal[since[0] :],
        ordered=world.orders[since[1] :],
        calls=world.calls,
        forms=world.forms,
        lines=play.lines,
    )
    yield from (Failure(happening.place, sentence) for sentence in differences(happening.expect, seen))


def _tell(play: Play) -> str | None:
    """Play the verb; say what is wrong with the scenario where it does not go as expected."""
    expected = play.happening.expect.get("refused")
    try:
        event = event_of(play)
        if event is not None:
            play.world.tell(event, play.happening.at)
    except (CannotPlay, BadCommand, filing.BadForm) as error:
        return str(error)
    except Refused as refused:
        if refused.code == expected:
            return None
        wish = "it was to be allowed" if expected is None else f"expected {expected}"
        return f"refused with {refused.code}, {wish} ({_said(refused)})"
    return None if expected is None else f"expected to be refused with {expected}, but it was allowed"


def _said(refused: Refused | filing.BadForm) -> str:
    """A case would be answered that a calendar is to be loaded; a scenario names its calendars itself."""
    if isinstance(refused, Refused) and refused.code == CalendarNotCovered.code:
        return f"{refused.data['day']} is in none of the calendars: name that of its year under 'calendars'"
    return str(refused)


def _mark(world: World) -> tuple[int, int]:
    return len(world.journal), len(world.orders)
