"""Makes the fields of a form from their nodes; checking_fields says where they make no sense."""

from collections.abc import Iterable
from dataclasses import replace

from procedures.language.conditions.compiling import Scope
from procedures.language.making.checking_fields import FormKind, check_field
from procedures.language.making.draft import Draft
from procedures.language.model.parts import FormField, Option, Source
from procedures.language.reading.nodes import Entries
from procedures.language.reading.plain import plain
from procedures.language.reading.words import (
    children,
    entries_of,
    flag_of,
    integer_of,
    text_of,
    texts,
    texts_of,
    words_of,
)

# Keys beside the selectors that read other fields.
_READING = frozenset({"prefill", "source", "fields"})


def make_fields(entries: Entries, draft: Draft, *, of: FormKind = "step") -> tuple[FormField, ...]:
    """Make fields without their conditions, which need the names of all of them."""
    return tuple(_field(id, node, draft, of) for id, node in children(entries))


def with_selectors(fields: Iterable[FormField], entries: Entries, draft: Draft, scope: Scope) -> tuple[FormField, ...]:
    """Add what reads other fields: conditions, what is offered beforehand and fetched, in the columns of lists too."""
    nodes = dict(children(entries))
    return tuple(_with_selectors(one, nodes[one.id], draft, scope) for one in fields)


def make_source(node: Entries, draft: Draft, scope: Scope) -> Source | None:
    """Make the database a value or a paper comes from; what is asked there may name the signed-in person."""
    written = node.get("source")
    if not isinstance(written, Entries):
        return None
    return Source.model_validate(
        {
            "connector": text_of(written, "connector") or "",
            "operation": text_of(written, "operation") or "",
            "inputs": draft.inputs(written, "with", _signed_in(scope)),
            "consent": flag_of(written, "consent", default=True),
            "fallback": text_of(written, "fallback") or "upload",
        }
    )


def _field(id: str, node: Entries, draft: Draft, of: FormKind) -> FormField:
    field = FormField.model_validate(
        {
            "id": id,
            "type": text_of(node, "type") or "text",
            "label": texts_of(node, "label") or {},
            "help": texts_of(node, "help"),
            "required": flag_of(node, "required", default=True),
            "default": plain(node.get("default")),
            "outcomes": words_of(node, "outcomes"),
            "pattern": text_of(node, "pattern"),
            "min": plain(node.get("min")),
            "max": plain(node.get("max")),
            "max_length": integer_of(node, "max_length"),
            "options": _options(node, draft),
            "fields": make_fields(entries_of(node, "fields"), draft, of="line"),
            "key": text_of(node, "key"),
            "accept": tuple(ending.removeprefix(".").lower() for ending in words_of(node, "accept")),
            "max_size": integer_of(node, "max_size"),
            "personal": text_of(node, "personal") or "yes",
            "selectors": draft.place(node),
        }
    )
    check_field(field, node, draft.problems, of)
    return field


def _with_selectors(field: FormField, node: Entries, draft: Draft, scope: Scope) -> FormField:
    selectors = draft.selectors(node, scope)
    if node.values.keys().isdisjoint(_READING):
        return field.model_copy(update={"selectors": selectors})
    inside = draft.narrowed(scope, selectors)
    prefill = draft.expression(node, "prefill", _signed_in(inside)) if "prefill" in node.values else None
    more: dict[str, object] = {"selectors": selectors, "prefill": prefill, "source": make_source(node, draft, inside)}
    if field.fields:
        lines = draft.at_line(inside, field.id)
        more["fields"] = with_selectors(field.fields, entries_of(node, "fields"), draft, lines)
    return field.model_copy(update=more)


def _options(node: Entries, draft: Draft) -> tuple[Option, ...]:
    """Take the options as written, or from a code list of the registry."""
    lists = draft.resolved.named("code_lists")
    written = entries_of(lists, text_of(node, "list") or "") if "list" in node.values else entries_of(node, "options")
    return tuple(Option(id=id, label=texts(label)) for id, label in children(written))


def _signed_in(scope: Scope) -> Scope:
    names = scope.names.copied()
    names.add_applicant()
    return replace(scope, names=names)
