"""What makes a version itself: the resolved text and the hash of it."""

import hashlib

from procedures.json_types import Json, JsonObject, canonical_json
from procedures.language.model.parts import Part

_DERIVED = frozenset({"checked", "places", "profile_basis", "digest"})


def digest(version: Part) -> str:
    """Hash the resolved text; how a condition was compiled and where things stood in a file do not matter."""
    return hashlib.sha256(canonical_json(resolved(version))).hexdigest()


def resolved(version: Part) -> JsonObject:
    """Give the whole text of a version, everything taken from elsewhere written out."""
    text = without_derived(version.model_dump(mode="json", exclude_defaults=True))
    assert isinstance(text, dict)
    return text


def without_derived(document: Json) -> Json:
    if isinstance(document, dict):
        return {key: without_derived(value) for key, value in document.items() if key not in _DERIVED}
    return [without_derived(one) for one in document] if isinstance(document, list) else document
