"""The names a condition may read and their types, generated from forms, documents, steps and calls of a procedure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from google.protobuf import descriptor_pb2, descriptor_pool

from procedures.language.model.parts import ID, MAX_LONG_TEXT, FormField
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import COUNTS

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
    "file": "File",
}
TABLE_TYPE: Mapping[str, str] = {
    "text": TEXT,
    "integer": INTEGER,
    "money": INTEGER,
    "number": REAL,
    "boolean": TRUTH,
}
# How CEL calls the types of the language when it names what an expression gives.
GIVEN: Mapping[str, str] = {
    "string": "STRING",
    "int": "INT",
    "double": "DOUBLE",
    "bool": "BOOL",
    "strings": "LIST<STRING>",
}
PARTS_OF: Mapping[str, tuple[str, ...]] = {
    "address": ("province", "commune", "line"),
    "person": ("name", "identity_number", "born_on", "phone", "email", "address"),
    "organisation": ("name", "tax_number", "address"),
    "bank_account": ("bank", "number", "holder"),
}
WHOLE = frozenset({*PARTS_OF, "file", "rows"})
"""Kinds of values that have parts and are none themselves."""
MESSAGES: Mapping[str, Mapping[str, str]] = {
    "Address": dict.fromkeys(PARTS_OF["address"], TEXT),
    "Person": {**dict.fromkeys(PARTS_OF["person"], TEXT), "address": "Address"},
    "Organisation": {**dict.fromkeys(PARTS_OF["organisation"], TEXT), "address": "Address"},
    "BankAccount": dict.fromkeys(PARTS_OF["bank_account"], TEXT),
    "File": {"name": TEXT, "size": INTEGER, "digest": TEXT},
    "DocumentState": {"given": TRUTH, "foreign": TRUTH},
    "Applicant": dict.fromkeys(("name", "identity_number", "born_on", "phone", "email"), TEXT),
}
_FILED = ("variant", "channel", "submitter", "submitted_on")
_LATER = ("received_on", "accepted_on")
DATES = frozenset({"date", "month"})


@dataclass(frozen=True, slots=True)
class Named:
    """What is known of one name: its type in the form, the words a choice may be, the length a text may have."""

    kind: str
    options: tuple[str, ...] = ()
    longest: int = 0


@dataclass(slots=True)
class Names:
    """Variables, the messages they are of, and every dotted name with its kind.

    The lines of a rows field are messages `Row_<field>`; a name inside a loop over them is `form.<field>[].<column>`.
    """

    messages: dict[str, Mapping[str, str]] = field(default_factory=lambda: dict(MESSAGES))
    variables: dict[str, str] = field(default_factory=dict)
    known: dict[str, Named] = field(default_factory=dict)

    def add_fields(self, variable: str, fields: Iterable[FormField], *, outcome: Iterable[str] | None = None) -> None:
        """Declare a variable with one value per field; `outcome` adds the word a step ended with.

        What has no proper id was reported by the loader and cannot be read.
        """
        if not ID.match(variable):
            return
        types = self._types(variable, fields)
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
            self.messages[f"Of_{id}"] = {
                **self.messages[f"Of_{id}"],
                **dict.fromkeys(filter(ID.match, counts), INTEGER),
            }

    def add_case(self, options: Mapping[str, tuple[str, ...]], *, filed_only: bool) -> None:
        """Declare what is known of every case; `options` are the words its variant, channel and submitter may be."""
        names = [name for name in _FILED if name in options or name == "submitted_on"]
        names += [] if filed_only else _LATER
        self.messages["Case"] = {
            **dict.fromkeys(names, TEXT),
            **({} if filed_only else {"verified": TRUTH, "late": TRUTH}),
        }
        self.variables["case"] = "Case"
        self.known |= {f"case.{name}": Named("choice", words) for name, words in options.items()}
        self.known |= {f"case.{name}": Named("date") for name in names if name.endswith("_on")}

    def add_applicant(self) -> None:
        self.variables["applicant"] = "Applicant"
        self.known["applicant.born_on"] = Named("date")

    def add_tables(self, types: Mapping[str, str]) -> None:
        self.messages["Of_tables"] = {id: type for id, type in types.items() if ID.match(id)}
        self.variables["tables"] = "Of_tables"

    def add_line(self, list: str, fields: Iterable[FormField]) -> None:
        """Declare `line`, one line of a rows field of the form."""
        self.variables["line"] = row_of(list)
        self._types("line", fields)

    def add_variant_of_lines(self, list: str, variants: tuple[str, ...]) -> None:
        """Give each line of a list the variant that is chosen for it."""
        self.messages[row_of(list)] = {**self.messages[row_of(list)], "variant": TEXT}
        self.known[f"form.{list}[].variant"] = self.known["line.variant"] = Named("choice", variants)

    def has(self, name: str) -> bool:
        """Say whether a dotted name can be read."""
        variable, *path = name.split(".")
        type = self.variables.get(variable)
        for part in path:
            types = self.messages.get(type.removeprefix("*")) if type else None
            type = types.get(part.removesuffix("[]")) if types else None
        return type is not None

    def copied(self) -> "Names":
        return replace(self, messages=dict(self.messages), variables=dict(self.variables), known=dict(self.known))

    def add_documents(self, ids: Iterable[str]) -> None:
        self.messages["Of_documents"] = dict.fromkeys((id for id in ids if ID.match(id)), "DocumentState")
        self.variables["documents"] = "Of_documents"

    def add_today(self) -> None:
        self.variables["today"] = TEXT
        self.known["today"] = Named("date")

    def _types(self, variable: str, fields: Iterable[FormField]) -> dict[str, str]:
        types: dict[str, str] = {}
        for one in fields:
            if not ID.match(one.id):
                continue
            name = f"{variable}.{one.id}"
            types[one.id] = f"*{row_of(one.id)}" if one.type == "rows" else CEL_TYPE.get(one.type, TEXT)
            self.known[name] = Named(one.type, tuple(option.id for option in one.options), _longest(one))
            self.known |= {f"{name}.{part}": Named("text") for part in PARTS_OF.get(one.type, ())}
            if one.type == "choices":
                self.known[f"{name}[]"] = replace(self.known[name], kind="choice")
            if one.type == "rows":
                self.known[f"{name}[]"] = self.known[name]
                self.messages[row_of(one.id)] = self._types(f"{name}[]", one.fields)
        return types

    def pool(self) -> descriptor_pool.DescriptorPool:
        file = descriptor_pb2.FileDescriptorProto(name="procedure.proto", package=PACKAGE, syntax="proto2")
        for message, types in self.messages.items():
            _declare(file.message_type.add(name=message), types)
        pool = descriptor_pool.DescriptorPool()
        pool.AddSerializedFile(file.SerializeToString())
        return pool


def row_of(list: str) -> str:
    return f"Row_{list}"


def names_of(procedure: Procedure) -> Names:
    """All names any condition of a procedure may read, for evaluation."""
    names = Names()
    names.add_case(dict.fromkeys(("variant", "channel", "submitter"), ()), filed_only=False)
    names.add_fields("form", procedure.form)
    for one in procedure.form:
        if one.type == "rows":
            # What `line` is, is known only when a line is at hand: any list will do to declare it.
            names.add_line(one.id, one.fields)
            names.add_variant_of_lines(one.id, ())
    names.add_fields("intake", procedure.intake.form)
    names.add_documents(document.id for document in procedure.documents)
    names.add_today()
    names.add_applicant()
    names.add_tables({table.id: TABLE_TYPE[table.type] for table in procedure.tables})
    for step in procedure.all_steps:
        operation = procedure.operation(step.connector, step.operation) if step.kind == "call" else None
        gives = operation.gives if operation else ()
        counts = (*(total.name for total in step.totals), *COUNTS) if step.kind == "each" else ()
        outcomes = [outcome.name for outcome in step.outcomes]
        names.add_step(step.id, (*step.form, *gives), outcomes=outcomes, counts=counts)
    return names


def _longest(field: FormField) -> int:
    return field.max_length or {"long_text": MAX_LONG_TEXT}.get(field.type, 0)


def _declare(message: descriptor_pb2.DescriptorProto, types: Mapping[str, str]) -> None:
    proto = descriptor_pb2.FieldDescriptorProto
    scalars = {TEXT: proto.TYPE_STRING, INTEGER: proto.TYPE_INT64, REAL: proto.TYPE_DOUBLE, TRUTH: proto.TYPE_BOOL}
    for number, (name, type) in enumerate(types.items(), start=1):
        repeated = type == LIST_OF_TEXT or type.startswith("*")
        label = proto.LABEL_REPEATED if repeated else proto.LABEL_OPTIONAL
        one = message.field.add(name=name, number=number, label=label)
        type = type.removeprefix("*")
        if type in SCALARS:
            one.type = scalars[TEXT if type == LIST_OF_TEXT else type]
        else:
            one.type, one.type_name = proto.TYPE_MESSAGE, f".{PACKAGE}.{type}"
