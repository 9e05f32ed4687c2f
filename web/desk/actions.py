"""What an officer may do with a case now, each with the few things it asks for, and why not the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.looking import Options
from procedures.language.model.parts import FormField
from procedures.language.model.steps import SignStep, TaskStep
from web.desk.names import Names
from web.forms import Control, Typed, controls_of, element_id
from workflows.core.options import Option
from workflows.core.refusals import NOT_BUILT

# Keys of the desk; the first way to finish one's own task has Ctrl Enter instead.
_KEYS = {
    "send_back": "B",
    "refuse": "R",
    "hand_over": "T",
    "ask_supplement": "Y",
    "stop": "D",
    "forward": "F",
    "extend": "G",
}
_FINISHING = ("accept", "complete_supplement", "complete_task", "confirm_handover", "approve", "forward", "deliver")
# Refusals that only say that the thing is not there, or another's: told, but folded away.
_ELSEWHERE = frozenset(
    {
        *("wrong-function", "wrong-unit", "not-a-party", "no-such-task", "no-such-handover", "no-such-proposal"),
        *("no-such-incident", "no-supplement-open", "not-accepted-yet", "already-accepted", "use-accept"),
    }
)
# What is asked of the applicant comes from the verdicts of the checklist.
WITH_ITEMS = ("ask_supplement", "reject_supplement")
_REASON_CODES = {
    "refuse": ("stated", "incomplete", "wrong_agency"),
    "cancel_supplement": ("asked_in_error", "window_expired", "no_rounds_left"),
}
_ASKED: Mapping[str, tuple[str, ...]] = {
    "refuse": ("code", "reason", "where"),
    "ask_supplement": ("ground",),
    "reject_supplement": ("reason",),
    "cancel_supplement": ("code", "reason"),
    "hand_over": ("to",),
    "reject_handover": ("reason",),
    "send_back": ("reason",),
    "forward": ("reason",),
    "stop": ("reason", "ground", "settlement"),
    "deny": ("reason",),
    "extend": ("add", "reason"),
    "switch_limit": ("reason",),
    "apologise": ("reason", "promised"),
    "ask_fee": ("amount", "ground"),
    "waive_fee": ("ground",),
    "record_payment": ("receipt",),
    "deliver": ("recipient", "evidence"),
    "resolve_incident": (),
    "archive": (),
}
_KINDS = {"reason": "long", "where": "long", "add": "figures", "amount": "figures", "promised": "short"}
_OPTIONAL = ("where", "promised")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """`is_main` finishes the task at hand with one press; the others open and ask first."""

    id: str
    element: str
    verb: str
    label: str
    consequence: str
    key: str
    is_main: bool
    with_items: bool
    proposes: bool
    controls: tuple[Control, ...]
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNow:
    label: str
    why: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """`others` are refused because there is nothing of the kind, or somebody else does it."""

    open: tuple[Action, ...]
    not_now: tuple[NotNow, ...]
    others: tuple[NotNow, ...]


def actions(
    options: Options, names: Names, *, units: Sequence[tuple[str, str]], typed: Typed, errors: Mapping[str, str]
) -> Actions:
    allowed = [one for one in options.allowed if _is_offered(one)]
    main = next((one.id for verb in _FINISHING for one in allowed if one.verb == verb and one.task is not None), None)
    refused = [one for one in options.refused if _is_told(one)]
    told = {one.id: NotNow(label=label(one, names), why=_why(one, names)) for one in refused}
    others = {one.id for one in refused if one.refusal is not None and one.refusal.code in _ELSEWHERE}
    return Actions(
        open=tuple(_action(one, names, units, typed, errors, is_main=one.id == main) for one in allowed),
        not_now=_by_reason(told[id] for id in told if id not in others),
        others=_by_reason(told[id] for id in told if id in others),
    )


def _by_reason(refused: Iterable[NotNow]) -> tuple[NotNow, ...]:
    """One reason for many things is read once."""
    labels: dict[Markup, list[str]] = {}
    for one in refused:
        labels.setdefault(one.why, []).append(one.label)
    return tuple(NotNow(label=", ".join(dict.fromkeys(named)), why=why) for why, named in labels.items())


def _is_told(option: Option) -> bool:
    """Why not is said of what this release can do at all."""
    return option.refusal is not None and option.refusal.code != NOT_BUILT and _is_offered(option)


def _is_offered(option: Option) -> bool:
    """Giving a result in place of a machine takes the API: it is no form that a page could make."""
    known = option.verb in _ASKED or option.verb in _FINISHING
    return known and option.arguments.get("how") != "correct"


def label(option: Option, names: Names) -> str:
    if option.label is not None:
        return names.words.of(option.label)
    proposal = option.arguments.get("proposal")
    proposed = next((one.verb for one in names.reading.snapshot.proposals if one.id == proposal), None)
    if proposed is not None:
        return f"{names.words(f'verb.{option.verb}')}: {names.words(f'verb.{proposed}')}"
    how = option.arguments.get("how")
    key = f"verb.{option.verb}" + (f"_{how}" if how else "")
    return str(names.words(key))


def step_fields(names: Names, task: str | None) -> tuple[FormField, ...]:
    """Answer what the form of a step's task asks, over all its outcomes."""
    step = (task or "").rpartition(":")[0].rpartition("/")[2]
    procedure = names.reading.pin.procedure
    return procedure.step(step).form if procedure.has_step(step) else ()


def name_of(option: str, field: str) -> str:
    """Each action has inputs of its own on the one form of the page: nothing typed for another one is lost."""
    return f"{option}.{field}"


def asked_of(option: Option) -> tuple[str, ...]:
    """Answer what an action asks the officer to write or to choose."""
    if option.verb == "complete_task":
        return () if option.reason == "none" else ("reason",)
    return tuple(field for field in _ASKED.get(option.verb, ()) if field not in option.arguments)


def is_required(option: Option, field: str) -> bool:
    return field not in _OPTIONAL and (field != "reason" or option.reason != "optional")


def _action(
    option: Option,
    names: Names,
    units: Sequence[tuple[str, str]],
    typed: Typed,
    errors: Mapping[str, str],
    *,
    is_main: bool,
) -> Action:
    return Action(
        id=option.id,
        element=element_id(f"do-{option.id}"),
        verb=option.verb,
        label=label(option, names),
        consequence=_consequence(option, names),
        key="Ctrl Enter" if is_main else _KEYS.get(option.verb, ""),
        is_main=is_main,
        with_items=option.verb in WITH_ITEMS,
        proposes=option.proposes,
        controls=tuple(_controls(option, names, units, typed, errors)),
        error=errors.get(option.id, ""),
    )


def _controls(
    option: Option, names: Names, units: Sequence[tuple[str, str]], typed: Typed, errors: Mapping[str, str]
) -> Iterator[Control]:
    for field in asked_of(option):
        name = name_of(option.id, field)
        yield Control(
            name=name,
            id=element_id(name),
            kind="one" if field in ("to", "code", "settlement") else _KINDS.get(field, "text"),
            label=str(names.words(f"desk.field.{field}")),
            hint=str(names.words(f"desk.hint.{field}")) if names.words.has(f"desk.hint.{field}") else "",
            required=is_required(option, field),
            typed=typed.one(name) or _first(field, names, typed),
            chosen=typed.all(name),
            choices=_choices(option.verb, field, names, units),
            error=errors.get(name, ""),
        )


def _first(field: str, names: Names, typed: Typed) -> str:
    """The ground at hand is that of the procedure; the officer may name another one."""
    return names.reading.pin.procedure.basis[0] if field == "ground" and not typed.values else ""


def _choices(verb: str, field: str, names: Names, units: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    match field:
        case "to":
            return tuple(units)
        case "code":
            return tuple((code, str(names.words(f"desk.code.{code}"))) for code in _REASON_CODES.get(verb, ()))
        case "settlement":
            return tuple((one, str(names.words(f"desk.settlement.{one}"))) for one in ("nothing_due", "refund"))
    return ()


def _consequence(option: Option, names: Names) -> str:
    words = names.words
    if option.proposes:
        return str(words("desk.then.proposes"))
    if option.verb == "complete_task" and option.task is not None and option.outcome is not None:
        return _after(option.task, option.outcome, names)
    to = option.arguments.get("to")
    if option.verb == "send_back" and isinstance(to, str):
        return str(words("desk.then.back_desk" if to == "desk" else "desk.then.back", step=names.step(to)))
    key = f"desk.then.{option.verb}"
    return str(words(key)) if words.has(key) else ""


def _after(task: str, outcome: str, names: Names) -> str:
    """Say where an outcome leads: to the next work of people, or to an end."""
    procedure = names.reading.pin.procedure
    step = task.rpartition(":")[0].rpartition("/")[2]
    if not procedure.has_step(step):
        return ""
    chosen = procedure.step(step).outcome(outcome)
    target = chosen.target if chosen is not None else ""
    sequence = procedure.sequences.get(target)
    following = sequence[0] if sequence else procedure.step(target) if procedure.has_step(target) else None
    while following is not None and not isinstance(following, TaskStep | SignStep):
        following = procedure.following(following.id)
    if following is not None:
        by = names.function(following.by)
        return str(names.words("desk.then.step", step=names.words.of(following.title), by=by))
    if names.words.has(f"desk.then.{target}"):
        return str(names.words(f"desk.then.{target}"))
    return str(names.words("desk.then.machine", step=names.step(target)))


def _why(option: Option, names: Names) -> Markup:
    assert option.refusal is not None
    return names.refusal(option.refusal.code, option.refusal.data)


def value_controls(names: Names, task: str | None, typed: Typed, errors: Mapping[str, str]) -> list[Control]:
    return controls_of(step_fields(names, task), names.words, prefix="values", typed=typed, errors=errors)
