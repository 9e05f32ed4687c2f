"""The kinds of steps, one class each, told apart by `kind`; flow is resolved: every way out names its target."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from procedures.language.life import Escalation
from procedures.language.parts import (
    EVERYONE,
    DurationText,
    Expression,
    FormField,
    Input,
    Part,
    Selectors,
    Texts,
)

END, END_REFUSED, REFUSE, DESK = "end", "end_refused", "refuse", "desk"
SUPPLEMENT, STOP, CALLER = "supplement", "stop", "caller"
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


Step: TypeAlias = Annotated[TaskStep | SignStep | DocumentStep | CallStep, Field(discriminator="kind")]
