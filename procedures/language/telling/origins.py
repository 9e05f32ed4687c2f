"""`motcua show --resolved`: everything a version says and takes from elsewhere, each value with its place."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from procedures.language.grammar.tables import keys_of
from procedures.language.making.life import SECTION_MODELS
from procedures.language.model.procedure import Procedure
from procedures.language.reading.nodes import Entries, Items, Node, Scalar
from procedures.language.reading.problems import Place
from procedures.language.reading.words import children, entries_of, maps_of
from procedures.language.resolving.resolution import Resolved
from procedures.language.resolving.sources import HOME

BUILT_IN = "built in"
_WIDTH = 96
# Texts that YAML and the loader read as themselves without quotes, inside braces too.
_PLAIN = re.compile(r"[^\W\d_][\w ./()-]*(?<! )|[0-9]+(?:\.[0-9]+)? [a-z][a-z ]*[a-z]|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_TEXT = frozenset({"true", "false", "null", "Null", "NULL"})
# Named in the procedure, declared elsewhere: what the model kept of them is what is used.
_USED = ("units", "papers", "rules", "tables", "notices")
# What the profile says of every task.
_OF_TASKS = ("within", "assign", "batch", "escalate")
_TAKEN = ("submitter_kinds", "functions", "books", "connectors")


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    place: Place | None = None


def resolved_text(procedure: Procedure, resolved: Resolved, home: Path) -> Iterator[str]:
    """Write the resolved text as YAML, line by line; behind each value stands `# file:line`, or `# built in`."""
    whole = Entries(resolved.own.place, dict(_chapters(procedure, resolved)))
    folders = (Path(resolved.own.place.file).parent, home, HOME)
    for line in _block(whole, ""):
        yield line.text if line.place is None else f"{line.text:<{_WIDTH}}  # {_shown(line.place, folders)}"


def _chapters(procedure: Procedure, resolved: Resolved) -> Iterator[tuple[str, Node]]:
    """First the chapters of the procedure, then what it takes from profile, fragments and registry."""
    for key in keys_of("procedure"):
        if node := _chapter(key, procedure, resolved):
            yield key, node
    for key in _TAKEN:
        if used := _only(resolved.named(key), _names_used(key, procedure)):
            yield key, used
    for key in ("outcomes", "legal_forms"):
        if node := resolved.profile.get(key):
            yield key, node
    if resolved.sequences:
        place = resolved.own.place
        steps = {name: Items(place, _with_defaults(steps, resolved)) for name, steps in resolved.sequences.items()}
        yield "sequences", Entries(place, dict(steps))


def _chapter(key: str, procedure: Procedure, resolved: Resolved) -> Node | None:
    if key in resolved.sections:
        return _with_built_in(key, resolved.sections[key])
    if key in _USED:
        return _only(resolved.named(key), _names_used(key, procedure))
    match key:
        case "steps":
            return Items(resolved.own.place, _with_defaults(resolved.steps, resolved))
        case "results":
            return resolved.results
        case "channels":
            return resolved.own.get(key) or resolved.profile.get(key)
        case _:
            return resolved.own.get(key)


def _names_used(key: str, procedure: Procedure) -> set[str]:
    named: dict[str, set[str]] = {
        "units": {one.id for one in procedure.units},
        "papers": {one.id for one in procedure.papers},
        "rules": {one.id for one in procedure.rules},
        "tables": {one.id for one in procedure.tables},
        "notices": {one.id for one in procedure.notices},
        "submitter_kinds": {one.id for one in procedure.submitters},
        "functions": set(procedure.functions),
        "books": set(procedure.books),
        "connectors": {one.connector for one in procedure.operations},
    }
    return named[key]


def _only(entries: Entries, ids: set[str]) -> Entries | None:
    kept = {id: node for id, node in entries.values.items() if id in ids}
    return Entries(entries.place, kept, entries.keys) if kept else None


def _with_built_in(name: str, section: Entries) -> Entries:
    """Add what neither file nor profile says and the engine takes."""
    nowhere = Place(BUILT_IN, 0, 0)
    fields = SECTION_MODELS[name].model_fields
    silent = {key: _node(info.default, nowhere) for key, info in fields.items() if key not in section.values}
    return Entries(section.place, {**section.values, **{key: node for key, node in silent.items() if node}})


def _node(value: object, place: Place) -> Node | None:
    match value:
        case None | () | Entries():
            return None
        case tuple():
            nodes = (_node(one, place) for one in value)
            return Items(place, tuple(one for one in nodes if one is not None))
        case bool() | int() | float() | str():
            return Scalar(place, str(value).lower() if isinstance(value, bool) else str(value), value)
    return None


def _with_defaults(steps: tuple[Entries, ...], resolved: Resolved) -> tuple[Entries, ...]:
    return tuple(_step(step, entries_of(resolved.profile, "task")) for step in steps)


def _step(step: Entries, defaults: Entries) -> Entries:
    """Lay what the profile says of every task under a step, and under those of its branches and lines."""
    values = dict(step.values)
    for kind in ("task", "sign"):
        if isinstance(body := values.get(kind), Entries):
            common = {key: node for key, node in defaults.values.items() if key in _OF_TASKS and key not in body.values}
            values[kind] = Entries(body.place, {**body.values, **common})
    if isinstance(each := values.get("each"), Entries):
        values["each"] = _inner(each, defaults)
    if isinstance(parallel := values.get("parallel"), Entries):
        branches = entries_of(parallel, "branches")
        made = Entries(branches.place, {id: _inner(branch, defaults) for id, branch in children(branches)})
        values["parallel"] = Entries(parallel.place, {**parallel.values, "branches": made})
    return Entries(step.place, values)


def _inner(node: Entries, defaults: Entries) -> Entries:
    steps = tuple(_step(step, defaults) for step in maps_of(node.get("steps")))
    return Entries(node.place, {**node.values, "steps": Items(node.place, steps)})


def _block(node: Entries | Items, indent: str) -> Iterator[Line]:
    entries = node.values.items() if isinstance(node, Entries) else (("-", one) for one in node.nodes)
    for key, value in entries:
        head = "- " if isinstance(node, Items) else f"{_written(key)}: "
        yield from _entry(indent, head, value)


def _entry(indent: str, head: str, node: Node) -> Iterator[Line]:
    """Write a value behind its key in one line where it fits and stands in one line of one file, else below it."""
    flow, places = _flow(node), {(place.file, place.line) for place in _places(node)}
    if isinstance(node, Scalar) or (len(places) < 2 and len(indent + head + flow) <= _WIDTH):
        yield Line(f"{indent}{head}{flow}", next(_places(node), node.place))
        return
    lines = list(_block(node, f"{indent}  "))
    if head == "- " and isinstance(node, Entries):
        first, *lines = lines
        yield Line(f"{indent}- {first.text.lstrip()}", first.place)
    else:
        yield Line(f"{indent}{head.rstrip()}")
    yield from lines


def _flow(node: Node) -> str:
    match node:
        case Scalar():
            return _written(node.text) if isinstance(node.value, str) else node.text
        case Items():
            return f"[{', '.join(map(_flow, node.nodes))}]"
        case Entries():
            return f"{{{', '.join(f'{_written(key)}: {_flow(value)}' for key, value in node.values.items())}}}"


def _places(node: Node) -> Iterator[Place]:
    match node:
        case Scalar():
            yield node.place
        case Items():
            yield from (place for one in node.nodes for place in _places(one))
        case Entries():
            yield from (place for one in node.values.values() for place in _places(one))


def _written(text: str) -> str:
    """Write a text so that it is read as itself, in quotes where it needs them."""
    plain = _PLAIN.fullmatch(text) and text not in _NO_TEXT
    return text if plain else json.dumps(text, ensure_ascii=False)


def _shown(place: Place, folders: tuple[Path, ...]) -> str:
    """Name a file as it lies in the first of the folders that holds it."""
    if place.file == BUILT_IN:
        return BUILT_IN
    file = Path(place.file)
    return f"{next((file.relative_to(folder) for folder in folders if file.is_relative_to(folder)), file)}:{place.line}"
