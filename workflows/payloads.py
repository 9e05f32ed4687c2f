"""How payloads lie in Temporal's history: JSON, compressed, encrypted with the key of their case.

PayloadError            the tree of what can go wrong here
├── NoCase              a payload that belongs to no case: nothing here may be written in the clear
├── KeyGone             the key of the case was never made or has been destroyed
└── Tampered            the bytes are not what this case wrote
"""

import os
import zlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    ActivitySerializationContext,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
    WorkflowSerializationContext,
)

ENCODING = b"binary/motcua.v1"
KEY_BYTES = 32
_NONCE_BYTES = 12
_PLAIN, _PACKED = b"\x00", b"\x01"
# Below this size packing makes payloads longer, not shorter.
_WORTH_PACKING = 200

LookUp = Callable[[str], Awaitable[bytes | None]]


class PayloadError(Exception):
    """A payload can neither be written nor read."""


class NoCase(PayloadError):
    pass


class KeyGone(PayloadError):
    pass


class Tampered(PayloadError):
    pass


def new_key() -> bytes:
    return AESGCM.generate_key(bit_length=KEY_BYTES * 8)


def converter(keys: "Keys") -> DataConverter:
    """Answer the one converter that clients, workers and replays share; failures' texts are encrypted as well."""
    return DataConverter(
        payload_converter_class=PydanticPayloadConverter,
        payload_codec=CaseCodec(keys),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


class Keys:
    """The keys of the cases last touched; the rest are asked of whoever keeps them."""

    def __init__(self, look_up: LookUp, *, keep: int = 10_000) -> None:
        self._look_up = look_up
        self._keep = keep
        self._known: OrderedDict[str, AESGCM] = OrderedDict()

    async def of(self, case: str) -> AESGCM:
        if found := self._known.get(case):
            self._known.move_to_end(case)
            return found
        key = await self._look_up(case)
        if key is None:
            raise KeyGone(f"case {case} has no key: it was never submitted here, or its key has been destroyed")
        return self.know(case, key)

    def know(self, case: str, key: bytes) -> AESGCM:
        """Keep a key that came along with another answer, so that nobody asks for it."""
        cipher = self._known[case] = AESGCM(key)
        self._known.move_to_end(case)
        if len(self._known) > self._keep:
            self._known.popitem(last=False)
        return cipher


class CaseCodec(PayloadCodec, WithSerializationContext):
    def __init__(self, keys: Keys, case: str | None = None) -> None:
        self._keys = keys
        self._case = case

    def with_context(self, context: SerializationContext) -> "CaseCodec":
        return CaseCodec(self._keys, _case_of(context))

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        if not payloads:
            return []
        case, cipher = await self._cipher()
        return [_seal(payload, case, cipher) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        if not any(_is_ours(payload) for payload in payloads):
            return list(payloads)
        case, cipher = await self._cipher()
        return [_open(payload, case, cipher) if _is_ours(payload) else payload for payload in payloads]

    async def _cipher(self) -> tuple[str, AESGCM]:
        if self._case is None:
            raise NoCase("this payload belongs to no case: only workflows and activities of cases may carry payloads")
        return self._case, await self._keys.of(self._case)


def _case_of(context: SerializationContext) -> str | None:
    if isinstance(context, WorkflowSerializationContext | ActivitySerializationContext):
        return context.workflow_id
    return None


def _is_ours(payload: Payload) -> bool:
    return payload.metadata.get("encoding") == ENCODING


def _seal(payload: Payload, case: str, cipher: AESGCM) -> Payload:
    text = payload.SerializeToString()
    body = _PACKED + zlib.compress(text, 1) if len(text) >= _WORTH_PACKING else _PLAIN + text
    nonce = os.urandom(_NONCE_BYTES)
    return Payload(metadata={"encoding": ENCODING}, data=nonce + cipher.encrypt(nonce, body, case.encode()))


def _open(payload: Payload, case: str, cipher: AESGCM) -> Payload:
    nonce, sealed = payload.data[:_NONCE_BYTES], payload.data[_NONCE_BYTES:]
    try:
        body = cipher.decrypt(nonce, sealed, case.encode())
    except InvalidTag as error:
        raise Tampered(f"a payload of case {case} cannot be opened with its key") from error
    text = zlib.decompress(body[1:]) if body[:1] == _PACKED else body[1:]
    return Payload.FromString(text)
