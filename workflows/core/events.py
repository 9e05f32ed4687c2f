"""Everything a case can be told: commands of people, messages and completions of machines, and the driver's own words.

A command document is `{verb, id, actor, approval?, have?, arguments}`; the classes below are its arguments, verb by
verb. Texts people wrote, forms and files stay in records: here they are references (`command:<id>/reason`,
`form:<digest>`, `file:<digest>`, `document:<id>`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, JsonValue

from procedures.json_types import JsonObject

Ref: TypeAlias = str
Key: TypeAlias = str
# A number with a fraction comes from a form alone; money and counts are whole.
Scalar: TypeAlias = None | bool | int | float | str | tuple[str, ...]
# The rows of each list of the form, by the id of its field; of a row what conditions read, and its `variant`.
Lines: TypeAlias = Mapping[str, tuple[Mapping[str, Scalar], ...]]
Channel: TypeAlias = Literal["counter", "online", "post"]
PaperVerdict: TypeAlias = Literal["ok", "substituted", "waived", "missing", "incorrect", "outdated"]
ItemKind: TypeAlias = Literal["missing", "incorrect", "outdated"]

SYSTEM_REF = "system"
# A field that came later is written only where it says something: so it changes no digest of a command sent before.
LATER = Field(exclude_if=lambda value: not value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, as what, where: `ref` is `account:<id>`, `officer:<id>` or `system`; an applicant has no function."""

    ref: str
    function: str | None = None
    unit: str | None = None
    on_behalf: str | None = None

    @property
    def persons(self) -> tuple[str, ...]:
        """Acting on behalf counts as both persons (core.md section 5, separation)."""
        return (self.ref,) if self.on_behalf is None else (self.ref, self.on_behalf)


SYSTEM = Actor(ref=SYSTEM_REF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """The second pair of eyes, where it comes together with the command."""

    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    code: str
    text: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One of five roles, maybe five persons; `ground` is the proxy's paper."""

    role: Literal["submitter", "owner", "subject", "payer", "recipient"]
    ref: Ref
    ground: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPaper:
    """What was handed in for a demanded document: `paper` names the alternative, files are references.

    `foreign`: issued abroad, so the rules for foreign papers apply. `by` says where it comes from if nobody handed it
    in: the personal store, or a database entry in its place.
    """

    id: str
    paper: str | None = None
    originals: int = 0
    documents: tuple[Ref, ...] = ()
    foreign: bool = False
    by: Literal["store", "database"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPaper:
    id: str
    verdict: PaperVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing asked of the applicant: the id of a document or of a form field (`form.<id>`)."""

    id: str
    kind: ItemKind
    note: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`have` is the last entry the caller's records hold; the answer carries all above it."""

    id: str
    actor: Actor
    approval: Approval | None = None
    have: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(Command):
    """The case begins. `facts` holds only values that conditions, selectors or inputs read (`form.self_bought`).

    `wishes` says in which form results are wanted where that is for the applicant to choose, `warned` which rules over
    the form do not hold and only warn (`checks/1`).
    """

    verb: Literal["submit"] = "submit"
    receiving: str
    channel: Channel
    submitter: str
    variant: str | None = None
    parties: tuple[Party, ...]
    form: Ref
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    lines: Annotated[Lines, LATER] = field(default_factory=dict)
    papers: tuple[GivenPaper, ...] = ()
    wishes: Mapping[str, Literal["electronic", "paper"]] = field(default_factory=dict)
    warned: Annotated[tuple[str, ...], LATER] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSupplement(Command):
    """What was asked for arrives; a changed form comes whole, with its facts and lines."""

    verb: Literal["send_supplement"] = "send_supplement"
    papers: tuple[GivenPaper, ...] = ()
    form: Ref | None = None
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    lines: Annotated[Lines, LATER] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Command):
    verb: Literal["withdraw"] = "withdraw"
    reason: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Command):
    """`verdicts` names every paper the desk looked at, `variant` is chosen where the form does not decide.

    `form` is what the desk records at acceptance (`intake.form`), `facts` of it those that something reads.
    """

    verb: Literal["accept"] = "accept"
    verdicts: tuple[CheckedPaper, ...] = ()
    variant: str | None = None
    form: Ref | None = None
    facts: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse(Command):
    """Reason codes with a meaning here: `incomplete` (needs guidance first) and `wrong_agency` (needs `where`)."""

    verb: Literal["refuse"] = "refuse"
    reason: Reason | None = None
    where: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSupplement(Command):
    """`task` is the open task that asks (a step's or the desk's); not needed at intake."""

    verb: Literal["ask_supplement"] = "ask_supplement"
    items: tuple[Item, ...]
    ground: Ref | None = None
    task: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteSupplement(Command):
    verb: Literal["complete_supplement"] = "complete_supplement"
    verdicts: tuple[CheckedPaper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectSupplement(Command):
    """Found incomplete: with `items` a new round is asked, while rounds are left."""

    verb: Literal["reject_supplement"] = "reject_supplement"
    reason: Reason | None = None
    items: tuple[Item, ...] = ()
    verdicts: tuple[CheckedPaper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelSupplement(Command):
    """Reason codes: `asked_in_error`, `no_rounds_left`, `window_expired`; before acceptance any."""

    verb: Literal["cancel_supplement"] = "cancel_supplement"
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Command):
    """Offer the dossier (before acceptance), the file or the issued result to a unit.

    `task` names the open task whose file moves; not needed where the actor has only one.
    """

    verb: Literal["hand_over"] = "hand_over"
    to: str
    what: Literal["intake", "file", "result"] | None = None
    task: Annotated[Key | None, LATER] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmHandover(Command):
    verb: Literal["confirm_handover"] = "confirm_handover"
    handover: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectHandover(Command):
    verb: Literal["reject_handover"] = "reject_handover"
    handover: Key
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteTask(Command):
    """Values live in records as `form`; `facts` are those that conditions and inputs read, by field id.

    `others` are tasks of further lines at the same step, completed with the same outcome and values.
    """

    verb: Literal["complete_task"] = "complete_task"
    task: Key
    outcome: str
    form: Ref | None = None
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    documents: tuple[Ref, ...] = ()
    reason: Reason | None = None
    others: Annotated[tuple[Key, ...], LATER] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBack(Command):
    """The outcome `return`: to an earlier step of this pass, or to `desk`.

    `lines` names the branches, or the places of lines, that begin anew; without it all do.
    """

    verb: Literal["send_back"] = "send_back"
    task: Key
    to: str | None = None
    reason: Reason | None = None
    lines: Annotated[tuple[str, ...], LATER] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward(Command):
    """The desk sends the file on: `reason` says what changed, or why it goes on as it is."""

    verb: Literal["forward"] = "forward"
    task: Key
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Command):
    """`settlement` says what becomes of money paid; `refund` opens a task for finance."""

    verb: Literal["stop"] = "stop"
    task: Key | None = None
    reason: Reason | None = None
    ground: Ref | None = None
    settlement: Literal["nothing_due", "refund"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve(Command):
    verb: Literal["approve"] = "approve"
    proposal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deny(Command):
    """The proposer takes a proposal back with the same verb."""

    verb: Literal["deny"] = "deny"
    proposal: str
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveIncident(Command):
    """`correct` gives, with evidence and a second person, the result the effect would have given."""

    verb: Literal["resolve_incident"] = "resolve_incident"
    incident: Key
    how: Literal["retry", "skip", "correct"]
    result: Mapping[str, JsonValue] | None = None
    evidence: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver(Command):
    """Hand results over: all that go to people, or those named; `recipient` is who stood there, checked."""

    verb: Literal["deliver"] = "deliver"
    results: tuple[str, ...] = ()
    recipient: Ref | None = None
    evidence: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive(Command):
    """`ground` is `uncollected` where a result was never fetched."""

    verb: Literal["archive"] = "archive"
    ground: Literal["uncollected"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(Command):
    """`add` is a duration in the language's words; the reason's code is a ground of the procedure's, if it has any."""

    verb: Literal["extend"] = "extend"
    add: str
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchLimit(Command):
    verb: Literal["switch_limit"] = "switch_limit"
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Apologise(Command):
    """`promised` is the day by which the agency now expects to be ready; at intake there is none."""

    verb: Literal["apologise"] = "apologise"
    reason: Reason | None = None
    promised: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFee(Command):
    """`fee` is one of the procedure; without it `amount` is asked on a ground of its own."""

    verb: Literal["ask_fee"] = "ask_fee"
    fee: str | None = None
    amount: int | None = None
    ground: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveFee(Command):
    """`fee` is a fee's id or its bill's key; it may be left out where one is owed."""

    verb: Literal["waive_fee"] = "waive_fee"
    fee: str | None = None
    ground: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPayment(Command):
    """`receipt` is what was written of the receipt: its book and number."""

    verb: Literal["record_payment"] = "record_payment"
    fee: str | None = None
    receipt: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceOpinion(Command):
    """`opinion` is the visit that gave it (`<step>/<branch>/<step>:1`); the rest as with its task."""

    verb: Literal["replace_opinion"] = "replace_opinion"
    opinion: Key
    outcome: str
    form: Ref | None = None
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    documents: tuple[Ref, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingOpinion:
    """Why a branch that has not answered may be left out, and the paper that shows it."""

    branch: str
    ground: Ref | None = None
    document: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinOnGround(Command):
    """`step` is the parallel that goes on; every branch that has not answered has its ground."""

    verb: Literal["join_on_ground"] = "join_on_ground"
    step: str
    grounds: tuple[MissingOpinion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Command):
    """`score` is from 1 to 5, `comment` what was written with it."""

    verb: Literal["rate"] = "rate"
    score: int
    comment: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend(Command):
    """The form comes whole, with its facts and lines; `wishes` is the form in which a result is wanted."""

    verb: Literal["amend"] = "amend"
    form: Ref | None = None
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)
    wishes: Mapping[str, Literal["electronic", "paper"]] = field(default_factory=dict)
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Command):
    """`to` is another case's id or code."""

    verb: Literal["link"] = "link"
    to: str
    kind: Literal["follows", "same_matter", "corrects", "bundle"] = "same_matter"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectEntry(Command):
    """`of` is the seq of an entry, `field` what of it was wrong; the reason says what it should have said."""

    verb: Literal["correct_entry"] = "correct_entry"
    of: int
    field: str
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeVariant(Command):
    """Papers that the other variant demands have their verdicts with it."""

    verb: Literal["change_variant"] = "change_variant"
    variant: str
    verdicts: tuple[CheckedPaper, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetRoute(Command):
    """`to` is a step of the case's own route that it has come by, or the first."""

    verb: Literal["reset_route"] = "reset_route"
    to: str
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(Command):
    """Without `to` the result is drafted and signed anew."""

    verb: Literal["reopen"] = "reopen"
    to: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(Command):
    verb: Literal["recall"] = "recall"
    handover: Key
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recompute(Command):
    """`calendars` are documents by value, all that the case counts by from now on; `ground` is the decision."""

    verb: Literal["recompute"] = "recompute"
    calendars: tuple[JsonObject, ...] = ()
    ground: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectResult(Command):
    """`replaces` is the result's id; with `to` the values of that task are entered anew first."""

    verb: Literal["correct_result"] = "correct_result"
    replaces: str
    to: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotBuilt(Command):
    """A verb whose rows are not built yet: where a row would allow it, it is refused with `not-built-yet`."""

    verb: Literal[
        "migrate",
        "retarget",
    ]


AnyCommand: TypeAlias = Annotated[
    Submit
    | SendSupplement
    | Withdraw
    | Accept
    | Refuse
    | AskSupplement
    | CompleteSupplement
    | RejectSupplement
    | CancelSupplement
    | HandOver
    | ConfirmHandover
    | RejectHandover
    | CompleteTask
    | SendBack
    | Forward
    | Stop
    | Approve
    | Deny
    | ResolveIncident
    | Deliver
    | Archive
    | Extend
    | SwitchLimit
    | Apologise
    | AskFee
    | WaiveFee
    | RecordPayment
    | ReplaceOpinion
    | JoinOnGround
    | Rate
    | Amend
    | Link
    | CorrectEntry
    | ChangeVariant
    | ResetRoute
    | Reopen
    | Recall
    | Recompute
    | CorrectResult
    | NotBuilt,
    Field(discriminator="verb"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A machine's word, `name` an event of the table (`payment_confirmed`); known by (source, id), never lost."""

    id: str
    source: str
    name: str
    key: Key | None = None
    data: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectDone:
    """`result` is the activity's answer; what each gives is written in `effects`."""

    id: Key
    result: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectFailed:
    """`business`: the other system said no, with a declared outcome as `code`; else retries are used up."""

    id: Key
    code: str
    detail: Ref | None = None
    business: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectCancelled:
    id: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Woke:
    """Carries nothing: state and now say what is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    upto: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    run: str


Event: TypeAlias = AnyCommand | Message | EffectDone | EffectFailed | EffectCancelled | Woke | Recorded | Resumed
