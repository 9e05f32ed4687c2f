"""Makes papers: a draft or a statutory paper is rendered, numbered in its book, and issued with its number on it.

What a paper was set from is kept beside it (`set`), so that the issued paper says what the signed draft said, even if
an account changed in between.
"""

import asyncio
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from temporalio import activity

from activities.addresses import Addresses
from activities.contracts import Order
from activities.failures import final_failure
from activities.papers import given_for
from activities.typesetting import TypesettingError, statutory_template, typeset
from activities.vietnamese import date_in_words, day_of
from procedures.json_types import Json, JsonObject
from procedures.language.model.procedure import Procedure
from records.blobs import Blobs
from records.documents import Document, document_of, effect_of_document, issue_document, store_document
from records.effects import effect_result, remember_effect
from records.errors import NoCodeSeries
from records.numbers import number_paper
from records.pins import pin_of
from records.pool import Db, Pool
from records.procedures import templates_of

# They leave at once, in nobody's name but the agency's; everything else is a draft until it is issued.
LEAVES_AT_ONCE = {"receipt", "supplement_request", "intake_refusal", "stop_notice"}
NAMES = {
    "receipt": "Giấy tiếp nhận và hẹn trả kết quả",
    "supplement_request": "Phiếu yêu cầu bổ sung",
    "intake_refusal": "Phiếu từ chối tiếp nhận",
    "stop_notice": "Thông báo dừng giải quyết",
    "apology_extension": "Văn bản xin lỗi và đề nghị gia hạn",
    "reasoned_refusal": "Văn bản trả lời",
    "decision": "Quyết định",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that a paper is set from: personal, so it lies where the papers lie."""

    template: str
    given: JsonObject


class Documents:
    def __init__(self, pool: Pool, *, blobs: Blobs, addresses: Addresses) -> None:
        self._pool = pool
        self._blobs = blobs
        self._addresses = addresses

    @activity.defn(name="Document.render")
    async def render(self, order: Order) -> dict[str, Json]:
        """Idempotent by the effect's key: what was rendered first is the document, whatever is rendered later."""
        asked, at = order.with_, _at(order)
        async with self._pool.connection() as db:
            if (known := await effect_result(db, order.key)) is not None:
                return _answer(known)
            procedure = (await pin_of(db, order.pin)).procedure
            sheet = Sheet(
                template=await _template(db, procedure, asked["template"]),
                given=await given_for(db, order, procedure, self._addresses),
            )
        content = await _set(sheet, at=at)
        kept = await self._blobs.put(orjson.dumps(asdict(sheet)))
        issued_at = at if asked["document"] in LEAVES_AT_ONCE or asked.get("leaves") else None
        async with self._pool.connection() as db, db.transaction():
            document = await store_document(
                db,
                self._blobs,
                case=order.case,
                effect=order.key,
                kind=asked["document"],
                content=content,
                name=_file_name(procedure, asked),
                result=asked.get("result"),
                issued_at=issued_at,
            )
            return _answer(await _remember(db, order, document, kept))

    @activity.defn(name="Document.number")
    async def number(self, order: Order) -> dict[str, Json]:
        """Idempotent by the effect's key: the book has one line for it."""
        asked = order.with_
        async with self._pool.connection() as db, db.transaction():
            try:
                number = await number_paper(
                    db, effect=order.key, case=order.case, unit=asked["unit"], book=asked["book"], at=_at(order)
                )
            except NoCodeSeries as missing:
                raise final_failure("no-book", missing.sentence) from missing
        return {"number": number}

    @activity.defn(name="Document.issue")
    async def issue(self, order: Order) -> dict[str, Json]:
        """Idempotent by the effect's key. The draft stays as it was signed; the issued paper bears number and date."""
        asked, at = order.with_, _at(order)
        async with self._pool.connection() as db:
            if (known := await effect_result(db, order.key)) is not None:
                return _answer(known)
            draft = await document_of(db, case=order.case, document=asked["document"])
            sheet = await self._sheet_of(db, draft)
        if draft.digest != asked["digest"]:
            raise final_failure("draft-changed", "The draft kept is not the one that was signed: restore it.")
        issued = {"number": asked.get("number"), "day": date_in_words(day_of(at))}
        sheet = Sheet(template=sheet.template, given=sheet.given | issued)
        content = await _set(sheet, at=at)
        kept = await self._blobs.put(orjson.dumps(asdict(sheet)))
        async with self._pool.connection() as db, db.transaction():
            document = await store_document(
                db,
                self._blobs,
                case=order.case,
                effect=order.key,
                kind=draft.kind,
                content=content,
                name=draft.name,
                result=asked.get("result"),
            )
            document = await issue_document(
                db, case=order.case, document=document.ref, at=at, number=asked.get("number")
            )
            return _answer(await _remember(db, order, document, kept))

    async def _sheet_of(self, db: Db, draft: Document) -> Sheet:
        made = await effect_result(db, await effect_of_document(db, case=draft.case, document=draft.ref))
        if made is None or not isinstance(made.get("set"), str):
            raise final_failure("draft-unknown", "What the draft was set from is not kept: restore it.")
        return Sheet(**orjson.loads(await self._blobs.get(str(made["set"]))))


def _at(order: Order) -> datetime:
    return order.at or datetime.now(UTC)


async def _set(sheet: Sheet, *, at: datetime) -> bytes:
    try:
        return await asyncio.to_thread(typeset, sheet.template, sheet.given, at=at)
    except TypesettingError as broken:
        raise final_failure(broken.code, str(broken)) from broken


async def _template(db: Db, procedure: Procedure, name: str) -> str:
    """The version's own template goes before the law's: it was published, and stays as it was."""
    own = await templates_of(db, procedure.digest)
    for written in (f"{name}.typ", name):
        if written in own:
            return own[written]
    try:
        return statutory_template(procedure.profile, name)
    except TypesettingError as missing:
        raise final_failure(missing.code, str(missing)) from missing


async def _remember(db: Db, order: Order, document: Document, kept: str) -> JsonObject:
    result: JsonObject = {"document": document.ref, "digest": document.digest, "set": kept}
    return await remember_effect(db, key=order.key, case=order.case, activity=order.activity, result=result)


def _answer(result: JsonObject) -> JsonObject:
    return {"document": result["document"], "digest": result["digest"]}


def _file_name(procedure: Procedure, asked: dict[str, Any]) -> str:
    """Name the file in the citizen's words; a code is no secret, a name is never in it."""
    result = procedure.result(asked["result"]) if asked.get("result") else None
    title = result.label["vi"] if result else NAMES.get(asked["template"], str(asked["template"]))
    return f"{title} {asked['code']}.pdf" if asked.get("code") else f"{title}.pdf"
