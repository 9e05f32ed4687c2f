"""A procedure put together with what it stands on: sections over the profile's, `like` and `include` written out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from procedures.language.reading.nodes import Entries, Scalar
from procedures.language.reading.problems import Place, Problems, did_you_mean
from procedures.language.reading.words import entries_of, scalars_in, scalars_of, text_of, words_of
from procedures.language.resolving.likeness import SECTIONS_ALIKE, Likeness
from procedures.language.resolving.sources import Library, Source
from procedures.language.resolving.splicing import Splicer

SECTIONS = (
    *("time", "intake", "transfer", "supplement", "extension", "verification", "fee_wait", "withdrawal", "stop"),
    *("delivery", "rating", "retention"),
)
_NAMED = ("units", "rules", "papers", "submitter_kinds", "notices", "tables")

NOTHING = Entries(Place("", 1, 1))


@dataclass(slots=True)
class Resolved:
    """Everything one procedure says and stands on; each section is one map, whoever wrote it."""

    own: Entries
    profile: Entries
    registry: Entries
    fragments: tuple[Entries, ...]
    languages: tuple[str, ...]
    root: str = "procedure"
    sections: dict[str, Entries] = field(default_factory=dict)
    steps: tuple[Entries, ...] = ()
    sequences: dict[str, tuple[Entries, ...]] = field(default_factory=dict)

    @property
    def form(self) -> Entries:
        return entries_of(self.own, "form")

    @property
    def documents(self) -> Entries:
        return entries_of(self.own, "documents")

    @property
    def results(self) -> Entries:
        """The procedure's own results, and those its profile adds (`refusal`)."""
        return entries_of(self.own, "results").merged_over(entries_of(self.profile, "results"))

    def words(self) -> Iterator[str]:
        """Walk every value that sections and steps say; what is named nowhere there is not used."""
        listed = (self.steps, *self.sequences.values())
        for node in (*self.sections.values(), *(step for steps in listed for step in steps)):
            yield from (one.text for one in scalars_in(node))

    def named(self, section: str) -> Entries:
        """Everything known by name in a section: this file over the fragments, over the profile, over the registry."""
        found = Entries(self.own.place)
        for source in (self.registry, self.profile, *reversed(self.fragments), self.own):
            node = source.get(section)
            if isinstance(node, Entries):
                found = node.merged_over(found)
        return found


class Resolver:
    """Resolves one procedure; what is missing or named twice is reported."""

    def __init__(self, library: Library, problems: Problems) -> None:
        self._library = library
        self._problems = problems

    def resolve(self, own: Entries, sectors: Iterable[Path], *, root: str = "procedure") -> Resolved:
        """Put together what a file says and stands on; `sectors` are those whose common definitions it may use."""
        profile = self._profile(own)
        registry = self._merged(self._library.registry(), own)
        languages = words_of(profile, "languages") or ("vi", "en")
        fragments = tuple(self._fragments(own, sectors))
        likeness = Likeness(fragments, languages, self._problems)
        own = likeness.written_out(root, own)
        resolved = Resolved(own, profile, registry, fragments, languages, root)
        self._find_doubles(resolved)
        for name in SECTIONS:
            resolved.sections[name] = laid_over(entries_of(own, name), entries_of(profile, name))
        splicer = Splicer(profile, fragments, self._problems)
        resolved.steps = tuple(likeness.written_out("step", step) for step in splicer.spliced(own.get("steps")))
        for name, steps in entries_of(profile, "sequences").values.items():
            if not any(text_of(step, "id") == name for step in resolved.steps):
                spliced = splicer.spliced(steps)
                resolved.sequences[name] = tuple(likeness.written_out("step", step) for step in spliced)
        return resolved

    def _profile(self, own: Entries) -> Entries:
        name = own.get("profile")
        seen: list[str] = []
        merged = Entries(own.place)
        while isinstance(name, Scalar):
            source = None if name.text in seen else self._library.profile(name.text)
            if source is None:
                hint = did_you_mean(name.text, self._library.profiles())
                self._problems.add(name.place, "unknown-name", f"no profile '{name.text}'", hint)
                return merged
            seen.append(name.text)
            self._problems.extend(source.problems)
            merged = laid_over(merged, source.entries)
            name = source.entries.get("extends")
        return merged

    def _fragments(self, own: Entries, sectors: Iterable[Path]) -> Iterator[Entries]:
        for name in scalars_of(own, "use"):
            source = self._library.fragment(name.text)
            if source is None:
                hint = did_you_mean(name.text, self._library.fragments())
                self._problems.add(name.place, "unknown-name", f"no fragment '{name.text}'", hint)
            else:
                self._problems.extend(source.problems)
                yield source.entries
        for common in map(self._library.common, sectors):
            if common is not None:
                self._problems.extend(common.problems)
                yield common.entries

    def _merged(self, sources: tuple[Source, ...], own: Entries) -> Entries:
        merged = Entries(own.place)
        for source in sources:
            self._problems.extend(source.problems)
            merged = laid_over(merged, source.entries)
        return merged

    def _find_doubles(self, resolved: Resolved) -> None:
        """A name found in two fragments, or in a fragment and the profile, may mean either."""
        for section in (*_NAMED, *SECTIONS_ALIKE.values(), "sequences"):
            seen: dict[str, Entries] = {}
            own = entries_of(resolved.own, section).keys
            for source in (*resolved.fragments, resolved.profile):
                for name, place in entries_of(source, section).keys.items():
                    if name in seen and name not in own:
                        other = seen[name].keys[name]
                        hint = f"also in {other.file}:{other.line}; say it in this file"
                        self._problems.add(place, "name-in-two-fragments", f"'{name}' of {section}", hint)
                    seen[name] = entries_of(source, section)


def laid_over(upper: Entries, lower: Entries) -> Entries:
    """Merge objects key by key, two levels deep; texts, lists and values are replaced whole."""
    merged = upper.merged_over(lower)
    for key, value in upper.values.items():
        below = lower.get(key)
        if isinstance(value, Entries) and isinstance(below, Entries) and not _is_texts(value):
            merged.values[key] = value.merged_over(below)
    return merged


def _is_texts(node: Entries) -> bool:
    return "vi" in node.keys
