"""What an actor may do with a case now, and why not the rest: every verb is tried on a copy, with nothing left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from pydantic import JsonValue

from procedures.time.instants import ONE_DAY, day_of
from workflows.core import machine
from workflows.core.documents import parse_command
from workflows.core.events import Actor, Key
from workflows.core.inbox import inbox
from workflows.core.phases import outstanding, results_for_people
from workflows.core.pin import Pin
from workflows.core.refusals import Refused, sentence
from workflows.core.state import Outcome, State
from workflows.core.table import EVENTS, EventClass, class_of
from workflows.core.views import Choice, TaskView, Texts

OF_APPLICANTS = ("withdraw", "send_supplement", "rate", "amend", "link")
_NOT_OF_OFFICERS = ("submit", "withdraw", "rate")
_TRIED = "_option"
_WORDS: JsonValue = {"code": "other", "text": "text:option"}
_ENDS_OF_A_ROUND = ("asked_in_error", "window_expired", "no_rounds_left")
_HOW = ("retry", "skip", "correct")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    code: str
    sentence: Texts
    data: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """`arguments` are known already; `proposes`: a second person must approve. Without refusal it may be done."""

    id: str
    verb: str
    arguments: Mapping[str, JsonValue] = field(default_factory=dict)
    task: Key | None = None
    outcome: str | None = None
    label: Texts | None = None
    reason: str = "none"
    proposes: bool = False
    refusal: Refusal | None = None


def options(pin: Pin, state: State, actor: Actor, now: datetime) -> tuple[Option, ...]:
    """Judge at this instant as the case itself would; the values a person fills in are taken to be in order."""
    return tuple(_judged(pin, state, actor, now, option) for option in _candidates(pin, state, actor, now))


def _judged(pin: Pin, state: State, actor: Actor, now: datetime, option: Option) -> Option:
    refused: Refused | None = None
    outcome: Outcome | None = None
    for arguments in _fillings(pin, state, option, now):
        try:
            outcome = _try(pin, state, actor, now, option, arguments)
        except Refused as error:
            refused = refused or error
    if outcome is None and refused is not None:
        texts = {language: sentence(refused.code, language, refused.data) for language in ("vi", "en")}
        return replace(option, refusal=Refusal(code=refused.code, sentence=texts, data=refused.data))
    return replace(option, proposes=outcome is Outcome.PROPOSED)


def _try(
    pin: Pin, state: State, actor: Actor, now: datetime, option: Option, arguments: Mapping[str, JsonValue]
) -> Outcome | None:
    document: dict[str, JsonValue] = {
        "id": _TRIED,
        "verb": option.verb,
        "actor": {"ref": actor.ref, "function": actor.function, "unit": actor.unit, "on_behalf": actor.on_behalf},
        "arguments": dict(arguments),
    }
    answer = machine.apply(pin, state, parse_command(document), now).answer
    return None if answer is None else answer.outcome


def _candidates(pin: Pin, state: State, actor: Actor, now: datetime) -> Iterator[Option]:
    """The open tasks of the actor with their ways out, then every other verb a person may say."""
    if actor.function is None:
        yield from (Option(id=verb, verb=verb) for verb in OF_APPLICANTS)
        return
    offered: set[str] = set()
    for task in inbox(pin, state, now):
        if (task.function, task.unit) == (actor.function, actor.unit):
            for option in _of_task(task):
                offered.add(option.verb)
                yield option
    for verb in EVENTS:
        if class_of(verb) is EventClass.COMMAND and verb not in offered and verb not in _NOT_OF_OFFICERS:
            yield Option(id=verb, verb=verb)


def _of_task(task: TaskView) -> Iterator[Option]:
    for choice in task.choices:
        if choice.verb == "resolve_incident":
            yield from (_option(task, choice, how=how) for how in _HOW)
        else:
            yield _option(task, choice)


def _option(task: TaskView, choice: Choice, *, how: str | None = None) -> Option:
    known: dict[str, JsonValue] = {_NAMED.get(choice.verb, "task"): task.key}
    if choice.verb not in _TAKES_TASK:
        known = {name: value for name, value in known.items() if name != "task"}
    ways = {"outcome": choice.outcome if choice.verb == "complete_task" else None, "to": choice.to, "how": how}
    known |= {name: value for name, value in ways.items() if value is not None}
    if choice.verb == "hand_over" and task.about == "result":
        known["what"] = "result"
    parts = (task.key, choice.verb, choice.outcome if choice.verb == "complete_task" else choice.to or how)
    return Option(
        id="/".join(part for part in parts if part is not None),
        verb=choice.verb,
        task=task.key,
        outcome=choice.outcome,
        label=choice.label,
        reason=choice.reason,
        arguments=known,
    )


_NAMED = {
    "confirm_handover": "handover",
    "reject_handover": "handover",
    "approve": "proposal",
    "deny": "proposal",
    "resolve_incident": "incident",
}
_TAKES_TASK = ("complete_task", "send_back", "forward", "stop", "ask_supplement")


def _fillings(pin: Pin, state: State, option: Option, now: datetime) -> Iterator[dict[str, JsonValue]]:
    """What a person would still fill in, taken to be in order; where a choice decides, each of them."""
    given: dict[str, JsonValue] = {**_FILLED.get(option.verb, {}), **option.arguments}
    match option.verb:
        case "accept":
            verdicts: list[JsonValue] = [
                {"id": paper.id, "verdict": "ok"} for paper in state.papers if paper.satisfied_by is not None
            ]
            yield {**given, "verdicts": verdicts}
        case "ask_supplement" | "reject_supplement" | "send_supplement":
            yield from ({**given, **filled} for filled in _papers(state, option.verb))
        case "cancel_supplement":
            for code in _ENDS_OF_A_ROUND:
                yield {**given, "reason": {"code": code}}
        case "extend":
            for code in pin.procedure.extension.grounds or ("other",):
                yield {**given, "reason": {"code": code, "text": "text:option"}}
        case "apologise":
            yield {**given, "promised": (day_of(now) + ONE_DAY).isoformat()}
        case "change_variant":
            yield from ({**given, "variant": variant.id} for variant in pin.procedure.variants)
            yield given
        case "recall":
            yield from ({**given, "handover": one.id} for one in state.handovers if one.state == "offered")
            yield given
        case "reset_route":
            yield {**given, "to": pin.procedure.first().id}
        case "ask_fee":
            yield given
            for declared in pin.procedure.fees:
                yield {"fee": declared.id}
        case "waive_fee" | "record_payment":
            yield from ({**given, "fee": fee.id} for fee in outstanding(state))
            yield given
        case "correct_result":
            yield from ({**given, "replaces": one.id} for one in results_for_people(state))
            yield given
        case "recompute":
            yield {**given, "calendars": _other_calendars(pin)}
        case "archive":
            yield given
            yield {**given, "ground": "uncollected"}
        case _:
            yield given


def _papers(state: State, verb: str) -> Iterator[dict[str, JsonValue]]:
    id = state.papers[0].id if state.papers else "paper"
    if verb == "send_supplement":
        yield {"papers": [{"id": id}]}
    else:
        yield {"items": [{"id": id, "kind": "missing"}]}


def _other_calendars(pin: Pin) -> JsonValue:
    """The same days under another name: whether others reach far enough is seen when they are there."""
    calendars = pin.document["calendars"]
    assert isinstance(calendars, list)
    return [{**one, "title": "option"} for one in calendars if isinstance(one, dict)]


_FILLED: Mapping[str, dict[str, JsonValue]] = {
    "refuse": {"reason": _WORDS},
    "ask_supplement": {"ground": "text:option"},
    "reject_supplement": {"reason": _WORDS},
    "hand_over": {"to": "unit:option"},
    "confirm_handover": {"handover": "none"},
    "reject_handover": {"handover": "none", "reason": _WORDS},
    "complete_task": {"task": "none", "outcome": "none", "form": "form:option", "reason": _WORDS},
    "send_back": {"task": "none", "reason": _WORDS},
    "forward": {"task": "none", "reason": _WORDS},
    "stop": {"reason": _WORDS, "ground": "text:option", "settlement": "nothing_due"},
    "extend": {"add": "1 working day", "reason": _WORDS},
    "switch_limit": {"reason": _WORDS},
    "apologise": {"reason": _WORDS},
    "ask_fee": {"amount": 1, "ground": "text:option"},
    "waive_fee": {"ground": "text:option"},
    "record_payment": {"receipt": "text:option"},
    "replace_opinion": {"opinion": "none", "outcome": "none", "form": "form:option", "reason": _WORDS},
    "join_on_ground": {"step": "none"},
    "change_variant": {"variant": "none", "reason": _WORDS},
    "reset_route": {"to": "none", "reason": _WORDS},
    "reopen": {"reason": _WORDS},
    "recall": {"handover": "none", "reason": _WORDS},
    "correct_result": {"replaces": "none", "reason": _WORDS},
    "recompute": {"ground": "text:option"},
    "rate": {"score": 5},
    "amend": {"reason": _WORDS, "wishes": {"option": "paper"}},
    "link": {"to": "case:option"},
    "correct_entry": {"of": 1, "field": "data", "reason": _WORDS},
    "approve": {"proposal": "none"},
    "deny": {"proposal": "none", "reason": _WORDS},
    "resolve_incident": {"incident": "none", "how": "retry", "evidence": "text:option", "result": {}},
    "deliver": {"recipient": "account:option", "evidence": "text:option"},
}
