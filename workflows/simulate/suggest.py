"""Scenarios for ways none takes yet: the case is played on from what scenarios give, whatever may happen next.

Only what is new is played on: a step, a task, a value, a way not met before. So the search ends, and it answers the
same each time; a way that hangs on several such things at once may be missed.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from procedures.json_types import JsonObject
from procedures.language.applying.selection import decides_variant, paper_ids
from procedures.language.model.procedure import Procedure
from procedures.language.scenarios.scenario import Given, Happening, Scenario
from procedures.time.calendar import Calendar, OfficeHours
from workflows.core.documents import BadCommand
from workflows.core.pin import Pin, make_pin
from workflows.core.refusals import Refused
from workflows.core.state import State
from workflows.simulate import filing
from workflows.simulate.coverage import Way, taken, ways_of
from workflows.simulate.expectations import Seen, observed
from workflows.simulate.line_names import LineNames
from workflows.simulate.moves import HOUR, moves, sample
from workflows.simulate.plays import CannotPlay, Play
from workflows.simulate.verbs import event_of
from workflows.simulate.world import NeverRests, World

# Entries tried for one procedure: a few seconds at most.
MOST_TRIED = 2_000
_MOST_GIVENS = 24
_MOST_MENDS = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scenario that passes as it stands, and the ways it takes that none took before."""

    scenario: Scenario
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class _Story:
    """What was played so far; `ways` are all it takes."""

    world: World
    given: Given
    do: tuple[Happening, ...]
    ways: frozenset[Way]


def suggest(
    procedure: Procedure,
    scenarios: Sequence[Scenario],
    covered: frozenset[Way],
    calendars: Sequence[Calendar],
    hours: OfficeHours,
) -> tuple[Suggestion, ...]:
    """Begin from what the scenarios give and from that with one thing changed; no scenario, no suggestion."""
    missing = set(ways_of(procedure)) - covered
    pin = make_pin(procedure, tuple(calendars), hours)
    stories = _Search(pin, missing).stories(_givens(procedure, scenarios)) if missing else ()
    return tuple(_chosen(procedure, stories, missing))


class _Search:
    def __init__(self, pin: Pin, missing: Iterable[Way]) -> None:
        self._pin = pin
        self._missing = set(missing)
        self._met: set[Hashable] = set()
        self._tried = 0

    def stories(self, givens: Iterable[Given]) -> list[_Story]:
        """Those that took a way not taken before, in the order found."""
        return [story for given in givens for filed in self._filed(given) for story in self._from(filed)]

    def _from(self, filed: _Story) -> Iterator[_Story]:
        """What is new is new for what was given: the same step may end otherwise for another form."""
        self._met.clear()
        open_ = deque([filed])
        while open_ and self._missing and self._tried < MOST_TRIED:
            for next_ in self._played_on(open_.popleft()):
                new = next_.ways & self._missing
                if new:
                    self._missing -= new
                    yield next_
                if self._is_new(next_):
                    open_.append(next_)

    def _filed(self, given: Given, mends: int = _MOST_MENDS) -> Iterator[_Story]:
        """What is wrong with the form is mended, and papers that are demanded are handed in."""
        world = World(self._pin, by_hand=frozenset(given.by_hand))
        try:
            world.tell(filing.submission(self._pin.procedure, given, world.forms), given.submitted)
        except filing.BadForm as bad:
            yield from self._filed(_mended(self._pin.procedure, given, bad), mends - 1) if mends else ()
            return
        except Refused:
            return
        yield _Story(world, given, (), frozenset())
        missing = tuple(_handed_in(self._pin.procedure, world.state))
        if missing and mends:
            yield from self._filed(replace(given, documents=given.documents + missing), mends - 1)

    def _played_on(self, story: _Story) -> Iterator[_Story]:
        at = (story.do[-1].at if story.do else story.given.submitted) + HOUR
        for happening in moves(story.world, story.given, at):
            self._tried += 1
            world = story.world.copy()
            try:
                world.pass_time(happening.at)
                event = event_of(Play(world, story.given, happening, f"do-{len(story.do) + 1}"))
                if event is not None:
                    world.tell(event, happening.at)
            except (CannotPlay, BadCommand, Refused, NeverRests, filing.BadForm):
                continue
            ways = taken(world)
            yield _Story(world, story.given, (*story.do, happening), ways)

    def _is_new(self, story: _Story) -> bool:
        atoms = set(_atoms(story))
        new = not atoms <= self._met
        self._met |= atoms
        return new


def _mended(procedure: Procedure, given: Given, bad: filing.BadForm) -> Given:
    """Say what is asked and was not said, and take back what is not asked."""
    form, fields = dict(given.form), {field.id: field for field in procedure.form}
    for id in {problem.pointer.split("/")[2] for problem in bad.problems if problem.pointer.count("/") == 2}:
        if form.pop(id, None) is None and id in fields:
            form[id] = sample(fields[id])
    return replace(given, form={id: form[id] for id in sorted(form)})


def _handed_in(procedure: Procedure, state: State) -> Iterator[str]:
    """Name papers that would satisfy what is demanded and was not given."""
    lacking = [paper.id.partition("/")[0] for paper in state.papers if paper.demanded and paper.satisfied_by is None]
    for id in dict.fromkeys(lacking):
        document = procedure.document(id)
        if document is not None and document.one_of:
            yield from (f"{id}.{paper}" for paper in document.one_of[0])
        elif document is not None:
            yield from paper_ids(document)


def _atoms(story: _Story) -> Iterator[Hashable]:
    state = story.world.state
    yield "stage", state.stage
    yield "verdict", state.verdict
    yield from (("track", track.path, track.step, track.verdict) for track in state.tracks)
    # Branches and lines that end differently: how, not which of them.
    yield "together", frozenset((track.step, track.verdict) for track in state.tracks)
    yield from (("task", task.kind, task.step) for task in state.tasks)
    yield from (("fact", *fact) for fact in state.facts.items())
    yield from (("way", way) for way in story.ways)


def _givens(procedure: Procedure, scenarios: Sequence[Scenario]) -> tuple[Given, ...]:
    """What scenarios give; after them the same in another variant, channel, for another submitter or choice."""
    plain: list[Given] = []
    for scenario in scenarios:
        given = replace(scenario.given, place="")
        plain += [given] if given not in plain else []
    changed = [other for given in plain for other in _changed(procedure, given)]
    return tuple([*plain, *changed][:_MOST_GIVENS])


def _changed(procedure: Procedure, given: Given) -> Iterator[Given]:
    if not decides_variant(procedure) and procedure.variant_per is None:
        yield from (replace(given, variant=one.id) for one in procedure.variants if one.id != given.variant)
    yield from (replace(given, channel=one) for one in procedure.channels if one != given.channel)
    yield from (replace(given, submitter=one.id) for one in procedure.submitters if one.id != given.submitter)
    for field in procedure.form:
        before = given.form.get(field.id, field.default)
        if field.type == "boolean":
            yield replace(given, form={**given.form, field.id: not before})
        elif field.type == "choice":
            others = (option.id for option in field.options if option.id != before)
            yield from (replace(given, form={**given.form, field.id: other}) for other in others)
        elif not field.required:
            without = {id: value for id, value in given.form.items() if id != field.id}
            yield replace(given, form={**without, field.id: sample(field)} if before is None else without)


def _chosen(procedure: Procedure, stories: Sequence[_Story], missing: set[Way]) -> Iterator[Suggestion]:
    """The stories that take most first, each only while it still brings something."""
    left = set(missing)
    for story in sorted(stories, key=lambda one: -len(one.ways & missing)):
        ways = tuple(way for way in ways_of(procedure) if way in left and way in story.ways)
        if ways:
            left -= set(ways)
            yield Suggestion(_scenario(procedure, story, ways[0]), ways)


def _scenario(procedure: Procedure, story: _Story, way: Way) -> Scenario:
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
    found = observed(("open", "due", "verdict"), seen)
    expect: JsonObject = {key: value for key, value in found.items() if value is not None}
    do = (*story.do[:-1], replace(story.do[-1], expect=expect))
    name = "-".join(way).replace("_", "-").replace(" ", "-")
    return Scenario("", f"suggested-{name}", story.given, do)
