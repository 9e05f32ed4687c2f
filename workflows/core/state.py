"""All that a case knows of itself: one frozen value, dumped and loaded exactly.

Fields arrive with the rows that use them; names are for ever, and every field added later has a default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from pydantic import JsonValue

from workflows.core import paths
from workflows.core.effects import Perform
from workflows.core.entries import DeliveryState, Entry
from workflows.core.events import (
    Actor,
    AnyCommand,
    Channel,
    Item,
    Key,
    Lines,
    Message,
    PaperVerdict,
    Party,
    Reason,
    Ref,
    Scalar,
)
from workflows.core.timekeeping import Clock, SupplementEffect

Instant: TypeAlias = datetime
TaskKind: TypeAlias = Literal[
    "step", "intake", "check", "desk", "expiry", "extension", "transfer", "delivery", "fee", "refund", "return_papers"
]


class Stage(StrEnum):
    """What is set; the phase is derived from it (`status.phase`), `HANDLING` into six."""

    NEW = "new"
    SUBMITTED = "submitted"
    GUIDED = "guided"
    ACCEPTING = "accepting"
    HANDLING = "handling"
    RESOLVED = "resolved"
    DELIVERED = "delivered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    CLOSED = "closed"


class TrackState(StrEnum):
    """The first four are open, HELD is held, the last two are closed; JOINING waits for the tracks that began in it."""

    READY = "ready"
    OFFERED = "offered"
    WAITING = "waiting"
    JOINING = "joining"
    HELD = "held"
    DONE = "done"
    CANCELLED = "cancelled"


class Verdict(StrEnum):
    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


class Outcome(StrEnum):
    """How a command ended: done, an effect must answer, proposed, waits for the truth, or given back."""

    DONE = "done"
    PENDING = "pending"
    PROPOSED = "proposed"
    DEFERRED = "deferred"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A demanded or offered document: which papers were given for it, what satisfies it, and what the desk found."""

    id: str
    demanded: bool
    satisfied_by: Literal["upload", "desk", "store", "database"] | None = None
    papers: tuple[str, ...] = ()
    verdict: PaperVerdict | None = None
    originals: int = 0
    documents: tuple[Ref, ...] = ()
    foreign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One sequence in progress and its one token; tracks are kept in the order in which they began.

    `trail` holds the visits of this pass (`step:n`), `deciding` whether the token stands at a deciding step, `decided`
    whether one of a branch or line has ended, `asking` whether it waits for another agency, `moving` the hand-over or
    transfer task that brings its step the file, `caller` the step whose outcome led into a profile's sequence and
    `reason` why.
    """

    path: str
    step: str
    visit: int
    state: TrackState
    verdict: Verdict | None = None
    unit: str | None = None
    function: str | None = None
    task: Key | None = None
    since: Instant
    trail: tuple[Key, ...] = ()
    caller: str | None = None
    reason: Reason | None = None
    deciding: bool = False
    decided: bool = False
    asking: bool = False
    moving: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An open piece of human work; `step` tasks stand for their track's token, the others are statutory.

    `former` is the form of the visit this one repeats, `offered_to` who did that; `about` names a round or a result.
    """

    key: Key
    kind: TaskKind
    function: str
    unit: str
    since: Instant
    track: str | None = None
    step: str | None = None
    visit: int | None = None
    former: Ref | None = None
    offered_to: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Until confirmed the sender answers; functions say who hands over and who confirms, `track` whose file moves.

    The lines of a list share one file (`review/*`) until one of them is handed on by itself. `was_confirmed`: it was,
    before it was recalled.
    """

    id: Key
    what: Literal["intake", "file", "result"]
    sender: str
    receiver: str
    state: Literal["offered", "confirmed", "rejected", "recalled"]
    since: Instant
    sender_function: str
    function: str
    track: str | None = None
    was_confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One request for supplement; `asked`, `sent`, `arrived`, `closed` are seqs, `sent_at`, `arrived_at` instants."""

    no: int
    stage: Literal["intake", "handling"]
    items: tuple[Item, ...]
    ground: Ref | None
    function: str
    unit: str
    asked: int
    sent: int | None = None
    sent_at: Instant | None = None
    arrived: int | None = None
    arrived_at: Instant | None = None
    closed: int | None = None
    effect: SupplementEffect
    verdict: Literal["complete", "incomplete", "cancelled"] | None = None
    track: str | None = None
    step: str | None = None
    document: Ref | None = None
    late: bool = False
    expired: bool = False
    old_due: Instant | None = None
    new_due: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Something other than a supplement that the legal limit stands still for: `fee:1`, `wait:<visit>`."""

    id: str
    opened: Instant
    closed: Instant | None = None
    ground: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A fee of this case, from its asking to its end; `id` is the procedure's, or `other` for one on another ground.

    `key` is its bill's, `asked` a seq, `track` the token whose `pay` step waits for it, `pauses` whether time does.
    """

    no: int
    id: str
    key: Key
    amount: int
    state: Literal["asked", "paid", "waived", "reversed", "expired", "cancelled"]
    asked: int
    asked_at: Instant
    settled_at: Instant | None = None
    bill: str | None = None
    track: str | None = None
    pauses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InFlight:
    """`ordered` and `asked` are seqs; `asked` is set once a question answered by message is out."""

    effect: Perform
    track: str | None = None
    ordered: int
    asked: int | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    id: Key
    code: str
    effect: Key | None = None
    owner: str
    opened: int
    since: Instant
    detail: Ref | None = None
    track: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """`held`: the track stands still until the second person decided; `from_desk`: it stood at the desk before."""

    id: str
    command: AnyCommand
    function: str
    unit: str
    proposed: int
    since: Instant
    track: str | None = None
    held: bool = False
    from_desk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    message: Message
    why: str
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """The code under which another system knows this case."""

    code: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTo:
    """Another case that belongs with this one, by its id or code."""

    to: str
    kind: Literal["follows", "same_matter", "corrects", "bundle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A withdrawal that waits for the truth about what a deciding step ordered."""

    command: str
    actor: Actor
    reason: Ref | None
    since: Instant
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A draft on its way to the citizen. A signed document that is no result of the procedure has kind `paper`."""

    id: str
    track: str = ""
    step: str
    visit: int
    code: str | None = None
    document: Ref | None = None
    digest: str | None = None
    kind: Literal["grant", "refusal", "information", "paper"]
    state: Literal["draft", "signed", "numbered", "issued", "superseded", "replaced"]
    delivery: DeliveryState = "none"
    replaces: str | None = None
    number: str | None = None
    form: Literal["electronic", "paper", "money", "any"] = "electronic"
    issued_at: Instant | None = None

    @property
    def node(self) -> Key:
        """Name the visit that made it."""
        return f"{paths.join(self.track, self.step)}:{self.visit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A delivered result being corrected: the visit that made it, the steps still to come, the verdict that stays.

    `replaced`: the corrected one is issued and on its way to people.
    """

    result: Key
    way: tuple[str, ...]
    verdict: Verdict | None
    replaced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A known command or message: its digest, its entries `first` to `last` (`first > last`: none) and how it ended."""

    id: str
    digest: str
    first: int
    last: int
    outcome: Outcome
    settled: bool
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`lines` are the rows of lists as filed, `joins` how each parallel, each or procedure step last ended, by node."""

    case: str
    engine_rev: int
    pin_digest: str = ""
    pinned: bool = False
    channel: Channel | None = None
    submitter: str | None = None
    receiving: str | None = None
    submitted_at: Instant | None = None
    accepted_at: Instant | None = None
    decided_at: Instant | None = None
    finished_at: Instant | None = None
    ended_at: Instant | None = None
    code: str | None = None
    receipt: str | None = None
    aliases: tuple[Alias, ...] = ()
    links: tuple[LinkTo, ...] = ()
    rating: int | None = None
    variant: str | None = None
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)
    form: Ref | None = None
    forms: Mapping[str, Ref] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    wishes: Mapping[str, Literal["electronic", "paper"]] = field(default_factory=dict)
    missed: tuple[str, ...] = ()  # windows of the applicant's side, `window` or `window/<line>`
    stage: Stage = Stage.NEW
    tracks: tuple[Track, ...] = ()
    visits: Mapping[str, int] = field(default_factory=dict)
    joins: Mapping[str, Verdict] = field(default_factory=dict)
    verdict: Verdict | None = None
    tasks: tuple[Task, ...] = ()
    handovers: tuple[Handover, ...] = ()
    routes: Mapping[str, str] = field(default_factory=dict)
    effects: tuple[InFlight, ...] = ()
    incidents: tuple[Incident, ...] = ()
    held: tuple[Held, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    withdrawal: Withdrawal | None = None
    ending: Reason | None = None
    last_stage: Stage | None = None  # what a closed case was before
    now: Instant | None = None
    written_at: Instant | None = None
    clocks: tuple[Clock, ...] = ()
    late: bool = False
    extensions: int = 0
    verified: bool = False
    promised: Instant | None = None
    pauses: tuple[Pause, ...] = ()
    fees: tuple[Fee, ...] = ()
    rounds: tuple[Round, ...] = ()
    parties: tuple[Party, ...] = ()
    doers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    results: tuple[Result, ...] = ()
    correction: Correction | None = None
    sent_code: int | None = None
    seq: int = 0
    recorded: int = 0
    unrecorded: tuple[Entry, ...] = ()
    commands: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command's caller gets; `settled` is false while an effect must still answer."""

    seq: int
    outcome: Outcome
    data: Mapping[str, JsonValue]
    settled: bool
    entries: tuple[Entry, ...] = ()
