"""`motcua show`: a version in one page of words, for who reads procedures and does not write YAML."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from procedures.language.grammar.meanings import meaning_of
from procedures.language.model.procedure import Procedure
from procedures.language.telling.phrases import called, capital, facts, inside
from procedures.language.telling.rows import Thing, thing_of
from procedures.language.telling.speaking import Speaker

_HEAD = ("basis", "in_force", "replaces", "channels", "variant_per", "parties")
# In the order of the published record; what every case has alike comes last.
_CHAPTERS = (
    *("submitters", "variants", "form", "checks", "documents", "windows", "requirements", "deadline", "fees", "tables"),
    *("units", "steps", "results", "overrides"),
)
_LIFE = (
    *("time", "intake", "transfer", "supplement", "extension", "verification", "fee_wait", "withdrawal", "stop"),
    *("delivery", "rating", "retention"),
)
_OF_THE_PROFILE = "profiles/"


def summary(procedure: Procedure, language: str) -> Iterator[str]:
    """Write a version line by line in `vi` or `en`: its head, its chapters, then the life every case has."""
    return _Summary(procedure, language).lines()


class _Summary:
    def __init__(self, procedure: Procedure, language: str) -> None:
        self._procedure = procedure
        self._speaker = Speaker(procedure, language)
        self._whole = thing_of(procedure)

    def lines(self) -> Iterator[str]:
        yield f"{self._procedure.procedure} v{self._procedure.version}  {self._speaker.of(self._procedure.title)}"
        yield from (line for field in _HEAD for line in self._line(field, lambda key: True))
        yield from (line for field in _CHAPTERS for line in self._chapter(field))
        yield from self._life(self._speaker.say("own life"), own=True)
        yield from self._life(self._speaker.say("common life", profile=self._procedure.profile), own=False)

    def _chapter(self, field: str) -> Iterator[str]:
        fact, things = self._whole.facts.get(field), self._whole.things.get(field, ())
        if fact is None and not things:
            return
        yield from ("", self._heading(field))
        if fact is not None and isinstance(fact.value, tuple):
            yield from (f"- {self._speaker.value(fact.key.kind, (one,))}" for one in fact.value)
        for thing in things:
            yield from self._thing(thing, "- ")

    def _thing(self, thing: Thing, indent: str) -> Iterator[str]:
        like = facts(thing, self._speaker)
        yield f"{indent}{capital(called(thing, self._speaker))}" + (f" ({like})" if like else "")
        for inner in inside(thing):
            yield from self._thing(inner, f"  {indent}")

    def _life(self, title: str, *, own: bool) -> Iterator[str]:
        lines = [line for field in _LIFE for line in self._line(field, lambda key: self._is_own(key) is own)]
        if lines:
            yield from ("", title, *(f"- {line}" for line in lines))

    def _line(self, field: str, is_told: Callable[[str], bool]) -> Iterator[str]:
        """Say a value of the procedure, or those values of a section, in one line."""
        if fact := self._whole.facts.get(field):
            yield f"{self._heading(field)}: {self._speaker.value(fact.key.kind, fact.value)}"
        for thing in self._whole.things.get(field, ()):
            told = {key: fact for key, fact in thing.facts.items() if is_told(f"{field}.{key}")}
            inner = (
                f"{called(one, self._speaker)} ({facts(one, self._speaker, every=True)})"
                for key, things in thing.things.items()
                for one in things
                if is_told(f"{field}.{key}")
            )
            said = "; ".join(filter(None, [facts(replace(thing, facts=told), self._speaker, every=True), *inner]))
            if said:
                yield f"{self._heading(field)}: {said}"

    def _is_own(self, key: str) -> bool:
        """Say whether the procedure's own file sets it: where a value stands is part of a version."""
        place = self._procedure.places.get(key, _OF_THE_PROFILE)
        return not place.startswith(_OF_THE_PROFILE)

    def _heading(self, field: str) -> str:
        return capital(self._speaker.of(meaning_of("procedure", field).name))
