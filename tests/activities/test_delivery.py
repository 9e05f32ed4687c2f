"""A result that goes by itself reaches who can open it, and the archive gets a list it can check."""

from pathlib import Path

import orjson
import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.contracts import Order
from activities.delivery import Archive, Delivery
from procedures.json_types import Json
from records.blobs import Blobs, open_blobs
from records.documents import documents_of, issue_document, store_document
from records.pool import Pool
from tests.activities.cases import AT, SubmittedCase, publish_procedure, submit_case

CASE = "0b6f2f0e-6a54-4d0e-8c9c-7a7f6d1a0004"

pytestmark = pytest.mark.usefixtures("organisation")


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return open_blobs((tmp_path / "files").as_uri())


@pytest.fixture
async def case(pool: Pool) -> SubmittedCase:
    return await submit_case(pool, CASE, pin=await publish_procedure(pool))


async def test_an_issued_result_is_delivered_to_who_has_an_account(
    pool: Pool, blobs: Blobs, case: SubmittedCase
) -> None:
    document = await draft(pool, blobs, issued=True)

    answer = await ActivityEnvironment().run(Delivery(pool).dispatch, dispatching(case, document, "account:c01"))

    assert answer == {"delivered": True}


async def test_who_has_no_account_is_not_delivered_to(pool: Pool, blobs: Blobs, case: SubmittedCase) -> None:
    document = await draft(pool, blobs, issued=True)

    answer = await Delivery(pool).dispatch(dispatching(case, document, "account:nobody"))

    assert answer == {"delivered": False, "reason": "no-account"}


async def test_what_was_answered_once_is_answered_again(pool: Pool, blobs: Blobs, case: SubmittedCase) -> None:
    order = dispatching(case, await draft(pool, blobs, issued=True), "account:c01")
    first = await Delivery(pool).dispatch(order)
    async with pool.connection() as db:
        await db.execute("delete from account where id = 'c01'")

    assert await Delivery(pool).dispatch(order) == first


async def test_a_draft_is_never_delivered(pool: Pool, blobs: Blobs, case: SubmittedCase) -> None:
    document = await draft(pool, blobs, issued=False)

    with pytest.raises(ApplicationError) as refusal:
        await Delivery(pool).dispatch(dispatching(case, document, "account:c01"))

    assert refusal.value.type == "result-not-issued"


async def test_the_archive_lists_every_part_with_its_digest_and_nobody_by_name(
    pool: Pool, blobs: Blobs, case: SubmittedCase
) -> None:
    await draft(pool, blobs, issued=True)
    with_: dict[str, Json] = {"code": "H99-1", "outcome": "delivered", "retain_until": "2036-11-30"}

    for _ in range(2):
        await Archive(pool, blobs=blobs).pack(case.order("Archive.pack", "_archive:1", with_))

    async with pool.connection() as db:
        (kept,) = [paper for paper in await documents_of(db, CASE) if paper.kind == "archive_list"]
    content = await blobs.get(kept.digest)
    listed = orjson.loads(content)
    assert [paper["kind"] for paper in listed["documents"]] == ["decision"]
    assert len(listed["forms"]) == 2
    assert listed["retain_until"] == "2036-11-30"
    assert "Lan" not in content.decode()


async def draft(pool: Pool, blobs: Blobs, *, issued: bool) -> str:
    async with pool.connection() as db:
        document = await store_document(
            db, blobs, case=CASE, effect=f"{CASE}/decision:1", kind="decision", content=b"%PDF", name="Quyết định.pdf"
        )
        if issued:
            await issue_document(db, case=CASE, document=document.ref, at=AT)
    return document.ref


def dispatching(case: SubmittedCase, document: str, to: str) -> Order:
    with_: dict[str, Json] = {
        "result": "refusal",
        "document": document,
        "to": [{"role": "recipient", "ref": to}],
        "code": "H99-1",
    }
    return case.order("Delivery.dispatch", "_deliver/decision:1", with_)
