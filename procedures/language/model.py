"""A procedure fully resolved: profile merged in, `like` and `include` expanded, every way out of every step named."""

from functools import cached_property

from procedures.language.life import (
    Counting,
    Deadline,
    Delivery,
    Extension,
    FeeWait,
    Intake,
    Rating,
    Retention,
    Stop,
    Supplement,
    Transfer,
    Verification,
    Withdrawal,
)
from procedures.language.parts import (
    Channel,
    Document,
    FormField,
    Notice,
    Operation,
    Override,
    Paper,
    Part,
    Period,
    Result,
    Rule,
    Submitter,
    Texts,
    Unit,
    Variant,
)
from procedures.language.steps import Step

ROOT = ""


class Procedure(Part):
    """One version. `digest` is the identity: the hash of the resolved text, without checked trees and places.

    `sequences` holds the profile's own sequences that targets lead to (`refuse`); where the procedure has a step
    `refuse`, that step is the target and the sequence is absent. `functions`, `books`, `units` and `submitters` carry
    the labels of what is used. `places` tells where a value stands (`supplement.effect`: `profiles/nd118.yaml:13`).
    """

    digest: str = ""
    procedure: str
    version: int
    title: Texts
    basis: tuple[str, ...] = ()
    in_force: Period
    replaces: tuple[str, ...] = ()
    profile: str
    languages: tuple[str, ...] = ("vi",)
    channels: tuple[Channel, ...]
    submitters: tuple[Submitter, ...]
    variants: tuple[Variant, ...] = ()
    units: tuple[Unit, ...] = ()
    form: tuple[FormField, ...] = ()
    documents: tuple[Document, ...] = ()
    papers: tuple[Paper, ...] = ()
    rules: tuple[Rule, ...] = ()
    time: Counting = Counting()
    intake: Intake = Intake()
    transfer: Transfer = Transfer()
    supplement: Supplement = Supplement()
    extension: Extension = Extension()
    verification: Verification = Verification()
    fee_wait: FeeWait = FeeWait()
    withdrawal: Withdrawal = Withdrawal()
    stop: Stop = Stop()
    delivery: Delivery = Delivery()
    rating: Rating = Rating()
    retention: Retention = Retention()
    deadline: tuple[Deadline, ...]
    results: tuple[Result, ...] = ()
    steps: tuple[Step, ...]
    sequences: dict[str, tuple[Step, ...]] = {}
    notices: tuple[Notice, ...] = ()
    legal_forms: dict[str, str] = {}
    requirements: tuple[Texts, ...] = ()
    operations: tuple[Operation, ...] = ()
    functions: dict[str, Texts] = {}
    books: dict[str, Texts] = {}
    overrides: tuple[Override, ...] = ()
    scenarios: str = "scenarios.yaml"
    places: dict[str, str] = {}

    @cached_property
    def _steps(self) -> dict[str, tuple[str, int, Step]]:
        """Step id -> its sequence (`ROOT` or a name), its place in the list, the step."""
        lists = {ROOT: self.steps, **self.sequences}
        return {step.id: (name, place, step) for name, steps in lists.items() for place, step in enumerate(steps)}

    def step(self, id: str) -> Step:
        return self._steps[id][2]

    def has_step(self, id: str) -> bool:
        return id in self._steps

    def sequence_of(self, id: str) -> str:
        """The name of the sequence a step stands in; the procedure's own steps are `ROOT`."""
        return self._steps[id][0]

    def first(self, sequence: str = ROOT) -> Step:
        return self.sequence(sequence)[0]

    def following(self, id: str) -> Step | None:
        """The next step of the same list; None after the last."""
        name, place, _ = self._steps[id]
        rest = self.sequence(name)[place + 1 :]
        return rest[0] if rest else None

    def sequence(self, name: str) -> tuple[Step, ...]:
        return self.steps if name == ROOT else self.sequences[name]

    def field(self, id: str) -> FormField | None:
        return next((field for field in self.form if field.id == id), None)

    def document(self, id: str) -> Document | None:
        return next((document for document in self.documents if document.id == id), None)

    def paper(self, id: str) -> Paper | None:
        return next((paper for paper in self.papers if paper.id == id), None)

    def result(self, id: str) -> Result | None:
        return next((result for result in self.results if result.id == id), None)

    def notice(self, id: str) -> Notice | None:
        return next((notice for notice in self.notices if notice.id == id), None)

    def operation(self, connector: str, name: str) -> Operation | None:
        return next((one for one in self.operations if (one.connector, one.name) == (connector, name)), None)
