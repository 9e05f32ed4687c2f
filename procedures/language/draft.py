"""What the makers of a procedure's parts share while one is put together: its nodes, its names, its problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from procedures.language.compiling import Compiler, Scope
from procedures.language.names import Names
from procedures.language.naming import channels_of
from procedures.language.nodes import Entries, Scalar
from procedures.language.parts import EVERYONE, Channel, Expression, FormField, Input, Selectors
from procedures.language.problems import Problems
from procedures.language.resolution import Resolved
from procedures.language.words import entries_of, words_of

OPTIONAL_PARTS: Mapping[str, tuple[str, ...]] = {
    "person": ("identity_number", "born_on", "phone", "email", "address"),
    "organisation": ("tax_number", "address"),
}


@dataclass(slots=True)
class Draft:
    """`filed` is the scope of form and documents, `decided` that of the deadline; steps have one each."""

    resolved: Resolved
    problems: Problems
    compiler: Compiler
    form: tuple[FormField, ...] = ()
    filed: Scope = field(default_factory=lambda: Scope(Names()))
    decided: Scope = field(default_factory=lambda: Scope(Names()))
    personal: dict[str, str] = field(default_factory=dict)

    @property
    def channels(self) -> tuple[Channel, ...]:
        return tuple(_channel(word) for word in channels_of(self.resolved))

    def selectors(self, node: Entries, scope: Scope) -> Selectors:
        place = self.place(node)
        when = self.condition(node, "when", self.narrowed(scope, place))
        return place.model_copy(update={"when": when}) if when else place

    def place(self, node: Entries) -> Selectors:
        """Read the selectors that need no condition."""
        channels = tuple(_channel(word) for word in words_of(node, "channels"))
        return Selectors(channels=channels, submitters=words_of(node, "submitters"))

    def narrowed(self, scope: Scope, place: Selectors) -> Scope:
        """Take away what is surely there for those whom a place is for."""
        others = {name: why for name, why in scope.absent.items() if not name.startswith("form.")}
        return Scope(scope.names, {**others, **absent_in("form", self.form, place)})

    def condition(self, node: Entries, key: str, scope: Scope) -> Expression | None:
        written = node.get(key)
        return self.compiler.condition(written, scope) if isinstance(written, Scalar) else None

    def expression(self, node: Entries, key: str, scope: Scope) -> Expression | None:
        written = node.get(key)
        return self.compiler.expression(written, scope) if isinstance(written, Scalar) else None

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


def absent_in(variable: str, fields: tuple[FormField, ...], at: Selectors = EVERYONE) -> dict[str, str]:
    """Collect the names of a form that may be absent where a place has these selectors, with the reason."""
    absent: dict[str, str] = {}
    for one in fields:
        name = f"{variable}.{one.id}"
        if not one.required and one.default is None:
            absent[name] = "the field may be left empty"
        elif not _covers(one.selectors, at):
            absent[name] = "the field is asked only for some"
        absent |= {f"{name}.{part}": "it may be left empty" for part in OPTIONAL_PARTS.get(one.type, ())}
    return absent


def _covers(field: Selectors, place: Selectors) -> bool:
    """A place at least as narrow as the field, or with literally the same condition, may read it."""
    when = field.when is None or (place.when is not None and place.when.text == field.when.text)
    return when and _within(place.channels, field.channels) and _within(place.submitters, field.submitters)


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
