"""A procedure put together with what it stands on: sections over the profile's, `like` and `include` written out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from procedures.language.nodes import Entries, Node, Scalar
from procedures.language.problems import Place, Problems, did_you_mean
from procedures.language.shapes import Shapes
from procedures.language.sources import Library, Source
from procedures.language.splicing import Splicer
from procedures.language.words import entries_of, scalars_of, text_of, words_of

SECTIONS = (
    *("time", "intake", "transfer", "supplement", "extension", "verification", "fee_wait", "withdrawal", "stop"),
    *("delivery", "rating", "retention"),
)
_NAMED = ("units", "rules", "papers", "submitter_kinds")
_LIKE = {"form": "field", "documents": "document"}


NOTHING = Entries(Place("", 1, 1))


@dataclass(slots=True)
class Resolved:
    """Everything one procedure says and stands on; each section is one map, whoever wrote it."""

    own: Entries
    profile: Entries
    registry: Entries
    fragments: tuple[Entries, ...]
    languages: tuple[str, ...]
    sections: dict[str, Entries] = field(default_factory=dict)
    form: Entries = field(default_factory=lambda: NOTHING)
    documents: Entries = field(default_factory=lambda: NOTHING)
    steps: tuple[Entries, ...] = ()
    sequences: dict[str, tuple[Entries, ...]] = field(default_factory=dict)

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

    def resolve(self, own: Entries, sector: Path) -> Resolved:
        profile = self._profile(own)
        registry = self._merged(self._library.registry(), own)
        languages = words_of(profile, "languages") or ("vi", "en")
        fragments = tuple(self._fragments(own, sector))
        resolved = Resolved(own=own, profile=profile, registry=registry, fragments=fragments, languages=languages)
        self._find_doubles(resolved)
        for name in SECTIONS:
            resolved.sections[name] = laid_over(entries_of(own, name), entries_of(profile, name))
        resolved.form = self._alike("form", entries_of(own, "form"), resolved)
        resolved.documents = self._alike("documents", entries_of(own, "documents"), resolved)
        splicer = Splicer(profile, fragments, self._problems)
        resolved.steps = tuple(splicer.spliced(own.get("steps")))
        for name, steps in entries_of(profile, "sequences").values.items():
            if not any(text_of(step, "id") == name for step in resolved.steps):
                resolved.sequences[name] = tuple(splicer.spliced(steps))
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

    def _fragments(self, own: Entries, sector: Path) -> Iterator[Entries]:
        for name in scalars_of(own, "use"):
            source = self._library.fragment(name.text)
            if source is None:
                hint = did_you_mean(name.text, self._library.fragments())
                self._problems.add(name.place, "unknown-name", f"no fragment '{name.text}'", hint)
            else:
                self._problems.extend(source.problems)
                yield source.entries
        common = self._library.common(sector)
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
        for section in (*_NAMED, *_LIKE, "sequences"):
            seen: dict[str, Entries] = {}
            own = entries_of(resolved.own, section).keys
            for source in (*resolved.fragments, resolved.profile):
                for name, place in entries_of(source, section).keys.items():
                    if name in seen and name not in own:
                        other = seen[name].keys[name]
                        hint = f"also in {other.file}:{other.line}; say it in this file"
                        self._problems.add(place, "name-in-two-fragments", f"'{name}' of {section}", hint)
                    seen[name] = entries_of(source, section)

    def _alike(self, section: str, entries: Entries, resolved: Resolved) -> Entries:
        """Write out what starts from a fragment's definition; keys beside `like` win."""
        written = Entries(entries.place, {}, dict(entries.keys))
        for id, node in entries.values.items():
            if not isinstance(node, Entries):
                continue
            like = node.get("like")
            if not isinstance(like, Scalar):
                written.values[id] = node
                continue
            base = self._defined(section, like, resolved)
            merged = node.without("like").merged_over(base) if base else node.without("like")
            Shapes(self._problems, resolved.languages).object(_LIKE[section], merged)
            written.values[id] = merged
        return written

    def _defined(self, section: str, like: Scalar, resolved: Resolved) -> Entries | None:
        known: dict[str, Node] = {}
        for fragment in reversed(resolved.fragments):
            known |= entries_of(fragment, section).values
        base = known.get(like.text)
        if isinstance(base, Entries):
            return base
        hint = did_you_mean(like.text, known)
        self._problems.add(like.place, "unknown-name", f"no fragment defines '{like.text}' in its {section}", hint)
        return None


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
