"""A case under watch: each event is applied from all sides, and what becomes of it is held against the invariants."""

import hashlib
from copy import copy
from datetime import datetime
from typing import Self

from procedures.json_types import canonical_json
from tests.workflows.core import moves
from tests.workflows.core.invariants import check_state, check_step
from tests.workflows.core.journal_invariants import (
    check_causes,
    check_fold,
    check_journal,
    check_secrecy,
    check_separation,
)
from workflows.core import machine
from workflows.core.documents import dump_effect
from workflows.core.effects import Perform, UsePin
from workflows.core.entries import Entry, canonical
from workflows.core.events import (
    AnyCommand,
    Command,
    EffectCancelled,
    EffectDone,
    EffectFailed,
    Event,
    Message,
    Recorded,
    Resumed,
    Woke,
)
from workflows.core.machine import Step
from workflows.core.pin import Pin, load_pin
from workflows.core.refusals import REFUSALS, Refused
from workflows.core.state import State
from workflows.core.views import dump_snapshot


class Watched:
    """`hash` is over every byte that came out of the core; two runs of the same life must agree on it."""

    def __init__(self, pin: Pin, now: datetime) -> None:
        self.pin = pin
        self.now = now
        self.state: State = machine.begin("case-1", 1)
        self.journal: list[Entry] = []
        self.said: list[AnyCommand] = []
        self._causes = {"quiet"}
        self._ordered: dict[str, str] = {}
        self._hash = hashlib.sha256()

    def fork(self) -> Self:
        """Go two ways from here."""
        other = copy(self)
        other.journal, other.said = list(self.journal), list(self.said)
        other._causes, other._ordered, other._hash = set(self._causes), dict(self._ordered), self._hash.copy()
        return other

    @property
    def hash(self) -> str:
        return self._hash.hexdigest()

    def tell(self, event: Event) -> str | None:
        """Give the code of the refusal, or None where the event was applied."""
        before = self.state
        dumped = canonical_json(machine.dump(before))
        try:
            step = machine.apply(self.pin, before, event, self.now)
        except Refused as refused:
            self._was_refused(event, refused)
            assert dumped == canonical_json(machine.dump(before)), "a refusal left a trace"
            return refused.code
        self._is_the_same(event, step)
        self._take(event, step)
        check_step(before, self.state)
        check_state(self.pin, self.state)
        check_journal(self.journal)
        check_fold(self.journal, self.state)
        check_separation(self.journal, self.pin.procedure)
        check_secrecy(step.entries, moves.CANARIES)
        seen = f"{machine.dump(self.state)} {dump_snapshot(machine.snapshot(self.pin, self.state, self.now))}"
        assert not [one for one in moves.CANARIES if one in seen], "the state tells a secret"
        return None

    def repeat(self, command: AnyCommand) -> None:
        """Invariant 23: the same command again changes nothing and is answered with the same seqs."""
        first = machine.apply(self.pin, self.state, command, self.now)
        assert not first.entries and not first.effects
        assert first.answer is not None
        again = machine.apply(self.pin, first.state, command, self.now)
        assert again.state == first.state and again.answer == first.answer

    def _was_refused(self, event: Event, refused: Refused) -> None:
        """Invariants 1 and 2: only commands are refused, with a code that has a sentence, by check as by apply."""
        assert isinstance(event, Command), f"{event} was refused with {refused.code}"
        assert refused.code in REFUSALS, refused.code
        assert refused.sentence
        assert refused.code == _verdict_of_check(self.pin, self.state, event, self.now)

    def _is_the_same(self, event: Event, step: Step) -> None:
        """Invariant 3: byte for byte, also from a state that was dumped and loaded."""
        loaded = machine.load(machine.dump(self.state))
        assert loaded == self.state
        again = machine.apply(self.pin, loaded, event, self.now)
        assert _bytes(again) == _bytes(step)
        if isinstance(event, Command):
            assert _verdict_of_check(self.pin, self.state, event, self.now) is None
            self.said.append(event)
        self._hash.update(_bytes(step))

    def _take(self, event: Event, step: Step) -> None:
        self.state = step.state
        self.journal.extend(step.entries)
        for effect in step.effects:
            if isinstance(effect, Perform):
                with_ = str(dump_effect(effect))
                known = self._ordered.setdefault(effect.id, with_)
                assert known == with_, f"{effect.id} was ordered twice with different contents"
                assert not [one for one in moves.CANARIES if one in with_], f"{effect.id} tells a secret"
            elif isinstance(effect, UsePin) and effect.document is not None:
                self.pin = load_pin(effect.document)
        self._causes |= _causes_of(event) | {clock.id for clock in step.state.clocks}
        check_causes(step.entries, self._causes)


def _verdict_of_check(pin: Pin, state: State, command: AnyCommand, now: datetime) -> str | None:
    try:
        machine.check(pin, state, command, now)
    except Refused as refused:
        return refused.code
    return None


def _bytes(step: Step) -> bytes:
    parts = [
        canonical_json(machine.dump(step.state)),
        *(canonical(entry) for entry in step.entries),
        *(canonical_json(dump_effect(effect)) for effect in step.effects),
    ]
    if step.answer is not None:
        parts.append(canonical_json([step.answer.seq, step.answer.outcome, dict(step.answer.data)]))
    return b"\n".join(parts)


def _causes_of(event: Event) -> set[str]:
    match event:
        case Command():
            return {event.id}
        case Message():
            return {f"{event.source}/{event.id}"}
        case EffectDone() | EffectFailed() | EffectCancelled():
            return {event.id}
        case Recorded() | Resumed() | Woke():
            return set()
