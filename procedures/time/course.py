"""One limit in the course of a case: what is done to it, what may not be done, and whether it became late."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeAlias

from procedures.time.backward import leaves_notice
from procedures.time.duration import Duration, Unit
from procedures.time.instants import Instant
from procedures.time.limit import Change, Extended, Pause, Reckoning, Rules, RunState, Switched, reckon
from procedures.time.lines import Line
from procedures.time.telling import explain
from procedures.time.working import WorkingTime

Effect: TypeAlias = Literal["none", "pause", "restart", "replace"]
Refused: TypeAlias = Literal[
    "supplement-outstanding",
    "no-supplement-open",
    "decision-exists",
    "cannot-correct-time",
    "no-such-limit",
    "clock-suspended",
    "late",
    "ground-required",
    "no-extension-left",
    "too-late-to-extend",
]
"""Codes of the life's table."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A limit and all that a procedure or its profile says of how it may change; `new_limit` belongs to `replace`."""

    duration: Duration
    rules: Rules = Rules()
    supplement: Effect = "none"
    new_limit: Duration | None = None
    extensions: int = 1
    notice: Duration = Duration(Fraction(1), Unit.WORKING_DAYS)


class Course:
    """Each act answers None, or why it is refused; what is refused changes nothing. Acts come in order of time.

    `pass_to` comes before an act, so that what passed before it stays passed (I23), and after it,
    for a recount may put the due date into the past.
    """

    def __init__(self, working: WorkingTime, policy: Policy, start: Instant) -> None:
        self.late = False
        self._working = working
        self._policy = policy
        self._start = start
        self._changes: list[Change] = []
        self._extensions = 0
        self._is_outstanding = False
        self._is_finished = False

    def reckoning(self) -> Reckoning:
        return reckon(self._working, self._policy.duration, self._policy.rules, self._start, self._changes)

    def explanation(self) -> tuple[Line, ...]:
        return explain(self._working, self._policy.duration, self._policy.rules, self._start, self._changes)

    def pass_to(self, at: Instant) -> None:
        due = None if self._is_finished or self.late else self.reckoning().due
        if due is not None and at > due:
            self.late = True

    def ask(self, at: Instant) -> Refused | None:
        """Send a request for a supplement; asked late it suspends nothing (I23)."""
        if self._is_finished or self._is_outstanding:
            return "decision-exists" if self._is_finished else "supplement-outstanding"
        self._is_outstanding = True
        if self._policy.supplement != "none":
            effect = "none" if self.late else self._policy.supplement
            self._changes.append(Pause(at, effect=effect, new_limit=self._policy.new_limit))
        return None

    def receive(self, at: Instant) -> Refused | None:
        """Take the arrival of the completed dossier."""
        if self._is_finished or not self._is_outstanding:
            return "decision-exists" if self._is_finished else "no-supplement-open"
        self._is_outstanding = False
        last = self._changes[-1] if self._changes else None
        if isinstance(last, Pause) and last.closed is None:
            self._changes[-1] = replace(last, closed=at)
        return None

    def extend(self, at: Instant, by: Duration, *, has_ground: bool) -> Refused | None:
        """Move the due date in force, once it leaves its notice, with a ground, as often as the policy allows (I22)."""
        refusal = self._unmovable(has_ground=has_ground)
        if refusal is not None:
            return refusal
        if self._extensions >= self._policy.extensions:
            return "no-extension-left"
        due = self.reckoning().due
        assert due is not None
        if not leaves_notice(self._working, at, due, self._policy.notice):
            return "too-late-to-extend"
        self._extensions += 1
        self._changes.append(Extended(at, by))
        return None

    def switch(self, at: Instant, to: Duration, *, has_ground: bool, has_notice: bool) -> Refused | None:
        """Count another total from the start, with a ground and a notice before the due date (I26)."""
        refusal = self._unmovable(has_ground=has_ground and has_notice)
        if refusal is None:
            self._changes.append(Switched(at, to))
        return refusal

    def recompute(self, working: WorkingTime, *, has_ground: bool) -> Refused | None:
        """Replace the pinned calendars (I25). Who is late stays late."""
        if self._is_finished or not has_ground:
            return "decision-exists" if self._is_finished else "ground-required"
        self._working = working
        return None

    def finish(self) -> Refused | None:
        """Take the result; the time that passed until it is all that counts."""
        if self._is_finished:
            return "decision-exists"
        self._is_finished = True
        return None

    def correct_finish(self) -> Refused:
        """Refuse: no finish is ever moved."""
        return "cannot-correct-time"

    def _unmovable(self, *, has_ground: bool) -> Refused | None:
        """Say why nobody may move the due date now."""
        if self._is_finished:
            return "decision-exists"
        if self.late:
            return "late"
        state = self.reckoning().state
        if state is not RunState.RUNNING:
            return "no-such-limit" if state is RunState.NO_LIMIT else "clock-suspended"
        return None if has_ground else "ground-required"
