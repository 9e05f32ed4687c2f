"""What the makers of a procedure's parts share while one is put together: its nodes, its names, its problems."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from procedures.language.conditions.absence import unguarded
from procedures.language.conditions.celtree import decode
from procedures.language.conditions.compiling import Compiler, Scope
from procedures.language.conditions.names import TABLE_TYPE, Names
from procedures.language.model.parts import EVERYONE, Channel, Expression, FormField, Input, Selectors, Table
from procedures.language.reading.nodes import Entries, Scalar
from procedures.language.reading.problems import Problems
from procedures.language.reading.words import entries_of, scalars_of, words_of
from procedures.language.resolving.naming import CHANNELS, channels_of
from procedures.language.resolving.resolution import Resolved

OPTIONAL_PARTS: Mapping[str, tuple[str, ...]] = {
    "address": ("line",),
    "person": ("identity_number", "born_on", "phone", "email", "address"),
    "organisation": ("tax_number", "address"),
}


_SELECTING = frozenset({"variants", "channels", "submitters"})


@dataclass(slots=True)
class Draft:
    """`filed` is the scope of form and documents, `decided` that of acceptance; steps have one each.

    `limited` is that of the deadline, `charged` that of fees which are asked after acceptance.

    `groups` tells which variants a word of a selector means: a variant itself, or all of a group.
    """

    resolved: Resolved
    problems: Problems
    compiler: Compiler
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variant_per: str | None = None
    form: tuple[FormField, ...] = ()
    intake: tuple[FormField, ...] = ()
    tables: tuple[Table, ...] = ()
    filed: Scope = field(default_factory=lambda: Scope(Names()))
    decided: Scope = field(default_factory=lambda: Scope(Names()))
    limited: Scope = field(default_factory=lambda: Scope(Names()))
    charged: Scope = field(default_factory=lambda: Scope(Names()))
    personal: dict[str, str] = field(default_factory=dict)
    _for_everybody: tuple[tuple[FormField, ...], dict[str, str]] | None = None

    @property
    def channels(self) -> tuple[Channel, ...]:
        return tuple(_channel(word) for word in channels_of(self.resolved))

    def names(self, *, filed_only: bool) -> Names:
        """Declare case and form, and after acceptance what the desk recorded."""
        kinds = tuple(self.resolved.named("submitter_kinds").keys)
        options: dict[str, tuple[str, ...]] = {"channel": CHANNELS, "submitter": kinds}
        variants = tuple(entries_of(self.resolved.own, "variants").keys)
        names = Names()
        names.add_fields("form", self.form)
        if variants and self.variant_per is None:
            options = {"variant": variants, **options}
        elif self.variant_per is not None and self.columns(self.variant_per):
            names.add_variant_of_lines(self.variant_per, variants)
        names.add_case(options, filed_only=filed_only)
        if not filed_only:
            names.add_fields("intake", self.intake)
        return names

    def columns(self, list: str | None) -> tuple[FormField, ...]:
        """Give the fields of a line; none where the list is no rows field, which is reported by itself."""
        return next((one.fields for one in self.form if one.id == list and one.type == "rows"), ())

    def selectors(self, node: Entries, scope: Scope) -> Selectors:
        place = self.place(node, scope)
        if "when" not in node.values:
            return place
        when = self.condition(node, "when", self.narrowed(scope, place))
        return place.model_copy(update={"when": when}) if when else place

    def place(self, node: Entries, scope: Scope | None = None) -> Selectors:
        """Read the selectors that need no condition."""
        if node.values.keys().isdisjoint(_SELECTING):
            return EVERYONE
        channels = tuple(_channel(word) for word in words_of(node, "channels"))
        return Selectors(
            variants=self._variants(node, scope), channels=channels, submitters=words_of(node, "submitters")
        )

    def narrowed(self, scope: Scope, place: Selectors) -> Scope:
        """Take away what is surely there for those whom a place is for."""
        others = {name: why for name, why in scope.absent.items() if not name.startswith(("form.", "line."))}
        # Where each line has its variant, that of a place says nothing of the case.
        of_case = place if self.variant_per is None else place.model_copy(update={"variants": ()})
        absent = {**others, **self._absent_of(of_case)}
        absent |= absent_in("line", self.columns(scope.line), place) if scope.line else {}
        return self.with_tables(replace(scope, absent=absent))

    def _absent_of(self, place: Selectors) -> dict[str, str]:
        """Most places are for everybody: what may be absent there is looked up once."""
        if place is not EVERYONE:
            return absent_in("form", self.form, place)
        if self._for_everybody is None or self._for_everybody[0] is not self.form:
            self._for_everybody = self.form, absent_in("form", self.form)
        return self._for_everybody[1]

    def at_line(self, scope: Scope, list: str | None) -> Scope:
        """Add the line a place is about, where it is about one."""
        if list is None or not self.columns(list):
            return scope
        names = scope.names.copied()
        names.add_line(list, self.columns(list))
        self.add_tables(names)
        absent = {**scope.absent, **absent_in("line", self.columns(list))}
        return self.with_tables(replace(scope, names=names, absent=absent, line=list))

    def add_tables(self, names: Names) -> None:
        """Declare the tables whose inputs can be read where these names are."""
        known = [one for one in self.tables if all(names.has(read) for input in one.inputs for read in input.reads)]
        names.add_tables({one.id: TABLE_TYPE[one.type] for one in known})

    def with_tables(self, scope: Scope) -> Scope:
        """Find the tables that read what may be absent: so may they."""
        absent = {name: why for name, why in scope.absent.items() if not name.startswith("tables.")}
        for table in self.tables:
            for name in may_be_missing(table, absent):
                absent[f"tables.{table.id}"] = f"it reads '{name}', which may be absent"
        return replace(scope, absent=absent)

    def _variants(self, node: Entries, scope: Scope | None) -> tuple[str, ...]:
        """Expand groups; where each line has its variant, a place that is about no line has none to select by."""
        written = scalars_of(node, "variants")
        if written and scope is not None and self.variant_per is not None and scope.line != self.variant_per:
            message = f"variants are chosen for each line of '{self.variant_per}'"
            hint = f"only beside 'per: form.{self.variant_per}' and inside its 'each'"
            self.problems.add(written[0].place, "variant-of-line", message, hint)
        return tuple(dict.fromkeys(id for one in written for id in self.groups.get(one.text, ())))

    def condition(self, node: Entries, key: str, scope: Scope) -> Expression | None:
        written = node.get(key)
        return self.compiler.condition(written, scope) if isinstance(written, Scalar) else None

    def expression(self, node: Entries, key: str, scope: Scope, *, expected: str = "") -> Expression | None:
        written = node.get(key)
        if not isinstance(written, Scalar):
            return None
        return self.compiler.expression(written, scope, expected=expected)

    def inputs(self, node: Entries, key: str, scope: Scope) -> tuple[Input, ...]:
        made = (self.input(name, text, scope) for name, text in _scalars(entries_of(node, key)))
        return tuple(one for one in made if one is not None)

    def input(self, name: str, node: Scalar, scope: Scope) -> Input | None:
        """Make one value handed on; a personal one only as it is, so that it can travel as a reference."""
        expression = self.compiler.expression(node, scope)
        if expression is None:
            return None
        personal = [read for read in expression.reads if self.is_personal(read)]
        if not personal:
            return Input(name=name, expression=expression)
        if expression.text.replace(" ", "") == personal[0]:
            return Input(name=name, expression=expression, reference=personal[0])
        message = f"'{personal[0]}' is personal and goes on only as it is"
        hint = f"write just {personal[0]}, or mark the field 'personal: no'"
        self.problems.add(node.place, "bad-expression", message, hint)
        return None

    def is_personal(self, name: str) -> bool:
        """Say whether a dotted name is, or is part of, a field that is not marked `personal: no`."""
        parts = name.split(".")
        return self.personal.get(".".join(parts[:2]), "no") != "no"

    def know(self, variable: str, fields: tuple[FormField, ...]) -> None:
        self.personal |= {f"{variable}.{one.id}": one.personal for one in fields}


def may_be_missing(table: Table, absent: Mapping[str, str]) -> Iterator[str]:
    """Name what the inputs of a table read unguarded and may be absent."""
    for one in table.inputs:
        yield from (read.path.name for read in unguarded(decode(base64.b64decode(one.checked)), absent))


def absent_in(variable: str, fields: tuple[FormField, ...], at: Selectors = EVERYONE) -> dict[str, str]:
    """Collect the names of a form that may be absent where a place has these selectors, with the reason.

    The columns of a list may be absent in a loop over it: a loop has no selectors of its own.
    """
    absent: dict[str, str] = {}
    for one in fields:
        name = f"{variable}.{one.id}"
        if not one.required and one.default is None:
            absent[name] = "the field may be left empty"
        elif not _covers(one.selectors, at):
            absent[name] = "the field is asked only for some"
        absent |= {f"{name}.{part}": "it may be left empty" for part in OPTIONAL_PARTS.get(one.type, ())}
        if one.fields:
            absent |= absent_in(f"{name}[]", one.fields, at)
    return absent


def _covers(field: Selectors, place: Selectors) -> bool:
    """A place at least as narrow as the field, or with literally the same condition, may read it."""
    if field is EVERYONE:
        return True
    when = field.when is None or (place.when is not None and place.when.text == field.when.text)
    pairs = (
        (place.variants, field.variants),
        (place.channels, field.channels),
        (place.submitters, field.submitters),
    )
    return when and all(_within(one, other) for one, other in pairs)


def _within(place: tuple[str, ...], field: tuple[str, ...]) -> bool:
    return not field or (bool(place) and set(place) <= set(field))


def _scalars(entries: Entries) -> list[tuple[str, Scalar]]:
    return [(name, node) for name, node in entries.values.items() if isinstance(node, Scalar)]


def _channel(word: str) -> Channel:
    match word:
        case "online" | "post":
            return word
        case _:
            return "counter"
