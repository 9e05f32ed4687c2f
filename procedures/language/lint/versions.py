"""An id keeps its meaning in later versions: what it was before it still is."""

from collections.abc import Iterator

from procedures.language.grammar.tables import STEP_KINDS
from procedures.language.lint.subject import Subject
from procedures.language.reading.nodes import Entries
from procedures.language.reading.words import children, entries_of, integer_of, maps_of, text_of

# The key by which an id of a section has its type or kind.
_TYPED = {"form": ("type", None), "results": ("kind", "grant"), "tables": ("type", None)}


def compare_with_former(subject: Subject) -> None:
    former = subject.former
    if former is None:
        return
    number = integer_of(former, "version")
    was = {path: kind for path, kind, _ in _kinds(former)}
    for path, kind, id in _kinds(subject.resolved.own):
        if was.get(path, kind) != kind:
            message = f"'{id}' was {was[path]} in version {number}"
            subject.say("id-changed-type", path, message, "take a new id")


def _kinds(own: Entries) -> Iterator[tuple[str, str, str]]:
    """Give the path, the type or kind and the id of all that has one."""
    for section, (key, default) in _TYPED.items():
        for id, node in children(entries_of(own, section)):
            kind = text_of(node, key) or default
            if kind is not None:
                yield f"{section}.{id}.{key}", kind, id
    yield from _step_kinds(maps_of(own.get("steps")))


def _step_kinds(steps: tuple[Entries, ...]) -> Iterator[tuple[str, str, str]]:
    for step in steps:
        id = text_of(step, "id")
        for kind in (key for key in STEP_KINDS if key in step.keys):
            if id is not None:
                yield f"steps.{id}", kind, id
        yield from _step_kinds(maps_of(entries_of(step, "each").get("steps")))
        for _, branch in children(entries_of(entries_of(step, "parallel"), "branches")):
            yield from _step_kinds(maps_of(branch.get("steps")))
