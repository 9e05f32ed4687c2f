"""What a caller says with a verb, checked at the door, and how it is told to the case.

Texts people write stay with the command's row: the case gets `command:<id>/<name>`. Files are named by the id that
`POST /files` gave; the case gets `file:<id>`. Unknown fields are refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue, StringConstraints

from api.strict import Strict
from procedures.json_types import JsonObject
from workflows.core.events import ItemKind, PaperVerdict

Words = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]


@dataclass(slots=True)
class Telling:
    """A command's arguments as the case hears them, and what stays in records."""

    command: str
    arguments: JsonObject = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def text(self, name: str, words: str) -> str:
        self.texts[name] = words
        return f"command:{self.command}/{name}"

    def file(self, id: str) -> str:
        self.files.append(id)
        return f"file:{id}"


class Arguments(Strict):
    def tell(self, telling: Telling) -> JsonObject:
        """Answer the arguments in the core's words."""
        return self.model_dump(mode="json", exclude_none=True)

    def with_words(self, telling: Telling, *names: str) -> JsonObject:
        """Answer them with the texts of these names kept in records."""
        told = self.model_dump(mode="json", exclude_none=True)
        return told | {name: telling.text(name, str(told[name])) for name in names if name in told}


class ReasonGiven(Arguments):
    """A word of the list and, for people, why."""

    code: Id = "stated"
    text: Words

    def tell(self, telling: Telling) -> JsonObject:
        return {"code": self.code, "text": telling.text("reason", self.text)}


class PaperGiven(Arguments):
    """What is handed in for one demanded document; `paper` where one of several is enough, `foreign` issued abroad."""

    id: Id
    paper: Id | None = None
    originals: Annotated[int, Field(ge=0, le=99)] = 0
    files: Annotated[list[Id], Field(max_length=20)] = []
    foreign: bool = False

    def tell(self, telling: Telling) -> JsonObject:
        told: JsonObject = {"id": self.id, "originals": self.originals, "documents": [*map(telling.file, self.files)]}
        told |= {"foreign": True} if self.foreign else {}
        return told if self.paper is None else {**told, "paper": self.paper}


class PaperChecked(Arguments):
    id: Id
    verdict: PaperVerdict


class ItemAsked(Arguments):
    """One thing asked of the applicant, once and completely; `note` says how to mend it."""

    id: Id
    kind: ItemKind
    note: Words | None = None

    def tell(self, telling: Telling) -> JsonObject:
        told: JsonObject = {"id": self.id, "kind": self.kind}
        return told if self.note is None else {**told, "note": telling.text(f"items/{self.id}", self.note)}


Papers = Annotated[list[PaperGiven], Field(max_length=100)]
Verdicts = Annotated[list[PaperChecked], Field(max_length=100)]
Items = Annotated[list[ItemAsked], Field(min_length=1, max_length=100)]


class Reasoned(Arguments):
    """What may, or must, carry a reason; whether it must is the core's to say."""

    reason: ReasonGiven | None = None

    def tell(self, telling: Telling) -> JsonObject:
        told = self.model_dump(mode="json", exclude_none=True, exclude={"reason"})
        return told if self.reason is None else {**told, "reason": self.reason.tell(telling)}


class Withdraw(Arguments):
    reason: Words | None = None

    def tell(self, telling: Telling) -> JsonObject:
        return {} if self.reason is None else {"reason": telling.text("reason", self.reason)}


class SendSupplement(Arguments):
    """`form` comes whole where a value was asked for; the door checks it and keeps it by digest."""

    documents: Papers = []
    form: dict[str, JsonValue] | None = None

    def tell(self, telling: Telling) -> JsonObject:
        return {"papers": [paper.tell(telling) for paper in self.documents]}


class Accept(Arguments):
    """`form` is what the desk records at acceptance, where the procedure asks for it (`intake.form`)."""

    verdicts: Verdicts = []
    variant: Id | None = None
    form: dict[str, JsonValue] = {}

    def tell(self, telling: Telling) -> JsonObject:
        return self.model_dump(mode="json", exclude_none=True, exclude={"form"})


class Refuse(Reasoned):
    where: Words | None = None

    def tell(self, telling: Telling) -> JsonObject:
        told = super().tell(telling)
        return told if self.where is None else {**told, "where": telling.text("where", self.where)}


class AskSupplement(Arguments):
    items: Items
    ground: Words | None = None
    task: Id | None = None

    def tell(self, telling: Telling) -> JsonObject:
        told: JsonObject = {"items": [item.tell(telling) for item in self.items]}
        if self.ground is not None:
            told["ground"] = telling.text("ground", self.ground)
        return told if self.task is None else {**told, "task": self.task}


class CompleteSupplement(Arguments):
    verdicts: Verdicts = []


class RejectSupplement(Reasoned):
    items: Annotated[list[ItemAsked], Field(max_length=100)] = []
    verdicts: Verdicts = []

    def tell(self, telling: Telling) -> JsonObject:
        return {**super().tell(telling), "items": [item.tell(telling) for item in self.items]}


class CancelSupplement(Reasoned):
    pass


class HandOver(Arguments):
    to: Id
    what: Literal["intake", "file", "result"] | None = None


class ConfirmHandover(Arguments):
    handover: Id


class RejectHandover(Reasoned):
    handover: Id


class CompleteTask(Reasoned):
    """`values` are those of the step's own form for this outcome; the door checks them and keeps them by digest."""

    task: Id
    outcome: Id
    values: dict[str, JsonValue] = {}
    files: Annotated[list[Id], Field(max_length=20)] = []

    def tell(self, telling: Telling) -> JsonObject:
        told: JsonObject = {"task": self.task, "outcome": self.outcome, "documents": [*map(telling.file, self.files)]}
        return told if self.reason is None else {**told, "reason": self.reason.tell(telling)}


class SendBack(Reasoned):
    task: Id
    to: Id | None = None


class Forward(Reasoned):
    task: Id


class Stop(Reasoned):
    task: Id | None = None
    ground: Words | None = None
    settlement: Literal["nothing_due", "refund"] | None = None

    def tell(self, telling: Telling) -> JsonObject:
        told = super().tell(telling)
        return told if self.ground is None else {**told, "ground": telling.text("ground", self.ground)}


class Extend(Reasoned):
    """`add` is a duration as procedures write it; the reason's code is a ground of the procedure's, if it has any."""

    add: Id


class SwitchLimit(Reasoned):
    pass


class Apologise(Reasoned):
    """`promised` is a day by which the result is now expected; no clock measures it."""

    promised: date | None = None


class AskFee(Arguments):
    """`fee` is one of the procedure; without it `amount` (whole đồng) is asked on a ground of its own."""

    fee: Id | None = None
    amount: Annotated[int, Field(gt=0)] | None = None
    ground: Words | None = None

    def tell(self, telling: Telling) -> JsonObject:
        return self.with_words(telling, "ground")


class WaiveFee(Arguments):
    fee: Id | None = None
    ground: Words

    def tell(self, telling: Telling) -> JsonObject:
        return self.with_words(telling, "ground")


class RecordPayment(Arguments):
    """`receipt` names the receipt given for it."""

    fee: Id | None = None
    receipt: Words

    def tell(self, telling: Telling) -> JsonObject:
        return self.with_words(telling, "receipt")


class ChangeVariant(Reasoned):
    variant: Id
    verdicts: Verdicts = []


class ResetRoute(Reasoned):
    """`to` is a step the case has come by, or the first."""

    to: Id


class Reopen(Reasoned):
    to: Id | None = None


class CorrectResult(Reasoned):
    """`to` is the task whose values were wrong; without it the document is drafted and signed anew."""

    replaces: Id
    to: Id | None = None


class Recompute(Arguments):
    """By the calendars that the case's version was last published with; `ground` is the decision that changed them."""

    ground: Words

    def tell(self, telling: Telling) -> JsonObject:
        return self.with_words(telling, "ground")


class Recall(Reasoned):
    handover: Id


class Rate(Arguments):
    """From 1 to 5, once."""

    score: Annotated[int, Field(ge=1, le=5)]
    comment: Words | None = None

    def tell(self, telling: Telling) -> JsonObject:
        return self.with_words(telling, "comment")


Wishes = dict[Id, Literal["electronic", "paper"]]


class Amend(Reasoned):
    """`form` comes whole; `wishes` names results and the form in which they are wanted."""

    form: dict[str, JsonValue] | None = None
    wishes: Wishes = {}

    def tell(self, telling: Telling) -> JsonObject:
        told: JsonObject = {"wishes": {**self.wishes}}
        return told if self.reason is None else {**told, "reason": self.reason.tell(telling)}


class Link(Arguments):
    to: Id
    kind: Literal["follows", "same_matter", "corrects", "bundle"] = "same_matter"


class CorrectEntry(Reasoned):
    """`of` is the number of an entry; the reason says what it should have said."""

    of: Annotated[int, Field(ge=1)]
    field: Id


class Approve(Arguments):
    proposal: Id


class Deny(Reasoned):
    proposal: Id


class ResolveIncident(Arguments):
    incident: Id
    how: Literal["retry", "skip", "correct"]
    result: dict[str, JsonValue] | None = None
    evidence: Words | None = None

    def tell(self, telling: Telling) -> JsonObject:
        told = self.model_dump(mode="json", exclude_none=True, exclude={"evidence"})
        return told if self.evidence is None else {**told, "evidence": telling.text("evidence", self.evidence)}


class Deliver(Arguments):
    """`recipient` says who came and which paper showed it; `evidence` names the slip or the file kept of it."""

    results: Annotated[list[Id], Field(max_length=50)] = []
    recipient: Words | None = None
    evidence: Words | None = None

    def tell(self, telling: Telling) -> JsonObject:
        told: JsonObject = {"results": [*self.results]}
        if self.recipient is not None:
            told["recipient"] = telling.text("recipient", self.recipient)
        if self.evidence is not None:
            told["evidence"] = telling.text("evidence", self.evidence)
        return told


class Archive(Arguments):
    ground: Literal["uncollected"] | None = None


class NoArguments(Arguments):
    """A verb that is known and not built: the core says so."""

    model_config = ConfigDict(extra="ignore")

    def tell(self, telling: Telling) -> JsonObject:
        return {}


BUILT: Mapping[str, type[Arguments]] = MappingProxyType(
    {
        "send_supplement": SendSupplement,
        "withdraw": Withdraw,
        "accept": Accept,
        "refuse": Refuse,
        "ask_supplement": AskSupplement,
        "complete_supplement": CompleteSupplement,
        "reject_supplement": RejectSupplement,
        "cancel_supplement": CancelSupplement,
        "hand_over": HandOver,
        "confirm_handover": ConfirmHandover,
        "reject_handover": RejectHandover,
        "complete_task": CompleteTask,
        "send_back": SendBack,
        "forward": Forward,
        "stop": Stop,
        "extend": Extend,
        "switch_limit": SwitchLimit,
        "apologise": Apologise,
        "ask_fee": AskFee,
        "waive_fee": WaiveFee,
        "record_payment": RecordPayment,
        "change_variant": ChangeVariant,
        "reset_route": ResetRoute,
        "reopen": Reopen,
        "correct_result": CorrectResult,
        "recompute": Recompute,
        "recall": Recall,
        "rate": Rate,
        "amend": Amend,
        "link": Link,
        "correct_entry": CorrectEntry,
        "approve": Approve,
        "deny": Deny,
        "resolve_incident": ResolveIncident,
        "deliver": Deliver,
        "archive": Archive,
    }
)
