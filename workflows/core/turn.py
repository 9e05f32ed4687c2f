"""One event being applied: the state as it becomes, and what was written and ordered on the way.

Convention: first the state is changed, then the entry is written; so an entry carries the status it leads to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pydantic import JsonValue

from workflows.core import paths, phases
from workflows.core.effects import Cancel, Effect, Finish, Perform, UsePin
from workflows.core.entries import Entry, EntryKind
from workflows.core.events import SYSTEM, Actor, Key, Reason, Ref
from workflows.core.pin import Pin
from workflows.core.state import (
    Handover,
    Incident,
    InFlight,
    Outcome,
    Proposal,
    Result,
    Round,
    State,
    Task,
    TaskKind,
    Track,
    TrackState,
    Verdict,
)
from workflows.core.status import codes_to_announce, national_code
from workflows.core.timekeeping import Clock


@dataclass(frozen=True, slots=True)
class Settlement:
    """How the commands that waited for an effect have ended."""

    outcome: Outcome
    why: str | None = None


class Turn:
    """`answers`: a person waits for the answer, so what cannot be done is refused; otherwise it becomes an incident."""

    __slots__ = (
        "_moves",
        "actor",
        "answers",
        "approving",
        "cause",
        "effects",
        "entries",
        "now",
        "pin",
        "settlement",
        "state",
    )

    def __init__(self, pin: Pin, state: State, now: datetime, *, cause: str, actor: Actor, answers: bool) -> None:
        self.pin = pin
        self.state = state
        self.now = now
        self.cause = cause
        self.actor = actor
        self.answers = answers
        self.effects: list[Effect] = []
        self.entries: list[Entry] = []
        self._moves: dict[str, int] = {}
        # The proposal whose command is being carried out, since a second person approved it.
        self.approving: Proposal | None = None
        self.settlement: Settlement | None = None

    def write(
        self,
        kind: EntryKind,
        *,
        node: Key | None = None,
        actor: Actor | None = None,
        ground: Ref | None = None,
        reason: Reason | None = None,
        data: Mapping[str, JsonValue] | None = None,
    ) -> int:
        """Write an entry with the status the state has now, and the codes that announce it; give its seq."""
        state = self.state
        status = phases.status(state)
        assert status is not None
        codes = codes_to_announce(state.sent_code, national_code(status))
        entry = Entry(
            seq=state.seq + 1,
            kind=kind,
            at=self.now,
            actor=actor or self.actor,
            cause=self.cause,
            ground=ground,
            reason=reason,
            node=node,
            data=data or {},
            status=status,
            codes=codes,
        )
        self.entries.append(entry)
        sent = codes[-1] if codes else state.sent_code
        self.state = replace(state, seq=entry.seq, written_at=self.now, sent_code=sent)
        return entry.seq

    def use_pin(self, pin: Pin) -> None:
        """Count and judge by another pin from here on; the driver is told by `UsePin`."""
        self.pin = pin
        self.state = replace(self.state, pin_digest=pin.digest)

    @property
    def next_seq(self) -> int:
        """The seq of the entry written next, for what must be in the state before it."""
        return self.state.seq + 1

    # Nodes.

    def visit(self, node: str) -> Key:
        """Open the next visit of a step or core node; visits never go down."""
        visits = dict(self.state.visits)
        visits[node] = visits.get(node, 0) + 1
        self.state = replace(self.state, visits=dict(sorted(visits.items())))
        return f"{node}:{visits[node]}"

    # Effects.

    def order(
        self,
        id: Key,
        activity: str,
        with_: Mapping[str, JsonValue],
        *,
        track: str | None = None,
        skippable: bool = False,
        irrevocable: bool = False,
        by_message: bool = False,
    ) -> None:
        effect = Perform(
            id=id,
            activity=activity,
            key=f"{self.state.case}/{id}",
            with_=with_,
            skippable=skippable,
            irrevocable=irrevocable,
            answered="message" if by_message else "result",
        )
        self.effects.append(effect)
        flight = InFlight(effect=effect, track=track, ordered=self.state.seq)
        self.state = replace(self.state, effects=(*self.state.effects, flight))

    def order_untracked(self, effect: Perform | UsePin | Finish) -> None:
        """Order what nobody waits for."""
        self.effects.append(effect)

    def flight(self, id: Key) -> InFlight | None:
        return next((flight for flight in self.state.effects if flight.effect.id == id), None)

    def land(self, id: Key) -> None:
        """Take an effect out of what is in flight."""
        left = tuple(flight for flight in self.state.effects if flight.effect.id != id)
        self.state = replace(self.state, effects=left)

    def cancel(self, id: Key) -> None:
        """Ask the driver to end an effect; it stays known until its end is told, since it may have happened."""
        self.effects.append(Cancel(id=id))
        self.state = replace(
            self.state,
            effects=tuple(
                replace(flight, cancelled=True) if flight.effect.id == id else flight for flight in self.state.effects
            ),
        )

    # Parts of the state that have an identity.

    def track(self, path: str) -> Track:
        return next(track for track in self.state.tracks if track.path == path)

    def known_track(self, path: str | None) -> Track | None:
        """Find a track that may have been removed since."""
        return next((track for track in self.state.tracks if track.path == path), None)

    def set_track(self, track: Track) -> Track:
        """Keep the order in which tracks began: it is the order in which their tokens move."""
        known = any(one.path == track.path for one in self.state.tracks)
        tracks = tuple(track if one.path == track.path else one for one in self.state.tracks)
        self.state = replace(self.state, tracks=tracks if known else (*tracks, track))
        return track

    def drop_tracks(self, outer: str) -> None:
        """Forget a branch or line and everything that began in it; visits and journal keep what was."""
        left = tuple(one for one in self.state.tracks if not paths.is_within(one.path, outer))
        self.state = replace(self.state, tracks=left)

    def keep_outcome(self, node: str, outcome: Verdict) -> None:
        self.state = replace(self.state, joins=dict(sorted({**self.state.joins, node: outcome}.items())))

    def end_track(self, path: str, state: TrackState, verdict: Verdict | None = None) -> Track:
        ended = replace(
            self.track(path),
            state=state,
            verdict=verdict,
            task=None,
            deciding=False,
            asking=False,
            moving=None,
            since=self.now,
        )
        return self.set_track(ended)

    def moves_of(self, path: str) -> int:
        """Count one more move of a token in this event."""
        self._moves[path] = self._moves.get(path, 0) + 1
        return self._moves[path]

    def decide(self, path: str) -> None:
        """A deciding step of this track has ended; the first of a case decides it (core.md, rule 7)."""
        if path != paths.ROOT:
            self.set_track(replace(self.track(path), decided=True))
        self.state = replace(self.state, decided_at=self.state.decided_at or self.now)

    def clock(self, id: str) -> Clock | None:
        return next((clock for clock in self.state.clocks if clock.id == id), None)

    def set_clock(self, clock: Clock) -> Clock:
        known = any(one.id == clock.id for one in self.state.clocks)
        clocks = tuple(clock if one.id == clock.id else one for one in self.state.clocks)
        self.state = replace(self.state, clocks=clocks if known else (*clocks, clock))
        return clock

    def drop_clock(self, id: str) -> None:
        self.state = replace(self.state, clocks=tuple(clock for clock in self.state.clocks if clock.id != id))

    def task(self, key: Key) -> Task | None:
        return next((task for task in self.state.tasks if task.key == key), None)

    def tasks_of(self, kind: TaskKind) -> tuple[Task, ...]:
        return tuple(task for task in self.state.tasks if task.kind == kind)

    def add_task(self, task: Task) -> None:
        self.state = replace(self.state, tasks=(*self.state.tasks, task))

    def set_task(self, task: Task) -> None:
        tasks = tuple(task if one.key == task.key else one for one in self.state.tasks)
        self.state = replace(self.state, tasks=tasks)

    def drop_task(self, key: Key) -> None:
        self.state = replace(self.state, tasks=tuple(task for task in self.state.tasks if task.key != key))

    def set_round(self, round: Round) -> Round:
        rounds = tuple(round if one.no == round.no else one for one in self.state.rounds)
        self.state = replace(self.state, rounds=rounds)
        return round

    def set_handover(self, handover: Handover) -> Handover:
        known = any(one.id == handover.id for one in self.state.handovers)
        handovers = tuple(handover if one.id == handover.id else one for one in self.state.handovers)
        self.state = replace(self.state, handovers=handovers if known else (*handovers, handover))
        return handover

    def set_result(self, result: Result) -> Result:
        """Keep a result under the visit that made it."""
        place = (result.track, result.step, result.visit)
        known = any((one.track, one.step, one.visit) == place for one in self.state.results)
        results = tuple(result if (one.track, one.step, one.visit) == place else one for one in self.state.results)
        self.state = replace(self.state, results=results if known else (*results, result))
        return result

    def set_incident(self, incident: Incident) -> None:
        incidents = tuple(incident if one.id == incident.id else one for one in self.state.incidents)
        self.state = replace(self.state, incidents=incidents)

    def drop_incident(self, id: Key) -> None:
        left = tuple(incident for incident in self.state.incidents if incident.id != id)
        self.state = replace(self.state, incidents=left)

    def incident_of(self, effect: Key) -> Incident | None:
        return next((incident for incident in self.state.incidents if incident.effect == effect), None)

    def as_system(self, cause: str) -> None:
        """What follows is the case's own act."""
        self.actor = SYSTEM
        self.cause = cause


def text_of(instant: datetime | None) -> str | None:
    """Write an instant as entries and effects carry it."""
    return None if instant is None else instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
