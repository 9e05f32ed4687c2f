"""Digests of what people send, and ids made from names: canonical JSON, so that order and blanks never matter."""

import hashlib
import uuid

from procedures.json_types import Json, canonical_json

_NAMESPACE = uuid.UUID("6f1d0a0e-5d0c-5c7e-9c43-1f5b4f0c0140")


def digest(document: Json) -> bytes:
    return hashlib.sha256(canonical_json(document)).digest()


def stable_id(*parts: str) -> str:
    """Answer the same id for the same parts, for ever; it tells nothing about them."""
    return str(uuid.uuid5(_NAMESPACE, "\n".join(parts)))
