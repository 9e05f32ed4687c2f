"""The reference of the language, made from the tables and their meanings: a page per group of objects and language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from procedures.json_types import Json
from procedures.language.grammar.kinds import (
    Atom,
    Either,
    Kind,
    ListOf,
    MapOf,
    NameOf,
    Obj,
    OneOf,
    OneOrList,
    kinds_within,
)
from procedures.language.grammar.meanings import (
    FROM_PROFILE,
    KindMeaning,
    PageOfObjects,
    about,
    meaning_of,
    meaning_of_kinds,
    meaning_of_targets,
    meaning_of_words,
    pages,
    where_named,
)
from procedures.language.grammar.tables import OBJECTS, Key, keys_of, tables_of
from procedures.language.reference.words import SAID

LANGUAGES = ("en", "vi")


def reference() -> Mapping[str, str]:
    """Give every page by its path: `en/steps.md`, `vi/steps.md`, and `README.md` that leads to them."""
    made = {"README.md": _index()}
    for language in LANGUAGES:
        writer = _Writer(language)
        made |= {f"{language}/{page.name}.md": writer.page(page) for page in pages()}
        made[f"{language}/values.md"] = writer.values()
    return made


class _Writer:
    """Writes pages in one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._page_of = {name: page.name for page in pages() for name in page.objects}

    def page(self, page: PageOfObjects) -> str:
        parts = [self._head(page.title[self._language], page.name)]
        return "\n\n".join([*parts, *(self._object(name) for name in page.objects)]) + "\n"

    def values(self) -> str:
        """Write the page of kinds of values, targets and names."""
        kinds = [(f"`{atom}`", *self._kind_row(meaning)) for atom, meaning in meaning_of_kinds().items()]
        targets = [(f"`{name}`", meant[self._language]) for name, meant in meaning_of_targets().items()]
        names = [(f"{self._say('name of')} {what}", meant[self._language]) for what, meant in where_named().items()]
        parts = [
            self._head(self._say("values"), "values"),
            self._table(["kind", "written", "meaning", "errors"], kinds),
            f"## {self._say('targets')}",
            self._table(["target", "meaning"], targets),
            f"## {self._say('names')}",
            self._table(["name", "declared in"], names),
        ]
        return "\n\n".join(parts) + "\n"

    def _head(self, title: str, name: str) -> str:
        other = "vi" if self._language == "en" else "en"
        return f"# {title}\n\n{self._say('made')}\n[{SAID['this page'][other]}](../{other}/{name}.md)"

    def _object(self, name: str) -> str:
        own, *included = tables_of(name)
        taken = {key for table in included for key in keys_of(table)}
        keys = [key for key in keys_of(name).values() if key.name not in taken]
        parts = [f"## `{own}`", about(name).meant[self._language] + self._used_in(name)]
        if keys:
            rows = [self._row(name, key) for key in keys]
            parts.append(self._table(["key", "type", "default", "meaning", "errors"], rows))
        parts += [f"{self._say('also')} {self._link(table)}." for table in included]
        words = [line for key in keys for line in self._words(key)]
        return "\n\n".join([*parts, *(["\n".join(words)] if words else [])])

    def _used_in(self, name: str) -> str:
        places = list(_places_of(name))
        return f"\n{self._say('stands in')} {', '.join(places)}." if places else ""

    def _row(self, object: str, key: Key) -> tuple[str, ...]:
        meaning = meaning_of(object, key.name)
        return (
            f"`{key.name}`",
            self._kind(key.kind),
            self._default(key, meaning.default),
            _cell(meaning.meant[self._language]),
            _codes(meaning.errors),
        )

    def _default(self, key: Key, default: Json) -> str:
        if key.required:
            return f"**{self._say('required')}**"
        if default == FROM_PROFILE:
            return self._say("profile")
        if isinstance(default, dict):
            return _cell(str(default[self._language]))
        return "" if default is None else f"`{_written(default)}`"

    def _kind(self, kind: Kind) -> str:
        match kind:
            case Atom(name):
                return f"[{name}](values.md)"
            case OneOf():
                return self._say("one word")
            case NameOf(what):
                return f"{self._say('name of')} {what}"
            case ListOf(item):
                return f"{self._say('list of')} {self._kind(item)}"
            case OneOrList(item):
                return f"{self._say('one or list of')} {self._kind(item)}"
            case MapOf(item, any_key):
                return f"{self._say('map of any' if any_key else 'map of')} {self._kind(item)}"
            case Either(plain, object):
                return f"{self._kind(plain)} {self._say('or')} {self._kind(object)}"
            case Obj(name):
                return self._link(name)

    def _words(self, key: Key) -> Iterator[str]:
        for kind in kinds_within(key.kind):
            if isinstance(kind, OneOf):
                meant = meaning_of_words(kind)
                said = [f"`{word}` {meant[word][self._language]}" for word in kind.words]
                yield f"- `{key.name}`: {'; '.join(said)}."

    def _kind_row(self, meaning: KindMeaning) -> tuple[str, ...]:
        return f"`{meaning.written}`", _cell(meaning.meant[self._language]), _codes(meaning.errors)

    def _link(self, name: str) -> str:
        return f"[{name}]({self._page_of[name]}.md#{name})"

    def _table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
        lines = [[self._say(head) for head in heads], ["---"] * len(heads), *rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)

    def _say(self, word: str) -> str:
        return SAID[word][self._language]


def _index() -> str:
    """Lead to the pages, in both languages side by side."""
    parts = []
    for language in LANGUAGES:
        said = {word: texts[language] for word, texts in SAID.items()}
        links = [(page.title[language], page.name, page.objects) for page in pages()]
        links.append((said["values"], "values", ()))
        lines = [
            f"| [{title}]({language}/{name}.md) | {', '.join(f'`{one}`' for one in objects)} |"
            for title, name, objects in links
        ]
        head = f"| {said['page']} | {said['objects']} |\n| --- | --- |"
        parts.append("\n".join([f"## {said['reference']}\n\n{said['index']}\n", head, *lines]))
    return "\n\n".join(["# " + " · ".join(SAID["reference"].values()), SAID["made"]["en"], *parts]) + "\n"


def _places_of(name: str) -> Iterator[str]:
    """Name the keys whose values are such objects: `procedure.deadline`."""
    for object in OBJECTS:
        own = {key for table in tables_of(object)[1:] for key in keys_of(table)}
        for key in keys_of(object).values():
            if key.name not in own and Obj(name) in kinds_within(key.kind):
                yield f"`{object}.{key.name}`"


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(f"`{code}`" for code in codes)


def _cell(text: str) -> str:
    """Keep a bar inside a cell from ending it."""
    return text.replace("|", "\\|")


def _written(value: Json) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return f"[{', '.join(map(_written, value))}]"
        case _:
            return str(value)
