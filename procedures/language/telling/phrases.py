"""Things in words: what a thing is called, and what it is like in one line."""

import re
from collections.abc import Iterator

from procedures.language.grammar.kinds import Atom
from procedures.language.telling.rows import STEP_OBJECTS, Fact, Thing
from procedures.language.telling.speaking import Speaker
from procedures.language.telling.words import SAID

_ID = re.compile(r"[a-z0-9_.\[\] -]+\Z")
# What a thing is called by, and what nearly every step has alike.
_UNDESCRIBED = frozenset({"label", "title", "message", "escalate", "return_label", "profile_basis"})
_SCOPE = ("variants", "channels", "submitters", "when")


def called(thing: Thing, speaker: Speaker) -> str:
    """Call a thing by what it is and its name; a row of the limit, which has none, by whom it is for."""
    if thing.object in STEP_OBJECTS:
        return speaker.step(thing.id)
    kind = speaker.of(thing.called)
    if thing.label:
        return f"{kind} {speaker.say('quoted', text=_named(thing, speaker))}"
    scope = ", ".join(_scope(thing, speaker)) if thing.object == "deadline" else ""
    if scope:
        return f"{kind} ({scope})"
    return f"{kind} {thing.id}" if _ID.match(thing.id) else kind


def facts(thing: Thing, speaker: Speaker, *, every: bool = False) -> str:
    """Say what a thing is like: as far as it is not as usual, or everything."""
    known = _UNDESCRIBED | (set(_SCOPE) if thing.object == "deadline" else set())
    told = (fact for field, fact in thing.facts.items() if field not in known and (every or not fact.is_default))
    return "; ".join(_said(fact, thing, speaker) for fact in told)


def inside(thing: Thing) -> Iterator[Thing]:
    """Give the things inside that say more than what is usual."""
    for things in thing.things.values():
        yield from (one for one in things if one.label or any(not fact.is_default for fact in one.facts.values()))


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _named(thing: Thing, speaker: Speaker) -> str:
    """Name a thing by its label; an outcome nobody labelled (`granted`, `expired`) in our own words."""
    label = speaker.of(thing.label)
    return speaker.say(label) if label == thing.id and label in SAID else label


def _said(fact: Fact, thing: Thing, speaker: Speaker) -> str:
    """Say a value with its name, unless it is all the name says (`certified copy`) or what the thing is."""
    name = speaker.of(fact.called)
    if fact.value is True and fact.key.kind == Atom("boolean"):
        return name
    value = speaker.value(fact.key.kind, fact.value)
    return value if fact.called == thing.called else f"{name}: {value}"


def _scope(thing: Thing, speaker: Speaker) -> Iterator[str]:
    for field in _SCOPE:
        if fact := thing.facts.get(field):
            yield speaker.value(fact.key.kind, fact.value)
