"""What a stand-in booked, one file per idempotency key: the same key always gets the same answer.

KeyReused       the key came before with another order
"""

import hashlib
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import orjson

from procedures.json_types import Json, JsonObject

BOOKED, REFUSED = 200, 422


class KeyReused(Exception):
    """Two orders under one key: answering either would hide the other."""


class Ledger:
    """Written to disk before it is answered, so that an answer given was an answer kept."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._turn = threading.Lock()

    def book(self, key: str, order: JsonObject, *, refuse: bool) -> tuple[int, JsonObject]:
        """Answer (status, document): as before if the key is known, else as booked or refused now."""
        digest = hashlib.sha256(orjson.dumps(order, option=orjson.OPT_SORT_KEYS)).hexdigest()
        file = self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.json"
        with self._turn:
            if file.is_file():
                return self._known(file, key, digest)
            status, answer = self._decide(key, order, refuse=refuse)
            self._keep(file, {"key": key, "order": digest, "status": status, "answer": answer})
            return status, answer

    def payments(self) -> list[Json]:
        """Answer what was booked, without accounts or names."""
        kept = [orjson.loads(file.read_bytes()) for file in self._folder.glob("*.json")]
        booked = [one for one in kept if one["status"] == BOOKED]
        booked.sort(key=lambda one: str(one["answer"]["values"]["booked_at"]))
        return [{"key": one["key"], **_without_payee(one["answer"]["values"])} for one in booked]

    def _known(self, file: Path, key: str, digest: str) -> tuple[int, JsonObject]:
        kept = orjson.loads(file.read_bytes())
        if kept["order"] != digest:
            raise KeyReused(f"The key {key} was used for another order.")
        return int(kept["status"]), kept["answer"]

    def _decide(self, key: str, order: JsonObject, *, refuse: bool) -> tuple[int, JsonObject]:
        if refuse:
            return REFUSED, {"outcome": "account_closed", "title": "The account does not exist or is closed."}
        reference = f"KB-{hashlib.sha256(key.encode()).hexdigest()[:12].upper()}"
        booked_at = datetime.now(UTC).isoformat()
        account = order["account"]
        # A real treasury says whom it paid, too.
        payee = account.get("holder") if isinstance(account, dict) else None
        values: JsonObject = {"reference": reference, "amount": order["amount"], "booked_at": booked_at, "payee": payee}
        return BOOKED, {"outcome": "done", "values": values}

    def _keep(self, file: Path, document: JsonObject) -> None:
        draft = file.with_suffix(".draft")
        with draft.open("wb") as stream:
            stream.write(orjson.dumps(document))
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)


def _without_payee(values: JsonObject) -> JsonObject:
    return {name: value for name, value in values.items() if name != "payee"}
