"""Replays the events of a test vector, each with its own instant as the clock, as the life of a case would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from fractions import Fraction
from typing import Any

from procedures.time.calendar import Calendar, OfficeHours
from procedures.time.duration import Duration, Unit
from procedures.time.instants import Instant
from procedures.time.limit import Change, Extended, Pause, Reckoning, Rules, Switched, reckon
from procedures.time.refusals import extension_refusal, switch_refusal
from procedures.time.working import WorkingTime

Event = Mapping[str, Any]


@dataclass(slots=True)
class Replay:
    """One limit, its changes so far, and whether it is late."""

    working: WorkingTime
    hours: OfficeHours
    calendars: Mapping[str, Calendar]
    duration: Duration
    rules: Rules
    vector_rules: Mapping[str, Any]
    start: Instant
    changes: list[Change] = field(default_factory=list)
    extensions: int = 0
    outstanding: bool = False
    finished: Instant | None = None
    late: bool = False
    rejected: list[int] = field(default_factory=list)

    @property
    def reckoning(self) -> Reckoning:
        return reckon(self.working, self.duration, self.rules, self.start, self.changes)

    def run(self, events: Sequence[Event]) -> None:
        for index, event in enumerate(events):
            at = datetime.fromisoformat(event["at"])
            due = self.reckoning.due
            # Time first: what passed before this event stays passed, whatever the event does (I23).
            if self.finished is None and due is not None and at > due:
                self.late = True
            if not self._accepts(event, at):
                self.rejected.append(index)

    def _accepts(self, event: Event, at: Instant) -> bool:
        if self.finished is not None:
            return False
        match event["kind"]:
            case "supplement_asked":
                return self._ask(at)
            case "supplement_received":
                return self._receive(at)
            case "extension":
                return self._extend(event, at)
            case "switch_limit":
                return self._switch(event, at)
            case "recompute":
                return self._recompute(event)
            case "finished":
                self.finished = at
                return True
            case "correct_finish":
                return False
            case kind:
                raise AssertionError(f"no such event: {kind}")

    def _ask(self, at: Instant) -> bool:
        if self.outstanding:
            return False
        self.outstanding = True
        effect = self.vector_rules.get("supplement", "none")
        if effect != "none" and not self.late:
            new_limit = self.vector_rules.get("new_limit")
            self.changes.append(Pause(at, None, effect, duration_of(new_limit) if new_limit else None))
        return True

    def _receive(self, at: Instant) -> bool:
        if not self.outstanding:
            return False
        self.outstanding = False
        last = self.changes[-1] if self.changes else None
        if isinstance(last, Pause) and last.closed is None:
            self.changes[-1] = replace(last, closed=at)
        return True

    def _extend(self, event: Event, at: Instant) -> bool:
        refusal = extension_refusal(
            self.working,
            self.reckoning,
            at,
            has_ground=bool(event.get("ground")),
            made=self.extensions,
            most=self.vector_rules.get("extension_max", 1),
            notice=Duration(Fraction(self.vector_rules.get("extension_notice_working_days", 1)), Unit.WORKING_DAYS),
        )
        if refusal is not None or self.late:
            return False
        self.extensions += 1
        self.changes.append(Extended(at, duration_of(event)))
        return True

    def _switch(self, event: Event, at: Instant) -> bool:
        grounds = {"has_ground": bool(event.get("ground")), "has_notice": bool(event.get("notice"))}
        if switch_refusal(self.reckoning, at, **grounds) is not None or self.late:
            return False
        self.changes.append(Switched(at, duration_of(event)))
        return True

    def _recompute(self, event: Event) -> bool:
        if not event.get("ground"):
            return False
        ids = event["calendar"] if isinstance(event["calendar"], list) else [event["calendar"]]
        self.working = WorkingTime([self.calendars[id_] for id_ in ids], self.hours)
        return True


def duration_of(document: Mapping[str, Any]) -> Duration:
    amount = document["amount"]
    return Duration(Fraction(0 if amount is None else str(amount)), Unit(document["unit"]))


def rules_of(document: Mapping[str, Any]) -> Rules:
    cutoff = document.get("cutoff")
    return Rules(
        cutoff_after=None if cutoff is None else time.fromisoformat(cutoff),
        off_hours=document.get("off_hours", "as_is"),
        rollover=document.get("rollover", True),
        start_next_day=document.get("start_next_day", False),
        cutoff_on_resume=document.get("cutoff_on_resume", True),
    )
