"""The checked tree of an expression in one order of bytes: CEL writes its maps by hash, anew in each process."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

# Which fields of a message hold messages with maps: the envelope, the tree inside it, the positions inside that.
Nested: TypeAlias = Mapping[int, "Nested"]
_MAPS: Nested = {2: {5: {}}}
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def canonical(serialised: bytes) -> bytes:
    """Order the fields of CEL's own serialised form, so that a version has one digest wherever it is loaded."""
    return _ordered(serialised, _MAPS)


def _ordered(message: bytes, nested: Nested) -> bytes:
    return b"".join(raw for _, raw in sorted(_fields(message, nested)))


def _fields(message: bytes, nested: Nested) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(message):
        start = at
        tag, at = _varint(message, at)
        number, wire = tag >> 3, tag & 7
        if wire != _BYTES:
            at = _after(message, at, wire)
            yield number, message[start:at]
            continue
        length, at = _varint(message, at)
        content, at = message[at : at + length], at + length
        if number in nested:
            content = _ordered(content, nested[number])
        yield number, _written(tag) + _written(len(content)) + content


def _after(message: bytes, at: int, wire: int) -> int:
    sizes = {_FIXED64: 8, _FIXED32: 4}
    return _varint(message, at)[1] if wire == _VARINT else at + sizes[wire]


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _written(value: int) -> bytes:
    parts = []
    while value >= 0x80:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])
