"""The kinds of steps, one class each, told apart by `kind`; flow is resolved: every way out names its target."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from procedures.language.model.life import Escalation
from procedures.language.model.parts import (
    EVERYONE,
    Document,
    DurationText,
    Expression,
    FormField,
    Input,
    Part,
    Selectors,
    Texts,
    Total,
)

END, END_REFUSED, REFUSE, DESK = "end", "end_refused", "refuse", "desk"
SUPPLEMENT, STOP, CALLER = "supplement", "stop", "caller"
COUNTS = ("granted", "refused", "count")
RESERVED_TARGETS = frozenset({END, END_REFUSED, REFUSE, DESK, SUPPLEMENT, STOP, CALLER})


class Outcome(Part):
    """A way a step may end; `target` is a step id of the same sequence or a reserved target."""

    name: str
    label: Texts
    target: str
    reason: Literal["required", "optional", "none"] = "none"
    when: Expression | None = None


class Public(Part):
    """What the citizen sees of a step."""

    text: Texts | None = None
    todo: Texts | None = None
    show: Literal["step", "hidden"] = "step"


class StepPart(Part):
    """What every kind has.

    `outcomes` never contains `return`: its targets are `returns`. `then` is the way out where there is no outcome to
    choose; a skipped step goes to the next in its list instead, never to `then`. `deciding`: language.md §2.9.
    """

    id: str
    selectors: Selectors = EVERYONE
    skip_when: Expression | None = None
    form: tuple[FormField, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    returns: tuple[str, ...] = ()
    return_label: Texts | None = None
    then: str | None = None
    public: Public = Public()
    result: str | None = None
    deciding: bool = False

    def outcome(self, name: str) -> Outcome | None:
        return next((outcome for outcome in self.outcomes if outcome.name == name), None)

    def fields(self, outcome: str) -> tuple[FormField, ...]:
        return tuple(field for field in self.form if not field.outcomes or outcome in field.outcomes)


class WorkPart(StepPart):
    """What task and sign share: a person does it."""

    by: str
    at: str = "competent"
    title: Texts
    guide: Texts | None = None
    within: DurationText | None = None
    not_same_as: tuple[str, ...] = ()
    assign: Literal["pool", "head"] = "pool"
    batch: bool = False
    escalate: tuple[Escalation, ...] = (Escalation(moment="due", to="head"),)


class TaskStep(WorkPart):
    kind: Literal["task"]
    records: tuple[str, ...] = ()


class SignStep(WorkPart):
    kind: Literal["sign"]
    documents: tuple[str, ...]
    signature: Literal["digital", "wet"] = "digital"
    seal: bool = True


class DocumentStep(StepPart):
    """A draft; it is numbered, and becomes its result, when a step of `signed_by` signs, or at once if none does."""

    kind: Literal["document"]
    template: str
    number_from: str | None = None
    at: str = "competent"
    inputs: tuple[Input, ...] = ()
    unsigned: bool = False
    signed_by: tuple[str, ...] = ()


class CallStep(StepPart):
    kind: Literal["call"]
    connector: str
    operation: str
    inputs: tuple[Input, ...] = ()
    within: DurationText
    on_failure: str | None = None
    at: str = "competent"


class DecideRow(Part):
    """The row without a condition is the last: `otherwise`."""

    when: Expression | None = None
    target: str


class DecideStep(StepPart):
    """The data decide: the first row that fits names the target."""

    kind: Literal["decide"]
    rows: tuple[DecideRow, ...]


class Branch(Part):
    """One sequence of a parallel step; `within` is its own clock, from its opening."""

    id: str
    label: Texts
    steps: "tuple[Step, ...]"
    within: DurationText | None = None
    optional: bool = False
    public: Public = Public()
    selectors: Selectors = EVERYONE


class ParallelStep(StepPart):
    """Several branches at once; `lead` may go on without those that have not answered."""

    kind: Literal["parallel"]
    join: Literal["all", "any", "quorum", "on_ground"]
    quorum: int | None = None
    lead: str | None = None
    rest: Literal["drop", "keep"] = "drop"
    branches: tuple[Branch, ...]


class EachStep(StepPart):
    """The same steps for every line of the rows field `of` (its id in the form)."""

    kind: Literal["each"]
    of: str
    steps: "tuple[Step, ...]"
    totals: tuple[Total, ...] = ()


class WaitStep(StepPart):
    """For a message, until a date, or for a span of time: exactly one of the three."""

    kind: Literal["wait"]
    message: str | None = None
    until: Expression | None = None
    last: DurationText | None = None
    sender: Literal["applicant", "agency", "system"] | None = None
    within: DurationText | None = None
    documents: tuple[Document, ...] = ()
    clock: Literal["runs", "pauses"] = "runs"
    ground: Texts | None = None


class PayStep(StepPart):
    kind: Literal["pay"]
    fee: str
    within: DurationText


class NotifyStep(StepPart):
    kind: Literal["notify"]
    notice: str


class DeliverStep(StepPart):
    """Results handed over before the end, by the function `by`."""

    kind: Literal["deliver"]
    results: tuple[str, ...]
    by: str = "one_stop"


class ProcedureStep(StepPart):
    """A case of another procedure is opened at a unit; `inputs` are its form, `documents` theirs -> ours."""

    kind: Literal["procedure"]
    code: str
    at: str
    inputs: tuple[Input, ...] = ()
    documents: dict[str, str] = {}
    within: DurationText | None = None


Step: TypeAlias = Annotated[
    TaskStep
    | SignStep
    | DocumentStep
    | CallStep
    | DecideStep
    | ParallelStep
    | EachStep
    | WaitStep
    | PayStep
    | NotifyStep
    | DeliverStep
    | ProcedureStep,
    Field(discriminator="kind"),
]
Branch.model_rebuild()
EachStep.model_rebuild()
ParallelStep.model_rebuild()


def inner_lists(step: Step) -> dict[str, tuple[Step, ...]]:
    """Give the sequences inside a step by name: `<step>/<branch>` of a parallel, `<step>/*` of an each."""
    match step:
        case ParallelStep():
            return {f"{step.id}/{branch.id}": branch.steps for branch in step.branches}
        case EachStep():
            return {f"{step.id}/*": step.steps}
        case _:
            return {}
