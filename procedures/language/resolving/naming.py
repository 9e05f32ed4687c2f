"""Names declared elsewhere: every `name of X` of a procedure put together is looked up here."""

from collections.abc import Iterator

from procedures.language.grammar.kinds import Either, Kind, ListOf, MapOf, NameOf, Obj, OneOrList
from procedures.language.grammar.tables import ROOTS, keys_of
from procedures.language.reading.nodes import Entries, Items, Node, Scalar
from procedures.language.reading.problems import Problems, did_you_mean
from procedures.language.reading.words import children, entries_of, scalars_of, text_of, words_of
from procedures.language.resolving.resolution import SECTIONS, Resolved

HOLDER, HEAD, HANDLER = "holder", "head", "handler"
PLACES = frozenset({"competent", "receiving"})
CHANNELS = ("counter", "online", "post")
# Looked up where there is more to know: by the flow, by the one that resolves, or beside their connector.
_ELSEWHERE = frozenset({"step", "sequence", "profile", "field", "document", "operation", "submitter", "template"})
SUBMITTER, AGENCY = "submitter", "agency"


def find_unknown_names(resolved: Resolved, problems: Problems) -> None:
    known = _known(resolved)
    for what, node in _names(resolved):
        if what in known and node.text not in known[what]:
            spoken = what.split(",")[0].split(" or ")[0]
            hint = did_you_mean(node.text, known[what])
            code = "function-unknown" if spoken.startswith("function") else "unknown-name"
            problems.add(node.place, code, f"no {spoken} '{node.text}'", hint)
    _find_operations(resolved, problems)
    _find_selectors(resolved, problems)


def channels_of(resolved: Resolved) -> tuple[str, ...]:
    return words_of(resolved.own, "channels") or words_of(resolved.profile, "channels") or CHANNELS


def objects_of(resolved: Resolved, name: str) -> Iterator[Entries]:
    """Walk every object of one kind in the procedure put together (`source`, `call`, `selectors`)."""
    for object, node in _roots(resolved):
        yield from _objects(object, node, name)


def operation_of(resolved: Resolved, connector: str, operation: str) -> Entries | None:
    operations = entries_of(entries_of(resolved.named("connectors"), connector), "operations")
    node = operations.get(operation)
    return node if isinstance(node, Entries) else None


def _known(resolved: Resolved) -> dict[str, frozenset[str]]:
    functions = frozenset(resolved.named("functions").keys)
    kinds = frozenset(resolved.named("submitter_kinds").keys)
    return {
        "function": functions,
        "function, holder or head": functions | {HOLDER, HEAD},
        "function or handler": functions | {HANDLER},
        "unit": PLACES | frozenset(resolved.named("units").keys),
        "agency": frozenset(resolved.named("agencies").keys),
        "paper": frozenset(resolved.named("papers").keys),
        "result": frozenset(resolved.results.keys),
        "rule": frozenset(resolved.named("rules").keys),
        "fee": frozenset(entries_of(resolved.own, "fees").keys),
        "variant": frozenset(_variants(resolved)),
        "code list": frozenset(resolved.named("code_lists").keys),
        "kind of submitter, or submitter": kinds | {SUBMITTER},
        "kind of submitter, or agency": kinds | {AGENCY},
        "book": frozenset(resolved.named("books").keys),
        "connector": frozenset(resolved.named("connectors").keys),
        "notice": frozenset(resolved.named("notices").keys),
    }


def _variants(resolved: Resolved) -> Iterator[str]:
    for id, node in children(entries_of(resolved.own, "variants")):
        yield id
        yield from words_of(node, "group")


def _roots(resolved: Resolved) -> Iterator[tuple[str, Entries]]:
    """The parts of a procedure put together: what it says itself and what it took from elsewhere."""
    yield resolved.root, resolved.own.without(*SECTIONS, "steps")
    for name in SECTIONS:
        yield name, resolved.sections[name]
    for steps in (resolved.steps, *resolved.sequences.values()):
        for step in steps:
            yield "step", step
    yield "task_defaults", entries_of(resolved.profile, "task")


def _names(resolved: Resolved) -> Iterator[tuple[str, Scalar]]:
    for object, node in _roots(resolved):
        yield from _of_object(object, node)


def _of_object(object: str, node: Entries) -> Iterator[tuple[str, Scalar]]:
    keys = keys_of(object)
    for key, value in node.values.items():
        if key in keys:
            yield from _of_value(keys[key].kind, value)


def _of_value(kind: Kind, node: Node) -> Iterator[tuple[str, Scalar]]:
    match kind, node:
        case NameOf(what), Scalar():
            if what not in _ELSEWHERE:
                yield what, node
        case ((ListOf(item) | OneOrList(item)), Items()):
            for one in node.nodes:
                yield from _of_value(item, one)
        case OneOrList(item), _:
            yield from _of_value(item, node)
        case MapOf(item), Entries():
            for one in node.values.values():
                yield from _of_value(item, one)
        case Either(_, object), Entries():
            yield from _of_value(object, node)
        case Obj(name), Entries():
            yield from _of_object(name, node)


def _objects(object: str, node: Entries, wanted: str) -> Iterator[Entries]:
    if object == wanted or (wanted == "selectors" and "submitters" in keys_of(object) and object not in ROOTS):
        yield node
    keys = keys_of(object)
    for key, value in node.values.items():
        if key in keys:
            for name, inner in _nested(keys[key].kind, value):
                yield from _objects(name, inner, wanted)


def _nested(kind: Kind, node: Node) -> Iterator[tuple[str, Entries]]:
    match kind, node:
        case Obj(name), Entries():
            yield name, node
        case ((ListOf(item) | OneOrList(item)), Items()):
            for one in node.nodes:
                yield from _nested(item, one)
        case OneOrList(item), _:
            yield from _nested(item, node)
        case MapOf(item), Entries():
            for one in node.values.values():
                yield from _nested(item, one)
        case Either(_, object), Entries():
            yield from _nested(object, node)


def _find_operations(resolved: Resolved, problems: Problems) -> None:
    connectors = resolved.named("connectors")
    for node in (*objects_of(resolved, "call"), *objects_of(resolved, "source")):
        connector, operation = text_of(node, "connector"), node.get("operation")
        if connector not in connectors.keys or not isinstance(operation, Scalar):
            continue
        known = entries_of(entries_of(connectors, connector), "operations").keys
        if operation.text not in known:
            message = f"connector '{connector}' has no operation '{operation.text}'"
            problems.add(operation.place, "unknown-name", message, did_you_mean(operation.text, known))


def _find_selectors(resolved: Resolved, problems: Problems) -> None:
    """A selector names channels and submitters the procedure offers; who may submit is defined somewhere."""
    kinds = resolved.named("submitter_kinds").keys
    for node in scalars_of(resolved.own, "submitters"):
        if node.text not in kinds:
            hint = did_you_mean(node.text, kinds)
            problems.add(node.place, "unknown-name", f"no kind of submitter '{node.text}'", hint)
    offered, submitters = channels_of(resolved), words_of(resolved.own, "submitters")
    for selectors in objects_of(resolved, "selectors"):
        for node in scalars_of(selectors, "channels"):
            if node.text not in offered:
                hint = "offered: " + ", ".join(offered)
                problems.add(node.place, "channel-not-offered", f"'{node.text}' is not offered", hint)
        for node in scalars_of(selectors, "submitters"):
            if node.text not in submitters:
                hint = did_you_mean(node.text, submitters)
                problems.add(node.place, "unknown-name", f"'{node.text}' does not submit here", hint)
