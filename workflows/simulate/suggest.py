"""Scenarios for ways none takes yet: what is filed is played on, whatever may happen next.

Only what is new is played on: a step, a task, a value, a way not met before. So the search ends, and it answers the
same each time; a way that hangs on several such things at once may be missed.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from procedures.language.model.procedure import Procedure
from procedures.language.scenarios.scenario import Given, Scenario
from procedures.time.calendar import Calendar, OfficeHours
from procedures.time.errors import CalendarNotCovered
from procedures.time.instants import Instant, day_of
from procedures.time.working import WorkingTime
from workflows.core.documents import BadCommand
from workflows.core.pin import Pin, make_pin
from workflows.core.refusals import Refused
from workflows.simulate import filing
from workflows.simulate.coverage import RETURN, Way, taken, ways_of
from workflows.simulate.demands import demands_of
from workflows.simulate.givens import Givens, invented
from workflows.simulate.moves import HOUR, Moment, moves
from workflows.simulate.plays import CannotPlay, Play
from workflows.simulate.stories import Story, scenario_of
from workflows.simulate.verbs import event_of
from workflows.simulate.world import NeverRests, World

# Entries tried for one procedure: a few seconds at most.
MOST_TRIED = 4_000
_MOST_WAITED = 12
_MOST_TO_THE_END = 6
# An outcome is played on to the answer; what asks, or sends back, is told as it stands.
_LEADS_ON = frozenset({"complete_task", "answer_call", "fail_call"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scenario that passes as it stands, and the ways it takes that none took before."""

    scenario: Scenario
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """`why` says of ways for which nothing was found what stood in the way, as far as the search met them."""

    found: tuple[Suggestion, ...]
    why: dict[Way, str]


def suggest(
    procedure: Procedure,
    scenarios: Sequence[Scenario],
    covered: frozenset[Way],
    calendars: Sequence[Calendar],
    hours: OfficeHours,
) -> Suggestions:
    """Begin from what the scenarios give, or from what is invented, and from that with one thing changed."""
    missing = set(ways_of(procedure)) - covered
    if not missing:
        return Suggestions((), {})
    first = invented(procedure, calendars)
    search = _Search(make_pin(procedure, tuple(calendars), hours), missing)
    stories = search.stories([one.given for one in scenarios] or ([first] if first is not None else []))
    found = tuple(_chosen(procedure, stories, missing, [one.id for one in scenarios]))
    return Suggestions(found, {way: search.why(way) for way in ways_of(procedure) if way in search.missing})


class _Search:
    def __init__(self, pin: Pin, missing: Iterable[Way]) -> None:
        self.missing = set(missing)
        self._pin = pin
        self._all = frozenset(ways_of(pin.procedure))
        self._givens = Givens(pin.procedure)
        self._met: set[Hashable] = set()
        self._reached: set[str] = set()
        self._refused: dict[Way, str] = {}
        self._at_the_door = ""
        self._filings = 0
        self._tried = 0

    def stories(self, beginnings: Iterable[Given]) -> list[Story]:
        """Those that took a way not taken before, in the order found."""
        givens = self._givens.all(beginnings)
        return [story for given in givens for filed in self._filed(given) for story in self._from(filed)]

    def why(self, way: Way) -> str:
        """Say what a way for which nothing was found needs, and what stood in the way."""
        demands = demands_of(self._pin.procedure, way)
        return f"it needs {demands}; {self._obstacle(way)}" if demands else self._obstacle(way)

    def _obstacle(self, way: Way) -> str:
        where, _ = way
        if not self._tried:
            return self._why_nothing_was_filed()
        if not self._reached:
            return f"no case came past the door: {self._at_the_door}"
        if way in self._refused:
            return f"it was tried and refused: {self._refused[way]}"
        if self._tried >= MOST_TRIED:
            return f"nothing was found in {MOST_TRIED:,} entries tried"
        if self._pin.procedure.has_step(where) and where not in self._reached:
            return f"nothing in {self._tried:,} entries tried leads to '{where}'"
        return f"none of {self._filings:,} filings and {self._tried:,} entries tried comes to that"

    def _why_nothing_was_filed(self) -> str:
        if self._at_the_door:
            return f"every filing was refused: {self._at_the_door}"
        problems = "; ".join(f"{one.pointer}: {one.texts.get('en', one.code)}" for one in self._givens.problems)
        if problems:
            return f"no values were found that fill in the form: {problems}"
        return (
            f"no calendar given has {self._pin.procedure.in_force.from_}, from when the version is in force, or later"
        )

    def _from(self, filed: Story) -> Iterator[Story]:
        """What is new is new for what was given: the same step may end otherwise for another form."""
        self._met.clear()
        open_ = deque([filed])
        while open_ and self.missing and self._tried < MOST_TRIED:
            for next_ in self._played_on(open_.popleft()):
                if next_.ways & self.missing:
                    ended = self._ended(next_)
                    self.missing -= ended.ways
                    yield ended
                if self._is_new(next_):
                    open_.append(replace(next_, waited=0))
                elif next_.do[-1].verb == "pass" and next_.waited < _MOST_WAITED:
                    open_.append(next_)

    def _ended(self, story: Story) -> Story:
        """Play on to the answer people get, if the first way out of each step leads there soon."""
        on = story
        for _ in range(_MOST_TO_THE_END):
            if on.world.state.verdict is not None or on.do[-1].verb not in _LEADS_ON:
                break
            on = next(self._played_on(on), on)
        return on if on.world.state.verdict is not None else story

    def _filed(self, given: Given) -> Iterator[Story]:
        """Papers that are demanded are handed in."""
        for _ in range(2):
            world = World(self._pin, by_hand=frozenset(given.by_hand))
            try:
                world.tell(filing.submission(self._pin.procedure, given, world.forms), given.submitted)
            except (filing.BadForm, Refused) as refused:
                self._at_the_door = str(refused)
                return
            lacking = [paper.id for paper in world.state.papers if paper.demanded and paper.satisfied_by is None]
            if not lacking:
                break
            given = self._givens.handed_in(given, (id.partition("/")[0] for id in lacking))
        self._filings += 1
        yield Story(world, given, (), frozenset())

    def _played_on(self, story: Story) -> Iterator[Story]:
        at = _in_office(self._pin.working, (story.do[-1].at if story.do else story.given.submitted) + HOUR)
        for happening in moves(Moment(story.world, story.given, at, self._givens.compared)):
            if story.waited and happening.verb != "pass":
                continue
            self._tried += 1
            world = story.world.copy()
            try:
                world.pass_time(happening.at)
                event = event_of(Play(world, story.given, happening, f"do-{len(story.do) + 1}"))
                if event is not None:
                    world.tell(event, happening.at)
            except (CannotPlay, BadCommand, Refused, NeverRests, filing.BadForm) as refused:
                way = happening.outcome or (RETURN if happening.verb == "send_back" else "")
                self._refused[str(happening.argument), way] = str(refused)
                if story.world.state.accepted_at is None:
                    self._at_the_door = str(refused)
                continue
            self._reached |= {track.step for track in world.state.tracks}
            waited = story.waited + 1 if happening.verb == "pass" else 0
            do = story.do[:-1] if story.waited else story.do
            yield Story(world, story.given, (*do, happening), taken(world, self._all), waited)

    def _is_new(self, story: Story) -> bool:
        atoms = set(_atoms(story))
        new = not atoms <= self._met
        self._met |= atoms
        return new


def _in_office(working: WorkingTime, at: Instant) -> Instant:
    """The next moment at which somebody is there."""
    try:
        day = day_of(at)
        spans = [span for span in working.day(day).spans if at < span.ends]
        return max(at, spans[0].begins) if spans else working.opening(working.next_working_day(day))
    except CalendarNotCovered:
        return at


def _atoms(story: Story) -> Iterator[Hashable]:
    state = story.world.state
    yield "stage", state.stage
    yield "verdict", state.verdict
    yield from (("track", track.path, track.step, track.verdict) for track in state.tracks)
    # Branches and lines that end differently: how, not which of them.
    yield "together", frozenset((track.step, track.verdict) for track in state.tracks)
    yield from (("task", task.kind, task.step) for task in state.tasks)
    yield from (("fact", *fact) for fact in state.facts.items())
    yield from (("way", way) for way in story.ways)


def _chosen(
    procedure: Procedure, stories: Sequence[Story], missing: set[Way], ids: Sequence[str]
) -> Iterator[Suggestion]:
    """The stories that take most first, each only while it still brings something."""
    left = set(missing)
    for story in sorted(stories, key=lambda one: -len(one.ways & missing)):
        ways = tuple(way for way in ways_of(procedure) if way in left and way in story.ways)
        if ways:
            left -= set(ways)
            yield Suggestion(scenario_of(procedure, story, ways, ids), ways)
