"""The names a condition may read and their types, generated from forms, documents, steps and calls of a procedure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from google.protobuf import descriptor_pb2, descriptor_pool

from procedures.language.model import Procedure
from procedures.language.parts import ID, FormField
from procedures.language.steps import COUNTS

PACKAGE = "motcua"
TEXT, INTEGER, REAL, TRUTH, LIST_OF_TEXT = "string", "int", "double", "bool", "strings"
SCALARS = frozenset({TEXT, INTEGER, REAL, TRUTH, LIST_OF_TEXT})
CEL_TYPE: Mapping[str, str] = {
    "integer": INTEGER,
    "money": INTEGER,
    "number": REAL,
    "boolean": TRUTH,
    "choices": LIST_OF_TEXT,
    "address": "Address",
    "person": "Person",
    "organisation": "Organisation",
    "bank_account": "BankAccount",
}
PARTS_OF: Mapping[str, tuple[str, ...]] = {
    "address": ("province", "commune", "line"),
    "person": ("name", "identity_number", "born_on", "phone", "email", "address"),
    "organisation": ("name", "tax_number", "address"),
    "bank_account": ("bank", "number", "holder"),
}
MESSAGES: Mapping[str, Mapping[str, str]] = {
    "Address": dict.fromkeys(PARTS_OF["address"], TEXT),
    "Person": {**dict.fromkeys(PARTS_OF["person"], TEXT), "address": "Address"},
    "Organisation": {**dict.fromkeys(PARTS_OF["organisation"], TEXT), "address": "Address"},
    "BankAccount": dict.fromkeys(PARTS_OF["bank_account"], TEXT),
    "DocumentState": {"given": TRUTH, "foreign": TRUTH},
    "CaseFiled": {"variant": TEXT, "channel": TEXT, "submitter": TEXT, "submitted_on": TEXT},
    "Case": {
        **dict.fromkeys(("variant", "channel", "submitter", "submitted_on", "received_on", "accepted_on"), TEXT),
        "verified": TRUTH,
        "late": TRUTH,
    },
}
DATES = frozenset({"date", "month"})


@dataclass(frozen=True, slots=True)
class Named:
    """What is known of one name: its type in the form and, of a choice, the words it may be."""

    kind: str
    options: tuple[str, ...] = ()


@dataclass(slots=True)
class Names:
    """Variables, the messages they are of, and every dotted name with its kind."""

    messages: dict[str, Mapping[str, str]] = field(default_factory=lambda: dict(MESSAGES))
    variables: dict[str, str] = field(default_factory=dict)
    known: dict[str, Named] = field(default_factory=dict)

    def add_fields(self, variable: str, fields: Iterable[FormField], *, outcome: Iterable[str] | None = None) -> None:
        """Declare a variable with one value per field; `outcome` adds the word a step ended with.

        What has no proper id was reported by the loader and cannot be read.
        """
        if not ID.match(variable):
            return
        listed = [one for one in fields if ID.match(one.id)]
        types = {one.id: CEL_TYPE.get(one.type, TEXT) for one in listed}
        for one in listed:
            self.known[f"{variable}.{one.id}"] = Named(one.type, tuple(option.id for option in one.options))
            self.known |= {f"{variable}.{one.id}.{part}": Named("text") for part in PARTS_OF.get(one.type, ())}
        if outcome is not None:
            types["outcome"] = TEXT
            self.known[f"{variable}.outcome"] = Named("choice", tuple(outcome))
        self.messages[f"Of_{variable}"] = types
        self.variables[variable] = f"Of_{variable}"

    def add_step(
        self, id: str, fields: Iterable[FormField], *, outcomes: Iterable[str], counts: Iterable[str] = ()
    ) -> None:
        """Declare the values of a step, the word it ended with, and the sums and counts of its lines."""
        self.add_fields(id, fields, outcome=outcomes)
        if ID.match(id):
            self.messages[f"Of_{id}"] = {**self.messages[f"Of_{id}"], **dict.fromkeys(counts, INTEGER)}

    def add_case(self, *, filed_only: bool) -> None:
        self.variables["case"] = "CaseFiled" if filed_only else "Case"
        for name in ("submitted_on",) if filed_only else ("submitted_on", "received_on", "accepted_on"):
            self.known[f"case.{name}"] = Named("date")

    def add_documents(self, ids: Iterable[str]) -> None:
        self.messages["Of_documents"] = dict.fromkeys((id for id in ids if ID.match(id)), "DocumentState")
        self.variables["documents"] = "Of_documents"

    def add_today(self) -> None:
        self.variables["today"] = TEXT
        self.known["today"] = Named("date")

    def pool(self) -> descriptor_pool.DescriptorPool:
        file = descriptor_pb2.FileDescriptorProto(name="procedure.proto", package=PACKAGE, syntax="proto2")
        for message, types in self.messages.items():
            _declare(file.message_type.add(name=message), types)
        pool = descriptor_pool.DescriptorPool()
        pool.AddSerializedFile(file.SerializeToString())
        return pool


def names_of(procedure: Procedure) -> Names:
    """All names any condition of a procedure may read, for evaluation."""
    names = Names()
    names.add_case(filed_only=False)
    names.add_fields("form", procedure.form)
    names.add_fields("intake", procedure.intake.form)
    names.add_documents(document.id for document in procedure.documents)
    names.add_today()
    for step in procedure.all_steps:
        operation = procedure.operation(step.connector, step.operation) if step.kind == "call" else None
        gives = operation.gives if operation else ()
        counts = (*(total.name for total in step.totals), *COUNTS) if step.kind == "each" else ()
        outcomes = [outcome.name for outcome in step.outcomes]
        names.add_step(step.id, (*step.form, *gives), outcomes=outcomes, counts=counts)
    return names


def _declare(message: descriptor_pb2.DescriptorProto, types: Mapping[str, str]) -> None:
    proto = descriptor_pb2.FieldDescriptorProto
    scalars = {TEXT: proto.TYPE_STRING, INTEGER: proto.TYPE_INT64, REAL: proto.TYPE_DOUBLE, TRUTH: proto.TYPE_BOOL}
    for number, (name, type) in enumerate(types.items(), start=1):
        label = proto.LABEL_REPEATED if type == LIST_OF_TEXT else proto.LABEL_OPTIONAL
        one = message.field.add(name=name, number=number, label=label)
        if type in SCALARS:
            one.type = scalars[TEXT if type == LIST_OF_TEXT else type]
        else:
            one.type, one.type_name = proto.TYPE_MESSAGE, f".{PACKAGE}.{type}"
