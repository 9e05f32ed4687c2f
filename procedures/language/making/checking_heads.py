"""What every version says of itself: on which legal texts it stands, from when it is in force, where it lies."""

import re
from pathlib import Path

from procedures.language.reading.nodes import Entries, Scalar
from procedures.language.reading.problems import Problems
from procedures.language.reading.words import children, entries_of, integer_of, scalars_of, text_of
from procedures.language.resolving.resolution import Resolved
from procedures.language.resolving.sources import Library

VERSION_FOLDER = re.compile(r"v([1-9][0-9]*)\Z")


def check_version(own: Entries, path: Path, problems: Problems) -> None:
    """A legal text is named, and folder and file say the same version."""
    version = own.get("version")
    if "basis" in own.keys and not scalars_of(own, "basis"):
        problems.add(own.keys["basis"], "basis-empty", "no legal text is named", "the publishing decision comes first")
    folder = VERSION_FOLDER.match(path.parent.name)
    if folder and isinstance(version, Scalar) and integer_of(own, "version") != int(folder[1]):
        problems.add(version.place, "folder-mismatch", f"version {version.text} lies in folder '{path.parent.name}'")


def check_force(resolved: Resolved, problems: Problems) -> None:
    """The profile is law on the first day of the version."""
    own = entries_of(resolved.own, "in_force")
    first, last = own.get("from"), text_of(own, "to")
    if not isinstance(first, Scalar):
        return
    if last is not None and last < first.text:
        problems.add(own.keys["to"], "range-empty", f"the last day is before the first, {first.text}")
    law = entries_of(resolved.profile, "in_force")
    begins, ends = text_of(law, "from"), text_of(law, "to")
    if (begins and first.text < begins) or (ends and first.text > ends):
        name = text_of(resolved.own, "profile")
        message = f"profile '{name}' is not in force on {first.text}"
        problems.add(
            first.place, "profile-not-in-force", message, f"it is from {begins}" + (f" to {ends}" if ends else "")
        )


def check_agencies(resolved: Resolved, problems: Problems) -> None:
    """An agency that had ended before the version does nothing in it."""
    first = text_of(entries_of(resolved.own, "in_force"), "from")
    ended, used = resolved.named("ended"), {*resolved.words(), *entries_of(resolved.own, "units").keys}
    for id, unit in children(resolved.named("units")):
        agency = unit.get("agency")
        if not isinstance(agency, Scalar) or id not in used:
            continue
        last = text_of(ended, agency.text)
        if first is not None and last is not None and last < first:
            message, hint = f"agency '{agency.text}' ended on {last}", "name the one that took over its work"
            problems.add(agency.place, "unit-abolished", message, hint)


def check_periods(own: Entries, path: Path, library: Library, problems: Problems) -> None:
    """A later version ends the one before it, unless both begin together or the earlier says it lasts longer."""
    period = entries_of(own, "in_force")
    first = period.get("from")
    if not isinstance(first, Scalar) or not VERSION_FOLDER.match(path.parent.name):
        return
    for folder in sorted(path.parent.parent.glob("v*")):
        is_another = folder != path.parent and VERSION_FOLDER.match(folder.name)
        other = library.version(folder, path.name) if is_another else None
        others = entries_of(other.entries, "in_force") if other else Entries(own.place)
        begins, ends = text_of(others, "from"), text_of(others, "to")
        if begins is not None and begins <= first.text and (begins == first.text or (ends or "") >= first.text):
            message = f"version in '{folder.name}' is in force on {first.text} as well"
            problems.add(
                first.place, "period-overlaps-version", message, f"it is from {begins}, to {ends or 'the next'}"
            )
