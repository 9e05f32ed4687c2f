"""A file checked against the tables, key by key; what is wrong is reported and left out of what goes on."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from procedures.language.grammar.kinds import Atom, Either, Kind, ListOf, MapOf, NameOf, Obj, OneOf, OneOrList
from procedures.language.grammar.tables import STEP_KINDS, Key, keys_of
from procedures.language.reading.nodes import Entries, Items, Node, Scalar
from procedures.language.reading.problems import Place, Problems, did_you_mean, nearest
from procedures.language.resolving.values import check_atom, check_id, check_text

MAX_ENTRIES = 500
_SPOKEN = {
    "task_defaults": "task",
    "document_step": "document",
    "subprocedure": "procedure",
    "scenario_file": "a scenarios file",
    "published_file": "a file of published records",
}

# Local government has two levels since Law 72/2025/QH15.
_ENDED = {"district": ("2025-06-30", ("commune", "province"))}


class Shapes:
    """Walks a file along the tables. `languages` are the profile's; the first one is obligatory in every text."""

    def __init__(self, problems: Problems, languages: tuple[str, ...] = ("vi", "en")) -> None:
        self._problems = problems
        self._languages = languages

    def object(self, name: str, node: Entries, *, partial: bool = False) -> Entries:
        """Check a map against a table; `partial` asks for no key, for what will be laid over something else."""
        keys = keys_of(name)
        clean = Entries(node.place)
        meant: set[str] = set()
        for key, place in node.keys.items():
            known = keys.get(key)
            if known is None:
                meant |= nearest(key, keys)
                hint = did_you_mean(key, keys)
                self._add(place, "unknown-key", f"'{key}' is not a key of {_spoken(name)}", hint)
            elif (value := node.get(key)) is not None and (checked := self._value(known.kind, value)) is not None:
                clean.keys[key], clean.values[key] = place, checked
        if not partial and "like" not in {*node.keys, *meant}:
            self._find_missing(name, keys, node, meant)
        if check := _AFTERWARDS.get(name):
            check(node, self._problems)
        return clean

    def _find_missing(self, name: str, keys: Mapping[str, Key], node: Entries, meant: set[str]) -> None:
        """Look for what must be there; what a misspelt key meant is not missing."""
        for key in keys.values():
            is_there = key.name in node.keys or key.name in meant
            if key.required and not is_there and not _is_include(name, node):
                self._add(node.place, "missing-key", f"'{key.name}' is missing in {_spoken(name)}")

    def _value(self, kind: Kind, node: Node) -> Node | None:
        match kind:
            case Atom("texts"):
                return self._texts(node)
            case Atom("any"):
                return node if not isinstance(node, Scalar) or self._atom("any", node) else None
            case Atom(name):
                return self._scalar(node, lambda scalar: self._atom(name, scalar))
            case OneOf():
                return self._scalar(node, lambda scalar: self._word(kind, scalar))
            case NameOf():
                return self._scalar(node, lambda scalar: self._atom("text", scalar))
            case ListOf(item):
                return self._list(item, node)
            case OneOrList(item):
                return self._one_or_list(item, node)
            case MapOf(item, any_key):
                return self._map(item, node, any_key=any_key)
            case Either(plain, object):
                return self._value(object if isinstance(node, Entries) else plain, node)
            case Obj(name):
                return self._nested(name, node)

    def _nested(self, name: str, node: Node) -> Node | None:
        if isinstance(node, Entries):
            return self.object(name, node)
        self._add(node.place, "wrong-type", f"here stands {_what(node)}, not the keys of {_spoken(name)}")
        return None

    def _scalar(self, node: Node, check: Callable[[Scalar], bool]) -> Node | None:
        if not isinstance(node, Scalar):
            self._add(node.place, "wrong-type", f"here stands {_what(node)}, not a single value")
            return None
        return node if check(node) else None

    def _atom(self, name: str, node: Scalar) -> bool:
        wrong = check_atom(name, node)
        if wrong is not None:
            self._add(node.place, wrong.code, wrong.message, wrong.hint)
        return wrong is None

    def _word(self, kind: OneOf, node: Scalar) -> bool:
        if node.text in _ENDED and set(_ENDED[node.text][1]) <= set(kind.words):
            ended, instead = _ENDED[node.text]
            self._add(
                node.place, "unit-abolished", f"level '{node.text}' ended on {ended}", "now " + " or ".join(instead)
            )
            return False
        if node.text not in kind.words:
            self._add(
                node.place, "unknown-word", f"'{node.text}' is not known here", did_you_mean(node.text, kind.words)
            )
            return False
        return True

    def _list(self, item: Kind, node: Node) -> Node | None:
        if not isinstance(node, Items):
            self._add(node.place, "wrong-type", f"here stands {_what(node)}, not a list", "write it in [ ]")
            return None
        checked = (self._value(item, one) for one in node.nodes)
        return Items(node.place, tuple(one for one in checked if one is not None))

    def _one_or_list(self, item: Kind, node: Node) -> Node | None:
        if not isinstance(node, Items):
            return self._value(item, node)
        if not node.nodes:
            self._add(node.place, "wrong-type", "the list is empty", "name at least one, or leave the key out")
            return None
        return self._list(item, node)

    def _map(self, item: Kind, node: Node, *, any_key: bool) -> Node | None:
        if not isinstance(node, Entries):
            self._add(node.place, "wrong-type", f"here stands {_what(node)}, not a map of ids")
            return None
        clean = Entries(node.place)
        if len(node.keys) > MAX_ENTRIES:
            place = list(node.keys.values())[MAX_ENTRIES]
            self._add(place, "wrong-type", f"more than {MAX_ENTRIES} entries in one map", "nobody reads that many")
            return None
        for key, place in node.keys.items():
            if not any_key and (wrong := check_id(key)):
                self._add(place, wrong.code, wrong.message, wrong.hint)
            value = node.get(key)
            checked = self._value(item, value) if value is not None else None
            if checked is not None:
                clean.keys[key], clean.values[key] = place, checked
        return clean

    def _texts(self, node: Node) -> Node | None:
        if not isinstance(node, Entries):
            hint = "write it as {" + f'{self._languages[0]}: "..."' + "}"
            self._add(node.place, "wrong-type", f"here stands {_what(node)}, not a text per language", hint)
            return None
        clean = Entries(node.place)
        for language, value in node.values.items():
            place = node.keys[language]
            if language not in self._languages:
                hint = "a text with a comma inside { } needs double quotes" if " " in language else ""
                hint = hint or did_you_mean(language, self._languages)
                self._add(place, "unknown-key", f"'{language}' is no language of the profile", hint)
            elif isinstance(value, Scalar):
                self._report_text(value)
                # Whatever else it is, it goes on as the text that stands there.
                clean.keys[language], clean.values[language] = place, replace(value, value=value.text)
            else:
                self._add(
                    value.place, "wrong-type", f"here stands {_what(value)}, not a text", "put it in double quotes"
                )
        if self._languages[0] not in node.keys:
            self._add(node.place, "language-missing", f"the text has no '{self._languages[0]}'")
        return clean

    def _report_text(self, node: Scalar) -> None:
        if wrong := check_text(node):
            self._add(node.place, wrong.code, wrong.message, wrong.hint)

    def _add(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self._problems.add(place, code, message, hint)


def _check_step(node: Entries, problems: Problems) -> None:
    kinds = [key for key in node.keys if key in STEP_KINDS]
    if "include" in node.keys:
        others = [key for key in node.keys if key != "include"]
        for key in others[:1]:
            stand = "stands" if len(others) == 1 else "stand"
            message = f"{', '.join(map(repr, others))} {stand} beside 'include'"
            problems.add(node.keys[key], "include-mixed", message, "what is included brings its own")
        return
    # An unknown key is told by itself, and is probably the kind.
    if not kinds and node.keys.keys() <= keys_of("step").keys():
        problems.add(node.place, "missing-key", "the step has no kind", "one of " + ", ".join(STEP_KINDS))
    for kind in kinds[1:]:
        problems.add(node.keys[kind], "two-kinds", f"the step is a '{kinds[0]}' already", "make it two steps")
    if "then" in node.keys and "outcomes" in node.keys:
        problems.add(node.keys["then"], "then-and-outcomes", "'then' stands beside 'outcomes'", "keep one of them")


def _check_event(node: Entries, problems: Problems) -> None:
    verbs = [key for key in node.keys if key in keys_of("verbs")]
    if not verbs and node.keys.keys() <= keys_of("event").keys():
        problems.add(node.place, "missing-key", "no verb says what happens", "e.g. 'accept: {}' or 'pass: {}'")
    for verb in verbs[1:]:
        problems.add(node.keys[verb], "two-kinds", f"'{verbs[0]}' happens here already", "make it two entries")


_AFTERWARDS: Mapping[str, Callable[[Entries, Problems], None]] = {"step": _check_step, "event": _check_event}


def _is_include(name: str, node: Entries) -> bool:
    return name == "step" and "include" in node.keys


def _spoken(name: str) -> str:
    return _SPOKEN.get(name, name)


def _what(node: Node) -> str:
    match node:
        case Scalar():
            return f"the text '{node.text}'" if len(node.text) <= 40 else "a text"
        case Items():
            return "a list"
        case Entries():
            return "a map"
