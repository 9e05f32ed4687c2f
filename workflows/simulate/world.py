"""One case on a virtual clock, with a world outside that answers at once what the core orders by itself."""

from datetime import datetime

from procedures.json_types import JsonObject
from workflows.core import machine
from workflows.core.effects import Cancel, Finish, Perform, UsePin
from workflows.core.entries import Entry
from workflows.core.events import Actor, ConfirmHandover, EffectDone, EffectFailed, Event, Recorded, Woke
from workflows.core.pin import Pin, load_pin
from workflows.core.state import Answer, State
from workflows.simulate import outside

CASE = "scenario"
ENGINE_REV = 1
APPLICANT = "account:applicant"
RECEIVING = "receiving"
# Wake-ups and answers between two events of a scenario; more of them is a case that never comes to rest.
_MOST_TURNS = 10_000
_AUTOMATIC = frozenset(
    {
        "Intake.register",
        "Route.resolve",
        "Document.render",
        "Document.number",
        "Document.issue",
        "Notification.send",
        "Archive.pack",
        # That a question is out, or a case is opened elsewhere; the answer has its verb.
        "Connector.ask",
        "Case.open",
    }
)
_CALLS = frozenset({"Connector.call", "Connector.ask"})
# Bills are the case's own business, not a step's.
_OWN_CALLS = ("_bill/", "_cancel_bill/")
# A parcel takes its time: it has arrived when the next event of the scenario comes.
_UNDER_WAY = frozenset({"Delivery.dispatch"})


class NeverRests(Exception):
    """A defect of core or procedure: the case orders or wakes without end."""


class World:
    """Where a scenario is played; `by_hand` names what waits for its verb instead of being answered here."""

    def __init__(self, pin: Pin, *, by_hand: frozenset[str]) -> None:
        self.pin = pin
        self.state: State = machine.begin(CASE, ENGINE_REV)
        self.journal: list[Entry] = []
        self.orders: list[Perform] = []
        self.forms: dict[str, JsonObject] = {}
        self.finished: str | None = None
        self._by_hand = by_hand

    def copy(self) -> "World":
        """Answer another world that goes its own way from here."""
        other = World(self.pin, by_hand=self._by_hand)
        other.state, other.finished = self.state, self.finished
        other.journal, other.orders, other.forms = [*self.journal], [*self.orders], {**self.forms}
        return other

    def pass_time(self, until: datetime) -> None:
        """Let parcels arrive and every mark due by then fire, each at its own instant."""
        while self.state.now is not None and self._answer(_UNDER_WAY, self.state.now):
            self.settle(self.state.now)
        for _ in range(_MOST_TURNS):
            wakes = machine.next_wake(self.pin, self.state)
            if wakes is None or wakes > until or self.finished is not None:
                return
            self.tell(Woke(), wakes)
        raise NeverRests(f"the case wakes without end at {until.isoformat()}")

    def tell(self, event: Event, now: datetime) -> Answer | None:
        """Hand an event to the core and answer at once what it orders. A refused command changes nothing."""
        answer = self._apply(event, now)
        self.settle(now)
        return answer

    def settle(self, now: datetime) -> None:
        for _ in range(_MOST_TURNS):
            if not (self._answer(_AUTOMATIC, now) or self._confirm(now)):
                return
        raise NeverRests("the case orders without end")

    @property
    def calls(self) -> list[Perform]:
        """What steps asked of other systems so far."""
        return [order for order in self.orders if order.activity in _CALLS and not order.id.startswith(_OWN_CALLS)]

    def waiting(self, activity: str) -> tuple[Perform, ...]:
        """What was ordered and has no answer yet."""
        return tuple(
            flight.effect
            for flight in self.state.effects
            if flight.effect.activity == activity and not flight.cancelled
        )

    def _apply(self, event: Event, now: datetime) -> Answer | None:
        step = machine.apply(self.pin, self.state, event, now)
        self.state = step.state
        self.journal.extend(step.entries)
        for effect in step.effects:
            match effect:
                case Perform():
                    self.orders.append(effect)
                case Finish(outcome=outcome):
                    self.finished = outcome
                case UsePin(document=made) if made is not None:
                    self.pin = load_pin(made)
                case Cancel() | UsePin():
                    # Nothing is out that would have to be called back, and there is one version only.
                    pass
        if step.entries:
            self.state = machine.apply(self.pin, self.state, Recorded(upto=self.state.seq), now).state
        return step.answer

    def _answer(self, activities: frozenset[str], now: datetime) -> bool:
        """Answer the first of these that waits, if any."""
        stuck = {incident.effect for incident in self.state.incidents}
        for flight in self.state.effects:
            effect = flight.effect
            if flight.asked is not None:
                continue
            asked = effect.activity in activities or (effect.id.startswith(_OWN_CALLS) and activities is _AUTOMATIC)
            if asked and effect.id not in stuck and not flight.cancelled:
                self._apply(self._outside(effect), now)
                return True
        return False

    def _outside(self, effect: Perform) -> EffectDone | EffectFailed:
        if effect.activity == "Intake.register" and machine.fits(self.pin, self.state):
            return EffectFailed(id=effect.id, code="does-not-fit", business=True)
        return EffectDone(id=effect.id, result=outside.answer(effect, self.pin.digest))

    def _confirm(self, now: datetime) -> bool:
        """Let the receiver of the first hand-over that is offered confirm it, where the scenario does not."""
        offered = [handover for handover in self.state.handovers if handover.state == "offered"]
        if not offered or "handovers" in self._by_hand:
            return False
        first = offered[0]
        receiver = Actor(ref=f"officer:{first.function}", function=first.function, unit=first.receiver)
        self._apply(ConfirmHandover(id=f"confirm-{first.id}", actor=receiver, handover=first.id), now)
        return True
