"""What a case writes down about itself: one entry for everything that happened, in a closed list of kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from pydantic import JsonValue, TypeAdapter

from procedures.json_types import canonical_json
from workflows.core.events import Actor, Key, Reason, Ref

BusinessStatus: TypeAlias = Literal[
    "registered", "accepted", "processing", "supplementing", "resolved", "refused", "withdrawn", "stopped"
]
PaymentState: TypeAlias = Literal["none", "asked", "paid", "waived", "reversed"]
DeliveryState: TypeAlias = Literal["none", "ready", "in_transit", "returned", "delivered", "replacing"]

EntryKind: TypeAlias = Literal[
    "submitted",
    "amended",
    "linked",
    "alias_added",
    "rated",
    "corrected",
    "acceptance_begun",
    "accepted",
    "acceptance_returned",
    "limit_set",
    "refused",
    "supplement_asked",
    "supplement_sent",
    "supplement_received",
    "supplement_completed",
    "supplement_found_incomplete",
    "supplement_cancelled",
    "handed_over",
    "handover_confirmed",
    "handover_rejected",
    "recalled",
    "retargeted",
    "task_opened",
    "task_completed",
    "task_cancelled",
    "token_held",
    "step_skipped",
    "decided",
    "called",
    "waited",
    "message_taken",
    "message_held",
    "subcase_ended",
    "notified",
    "returned",
    "forwarded",
    "branched",
    "branch_cancelled",
    "opinion_given",
    "opinion_replaced",
    "joined",
    "joined_on_ground",
    "drafted",
    "signed",
    "signature_refused",
    "numbered",
    "issued",
    "result_superseded",
    "result_replaced",
    "resolved",
    "reopened",
    "correction_opened",
    "correction_dropped",
    "dispatched",
    "delivered",
    "delivery_returned",
    "uncollected",
    "fee_asked",
    "paid",
    "fee_waived",
    "payment_reversed",
    "fee_expired",
    "extended",
    "apologised",
    "apology_drafted",
    "extension_closed",
    "limit_switched",
    "recomputed",
    "variant_changed",
    "warned",
    "reminded",
    "overdue",
    "escalated",
    "urged",
    "ask_by_passed",
    "window_expired",
    "found_quiet",
    "proposed",
    "approved",
    "denied",
    "migrated",
    "route_reset",
    "withdrawn",
    "withdrawal_deferred",
    "withdrawal_denied",
    "stopped",
    "archived",
    "incident_opened",
    "incident_resolved",
]
KINDS: tuple[str, ...] = get_args(EntryKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Three dimensions of a case's status; `holds`: whether the case waits for the fee."""

    business: BusinessStatus
    payment: PaymentState = "none"
    holds: bool = False
    delivery: DeliveryState = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`at` is when it was written; a mark's own instant is `data.instant`. `codes` are to be announced, in order."""

    seq: int
    kind: EntryKind
    at: datetime
    actor: Actor
    cause: str
    ground: Ref | None = None
    reason: Reason | None = None
    node: Key | None = None
    data: Mapping[str, JsonValue] = field(default_factory=dict)
    status: Status
    codes: tuple[int, ...] = ()


_ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)


def dump_entry(entry: Entry) -> JsonValue:
    """Write only what is not a default: a field that a later engine adds changes no entry written before."""
    document: JsonValue = _ENTRY.dump_python(entry, mode="json", exclude_defaults=True)
    return document


def load_entry(document: JsonValue) -> Entry:
    return _ENTRY.validate_python(document)


def canonical(entry: Entry) -> bytes:
    """The bytes a hash is taken of: sorted keys, UTC, no floats, no blanks."""
    return canonical_json(dump_entry(entry))
