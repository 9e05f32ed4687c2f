"""What a resolved procedure says of people, forms, papers and results; the parts `model.Procedure` is made of.

Maps whose order people see are tuples of parts with an `id`: neither JSON in a database nor a hash keeps the order of
keys.
"""

import re
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, JsonValue

Texts: TypeAlias = dict[str, str]
DurationText: TypeAlias = str
MomentText: TypeAlias = str
Channel: TypeAlias = Literal["counter", "online", "post"]
FieldType: TypeAlias = Literal[
    "text",
    "long_text",
    "integer",
    "number",
    "money",
    "date",
    "month",
    "boolean",
    "choice",
    "choices",
    "file",
    "rows",
    "address",
    "province",
    "commune",
    "person",
    "organisation",
    "identity_number",
    "insurance_number",
    "health_card_number",
    "tax_number",
    "bank_account",
    "phone",
    "email",
]


ID = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
MAX_LONG_TEXT = 4_000


class Part(BaseModel):
    """Immutable, and lenient: a case may have been pinned before or after this code was written."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Expression(Part):
    """A CEL text with its checked tree (base64) and the dotted names it reads (`form.self_bought`)."""

    text: str
    checked: str = ""
    reads: tuple[str, ...] = ()
    type: str = ""


class Input(Part):
    """One value handed to a connector or template; `reference` names a personal value that travels as a reference."""

    name: str
    expression: Expression
    reference: str | None = None


class Selectors(Part):
    """To whom a part applies; an empty tuple fits everything, groups of variants are already expanded."""

    variants: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    submitters: tuple[str, ...] = ()
    when: Expression | None = None


EVERYONE = Selectors()


class Total(Part):
    """A sum over the granted lines of an `each`, read as `<step>.<name>`."""

    name: str
    expression: Expression


class Period(Part):
    from_: str
    to: str | None = None


class Submitter(Part):
    id: str
    kind: Literal["citizen", "organisation", "agency"]
    label: Texts


class Variant(Part):
    id: str
    label: Texts
    group: str | None = None
    when: Expression | None = None


class Parties(Part):
    """Who the case is about; what is absent is the submitter, and `subject` and `recipient` are the owner."""

    owner: Expression | None = None
    subject: Expression | None = None
    recipient: Expression | None = None
    payer: Expression | None = None


class Check(Part):
    """A rule over several fields; with `per` it holds for every line of that list."""

    that: Expression
    message: Texts
    effect: Literal["block", "warn"] = "block"
    per: str | None = None
    selectors: Selectors = EVERYONE


class Unit(Part):
    """A place the steps speak of; `territory` is `receiving` or the dotted name of an area in the form."""

    id: str
    label: Texts
    agency: str
    level: Literal["base", "commune", "province", "ministry"]
    territory: str = "receiving"


class Option(Part):
    id: str
    label: Texts


class Source(Part):
    connector: str
    operation: str
    inputs: tuple[Input, ...] = ()
    consent: bool = True
    fallback: Literal["upload", "none"] = "upload"


class FormField(Part):
    """One thing asked; `outcomes` (step forms only) are the outcomes it is asked with, the others go without it."""

    id: str
    type: FieldType
    label: Texts
    help: Texts | None = None
    required: bool = True
    default: JsonValue = None
    outcomes: tuple[str, ...] = ()
    pattern: str | None = None
    min: int | float | str | None = None
    max: int | float | str | None = None
    max_length: int | None = None
    options: tuple[Option, ...] = ()
    fields: "tuple[FormField, ...]" = ()
    key: str | None = None
    accept: tuple[str, ...] = ()
    max_size: int | None = None
    prefill: Expression | None = None
    source: Source | None = None
    personal: Literal["no", "yes", "sensitive"] = "yes"
    selectors: Selectors = EVERYONE


class Paper(Part):
    """What a paper is; a document says that one is demanded."""

    id: str
    label: Texts
    model: str | None = None
    issued_by: str | None = None
    stamped: bool = False
    rules: tuple[str, ...] = ()
    source: Source | None = None
    not_older_than: DurationText | None = None


class Rule(Part):
    id: str
    label: Texts
    applies_to: Literal["all", "foreign"] = "all"
    translated: bool = False
    legalised: Literal["yes", "no", "unless_treaty"] = "no"
    certified: bool = False
    basis: str | None = None


class Document(Part):
    """A demand: of itself, of one alternative of `one_of` (papers that go together), or of each of `all_of`."""

    id: str
    label: Texts
    one_of: tuple[tuple[str, ...], ...] = ()
    all_of: tuple[str, ...] = ()
    originals: int = 0
    copies: int = 0
    either: int = 0
    certified: bool = False
    stamped: bool = False
    model: str | None = None
    required: bool = True
    per: str | None = None
    rules: tuple[str, ...] = ()
    satisfied_by: tuple[Literal["upload", "store", "database"], ...] = ("upload", "store")
    source: Source | None = None
    not_older_than: DurationText | None = None
    selectors: Selectors = EVERYONE


class Window(Part):
    """A time limit on the applicant's side, `within` after or before a date; once a line with `per`."""

    id: str
    who: str
    to: str = "agency"
    within: DurationText
    after: Expression | None = None
    before: Expression | None = None
    per: str | None = None
    if_late: Literal["record", "warn", "refuse"] = "warn"
    ground: Texts | None = None
    selectors: Selectors = EVERYONE


class Fee(Part):
    """`amount` is in whole đồng, of every line with `per`."""

    id: str
    label: Texts
    amount: Expression
    collect: Literal["intake", "step", "before_result"]
    per: str | None = None
    waive_when: Expression | None = None
    refund_when: Expression | None = None
    pay_within: DurationText | None = None
    selectors: Selectors = EVERYONE


class TableRow(Part):
    """`cells` as written, one for each input (`-`, a value, `< v`, `a..b`, `a | b`), then the value."""

    cells: tuple[JsonValue, ...]
    value: JsonValue


class Table(Part):
    """A decision table, read as `tables.<id>`."""

    id: str
    inputs: tuple[Expression, ...]
    type: Literal["text", "integer", "number", "money", "boolean"]
    rows: tuple[TableRow, ...]
    hit: Literal["unique", "first"] = "unique"
    otherwise: JsonValue = None


class Result(Part):
    """Something the citizen may get; `as_` is the form in which it is handed over."""

    id: str
    label: Texts
    code: str | None = None
    kind: Literal["grant", "refusal", "information"] = "grant"
    as_: Literal["electronic", "paper", "money", "any"] = "electronic"
    optional: bool = False
    to: Literal["owner", "submitter", "recipient"] = "recipient"
    valid_for: DurationText | None = None
    selectors: Selectors = EVERYONE


class Notice(Part):
    id: str
    on: str = "step"
    to: Literal["applicant", "owner", "recipient", "submitter", "agency"]
    ways: tuple[str, ...] = ("portal",)
    subject: Texts | None = None
    text: Texts
    selectors: Selectors = EVERYONE


class Operation(Part):
    """What one connector can be asked: its inputs, answers and whether what it did outside can be undone."""

    connector: str
    name: str
    takes: tuple[FormField, ...] = ()
    gives: tuple[FormField, ...] = ()
    outcomes: tuple[str, ...] = ("done",)
    answered: Literal["result", "message"] = "result"
    irrevocable: bool = False
    within: DurationText
    retries: int = 5


class Override(Part):
    """An objection of lint that stands corrected by a named ground."""

    code: str
    where: str
    ground: str
    basis: str | None = None
    until: str | None = None
