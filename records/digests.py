"""Digests of what people send, and ids made from names: canonical JSON, so that order and blanks never matter."""

import hashlib
import json
import uuid

from procedures.json_types import Json

_NAMESPACE = uuid.UUID("6f1d0a0e-5d0c-5c7e-9c43-1f5b4f0c0140")


def canonical(document: Json) -> bytes:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def digest(document: Json) -> bytes:
    return hashlib.sha256(canonical(document)).digest()


def stable_id(*parts: str) -> str:
    """Answer the same id for the same parts, for ever; it tells nothing about them."""
    return str(uuid.uuid5(_NAMESPACE, "\n".join(parts)))
