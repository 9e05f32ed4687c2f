from pathlib import Path

import pytest

from records.blobs import Blobs, open_blobs
from records.documents import Document, document_of, documents_of, issue_document, store_document
from records.errors import NotFound
from records.pool import Db
from tests.records.support import NOON, case_number

CASE = case_number(1)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return open_blobs((tmp_path / "files").as_uri())


async def render(db: Db, blobs: Blobs, content: bytes = b"%PDF-1.7 one") -> Document:
    return await store_document(
        db, blobs, case=CASE, effect=f"{CASE}/decision:1", kind="decision", content=content, name="Quyết định.pdf"
    )


async def test_of_two_renderings_of_one_effect_the_first_stays(db: Db, blobs: Blobs) -> None:
    first = await render(db, blobs)
    second = await render(db, blobs, b"%PDF-1.7 two")

    assert first == second
    assert b"%PDF-1.7 one" == await blobs.get(second.digest)


async def test_parties_see_a_paper_once_it_is_issued(db: Db, blobs: Blobs) -> None:
    draft = await render(db, blobs)
    with pytest.raises(NotFound):
        await document_of(db, case=CASE, document=draft.ref, issued_only=True)

    issued = await issue_document(db, case=CASE, document=draft.ref, at=NOON, number="7/QĐ-BHXH")

    assert [issued] == await documents_of(db, CASE, issued_only=True)
    assert ("7/QĐ-BHXH", NOON) == (issued.number, issued.issued_at)


async def test_a_paper_is_issued_once(db: Db, blobs: Blobs) -> None:
    draft = await render(db, blobs)
    first = await issue_document(db, case=CASE, document=draft.ref, at=NOON, number="7")

    assert first == await issue_document(db, case=CASE, document=draft.id, at=NOON.replace(year=2027), number="8")


async def test_a_paper_belongs_to_its_case(db: Db, blobs: Blobs) -> None:
    draft = await render(db, blobs)

    with pytest.raises(NotFound):
        await document_of(db, case=case_number(2), document=draft.ref)
