"""What records and pages need to know of a case, by value and without personal data: the shape of a snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import JsonValue, TypeAdapter

from workflows.core.entries import DeliveryState, Status
from workflows.core.events import Item, Key, Party, Reason, Ref
from workflows.core.state import Verdict
from workflows.core.table import Phase
from workflows.core.timekeeping import ClockKind, ClockState

Texts = dict[str, str]
WaitFor = Literal["task", "handover", "applicant", "fee", "effect", "approval", "incident", "clock", "message"]
TaskViewKind = Literal[
    "step",
    "intake",
    "check",
    "desk",
    "expiry",
    "extension",
    "transfer",
    "delivery",
    "fee",
    "refund",
    "return_papers",
    "handover",
    "approval",
    "incident",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """`who` is `function@unit`, `applicant`, `payer`, an effect's activity or a clock."""

    what: WaitFor
    who: str
    since: datetime
    until: datetime | None = None
    key: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to finish a task: the verb that does it, and the outcome or target that goes with it."""

    verb: str
    outcome: str | None = None
    to: str | None = None
    label: Texts | None = None
    reason: Literal["required", "optional", "none"] = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """One line of an inbox; a statutory task has no title but its kind. `held`: not to be done yet."""

    key: Key
    kind: TaskViewKind
    function: str
    unit: str
    opened_at: datetime
    due: datetime | None = None
    late: bool = False
    held: bool = False
    step: str | None = None
    visit: int | None = None
    track: str | None = None
    title: Texts | None = None
    choices: tuple[Choice, ...] = ()
    former: Ref | None = None
    offered_to: str | None = None
    about: str | None = None
    not_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """`day_limit`: the due is the end of a day and is shown as that day."""

    id: str
    kind: ClockKind
    within: str
    source: str
    state: ClockState
    started_at: datetime
    due: datetime | None
    original_due: datetime | None
    day_limit: bool
    late: bool
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One visit of this pass, in order; `title` is what the citizen may read, None where the step is hidden.

    `track` is empty on the root, else the branch; the visits of lines are not listed one by one.
    """

    step: str
    track: str = ""
    visit: int
    state: Literal["done", "open", "held"]
    title: Texts | None
    unit: str | None
    function: str | None
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchView:
    """One branch of a step that asks several at once; `text` is what the citizen may read beside its label."""

    path: str
    label: Texts
    state: Literal["open", "held", "granted", "refused", "dropped"]
    text: Texts | None
    unit: str | None
    due: datetime | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesView:
    """How far the lines of a list are: `of` is the field of the form."""

    path: str
    of: str
    count: int
    granted: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    no: int
    stage: Literal["intake", "handling"]
    items: tuple[Item, ...]
    ground: Ref | None
    document: Ref | None
    sent_at: datetime | None
    arrived_at: datetime | None
    answer_by: datetime | None
    expired: bool
    suspends: bool
    verdict: Literal["complete", "incomplete", "cancelled"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverView:
    id: Key
    what: Literal["intake", "file", "result"]
    sender: str
    receiver: str
    function: str | None
    since: datetime
    confirm_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    id: str
    verb: str
    proposer: str
    function: str
    unit: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    id: Key
    code: str
    effect: Key | None
    activity: str | None
    owner: str
    since: datetime
    detail: Ref | None
    skippable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """`kind` `paper`: a signed document that is no result of the procedure."""

    id: str
    step: str
    kind: Literal["grant", "refusal", "information", "paper"]
    code: str | None
    label: Texts | None
    document: Ref | None
    digest: str | None
    number: str | None
    state: Literal["draft", "signed", "numbered", "issued", "superseded", "replaced"]
    delivery: DeliveryState


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningView:
    """A window of the applicant's that was missed: whose duty it was, to whom, how long; `line` is a place."""

    window: str
    line: int | None
    if_late: Literal["record", "warn", "refuse"]
    who: str
    to: str
    within: str
    ground: Texts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeView:
    """`amount` is in whole đồng; `label` is the procedure's, None for a fee on a ground of its own."""

    id: str
    key: Key
    label: Texts | None
    amount: int
    state: Literal["asked", "paid", "waived", "reversed", "expired", "cancelled"]
    asked_at: datetime
    pay_by: datetime | None
    bill: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    id: str
    label: Texts
    demanded: bool
    papers: tuple[str, ...]
    verdict: str | None
    documents: tuple[Ref, ...]
    foreign: bool = False
    rules: tuple[Texts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The case at one seq; `next_boundary` is when it may next look different without anybody acting."""

    case: str
    seq: int
    phase: Phase
    status: Status | None
    national_code: int | None
    code: str | None
    receipt: str | None
    procedure: str
    version: int
    pin_digest: str
    variant: str | None
    channel: str | None
    submitter: str | None
    receiving: str | None
    unit: str | None
    form: Ref | None
    submitted_at: datetime | None
    accepted_at: datetime | None
    decided_at: datetime | None
    finished_at: datetime | None
    ended_at: datetime | None
    due: datetime | None
    original_due: datetime | None
    suspended: bool
    late: bool
    verdict: Verdict | None
    ending: Reason | None
    next_boundary: datetime | None
    parties: tuple[Party, ...]
    tasks: tuple[TaskView, ...]
    clocks: tuple[ClockView, ...]
    steps: tuple[StepView, ...]
    branches: tuple[BranchView, ...] = ()
    lines: tuple[LinesView, ...] = ()
    round: RoundView | None
    rounds: tuple[RoundView, ...]
    papers: tuple[PaperView, ...]
    handovers: tuple[HandoverView, ...]
    proposals: tuple[ProposalView, ...]
    incidents: tuple[IncidentView, ...]
    results: tuple[ResultView, ...]
    waits: tuple[Wait, ...]
    fees: tuple[FeeView, ...] = ()
    warnings: tuple[WarningView, ...] = ()
    promised: datetime | None = None
    verified: bool = False


_SNAPSHOT: TypeAdapter[Snapshot] = TypeAdapter(Snapshot)


def dump_snapshot(snapshot: Snapshot) -> Mapping[str, JsonValue]:
    document: dict[str, JsonValue] = _SNAPSHOT.dump_python(snapshot, mode="json")
    return document
