"""What leaves at the end: results that go by themselves, and the list by which the archive knows what it took over."""

from datetime import UTC, datetime

import orjson
from temporalio import activity

from activities.contracts import Order
from activities.failures import final_failure
from procedures.json_types import Json, JsonObject
from records.accounts import account_id
from records.blobs import Blobs
from records.contacts import contacts
from records.documents import document_of, documents_of, store_document
from records.effects import effect_result, remember_effect
from records.errors import NotFound
from records.files import files_of
from records.pool import Db, Pool, Sql


class Delivery:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @activity.defn(name="Delivery.dispatch")
    async def dispatch(self, order: Order) -> dict[str, Json]:
        """Idempotent by the effect's key.

        An electronic result lies in the portal: it is delivered where its recipient can open it there; others fetch it.
        """
        async with self._pool.connection() as db, db.transaction():
            if (known := await effect_result(db, order.key)) is not None:
                return known
            result = await _delivered(db, order)
            return await remember_effect(db, key=order.key, case=order.case, activity=order.activity, result=result)


class Archive:
    def __init__(self, pool: Pool, *, blobs: Blobs) -> None:
        self._pool = pool
        self._blobs = blobs

    @activity.defn(name="Archive.pack")
    async def pack(self, order: Order) -> dict[str, Json]:
        """Idempotent by the effect's key: the first list stands. Nothing is moved; the list says what is to be kept."""
        async with self._pool.connection() as db, db.transaction():
            content = orjson.dumps(await _inventory(db, order), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
            await store_document(
                db,
                self._blobs,
                case=order.case,
                effect=order.key,
                kind="archive_list",
                content=content,
                name=f"Mục lục lưu trữ {order.with_.get('code') or order.case}.json",
                media_type="application/json",
            )
        return {}


async def _delivered(db: Db, order: Order) -> JsonObject:
    if order.with_.get("document"):
        await _check_issued(db, order)
    people = [account for one in order.with_["to"] if (account := account_id(str(one.get("ref") or "")))]
    if not people or set(people) != set(await contacts(db, people)):
        return {"delivered": False, "reason": "no-account"}
    return {"delivered": True}


async def _check_issued(db: Db, order: Order) -> None:
    try:
        await document_of(db, case=order.case, document=order.with_["document"], issued_only=True)
    except NotFound as missing:
        raise final_failure(
            "result-not-issued", "The result to deliver is not issued: look at its document."
        ) from missing


async def _inventory(db: Db, order: Order) -> JsonObject:
    """Answer every part of the file with its digest; forms and texts are named by theirs and stay where they are."""
    cursor = await db.execute(_HEAD, (order.case,))
    head = await cursor.fetchone()
    forms = await (await db.execute(_FORMS, (order.case,))).fetchall()
    return {
        "case": order.case,
        "code": order.with_.get("code"),
        "outcome": order.with_["outcome"],
        "retain_until": order.with_.get("retain_until"),
        "packed_at": (order.at or datetime.now(UTC)).isoformat(),
        "journal": {"last_seq": head[0], "hash": head[1]} if head else None,
        "documents": [
            {"id": paper.id, "kind": paper.kind, "number": paper.number, "sha256": paper.digest, "size": paper.size}
            for paper in await documents_of(db, order.case)
        ],
        "files": [
            {"id": file.id, "media_type": file.media_type, "sha256": file.digest, "size": file.size}
            for file in await files_of(db, order.case)
        ],
        "forms": [row[0] for row in forms],
    }


_HEAD: Sql = "select last_seq, encode(head_hash, 'hex') from case_file where id = %s"
_FORMS: Sql = "select digest from form where case_id = %s order by at, digest"
