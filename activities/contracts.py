"""What the case and its activities say to each other: names, payloads, time allowed, and which failures are answers.

An activity that raises is tried again; when its attempts are used up the case opens an incident, and a person decides.
A failure that no attempt will mend is an `ApplicationError(sentence, Failure(...), type=code, non_retryable=True)`:
with `business=True` it is the world's answer and the case follows it, otherwise it is an incident at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

TASK_QUEUE = "motcua"
WORKFLOW = "Case"
COMMAND_UPDATE = "command"
MESSAGE_SIGNAL = "message"
DUMP_QUERY = "dump"

# A state, a pin, a command: JSON that the core alone understands, not validated again at every hop.
Carried: TypeAlias = Any


class Payload(BaseModel):
    """A message that stays in histories for ever: fields are only added, each with a default, and none is forbidden."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Start(Payload):
    """The input of a run: everything that must not drift, by value."""

    engine_rev: int
    pin: Carried
    resume: Carried = None
    renew_after: int = 1000


class Sent(Payload):
    """A command on its way to the case; its `have` is the last entry its sender knows to be recorded."""

    command: Carried


class Told(Payload):
    """A message of another system on its way to the case."""

    id: str
    source: str
    name: str
    key: str | None = None
    data: dict[str, Carried] = Field(default_factory=dict)


class Lineage(Payload):
    """Which run speaks, and which run it continued: a run that follows none we know must not write."""

    run: str
    follows: str | None = None


class Answered(Payload):
    """What the case answered: the outcome, every entry after `have`, and the state they lead to.

    In `data`, `first` and `last` are the entries of the command itself.
    """

    lineage: Lineage
    seq: int
    outcome: str
    data: dict[str, Carried] = Field(default_factory=dict)
    entries: list[Carried] = Field(default_factory=list)
    dump: Carried


class Refusal(Payload):
    """Why the case said no: the first detail of the error that rejects an update."""

    code: str
    data: dict[str, Carried] = Field(default_factory=dict)


class Unrecorded(Payload):
    """Entries that the case does not know to be recorded, and the state they lead to."""

    case: str
    lineage: Lineage
    entries: list[Carried]
    dump: Carried


class Recorded(Payload):
    """How far the journal of the case reaches now."""

    upto: int


class Order(Payload):
    """An effect of the core on its way to an activity; `key` is what makes it happen once in the world.

    `pin` is what the case runs by, `at` when it was ordered: the date a paper bears, however often it is tried.
    """

    case: str
    run: str
    effect: str
    key: str
    activity: str
    with_: dict[str, Carried] = Field(default_factory=dict)
    state: Carried = None
    pin: str = ""
    at: datetime | None = None


class Failure(Payload):
    """The first detail of a final failure: whether it is an answer, and where its story is kept."""

    business: bool
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """How long an attempt may take, how often it is tried, and whether it is ordered with the state of the case."""

    attempt: timedelta
    attempts: int
    first_pause: timedelta = timedelta(seconds=1)
    longest_pause: timedelta = timedelta(seconds=30)
    with_state: bool = False


# What a killed worker was doing is tried again when its attempt is over, so none is longer than it needs.
# A database activity is one short transaction; an outage of minutes must not become an incident.
_DATABASE = Contract(attempt=timedelta(seconds=12), attempts=20)
_DOCUMENT = Contract(attempt=timedelta(seconds=20), attempts=12)
_MAIL = Contract(attempt=timedelta(seconds=15), attempts=10)
_OUTSIDE = Contract(attempt=timedelta(seconds=10), attempts=5)

CONTRACTS: Mapping[str, Contract] = MappingProxyType(
    {
        "Intake.register": replace(_DATABASE, with_state=True),
        "Route.resolve": _DATABASE,
        "Document.render": _DOCUMENT,
        "Document.number": _DATABASE,
        "Document.issue": _DOCUMENT,
        "Notification.send": _MAIL,
        "Connector.call": _OUTSIDE,
        "Connector.ask": _OUTSIDE,
        "Case.open": _OUTSIDE,
        "Delivery.dispatch": _OUTSIDE,
        "Archive.pack": _DOCUMENT,
    }
)

RECORD = "Record.append"
# Never given up: as long as the database is away the journal lags behind, and nothing else happens to the case.
RECORDING = Contract(attempt=timedelta(seconds=12), attempts=0)
