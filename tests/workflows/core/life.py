"""A case played through the core by hand: commands at instants, effects answered as the world would, a journal kept."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from pydantic import JsonValue

from procedures.language.loader import load_procedure
from procedures.language.model.procedure import Procedure
from procedures.time.files import load_calendars
from procedures.time.hours import office_hours
from workflows.core import events, machine
from workflows.core.effects import Cancel, Effect, Perform, UsePin
from workflows.core.entries import Entry
from workflows.core.events import Actor
from workflows.core.phases import open_round, phase
from workflows.core.pin import Pin, load_pin, make_pin
from workflows.core.refusals import Refused
from workflows.core.state import Answer, State
from workflows.core.timekeeping import Interval

HOURS = office_hours({"mon-fri": ["07:30-11:30", "13:30-17:00"]})
BASE, PROVINCE = "unit:base", "unit:province"
LAN = Actor(ref="account:lan")
MAI = Actor(ref="officer:mai", function="one_stop", unit=BASE)
AN = Actor(ref="officer:an", function="medical_review", unit=PROVINCE)
BINH = Actor(ref="officer:binh", function="leader", unit=PROVINCE)
DUNG = Actor(ref="officer:dung", function="operator", unit=BASE)
KHO = Actor(ref="officer:kho", function="clerk", unit=BASE)
ROUTES: dict[str, JsonValue] = {"medical_review@competent": PROVINCE, "leader@competent": PROVINCE}


@cache
def procedure() -> Procedure:
    loaded = load_procedure(Path("procedures/catalogue/bhxh/1.014140/v1/procedure.yaml"))
    assert loaded.procedure is not None, loaded.problems
    return loaded.procedure


@cache
def pin() -> Pin:
    return pin_of(procedure())


def pin_of(procedure: Procedure) -> Pin:
    return make_pin(procedure, load_calendars(["vn-2025", "vn-2026", "vn-2027"]), HOURS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


class Life:
    """`by_hand` names activities whose effects wait for `answer`; all others are answered at once."""

    def __init__(self, pin_: Pin | None = None, *, by_hand: tuple[str, ...] = ("Connector.call",)) -> None:
        self.pin = pin_ or pin()
        self.state: State = machine.begin("case-1", 1)
        self.journal: list[Entry] = []
        self.ordered: list[Effect] = []
        self.by_hand = by_hand
        self.routes = dict(ROUTES)
        self.pins: dict[str, Pin] = {}
        self.now = at("2026-03-02T09:00")
        self.ids = 0
        self.swallow_cancels = False

    def tell(self, event: events.Event, when: datetime | None = None) -> Answer | None:
        self.now = max(self.now, when or self.now)
        before = machine.dump(self.state)
        step = machine.apply(self.pin, self.state, event, self.now)
        loaded = machine.load(before)
        assert loaded == self.state
        assert machine.apply(self.pin, loaded, event, self.now) == step
        self.state = step.state
        self.journal += step.entries
        self.ordered += step.effects
        # What is answered here at once meets a case that is bound to its new pin already.
        for effect in sorted(step.effects, key=lambda one: not isinstance(one, UsePin)):
            self._carry_out(effect)
        return step.answer

    def do(self, when: str, verb: type[events.Command], actor: Actor, **arguments: object) -> Answer:
        self.ids += 1
        answer = self.tell(said(verb, f"command-{self.ids}", actor, arguments), at(when))
        assert answer is not None
        return answer

    def refused(self, when: str, verb: type[events.Command], actor: Actor, **arguments: object) -> str:
        """Say with which code a command is refused; check and apply must agree, and nothing may change."""
        command = said(verb, "command-refused", actor, arguments)
        before = machine.dump(self.state)
        codes = []
        asked: tuple[Callable[[Pin, State, events.AnyCommand, datetime], object], ...] = (machine.check, machine.apply)
        for ask in asked:
            try:
                ask(self.pin, self.state, command, max(self.now, at(when)))
            except Refused as refused:
                codes.append(refused.code)
        assert machine.dump(self.state) == before
        assert len(set(codes)) == 1 and len(codes) == 2, codes
        return codes[0]

    def wait_until(self, when: str) -> None:
        """Let every timer fire at its own instant."""
        until = at(when)
        while (wake := machine.next_wake(self.pin, self.state)) is not None and wake <= until:
            self.tell(events.Woke(), wake)
        self.now = max(self.now, until)

    def answer(self, effect: str, when: str | None = None, *, result: Mapping[str, JsonValue] | None = None) -> None:
        self.tell(events.EffectDone(id=effect, result=result or {}), at(when) if when else None)

    def orders(self, activity: str) -> list[Perform]:
        return [effect for effect in self.ordered if isinstance(effect, Perform) and effect.activity == activity]

    def fail(self, effect: str, code: str, *, business: bool = False) -> None:
        self.tell(events.EffectFailed(id=effect, code=code, business=business))

    def kinds(self, since: int = 0) -> list[str]:
        return [entry.kind for entry in self.journal if entry.seq > since]

    def codes(self) -> list[int]:
        return [code for entry in self.journal for code in entry.codes]

    def phase(self) -> str:
        return phase(self.state).value

    def due(self, clock: str = "legal") -> datetime | None:
        return next(one for one in self.state.clocks if one.id == clock).due

    def open_tasks(self) -> list[str]:
        return [task.key for task in self.state.tasks]

    def in_flight(self) -> list[str]:
        return [flight.effect.id for flight in self.state.effects]

    def last(self, kind: str) -> Entry:
        return [entry for entry in self.journal if entry.kind == kind][-1]

    def round(self) -> int:
        request = open_round(self.state)
        assert request is not None
        return request.no

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case UsePin(document=made) if made is not None:
                self.pin = load_pin(made)
            case UsePin():
                self.pin = self.pins[effect.digest]
            case Cancel() if not self.swallow_cancels:
                self.tell(events.EffectCancelled(id=effect.id))
            case Perform() if effect.activity not in self.by_hand and self._waits_for(effect.id):
                self.tell(events.EffectDone(id=effect.id, result=self._result(effect)))
            case _:
                pass

    def _waits_for(self, id: str) -> bool:
        return any(flight.effect.id == id and not flight.cancelled for flight in self.state.effects)

    def _result(self, effect: Perform) -> dict[str, JsonValue]:
        match effect.activity:
            case "Intake.register":
                return {"code": "H-1", "receipt": "R-1", "pin": self.pin.digest, "routes": dict(self.routes)}
            case "Document.render" | "Document.issue":
                return {"document": f"document:{effect.id}", "digest": f"sha256:{effect.id}"}
            case "Document.number":
                return {"number": "1/QD"}
            case "Delivery.dispatch":
                return {"delivered": True}
            case _:
                return {}


def said(verb: type[events.Command], id: str, actor: Actor, arguments: dict[str, object]) -> events.AnyCommand:
    command = verb(id=id, actor=actor, **arguments)  # type: ignore[arg-type]  # each verb has its own arguments
    return command  # type: ignore[return-value]  # every verb is one of the union


def submit(life: Life, when: str = "2026-03-02T09:00", **changes: object) -> Answer:
    arguments: dict[str, object] = {
        "receiving": BASE,
        "channel": "online",
        "submitter": "patient",
        "parties": (events.Party(role="submitter", ref=LAN.ref),),
        "form": "form:f1",
        "facts": {"form.self_bought": False, "form.higher_rate": False},
        "papers": tuple(
            events.GivenPaper(id=id, paper="discharge_paper" if id == "visit" else None, documents=(f"file:{id}",))
            for id in ("request", "identity", "visit", "invoices")
        ),
    }
    return life.do(when, events.Submit, LAN, **{**arguments, **changes})


ALL_GOOD = tuple(events.CheckedPaper(id=id, verdict="ok") for id in ("request", "identity", "visit", "invoices"))
GROUND = "command:c/ground"
REASON = events.Reason(code="other", text="command:c/reason")
INVOICES = (events.Item(id="invoices", kind="missing"),)


def accepted(life: Life | None = None, when: str = "2026-03-02T10:00") -> Life:
    """A case in the hands of the province: submitted, accepted, hand-over confirmed."""
    life = life or Life()
    submit(life)
    life.do(when, events.Accept, MAI, verdicts=ALL_GOOD)
    life.do(when, events.ConfirmHandover, AN, handover="_handover:1")
    return life


def reviewed(life: Life | None = None, when: str = "2026-03-12T15:00") -> Life:
    life = accepted(life)
    life.do(when, events.CompleteTask, AN, task="review:1", outcome="approve", form="form:f2")
    return life


def paying(when: str = "2026-03-13T10:00") -> Life:
    life = reviewed()
    life.do(when, events.CompleteTask, BINH, task="sign:1", outcome="sign")
    return life


def resolved() -> Life:
    life = paying()
    life.answer("pay:1", "2026-03-13T10:05", result={"outcome": "done"})
    return life


def asked(life: Life | None = None, when: str = "2026-03-06T09:00") -> Life:
    """A request for supplement is out, sent at once."""
    life = life or accepted()
    life.do(when, events.AskSupplement, AN, items=INVOICES, ground=GROUND)
    return life


def with_supplement(**changes: object) -> Pin:
    rules = procedure().supplement.model_copy(update=changes)
    return pin_of(procedure().model_copy(update={"supplement": rules}))


PAPERS = (events.GivenPaper(id="invoices", documents=("file:new",)),)


def answered(life: Life | None = None) -> Life:
    """What was asked for has arrived."""
    life = life or asked()
    life.do("2026-03-20T14:00", events.SendSupplement, LAN, papers=PAPERS)
    return life


def intervals(life: Life) -> tuple[Interval, ...]:
    return next(clock for clock in life.state.clocks if clock.id == "legal").intervals
