"""Texts people read: in every language of the profile, and without personal data where others read along."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from procedures.language.grammar.kinds import Atom, Either, Kind, ListOf, MapOf, Obj, OneOrList
from procedures.language.grammar.tables import ROOTS, keys_of
from procedures.language.lint.subject import Subject
from procedures.language.reading.nodes import Entries, Items, Node, Scalar
from procedures.language.reading.problems import Place, Problems
from procedures.language.reading.words import children, text_of, words_of
from procedures.language.resolving.sources import Source

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# Ways on which a message leaves the house, or lies open on a screen.
_OPEN_WAYS = frozenset({"sms", "email", "app"})
_OWN = frozenset({"case.code", "due", "title", "unit", "link"})


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text in its languages: the key it stands under, and the nearest id above it."""

    key: str
    owner: str
    path: str
    node: Entries

    def __str__(self) -> str:
        return f"{self.key} of '{self.owner}'" if self.owner else f"'{self.key}'"


def check_texts(subject: Subject) -> None:
    own = subject.resolved.own
    personal = _personal_names(subject)
    for text in shown_texts("procedure", own):
        _find_untranslated(text, subject.resolved.languages, subject.problems)
        if not text.path.startswith("notices"):
            _find_disclosed(subject, text, personal)
    _check_notices(subject, personal)


def check_source_texts(source: Source, problems: Problems, languages: tuple[str, ...] = ("vi", "en")) -> None:
    """Look at the texts of a profile, fragment or registry by itself; a profile has languages of its own."""
    languages = words_of(source.entries, "languages") or languages
    for text in shown_texts(ROOTS[source.root], source.entries) if source.root in ROOTS else ():
        _find_untranslated(text, languages, problems)


def shown_texts(object: str, node: Entries, path: str = "", owner: str = "") -> Iterator[ShownText]:
    """Walk the texts of a map along its table."""
    owner = text_of(node, "id") or owner
    keys = keys_of(object)
    for key, value in node.values.items():
        if key in keys:
            yield from _texts(keys[key].kind, value, f"{path}.{key}".lstrip("."), owner)


def _texts(kind: Kind, node: Node, path: str, owner: str) -> Iterator[ShownText]:
    match kind, node:
        case Atom("texts"), Entries():
            yield ShownText(path.rpartition(".")[2], owner, path, node)
        case ((ListOf(item) | OneOrList(item)), Items()):
            for place, one in enumerate(node.nodes, start=1):
                yield from _texts(item, one, f"{path}.{place}", owner)
        case (OneOrList(item), _) | (Either(_, item), Entries()):
            yield from _texts(item, node, path, owner)
        case MapOf(item), Entries():
            for key, value in node.values.items():
                yield from _texts(item, value, f"{path}.{key}", key)
        case Obj(name), Entries():
            yield from shown_texts(name, node, path, owner)


def _find_untranslated(text: ShownText, languages: tuple[str, ...], problems: Problems) -> None:
    # The first language is obligatory, which the loader says.
    missing = [language for language in languages[1:] if language not in text.node.keys]
    if missing:
        message = f"{text} has no " + ", ".join(f"'{language}'" for language in missing)
        problems.warn(text.node.place, "translation-missing", message, "add the translation")
    first = text_of(text.node, languages[0]) or ""
    for language in languages[1:]:
        # Letters that other languages do not have tell a copy from a name that is the same in all.
        if not first.isascii() and text_of(text.node, language) == first:
            message = f"{text} says in '{language}' the words of '{languages[0]}'"
            problems.warn(text.node.place, "translation-missing", message, "add the translation")


def _find_disclosed(subject: Subject, text: ShownText, personal: frozenset[str]) -> None:
    hint = "leave it out; only notices are filled in"
    for name, place in _placeholders(text):
        if _is_personal(name, personal):
            message = f"'{{{name}}}' in {text}, which everybody reads"
            subject.say("public-personal-data", text.path, message, hint, place=place)
        else:
            subject.say("unknown-placeholder", text.path, f"nothing fills '{{{name}}}'", hint, place=place)


def _check_notices(subject: Subject, personal: frozenset[str]) -> None:
    fields = {f"form.{field.id}" for field in subject.procedure.form}
    nodes = dict(children(subject.resolved.named("notices")))
    for notice in subject.procedure.notices:
        ways = sorted(_OPEN_WAYS & set(notice.ways))
        for text in shown_texts("notice", nodes[notice.id], f"notices.{notice.id}", notice.id):
            for name, place in _placeholders(text):
                if ways and _is_personal(name, personal):
                    message = f"'{{{name}}}' in a text sent by {', '.join(ways)}"
                    hint = "leave it out, or send it by portal and post only"
                    subject.say("notice-personal-data", text.path, message, hint, place=place)
                elif name not in _OWN and ".".join(name.split(".")[:2]) not in fields:
                    hint = "known: " + ", ".join(f"{{{one}}}" for one in sorted(_OWN)) + ", {form.<field>}"
                    subject.say("unknown-placeholder", text.path, f"nothing fills '{{{name}}}'", hint, place=place)


def _placeholders(text: ShownText) -> Iterator[tuple[str, Place]]:
    """Give each name once, where it stands first: every language says the same."""
    first: dict[str, Place] = {}
    for value in (one for one in text.node.values.values() if isinstance(one, Scalar)):
        for found in PLACEHOLDER.finditer(value.text):
            first.setdefault(found[1], value.place_of(found.start()))
    yield from first.items()


def _personal_names(subject: Subject) -> frozenset[str]:
    """Name what is personal: of the form unless it says no, of steps too, and all that is known of the applicant."""
    form = {f"form.{field.id}" for field in subject.procedure.form if field.personal != "no"}
    steps = {
        f"{step.id}.{field.id}" for step in subject.procedure.all_steps for field in step.form if field.personal != "no"
    }
    return frozenset(form | steps)


def _is_personal(name: str, personal: frozenset[str]) -> bool:
    """What is meant counts, not whether it would be filled in: with blanks, capitals, or without its variable too."""
    name = name.strip().lower()
    if f"form.{name}" in personal:
        return True
    return name.startswith("applicant.") or ".".join(name.split(".")[:2]) in personal
