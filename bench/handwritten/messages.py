"""What the hand-written workflow, its clients and its activities say to each other."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

TASK_QUEUE = "handwritten"


class Message(BaseModel):
    model_config = ConfigDict(frozen=True)


class Actor(Message):
    ref: str
    function: str | None = None
    unit: str | None = None


class Command(Message):
    id: str
    actor: Actor


class Party(Message):
    role: str
    ref: str


class Paper(Message):
    id: str
    paper: str | None = None
    documents: list[str]


class Submission(Command):
    receiving: str
    channel: str
    submitter: str
    parties: list[Party]
    form: str
    facts: dict[str, bool]
    papers: list[Paper]


class PaperVerdict(Message):
    id: str
    verdict: str


class Acceptance(Command):
    verdicts: list[PaperVerdict]


class HandoverConfirmation(Command):
    handover: str


class Completion(Command):
    task: str
    outcome: str
    form: str | None = None
    facts: dict[str, int] = {}


class HandingOut(Command):
    recipient: str
    evidence: str


class Answer(Message):
    seq: int
    outcome: str = "done"
    code: str | None = None
    receipt: str | None = None
    due: datetime | None = None


class CaseInput(Message):
    procedure: str
    version: int


class Projection(Message):
    """What became of the case, for the tables: `writing` says what happened, `command` who asked for it, if anybody."""

    case: str
    run: str
    writing: str
    stage: str
    unit: str | None
    task: str | None
    code: str | None
    due: datetime | None
    late: bool
    command: str | None = None
    actor: Actor | None = None


class Projected(Message):
    seq: int


class Registering(Message):
    case: str
    unit: str
    accepted_at: datetime


class Registered(Message):
    code: str
    receipt: str
    unit: str


class Rendering(Message):
    case: str
    template: str
    code: str
    form: str
    due: datetime | None
    unit: str


class Document(Message):
    document: str
    digest: str


class Notice(Message):
    case: str
    notice: str
    to: str
    code: str | None = None
    due: datetime | None = None


class Numbering(Message):
    case: str
    document: str
    book: str
    unit: str


class Numbered(Message):
    number: str


class Payment(Message):
    case: str
    amount: str
    account: str


class Paid(Message):
    outcome: str


class Issuing(Message):
    case: str
    document: str
    number: str
    digest: str
