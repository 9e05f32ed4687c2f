"""What may happen to a case next, drawn at random but mostly sensible: commands of people, answers, messages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any, TypeAlias, get_args

from hypothesis import strategies as st

from procedures.json_types import Json, JsonObject
from workflows.core import table
from workflows.core.documents import parse_command
from workflows.core.effects import Perform
from workflows.core.events import AnyCommand, Command, EffectCancelled, EffectDone, EffectFailed, Message
from workflows.core.phases import desk_unit, outstanding, results_for_people
from workflows.core.pin import Pin
from workflows.core.state import Stage, State, Task
from workflows.simulate import outside

# `data.draw` of hypothesis: it gives a value of whatever strategy it is handed.
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

APPLICANT = "account:lan"
FUNCTIONS = ("one_stop", "medical_review", "leader", "finance", "operator", "clerk")
UNITS = ("receiving", "competent", "province")
PEOPLE = ("officer:an", "officer:binh", "officer:chi")
PAPERS = ("request", "identity", "visit", "invoices", "shortage_slip", "both_cards")
# Values of personal fields: if one is ever written down, the form came too far.
CANARIES = ("GD4797912345678", "0123456789", "Nguyễn Văn A")
COMMANDS = tuple(event for event in table.EVENTS if table.class_of(event) is table.EventClass.COMMAND)
MESSAGES = tuple(sorted(table.MESSAGES))

# Answers that are right and unwelcome: nobody is known for a function, a parcel comes back, a word nobody declared.
_ODD: dict[str, dict[str, Any]] = {
    "Intake.register": {"routes": {}},
    "Route.resolve": {"unit": None},
    "Delivery.dispatch": {"delivered": False, "reason": "unknown address"},
    "Connector.call": {"outcome": "perhaps"},
}
_REASON: JsonObject = {"code": "other", "text": "command:x/reason"}
_GROUND = "command:x/ground"
_HEAD = {one.name for one in fields(Command)} | {"verb"}
_TAKEN = {
    verb: {one.name for one in fields(kind)} - _HEAD
    for kind in get_args(get_args(AnyCommand)[0])
    for verb in get_args(kind.__annotations__["verb"])
}


@dataclass(frozen=True, slots=True)
class Move:
    """Something that somebody with this function at this unit may sensibly do now."""

    verb: str
    function: str | None
    unit: str | None
    arguments: JsonObject = field(default_factory=dict)


def submission(id: str, *, channel: str = "online") -> AnyCommand:
    """The door passes on more facts than the core may keep; the personal ones are canaries."""
    originals = 0 if channel == "online" else 1
    papers: list[Json] = [
        {"id": paper, "originals": originals, "documents": [f"file:{paper}"]}
        for paper in ("request", "identity", "visit", "invoices")
    ]
    arguments: JsonObject = {
        "receiving": "receiving",
        "channel": channel,
        "submitter": "patient",
        "parties": [{"role": "submitter", "ref": APPLICANT}],
        "form": "form:declared",
        "facts": {"form.self_bought": False, "form.higher_rate": False, "form.card_number": CANARIES[0]},
        "papers": papers,
    }
    return command(id, Move("submit", None, None, arguments), APPLICANT)


def moves(pin: Pin, state: State) -> Iterator[Move]:
    """What the open tasks, hand-overs, proposals and incidents ask people for."""
    for task in state.tasks:
        yield from _of_task(pin, task)
    for offer in state.handovers:
        if offer.state == "offered":
            yield Move("confirm_handover", offer.function, offer.receiver, {"handover": offer.id})
            yield Move("recall", offer.sender_function, offer.sender, {"handover": offer.id, "reason": _REASON})
            yield Move("reject_handover", offer.function, offer.receiver, {"handover": offer.id, "reason": _REASON})
    for proposal in state.proposals:
        for _ in range(4):
            yield Move("approve", proposal.function, proposal.unit, {"proposal": proposal.id})
        yield Move("deny", proposal.function, proposal.unit, {"proposal": proposal.id, "reason": _REASON})
    for incident in state.incidents:
        for how in ("retry", "skip", "correct"):
            result: JsonObject = {"outcome": "done", "document": "document:other", "digest": "d", "number": "2"}
            arguments: JsonObject = {"incident": incident.id, "how": how, "result": result, "evidence": _GROUND}
            yield Move("resolve_incident", "operator", desk_unit(state), arguments)
    if state.rounds and state.rounds[-1].closed is None:
        yield from _of_round(state)
    for fee in outstanding(state):
        for _ in range(3):
            yield Move("record_payment", "finance", "competent", {"fee": fee.id, "receipt": _GROUND})
        yield Move("waive_fee", "finance", "competent", {"fee": fee.id, "ground": _GROUND})
    yield Move("ask_fee", "finance", "competent", {"amount": 50000, "ground": _GROUND})
    if state.stage is Stage.DELIVERED:
        for one in results_for_people(state):
            yield Move("correct_result", "one_stop", desk_unit(state), {"replaces": one.id, "reason": _REASON})
    if state.stage is Stage.RESOLVED:
        yield Move("reopen", "one_stop", desk_unit(state), {"reason": _REASON})
    if state.stage is Stage.HANDLING:
        yield Move("reset_route", "leader", "competent", {"to": pin.procedure.first().id, "reason": _REASON})
        calendars: list[Json] = [{**one, "title": "newer"} for one in pin.document["calendars"]]  # type: ignore[union-attr, dict-item]
        yield Move("recompute", "leader", "competent", {"calendars": calendars, "ground": _GROUND})
        yield Move("apologise", "leader", "competent", {"promised": "2027-06-01", "reason": _REASON})


def endings(state: State) -> tuple[Move, ...]:
    """What may be tried at any time and, where it is allowed, ends the case."""
    return Move("withdraw", None, None, {"reason": _GROUND}), Move("archive", "clerk", desk_unit(state))


def command(id: str, move: Move, actor: str, approver: str | None = None) -> AnyCommand:
    """Arguments that a verb does not take are left out, as a screen would."""
    actors = [{"ref": actor, "function": move.function, "unit": move.unit}]
    if approver is not None:
        actors.append({"ref": approver, "function": "leader", "unit": "competent"})
    document: dict[str, Any] = {
        "id": id,
        "verb": move.verb,
        "actor": actors[0],
        "approval": {"actor": actors[1]} if actors[1:] else None,
        "arguments": {key: value for key, value in move.arguments.items() if key in _TAKEN[move.verb]},
    }
    return parse_command(document)


def work(draw: Draw, pin: Pin, state: State, id: str) -> AnyCommand:
    """Do what is to be done, as somebody who may; mostly alone, sometimes with a second person."""
    open_moves = list(moves(pin, state))
    ends = not open_moves or draw(st.integers(0, 7)) == 7
    move: Move = draw(st.sampled_from(endings(state) if ends else open_moves))
    actor = APPLICANT if move.function is None else draw(st.sampled_from(PEOPLE))
    return command(id, move, actor, draw(st.sampled_from((None, None, None, *PEOPLE))))


def anything(draw: Draw, state: State, id: str) -> AnyCommand:
    """Say anything as anybody."""
    verb = draw(st.sampled_from(COMMANDS))
    function, unit = draw(st.sampled_from((None, *FUNCTIONS))), draw(st.sampled_from(UNITS))
    arguments = _whatever(draw, state)
    arguments |= {"archive": {"ground": "uncollected"}, "withdraw": {"reason": _GROUND}}.get(verb, {})
    move = Move(verb, function, unit, arguments)
    return command(id, move, draw(st.sampled_from((APPLICANT, "account:stranger", *PEOPLE))))


def answer(draw: Draw, pin: Pin, state: State) -> EffectDone | EffectFailed | EffectCancelled:
    """Let an effect in flight end: mostly well, sometimes not at all, sometimes with a no."""
    effect: Perform = draw(st.sampled_from(state.effects)).effect
    match draw(st.sampled_from(("done", "done", "done", "done", "odd", "odd", "failed", "no", "cancelled"))):
        case "odd" if effect.activity in _ODD:
            return EffectDone(id=effect.id, result={**outside.answer(effect, pin.digest), **_ODD[effect.activity]})
        case "failed":
            return EffectFailed(id=effect.id, code="unreachable")
        case "no":
            code = draw(st.sampled_from(("does-not-fit", "no-code-series", "done", "rejected")))
            return EffectFailed(id=effect.id, code=code, business=True)
        case "cancelled":
            return EffectCancelled(id=effect.id)
        case _:
            return good_answer(pin, effect)


def good_answers(pin: Pin, state: State, *, but: str = "") -> Iterator[EffectDone]:
    for flight in state.effects:
        if flight.effect.activity != but:
            yield good_answer(pin, flight.effect)


def good_answer(pin: Pin, effect: Perform) -> EffectDone:
    return EffectDone(id=effect.id, result=outside.answer(effect, pin.digest))


def message(draw: Draw, id: str) -> Message:
    name = draw(st.sampled_from((*MESSAGES, "payment_confirmed", "payment_reversed")))
    fee = draw(st.sampled_from(("filing", "appraisal", "copy", "other")))
    data: JsonObject = {"fee": fee, "amount": draw(st.sampled_from((20000, 50000, 5000)))}
    key = draw(st.sampled_from((None, "pay:1", "sign:1")))
    return Message(id=id, source="elsewhere", name=name, key=key, data=data)


def _of_task(pin: Pin, task: Task) -> Iterator[Move]:
    for verb, arguments in _ways(pin, task):
        yield Move(verb, task.function, task.unit, {"task": task.key, "reason": _REASON, **arguments})


def _ways(pin: Pin, task: Task) -> Iterator[tuple[str, JsonObject]]:
    asking: JsonObject = {"items": [{"id": "invoices", "kind": "missing"}], "ground": _GROUND}
    stopping: JsonObject = {"ground": _GROUND, "settlement": "refund"}
    match task.kind:
        case "intake":
            for _ in range(3):
                yield "accept", {"verdicts": [{"id": paper, "verdict": "ok"} for paper in PAPERS]}
            yield "refuse", {}
            yield "refuse", {"reason": {"code": "incomplete"}}
            yield "ask_supplement", asking
            yield "hand_over", {"to": "province", "what": "intake"}
        case "step":
            yield from _ways_of_step(pin, task)
            yield "ask_supplement", asking
            yield "stop", stopping
            yield "hand_over", {"to": "province"}
            yield "extend", {"add": "5 working days"}
            yield "switch_limit", {}
        case "desk":
            yield from (("forward", {}), ("ask_supplement", asking), ("stop", stopping))
        case "check":
            yield from (("complete_supplement", {}), ("complete_supplement", {}))
            yield "reject_supplement", {"items": asking["items"]}
        case "expiry":
            yield "cancel_supplement", {"reason": {"code": "window_expired"}}
            yield "stop", stopping
        case "transfer":
            yield "hand_over", {"to": "competent"}
        case "delivery":
            yield "deliver", {"recipient": APPLICANT, "evidence": _GROUND}
        case "refund" | "return_papers":
            yield "complete_task", {"outcome": "done"}
        case "fee":
            yield "record_payment", {"receipt": _GROUND}
        case "extension":
            yield "extend", {"add": "5 working days"}


def _ways_of_step(pin: Pin, task: Task) -> Iterator[tuple[str, JsonObject]]:
    assert task.step is not None
    step = pin.procedure.step(task.step)
    for outcome in step.outcomes:
        for _ in range(3):
            yield "complete_task", {"outcome": outcome.name, "form": "form:entered", "facts": {"payable": 7}}
    for target in step.returns:
        yield "send_back", {"to": target}


def _of_round(state: State) -> Iterator[Move]:
    papers: list[Json] = [{"id": "invoices", "documents": ["file:new"]}]
    for _ in range(3):
        yield Move("send_supplement", None, None, {"papers": papers})
    asked = state.rounds[-1]
    for code in ("asked_in_error", "no_rounds_left", "window_expired"):
        unit = asked.unit if state.stage is Stage.HANDLING else desk_unit(state)
        function = asked.function if state.stage is Stage.HANDLING else "one_stop"
        yield Move("cancel_supplement", function, unit, {"reason": {"code": code}})


def _whatever(draw: Draw, state: State) -> JsonObject:
    """Arguments for any verb, of things that may or may not be there."""
    there: list[str] = [task.key for task in state.tasks]
    papers = draw(st.lists(st.sampled_from(PAPERS), min_size=1, max_size=2, unique=True))
    return {
        "task": draw(st.sampled_from([*there, "review:1", "sign:9", "nothing:1", "_desk:1"])),
        "to": draw(st.sampled_from((*UNITS, "desk", "review", "caller"))),
        "handover": draw(st.sampled_from([*(one.id for one in state.handovers), "_handover:9"])),
        "proposal": draw(st.sampled_from([*(one.id for one in state.proposals), "_proposal:9"])),
        "incident": draw(st.sampled_from([*(one.id for one in state.incidents), "_incident:9"])),
        "how": draw(st.sampled_from(("retry", "skip", "correct"))),
        "add": draw(st.sampled_from(("1 working day", "40 calendar days", "no limit", "soon"))),
        "variant": "none",
        "replaces": draw(st.sampled_from(("payment", "decision"))),
        "score": draw(st.sampled_from((0, 5))),
        "of": draw(st.sampled_from((1, 999))),
        "field": draw(st.sampled_from(("data", "at"))),
        "wishes": {},
        "fee": draw(st.sampled_from((None, "filing", "appraisal", "copy", "other"))),
        "amount": draw(st.sampled_from((None, 50000, 0))),
        "receipt": draw(st.sampled_from((None, _GROUND))),
        "promised": draw(st.sampled_from((None, "2026-12-01", "2026-01-01", "soon"))),
        "outcome": draw(st.sampled_from(("approve", "reject", "sign", "done", "return", "fly"))),
        "reason": draw(st.sampled_from((None, _REASON, {"code": "incomplete"}, {"code": "wrong_agency"}))),
        "ground": draw(st.sampled_from((None, _GROUND))),
        "settlement": draw(st.sampled_from((None, "nothing_due"))),
        "items": [{"id": paper, "kind": "missing"} for paper in papers],
        "papers": [{"id": paper, "documents": ["file:new"]} for paper in papers],
        "verdicts": [{"id": paper, "verdict": "ok"} for paper in PAPERS],
        "recipient": draw(st.sampled_from((None, APPLICANT))),
        "receiving": "receiving",
        "channel": "online",
        "submitter": "patient",
        "parties": [{"role": "submitter", "ref": APPLICANT}],
        "form": "form:again",
        "opinion": draw(st.sampled_from([*there, "ask/first/one:1"])),
        "step": "ask",
    }
