"""The parts of a procedure's model as rows of the tables: which key a field is, and what that key is called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from procedures.language.grammar.kinds import Atom, ListOf
from procedures.language.grammar.meanings import Meant, about, meaning_of
from procedures.language.grammar.tables import Key, keys_of
from procedures.language.model import life, parts, steps
from procedures.language.model.parts import Part, Texts
from procedures.language.model.procedure import Procedure

# A field is looked up in these tables, the first that has its key.
TABLES: Mapping[type[Part], tuple[str, ...]] = {
    Procedure: ("procedure", "profile"),
    parts.Period: ("period",),
    parts.Submitter: ("submitter_kind",),
    parts.Variant: ("variant",),
    parts.Parties: ("parties",),
    parts.Check: ("check",),
    parts.Unit: ("unit",),
    parts.Source: ("source",),
    parts.FormField: ("field",),
    parts.Paper: ("paper",),
    parts.Rule: ("rule",),
    parts.Document: ("document",),
    parts.Window: ("window",),
    parts.Fee: ("fee",),
    parts.Table: ("table",),
    parts.Result: ("result",),
    parts.Notice: ("notice",),
    parts.Operation: ("operation", "connector"),
    parts.Override: ("override",),
    parts.Selectors: ("selectors",),
    life.Cutoff: ("cutoff",),
    life.Counting: ("time",),
    life.Deadline: ("deadline",),
    life.Intake: ("intake",),
    life.Transfer: ("transfer",),
    life.Supplement: ("supplement",),
    life.Extension: ("extension",),
    life.Verification: ("verification",),
    life.FeeWait: ("fee_wait",),
    life.Withdrawal: ("withdrawal",),
    life.Stop: ("stop",),
    life.Delivery: ("delivery",),
    life.Rating: ("rating",),
    life.Retention: ("retention",),
    steps.Outcome: ("outcome",),
    steps.Public: ("public",),
    steps.Branch: ("branch",),
    steps.TaskStep: ("task", "step"),
    steps.SignStep: ("sign", "step"),
    steps.DocumentStep: ("document_step", "step"),
    steps.CallStep: ("call", "step"),
    steps.DecideStep: ("step",),
    steps.ParallelStep: ("parallel", "step"),
    steps.EachStep: ("each", "step"),
    steps.WaitStep: ("wait", "step"),
    steps.PayStep: ("pay", "step"),
    steps.NotifyStep: ("notify", "step"),
    steps.DeliverStep: ("deliver", "step"),
    steps.ProcedureStep: ("subprocedure", "step"),
}
# Fields that are not called like their key.
KEYS: Mapping[type[Part], Mapping[str, str]] = {
    parts.Period: {"from_": "from"},
    parts.Source: {"inputs": "with"},
    parts.Document: {"originals": "original", "copies": "copy"},
    parts.Result: {"as_": "as"},
    steps.Outcome: {"target": "then"},
    steps.DocumentStep: {"inputs": "with"},
    steps.CallStep: {"inputs": "with"},
    steps.DecideStep: {"rows": "decide"},
    steps.ProcedureStep: {"inputs": "form"},
}
# What is worked out from the rest, and what tells versions apart rather than what they say.
SILENT: Mapping[type[Part], frozenset[str]] = {
    Procedure: frozenset({"digest", "places", "languages", "procedure", "version", "scenarios", "sequences"}),
    parts.Operation: frozenset({"connector", "name"}),
    steps.Outcome: frozenset({"name"}),
    steps.StepPart: frozenset({"kind", "deciding", "signed_by"}),
}
STEP_OBJECTS = frozenset(tables[0] for tables in TABLES.values() if tables[-1] == "step")
# What the model has under no key of its own.
KEYLESS: Mapping[str, tuple[Key, Meant]] = {
    "returns": (Key("returns", ListOf(Atom("target"))), {"en": "sends back to", "vi": "trả lại về"}),
    "return_label": (Key("label", Atom("texts")), {"en": "name of sending back", "vi": "tên của việc trả lại"}),
    "profile_basis": (
        Key("basis", ListOf(Atom("text"))),
        {"en": "legal basis of the profile", "vi": "căn cứ của bộ tham số"},
    ),
}
NAMES: Mapping[str, Meant] = {
    "functions": {"en": "function", "vi": "chức năng"},
    "books": {"en": "book of numbers", "vi": "sổ cấp số"},
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a thing, under the key it is written with; `value` is as the model has it."""

    key: Key
    called: Meant
    value: object
    is_default: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """A part of a procedure as people speak of it: `called` says what it is, `label` names it, `id` tells it apart."""

    object: str
    id: str
    called: Meant
    label: Texts
    facts: Mapping[str, Fact]
    things: "Mapping[str, tuple[Thing, ...]]"


def thing_of(part: Part) -> Thing:
    """Take a part of the model apart into its facts and the things inside it."""
    facts: dict[str, Fact] = {}
    things: dict[str, tuple[Thing, ...]] = {}
    for field, value in _said(part):
        match value:
            case parts.Selectors():
                facts |= thing_of(value).facts
            case Part() if type(value) in TABLES:
                things[field] = (replace(thing_of(value), called=_key_of(part, field)[1]),)
            case (Part() as first, *_) if type(first) in TABLES:
                things[field] = tuple(thing_of(one) for one in value if isinstance(one, Part))
            case dict() if field in NAMES:
                things[field] = tuple(_named(field, id, label) for id, label in value.items())
            case _:
                facts[field] = _fact(part, field, value)
    object = TABLES[type(part)][0]
    facts = dict(sorted(facts.items(), key=lambda fact: fact[1].key.name not in keys_of(object)))
    return Thing(object, _id_of(part), about(object).name, _label_of(part), facts, things)


def _said(part: Part) -> Iterator[tuple[str, object]]:
    """Walk what a part says: steps lie flat in the procedure, and a branch or a line names those it has."""
    silent = frozenset[str]().union(*(fields for kind, fields in SILENT.items() if isinstance(part, kind)))
    for field in type(part).model_fields:
        value = getattr(part, field)
        if field in silent or field == "id":
            continue
        if field == "steps":
            value = part.all_steps if isinstance(part, Procedure) else tuple(step.id for step in value)
        if field == "deadline" and isinstance(part, Procedure):
            value = tuple(_without_common_time(row, part.time) for row in part.deadline)
        if value is not None and value != () and value != {}:
            yield field, value


def _fact(part: Part, field: str, value: object) -> Fact:
    key, called = _key_of(part, field)
    return Fact(key, called, value, is_default=value == type(part).model_fields[field].default)


def _key_of(part: Part, field: str) -> tuple[Key, Meant]:
    """Find the key a field is written with, and what that is called."""
    if field in KEYLESS:
        return KEYLESS[field]
    written = KEYS.get(type(part), {}).get(field, field)
    for table in TABLES[type(part)]:
        if written in keys_of(table):
            return keys_of(table)[written], meaning_of(table, written).name
    raise KeyError(f"{type(part).__name__}.{field} is no key of {' or '.join(TABLES[type(part)])}")


def _without_common_time(row: life.Deadline, time: life.Counting) -> life.Deadline:
    """A row is counted like the procedure unless it says otherwise: say so once."""
    return row.model_copy(update={"time": life.Counting()}) if row.time == time else row


def _named(field: str, id: str, label: object) -> Thing:
    texts = label if isinstance(label, dict) else {}
    key = Key("label", Atom("texts"))
    fact = Fact(key, meaning_of("variant", "label").name, texts, is_default=False)
    return Thing(field, id, NAMES[field], texts, {"label": fact}, {})


def _id_of(part: Part) -> str:
    match part:
        case steps.Outcome():
            return part.name
        case parts.Operation():
            return f"{part.connector}.{part.name}"
        case parts.Override():
            return f"{part.code} {part.where}"
        case parts.Check():
            return next(iter(part.message.values()), "")
        case life.Deadline():
            return part.selectors.model_dump_json(exclude={"when": {"checked"}})
        case _:
            id = getattr(part, "id", "")
            return id if isinstance(id, str) else ""


def _label_of(part: Part) -> Texts:
    for field in ("label", "title", "message"):
        if isinstance(label := getattr(part, field, None), dict) and label:
            return label
    return {}
