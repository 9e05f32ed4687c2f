"""`motcua diff`: what changed between two versions in sentences, grouped by who notices it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from procedures.language.model.procedure import Procedure
from procedures.language.telling.comparing import Added, Changed, Difference, Gone, Reordered, differences
from procedures.language.telling.phrases import called, capital, facts, inside
from procedures.language.telling.rows import STEP_OBJECTS, Fact, Thing
from procedures.language.telling.speaking import Speaker
from procedures.language.telling.words import SAID


class Audience(StrEnum):
    CITIZENS = "citizens"
    OFFICERS = "officers"
    CLOCKS = "clocks"
    GROUND = "ground"


_CITIZENS = (
    *("title", "channels", "submitters", "parties", "variants", "variant_per", "form", "checks", "documents", "papers"),
    *("rules", "windows", "fees", "tables", "results", "notices", "requirements", "withdrawal", "rating", "delivery"),
)
_OFFICERS = ("units", "intake", "transfer", "steps", "stop", "retention", "functions", "books")
_CLOCKS = ("time", "supplement", "extension", "verification", "fee_wait", "deadline", "in_force")
# Who notices what lies in a chapter of the procedure; the rest is ground: law, overrides, other systems.
_CHAPTERS: Mapping[str, Audience] = {
    **dict.fromkeys(_CITIZENS, Audience.CITIZENS),
    **dict.fromkeys(_OFFICERS, Audience.OFFICERS),
    **dict.fromkeys(_CLOCKS, Audience.CLOCKS),
}
# Keys that others notice than the rest of their chapter: (object, key).
_KEYS: Mapping[tuple[str, str], Audience] = {
    **{(name, "within"): Audience.CLOCKS for name in ("intake", "transfer", "branch", "wait", "pay", "subprocedure")},
    ("transfer", "confirm_within"): Audience.CLOCKS,
    ("wait", "clock"): Audience.CLOCKS,
    ("wait", "last"): Audience.CLOCKS,
    ("wait", "until"): Audience.CLOCKS,
    ("fee", "pay_within"): Audience.CLOCKS,
    ("delivery", "finish_at"): Audience.CLOCKS,
    ("extension", "approved_by"): Audience.OFFICERS,
    ("verification", "approved_by"): Audience.OFFICERS,
    ("verification", "offered_to"): Audience.OFFICERS,
}


@dataclass(frozen=True, slots=True)
class Group:
    """What one audience notices, a sentence each."""

    audience: Audience
    title: str
    sentences: tuple[str, ...]


def changes(before: Procedure, after: Procedure, language: str) -> tuple[Group, ...]:
    """Say in `vi` or `en` what changed; nothing at all where nobody notices anything."""
    teller = _Teller(Speaker(before, language), Speaker(after, language))
    said: dict[Audience, list[str]] = {audience: [] for audience in Audience}
    for difference in differences(before, after):
        said[audience_of(difference)].append(teller.sentence(difference))
    return tuple(
        Group(audience, teller.title(audience), tuple(sentences)) for audience, sentences in said.items() if sentences
    )


def nothing_changed(language: str) -> str:
    """Say that nobody notices anything, for where `changes` gives nothing."""
    return SAID["nothing"][language]


def audience_of(difference: Difference) -> Audience:
    if isinstance(difference, Changed) and difference.trail:
        own = _KEYS.get((difference.trail[-1].object, difference.fact.key.name))
        if own is not None:
            return own
        if difference.trail[-1].object == "public":
            return Audience.CITIZENS
    return _CHAPTERS.get(difference.chapter, Audience.GROUND)


class _Teller:
    """Puts differences into sentences; what was is said by the older version, what is by the newer."""

    def __init__(self, before: Speaker, after: Speaker) -> None:
        self._before = before
        self._after = after

    def title(self, audience: Audience) -> str:
        return self._after.say(audience.value)

    def sentence(self, difference: Difference) -> str:
        trail = ", ".join(called(thing, self._before) for thing in difference.trail)
        match difference:
            case Added(thing=thing):
                inner = (called(one, self._after) for one in inside(thing))
                like = "; ".join(filter(None, [self._kind(thing), facts(thing, self._after), *inner]))
                said = self._after.say("new", thing=called(thing, self._after), facts=f" ({like})" if like else "")
            case Gone(thing=thing):
                kind = self._kind(thing)
                name = called(thing, self._before)
                said = self._after.say("gone", thing=f"{name} ({kind})" if kind else name)
            case Reordered(thing=thing):
                said = self._after.say("reordered", thing=self._after.of(thing.called))
            case Changed():
                trail, said = self._key(difference, trail), self._changed(difference)
        return capital(f"{trail}: {said}." if trail else f"{said}.")

    def _key(self, change: Changed, trail: str) -> str:
        """Name the key after the thing it belongs to, unless the thing is called like it (`legal limit`)."""
        name = self._after.of(change.fact.called)
        if not trail:
            return name
        return trail if change.trail[-1].called == change.fact.called else f"{trail}, {name}"

    def _changed(self, change: Changed) -> str:
        kind = change.fact.key.kind
        old = change.before.value if change.before else None
        new = change.after.value if change.after else None
        if isinstance(old, tuple) and isinstance(new, tuple) and set(map(str, old)) != set(map(str, new)):
            return self._more_and_less(change.fact, old, new)
        word = "set" if change.before is None else "unset" if change.after is None else "changed"
        return self._after.say(word, old=self._before.value(kind, old), new=self._after.value(kind, new))

    def _more_and_less(self, fact: Fact, old: Sequence[object], new: Sequence[object]) -> str:
        """Say of a list what came and what went."""
        gone = tuple(one for one in old if one not in new)
        come = tuple(one for one in new if one not in old)
        word = "more and less" if gone and come else "more" if come else "less"
        said = self._before.value(fact.key.kind, gone), self._after.value(fact.key.kind, come)
        return self._after.say(word, old=said[0], new=said[1])

    def _kind(self, thing: Thing) -> str:
        """A step that comes or goes is told with its kind; anything else is called by it."""
        return self._after.of(thing.called) if thing.object in STEP_OBJECTS else ""
