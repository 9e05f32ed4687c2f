"""Makes the operations of connectors that a procedure uses."""

from procedures.language.making.draft import Draft
from procedures.language.making.forms import make_fields
from procedures.language.model.parts import Operation
from procedures.language.reading.nodes import Entries
from procedures.language.reading.words import entries_of, flag_of, integer_of, text_of, words_of
from procedures.language.resolving.naming import objects_of, operation_of


def make_operations(draft: Draft) -> tuple[Operation, ...]:
    """Make the operations that steps call and values or papers are fetched with, each once."""
    made: dict[tuple[str, str], Operation] = {}
    for node in (*objects_of(draft.resolved, "call"), *objects_of(draft.resolved, "source")):
        names = text_of(node, "connector") or "", text_of(node, "operation") or ""
        found = operation_of(draft.resolved, *names)
        if found is not None and names not in made:
            made[names] = _operation(names, found, draft)
    return tuple(made[names] for names in sorted(made))


def _operation(names: tuple[str, str], node: Entries, draft: Draft) -> Operation:
    connector = entries_of(draft.resolved.named("connectors"), names[0])
    return Operation.model_validate(
        {
            "connector": names[0],
            "name": names[1],
            "takes": make_fields(entries_of(node, "takes"), draft, of="operation"),
            "gives": make_fields(entries_of(node, "gives"), draft, of="operation"),
            "outcomes": words_of(node, "outcomes") or ("done",),
            "answered": text_of(node, "answered") or "result",
            "irrevocable": flag_of(node, "irrevocable", default=False),
            "within": text_of(connector, "within") or "1 hour",
            "retries": integer_of(connector, "retries") or 5,
        }
    )
