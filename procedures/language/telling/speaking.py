"""Values of a procedure in words, in Vietnamese or English: labels for ids, durations, conditions, words of lists."""

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from procedures.language.grammar.kinds import Atom, Either, Kind, ListOf, MapOf, NameOf, OneOf, OneOrList
from procedures.language.grammar.meanings import meaning_of_words
from procedures.language.model import life, parts, steps
from procedures.language.model.parts import Texts
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import RESERVED_TARGETS
from procedures.language.telling.words import SAID
from procedures.time.spoken import spoken, spoken_moment

_FIELD = re.compile(r"!?form\.([a-z0-9_]+)\Z")
_DURATIONS = frozenset({"duration", "limit", "span"})


class _Labelled(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def label(self) -> Texts: ...


class Speaker:
    """Says the values of one procedure in one language."""

    def __init__(self, procedure: Procedure, language: str) -> None:
        self._procedure = procedure
        self._language = language
        self._labels = _labels(procedure)

    def say(self, word: str, **filled: str) -> str:
        return SAID[word][self._language].format(**filled)

    def of(self, texts: Mapping[str, str]) -> str:
        """Choose the language among the texts of a label."""
        return texts.get(self._language) or next(iter(texts.values()), "")

    def value(self, kind: Kind, value: object) -> str:
        """Say a value of a kind: ids by their labels, lists with commas."""
        match kind, value:
            case _, bool():
                return self.say("yes" if value else "no")
            case ((ListOf(item) | OneOrList(item)), (list() | tuple())):
                return ", ".join(self._item(item, one) for one in value)
            case OneOrList(item), _:
                return self.value(item, value)
            case MapOf(item), dict():
                return ", ".join(self._entry(item, key, one) for key, one in value.items())
            case Either(plain), str():
                return self.value(plain, value)
            case OneOf(), str():
                return self.of(meaning_of_words(kind).get(value, {"en": value}))
            case NameOf(what), str():
                return self.name(what, value)
            case Atom(name), str():
                return self._atom(name, value)
            case Atom("expression"), parts.Expression():
                return self._field(value) or (
                    self._part(int(value.text)) if value.text.isdigit() else f"`{value.text}`"
                )
            case _:
                return self._part(value)

    def name(self, what: str, id: str) -> str:
        """Call something by its label: a function, a unit, a step, a paper."""
        what = what.partition(" or ")[0].partition(",")[0].removeprefix("kind of ")
        if what == "step":
            return self.step(id)
        label = self._labels.get((what, id))
        if label is None:
            return self.say(id) if id in SAID else id
        return self.say("quoted", text=self.of(label))

    def step(self, id: str) -> str:
        if not self._procedure.has_step(id):
            return self.say(id) if id in SAID else id
        title = title_of(self._procedure.step(id))
        return self.say("quoted step", id=id, text=self.of(title)) if title else self.say("step", id=id)

    def condition(self, expression: parts.Expression) -> str:
        """Say a condition: a field of its own by its label, anything more as it is written."""
        negated = expression.text.startswith("!")
        label = self._field(expression)
        return f"`{expression.text}`" if label is None else self.say("is not" if negated else "is", text=label)

    def _field(self, expression: parts.Expression) -> str | None:
        field = _FIELD.match(expression.text)
        return self.name("field", field[1]) if field and ("field", field[1]) in self._labels else None

    def _sum(self, text: str) -> str:
        return self._part(int(text)) if text.isdigit() else f"`{text}`"

    def _atom(self, atom: str, text: str) -> str:
        if atom in _DURATIONS:
            return spoken(text, self._language)
        if atom == "moment":
            return spoken_moment(text, self._language)
        if atom == "target":
            return self.say(text) if text in RESERVED_TARGETS else self.step(text)
        if atom == "rows field":
            return self.name("field", text.removeprefix("form."))
        if atom == "date" and self._language == "vi":
            return "/".join(reversed(text.split("-")))
        return text

    def _item(self, item: Kind, one: object) -> str:
        if isinstance(one, tuple | list):
            return self.say("and").join(self.value(item, part) for part in one)
        return self.value(item, one)

    def _entry(self, item: Kind, key: str, one: object) -> str:
        return self.value(item, one) if isinstance(one, dict) else f"{key}: {self.value(item, one)}"

    def _part(self, value: object) -> str:
        match value:
            case parts.Expression():
                return self.condition(value)
            case parts.Option():
                return self.of(value.label)
            case parts.Input() | parts.Total():
                return f"{value.name} = `{value.expression.text}`"
            case parts.TableRow():
                return f"{' · '.join(map(self._part, value.cells))} → {self._part(value.value)}"
            case steps.DecideRow():
                when = self.condition(value.when) if value.when else self.say("otherwise")
                return f"{when} → {self._atom('target', value.target)}"
            case life.Escalation():
                to = self.name("function", value.to)
                return f"{spoken_moment(value.moment, self._language)} → {to}"
            case dict():
                return self.say("quoted", text=self.of({str(key): str(text) for key, text in value.items()}))
            case tuple() | list():
                return ", ".join(map(self._part, value))
            case int():
                return f"{value:,}".replace(",", "." if self._language == "vi" else ",")
            case _:
                return str(value)


def title_of(step: steps.StepPart) -> Texts:
    return step.title if isinstance(step, steps.WorkPart) else step.public.text or {}


def _labels(procedure: Procedure) -> Mapping[tuple[str, str], Texts]:
    """Collect what is called by an id, by the kind of name."""
    found: dict[tuple[str, str], Texts] = {}
    labelled: Mapping[str, Iterable[_Labelled]] = {
        "submitter": procedure.submitters,
        "variant": procedure.variants,
        "unit": procedure.units,
        "field": procedure.form,
        "document": procedure.documents,
        "paper": procedure.papers,
        "rule": procedure.rules,
        "fee": procedure.fees,
        "result": procedure.results,
    }
    for what, named in labelled.items():
        found |= {(what, one.id): one.label for one in named}
    found |= {("function", id): label for id, label in procedure.functions.items()}
    found |= {("book", id): label for id, label in procedure.books.items()}
    return found
