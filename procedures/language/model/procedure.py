"""A procedure fully resolved: profile merged in, `like` and `include` expanded, every way out of every step named."""

from functools import cached_property

from procedures.language.model.life import (
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
from procedures.language.model.parts import (
    Channel,
    Check,
    Document,
    Fee,
    FormField,
    Notice,
    Operation,
    Override,
    Paper,
    Part,
    Parties,
    Period,
    Result,
    Rule,
    Submitter,
    Table,
    Texts,
    Unit,
    Variant,
    Window,
)
from procedures.language.model.steps import Step, inner_lists

ROOT = ""


class Procedure(Part):
    """One version. `digest` is the identity: the hash of the resolved text, without checked trees and places.

    `sequences` holds the profile's own sequences that targets lead to (`refuse`); where the procedure has a step
    `refuse`, that step is the target and the sequence is absent. `functions`, `books`, `units` and `submitters` carry
    the labels of what is used. `profile_basis` is the ground of what the profile sets; `places` tells where a value
    stands (`supplement.effect`: `profiles/nd118.yaml:13`).
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
    parties: Parties = Parties()
    variants: tuple[Variant, ...] = ()
    variant_per: str | None = None
    units: tuple[Unit, ...] = ()
    form: tuple[FormField, ...] = ()
    checks: tuple[Check, ...] = ()
    documents: tuple[Document, ...] = ()
    papers: tuple[Paper, ...] = ()
    rules: tuple[Rule, ...] = ()
    windows: tuple[Window, ...] = ()
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
    fees: tuple[Fee, ...] = ()
    tables: tuple[Table, ...] = ()
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
    profile_basis: tuple[str, ...] = ()
    places: dict[str, str] = {}

    @cached_property
    def _lists(self) -> dict[str, tuple[Step, ...]]:
        """Every sequence by name, the inner ones of parallel and each after the one they stand in."""
        lists: dict[str, tuple[Step, ...]] = {}
        todo = {ROOT: self.steps, **self.sequences}
        while todo:
            name = next(iter(todo))
            lists[name] = todo.pop(name)
            todo = {inner: steps for step in lists[name] for inner, steps in inner_lists(step).items()} | todo
        return lists

    @cached_property
    def _steps(self) -> dict[str, tuple[str, int, Step]]:
        """Step id -> its sequence (`ROOT` or a name), its place in the list, the step."""
        lists = self._lists.items()
        return {step.id: (name, place, step) for name, steps in lists for place, step in enumerate(steps)}

    @property
    def all_steps(self) -> tuple[Step, ...]:
        """Give every step, those of branches, lines and the profile's sequences included."""
        return tuple(step for _, _, step in self._steps.values())

    def step(self, id: str) -> Step:
        return self._steps[id][2]

    def has_step(self, id: str) -> bool:
        return id in self._steps

    def sequence_of(self, id: str) -> str:
        """The name of the sequence a step stands in: `ROOT`, a profile's, `<step>/<branch>` or `<step>/*`."""
        return self._steps[id][0]

    def first(self, sequence: str = ROOT) -> Step:
        return self.sequence(sequence)[0]

    def following(self, id: str) -> Step | None:
        """The next step of the same list; None after the last."""
        name, place, _ = self._steps[id]
        rest = self.sequence(name)[place + 1 :]
        return rest[0] if rest else None

    def sequence(self, name: str) -> tuple[Step, ...]:
        return self._lists[name]

    def owner(self, id: str) -> Step | None:
        """The parallel or each step in whose branch or line a step stands; None outside of both."""
        outer, inside, _ = self.sequence_of(id).partition("/")
        return self.step(outer) if inside else None

    def field(self, id: str) -> FormField | None:
        return next((field for field in self.form if field.id == id), None)

    def document(self, id: str) -> Document | None:
        return next((document for document in self.documents if document.id == id), None)

    def paper(self, id: str) -> Paper | None:
        return next((paper for paper in self.papers if paper.id == id), None)

    def fee(self, id: str) -> Fee | None:
        return next((fee for fee in self.fees if fee.id == id), None)

    def table(self, id: str) -> Table | None:
        return next((table for table in self.tables if table.id == id), None)

    def variant(self, id: str) -> Variant | None:
        return next((variant for variant in self.variants if variant.id == id), None)

    def result(self, id: str) -> Result | None:
        return next((result for result in self.results if result.id == id), None)

    def notice(self, id: str) -> Notice | None:
        return next((notice for notice in self.notices if notice.id == id), None)

    def operation(self, connector: str, name: str) -> Operation | None:
        return next((one for one in self.operations if (one.connector, one.name) == (connector, name)), None)
