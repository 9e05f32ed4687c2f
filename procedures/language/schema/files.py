"""JSON Schemas of the language's files, made from the tables: what editors complete, explain and check by.

A schema refuses whatever the check of shapes refuses, as far as JSON Schema can say it. It cannot say how a file is
written (duplicate keys, tabs), that letters are composed, that a pattern is RE2, or that 1.0 is no whole number.
Names are left to the loader.
"""

from collections.abc import Iterator

from procedures.json_types import Json, JsonObject
from procedures.language.grammar.kinds import Atom, Either, Kind, ListOf, MapOf, NameOf, Obj, OneOf, OneOrList
from procedures.language.grammar.meanings import FROM_PROFILE, Meaning, Meant, about, meaning_of, meaning_of_words
from procedures.language.grammar.tables import ROOTS, STEP_KINDS, Key, keys_of
from procedures.language.resolving.sources import ROOT_ORDER
from procedures.language.schema.demands import DEMANDS
from procedures.language.schema.values import VALUES, value_name

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NARROWER: dict[tuple[str, str], JsonObject] = {
    ("procedure", "procedure"): {"pattern": r"^[0-9]\.[0-9]{6}$"},
}


def schema_of(root: str) -> JsonObject:
    """Give the schema of the files that begin with a root key: `procedure`, `fragment`, `scenarios` ..."""
    return {"$schema": DIALECT, "$ref": _ref(ROOTS[root]), "$defs": _definitions(ROOTS[root])}


def schema_of_any_file() -> JsonObject:
    """Give one schema for all files of the language; the root key decides, as it does for the loader."""
    chosen: JsonObject = {"required": list(ROOT_ORDER[:1])}
    for root in reversed(ROOT_ORDER):
        chosen = {"if": {"required": [root]}, "then": {"$ref": _ref(ROOTS[root])}, "else": chosen}
    return {"$schema": DIALECT, **chosen, "$defs": _definitions(*ROOTS.values())}


def _definitions(*objects: str) -> JsonObject:
    """Define every object and kind of value that is reached."""
    found: JsonObject = {}
    todo = [*objects]
    while todo:
        name = todo.pop()
        if name not in found:
            found[name] = _object(name)
            todo.extend(inner for key in keys_of(name).values() for inner in _objects(key.kind))
    return {**dict(sorted(found.items())), **_values_of(found)}


def _object(name: str) -> JsonObject:
    keys = [*keys_of(name).values()]
    return {
        **_title(about(name)),
        "description": _both(about(name).meant),
        "type": "object",
        "properties": {key.name: _property(name, key) for key in keys},
        "additionalProperties": False,
        **_demands(name, keys),
        **({"allOf": DEMANDS[name]} if name in DEMANDS else {}),
    }


def _demands(name: str, keys: list[Key]) -> JsonObject:
    """Say which keys must be there, and which never stand together."""
    required: list[Json] = [key.name for key in keys if key.required]
    built = {key.name for key in keys}
    if name == "step":
        kinds = _exactly_one([kind for kind in STEP_KINDS if kind in built])
        whole: JsonObject = {"required": required, **kinds, "not": {"required": ["then", "outcomes"]}}
        return {"if": {"required": ["include"]}, "then": {"maxProperties": 1}, "else": whole}
    if name == "event":
        return {"required": required, **_exactly_one([key for key in keys_of("verbs") if key in built])}
    if "like" in built:
        return {"if": {"required": ["like"]}, "else": {"required": required}}
    return {"required": required} if required else {}


def _exactly_one(names: list[str]) -> JsonObject:
    return {"oneOf": [{"required": [name]} for name in names]}


def _property(object: str, key: Key) -> JsonObject:
    meaning = meaning_of(object, key.name)
    narrower = _NARROWER.get((object, key.name), {})
    said = {**_title(meaning), "description": _described(key, meaning), **_value(key.kind), **narrower}
    is_value = meaning.default is not None and not isinstance(meaning.default, dict)
    return {**said, "default": meaning.default} if is_value and meaning.default != FROM_PROFILE else said


def _value(kind: Kind) -> JsonObject:
    match kind:
        case Atom(name):
            return {"$ref": _ref(value_name(name))}
        case OneOf():
            return {"enum": list(kind.words), "markdownEnumDescriptions": _words_in_both(kind)}
        case NameOf():
            return {"$ref": _ref("text")}
        case ListOf(item):
            return {"type": "array", "items": _value(item)}
        case OneOrList(item):
            several: JsonObject = {"type": "array", "items": _value(item), "minItems": 1}
            return {"if": {"type": "array"}, "then": several, "else": _value(item)}
        case MapOf(item, any_key):
            names: JsonObject = {} if any_key else {"propertyNames": {"$ref": _ref("id")}}
            return {"type": "object", **names, "additionalProperties": _value(item)}
        case Either(plain, object):
            return {"if": {"type": "object"}, "then": _value(object), "else": _value(plain)}
        case Obj(name):
            return {"$ref": _ref(name)}


def _described(key: Key, meaning: Meaning) -> str:
    """Write what an editor shows beside a key: its meaning in both languages, its words, default and errors."""
    lines = [_both(meaning.meant)]
    lines += [f"- {word}: {both}" for kind in _kinds(key.kind) for word, both in _words(kind)]
    if meaning.default == FROM_PROFILE:
        lines.append("Default: from the profile / Mặc định: theo bộ tham số pháp luật")
    elif isinstance(meaning.default, dict):
        lines.append(f"Default: {meaning.default['en']} / Mặc định: {meaning.default['vi']}")
    if meaning.errors:
        lines.append(f"Errors / Lỗi: {', '.join(meaning.errors)}")
    return "\n".join(lines)


def _title(meaning: Meaning) -> JsonObject:
    return {"title": f"{meaning.name['en']} / {meaning.name['vi']}"} if meaning.name else {}


def _both(meant: Meant) -> str:
    return f"{meant['en']}\n{meant['vi']}"


def _words(kind: Kind) -> Iterator[tuple[str, str]]:
    if isinstance(kind, OneOf):
        meant = meaning_of_words(kind)
        yield from ((word, f"{meant[word]['en']} / {meant[word]['vi']}") for word in kind.words)


def _words_in_both(kind: OneOf) -> list[Json]:
    return [both for _, both in _words(kind)]


def _kinds(kind: Kind) -> Iterator[Kind]:
    yield kind
    match kind:
        case ListOf(item) | OneOrList(item) | MapOf(item):
            yield from _kinds(item)
        case Either(plain, object):
            yield from _kinds(plain)
            yield from _kinds(object)


def _objects(kind: Kind) -> Iterator[str]:
    return (one.name for one in _kinds(kind) if isinstance(one, Obj))


def _values_of(found: JsonObject) -> JsonObject:
    """Define the kinds of values that the found objects name, and those these name in turn."""
    values = {value_name(atom): value for atom, value in VALUES.items()}
    used: JsonObject = {}
    todo = [*_refs(found)]
    while todo:
        name = todo.pop()
        if name in values and name not in used:
            used[name] = values[name]
            todo.extend(_refs(values[name]))
    return dict(sorted(used.items()))


def _refs(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(ref := node.get("$ref"), str):
            yield ref.rpartition("/")[2]
        for one in node.values():
            yield from _refs(one)
    elif isinstance(node, list):
        for one in node:
            yield from _refs(one)


def _ref(name: str) -> str:
    return f"#/$defs/{name}"
