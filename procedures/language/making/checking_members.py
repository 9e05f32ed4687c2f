"""A member of a bundle gets what its procedure asks, no more, and waits for no member that waits for it."""

from collections.abc import Iterable

from procedures.language.conditions.names import CEL_TYPE, GIVEN, TEXT
from procedures.language.making.draft import Draft
from procedures.language.model.bundle import Member
from procedures.language.model.parts import FormField, Selectors
from procedures.language.model.procedure import Procedure
from procedures.language.reading.nodes import Entries
from procedures.language.reading.problems import did_you_mean
from procedures.language.reading.words import entries_of, scalars_of


def check_order(members: Iterable[Member], draft: Draft) -> None:
    waits = {member.id: set(member.after) for member in members}
    for id in waits:
        node = _node(draft, id)
        for written in scalars_of(node, "after"):
            if written.text not in waits:
                hint = did_you_mean(written.text, waits)
                draft.problems.add(written.place, "unknown-name", f"no member '{written.text}'", hint)
            elif _reaches(waits, written.text, id):
                message = f"'{id}' and '{written.text}' wait for each other"
                draft.problems.add(written.place, "loop-without-exit", message, "let one of them go first")


def check_member(member: Member, procedure: Procedure, draft: Draft) -> None:
    node = _node(draft, member.id)
    _check_form(member, procedure, node, draft)
    _check_documents(member, procedure, node, draft)
    known = [one.id for one in procedure.submitters]
    for written in scalars_of(draft.resolved.own, "submitters"):
        if written.text not in known:
            message = f"'{written.text}' does not submit to {procedure.procedure}"
            draft.problems.add(written.place, "unknown-name", message, "submitters there: " + ", ".join(known))


def _check_form(member: Member, procedure: Procedure, node: Entries, draft: Draft) -> None:
    written = entries_of(node, "form")
    fields = {field.id: field for field in procedure.form}
    for name, place in written.keys.items():
        if name not in fields:
            message = f"{procedure.procedure} asks no '{name}'"
            draft.problems.add(place, "unknown-name", message, did_you_mean(name, fields))
    for field in procedure.form:
        if field.id not in written.keys and _is_always_asked(field):
            message = f"{procedure.procedure} asks '{field.id}'"
            draft.problems.add(node.keys["form"], "missing-key", message, "add it under 'form'")
    for one in member.inputs:
        if one.name in fields and not _is_taken(one.expression.text, one.expression.type, fields[one.name], draft):
            message = f"'{one.name}' of {procedure.procedure} is of type {fields[one.name].type}"
            hint = f"'{one.expression.text}' is not"
            draft.problems.add(written.values[one.name].place, "wrong-type", message, hint)


def _check_documents(member: Member, procedure: Procedure, node: Entries, draft: Draft) -> None:
    written = entries_of(node, "documents")
    theirs = [document.id for document in procedure.documents]
    ours = draft.resolved.documents.keys
    for name, place in written.keys.items():
        if name not in theirs:
            message = f"{procedure.procedure} demands no '{name}'"
            draft.problems.add(place, "unknown-name", message, did_you_mean(name, theirs))
        if member.documents[name] not in ours:
            message = f"no document '{member.documents[name]}' here"
            hint = did_you_mean(member.documents[name], ours)
            draft.problems.add(written.values[name].place, "unknown-name", message, hint)


def _is_always_asked(field: FormField) -> bool:
    return field.required and field.default is None and field.selectors == Selectors()


def _is_taken(text: str, type: str, field: FormField, draft: Draft) -> bool:
    """A field of ours goes into one of the same type; anything else by the type of what it gives."""
    ours = next((one for one in draft.form if text == f"form.{one.id}"), None)
    if ours is not None and ours.type == "rows":
        columns = {column.id: column.type for column in ours.fields}
        return field.type == "rows" and all(columns.get(one.id) == one.type for one in field.fields if one.required)
    given = CEL_TYPE.get(field.type, TEXT)
    return field.type != "rows" and type == GIVEN.get(given, given)


def _reaches(waits: dict[str, set[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    todo = [start]
    while todo:
        id = todo.pop()
        if id not in seen:
            seen.add(id)
            todo.extend(waits.get(id, ()))
    return goal in seen


def _node(draft: Draft, id: str) -> Entries:
    return entries_of(entries_of(draft.resolved.own, "members"), id)
