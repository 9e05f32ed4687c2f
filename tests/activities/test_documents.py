"""A case's papers say what the case knows, are made once, and are issued as they were signed, with their number."""

import asyncio
from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.addresses import Addresses
from activities.documents import Documents
from procedures.json_types import Json, JsonObject
from records.blobs import Blobs, open_blobs
from records.documents import Document, document_of, documents_of
from records.numbers import register
from records.pool import Pool
from tests.activities.cases import AT, SubmittedCase, command_case, publish_procedure, submit_case
from tests.activities.papers import text_of

CASE = "0b6f2f0e-6a54-4d0e-8c9c-7a7f6d1a0003"
CODE = "H99.07-261102-0001"

pytestmark = pytest.mark.usefixtures("organisation")


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return open_blobs((tmp_path / "files").as_uri())


@pytest.fixture
def documents(pool: Pool, blobs: Blobs) -> Documents:
    return Documents(pool, blobs=blobs, addresses=Addresses("https://motcua.example"))


@pytest.fixture
async def case(pool: Pool) -> SubmittedCase:
    submitted = await submit_case(pool, CASE, pin=await publish_procedure(pool))
    async with pool.connection() as db, db.transaction():
        await register(db, case=CASE, unit="ben-may", at=AT)
    return submitted


async def test_a_receipt_says_who_filed_what_when_and_by_when(
    pool: Pool, documents: Documents, blobs: Blobs, case: SubmittedCase
) -> None:
    asked = rendering(case, "receipt", receipt="0001/2026", legal_form="Mẫu 01", due="2026-11-27T16:59:59.999999Z")

    result = await ActivityEnvironment().run(documents.render, case.order("Document.render", "_receipt:1", asked))

    text = await read(pool, blobs, result)
    assert "Mẫu 01 BHXH TỈNH SÔNG LAM" in text
    assert "BHXH CƠ SỞ BẾN MÂY Số: 0001/2026" in text
    assert "Bến Mây, ngày 02 tháng 02 năm 2026" not in text
    assert "Bến Mây, ngày 02 tháng 11 năm 2026" in text
    assert f"Mã hồ sơ: {CODE}" in text
    assert "Nguyễn Thị Lan, nộp trực tuyến" in text
    assert "1 Văn bản đề nghị (Mẫu số 10) 1 2 Giấy tờ tùy thân 2 3 Hóa đơn và bảng kê chi phí 1" in text
    assert "09 giờ 20 Thứ Hai 02/11/2026" in text
    assert "25 ngày tính từ ngày nộp đủ hồ sơ" in text
    assert "Hẹn trả kết quả Thứ Sáu 27/11/2026" in text
    assert f"https://motcua.example/progress?code={CODE}" in text.replace(" ", "")


async def test_a_receipt_is_the_applicants_at_once_and_a_draft_is_not(
    pool: Pool, documents: Documents, case: SubmittedCase
) -> None:
    await documents.render(case.order("Document.render", "_receipt:1", rendering(case, "receipt")))
    await documents.render(case.order("Document.render", "decision:1", rendering(case, "decision")))

    async with pool.connection() as db:
        seen = await documents_of(db, CASE, issued_only=True)
    assert [(document.kind, document.name) for document in seen] == [
        ("receipt", f"Giấy tiếp nhận và hẹn trả kết quả {CODE}.pdf")
    ]


async def test_a_repeated_order_answers_with_the_first_document(
    pool: Pool, documents: Documents, case: SubmittedCase
) -> None:
    order = case.order("Document.render", "_receipt:1", rendering(case, "receipt"))

    answers = [await documents.render(order) for _ in range(2)]
    answers += await asyncio.gather(*(documents.render(order) for _ in range(4)))

    async with pool.connection() as db:
        assert len(await documents_of(db, CASE)) == 1
    assert len({str(answer) for answer in answers}) == 1


async def test_a_request_lists_every_item_with_what_to_do_and_what_follows(
    pool: Pool, documents: Documents, blobs: Blobs, case: SubmittedCase
) -> None:
    items: list[Json] = [
        {"id": "invoices", "kind": "missing", "note": f"command:submit-{CASE}/reason"},
        {"id": "form.account", "kind": "incorrect", "note": None},
    ]
    asked = rendering(case, "supplement_request", items=items)

    result = await documents.render(case.order("Document.render", "_supplement:1", asked))

    text = await read(pool, blobs, result)
    assert "1 Hóa đơn và bảng kê chi phí Còn thiếu Thiếu bảng kê chi tiết." in text
    assert "2 Tài khoản nhận tiền Chưa đúng Nộp bản đúng thay bản đã nộp" in text
    assert "Ông/bà nộp bổ sung trong: 20 ngày, kể từ ngày gửi phiếu này" in text
    assert "chúng tôi dừng giải quyết hồ sơ" in text


async def test_before_acceptance_a_request_speaks_of_no_limit_and_no_stop(
    pool: Pool, documents: Documents, blobs: Blobs, case: SubmittedCase
) -> None:
    asked = rendering(case, "supplement_request", items=[{"id": "invoices", "kind": "missing"}], code=None)

    result = await documents.render(case.order("Document.render", "_supplement:1", asked))

    text = await read(pool, blobs, result)
    assert "chúng tôi không tiếp nhận hồ sơ; ông/bà có thể nộp hồ sơ mới" in text
    assert "chưa bắt đầu; tính từ khi chúng tôi tiếp nhận" in text
    assert "mã hồ sơ" not in text


async def test_a_decision_is_issued_as_it_was_signed_with_number_and_date(
    pool: Pool, documents: Documents, blobs: Blobs, case: SubmittedCase
) -> None:
    draft = await documents.render(case.order("Document.render", "decision:1", rendering(case, "decision")))
    numbering: dict[str, Json] = {**draft, "book": "decisions", "unit": "song-lam"}
    number = await documents.number(case.order("Document.number", "_number/decision:1", numbering))

    issuing: dict[str, Json] = {**draft, **number, "unit": "song-lam"}
    issued = await documents.issue(case.order("Document.issue", "_issue/decision:1", issuing))

    before, after = await read(pool, blobs, draft), await read(pool, blobs, issued)
    assert number == {"number": "1/QĐ-BHXH"}
    assert "Số: 1/QĐ-BHXH" in after
    assert "Số tiền 4.200.000 đồng Bằng chữ Bốn triệu hai trăm nghìn đồng" in after
    assert "Số thẻ bảo hiểm y tế GD4797912345678" in after
    assert "Số: ........" in before
    assert before.replace("........", "1/QĐ-BHXH") == after


async def test_issuing_again_is_the_same_paper_under_the_same_number(documents: Documents, case: SubmittedCase) -> None:
    draft = await documents.render(case.order("Document.render", "decision:1", rendering(case, "decision")))
    order = case.order("Document.number", "_number/decision:1", {**draft, "book": "decisions", "unit": "song-lam"})

    numbers = [await documents.number(order) for _ in range(2)]
    issue = case.order("Document.issue", "_issue/decision:1", {**draft, **numbers[0], "unit": "song-lam"})

    assert numbers[0] == numbers[1]
    assert await documents.issue(issue) == await documents.issue(issue)


async def test_a_draft_that_is_not_the_signed_one_is_never_issued(documents: Documents, case: SubmittedCase) -> None:
    draft = await documents.render(case.order("Document.render", "decision:1", rendering(case, "decision")))
    issuing: dict[str, Json] = {**draft, "digest": "0" * 64, "number": "1", "unit": "song-lam"}

    with pytest.raises(ApplicationError) as refusal:
        await documents.issue(case.order("Document.issue", "_issue/decision:1", issuing))

    assert refusal.value.type == "draft-changed"


async def test_a_refusal_says_why_and_where_to_go(
    pool: Pool, documents: Documents, blobs: Blobs, case: SubmittedCase
) -> None:
    id = f"refuse-{CASE}"
    texts = {"reason": "Hồ sơ thuộc nơi khác.", "where": "BHXH cơ sở Đồng Sen"}
    await command_case(pool, CASE, "refuse", {"where": f"command:{id}/where"}, texts)
    reason: Json = {"code": "wrong_agency", "text": f"command:{id}/reason"}
    asked = rendering(case, "intake_refusal", reason=reason, code=None)

    result = await documents.render(case.order("Document.render", "_ending:1", asked))

    text = await read(pool, blobs, result)
    assert "với lý do cụ thể như sau: Hồ sơ thuộc nơi khác." in text
    assert "Nơi có thẩm quyền: BHXH cơ sở Đồng Sen." in text


async def test_a_stop_notice_says_what_becomes_of_money(
    pool: Pool, documents: Documents, blobs: Blobs, case: SubmittedCase
) -> None:
    id = await command_case(pool, CASE, "stop", {"settlement": "refund"}, {"reason": "Trùng hồ sơ đã giải quyết."})
    reason: Json = {"code": "duplicate", "text": f"command:{id}/reason"}

    result = await documents.render(
        case.order("Document.render", "_ending:1", rendering(case, "stop_notice", reason=reason))
    )

    text = await read(pool, blobs, result)
    assert "Lý do: Trùng hồ sơ đã giải quyết." in text
    assert "Phí, lệ phí: chúng tôi hoàn trả khoản ông/bà đã nộp" in text


async def test_a_stop_by_an_expired_window_names_no_step_of_the_system(
    pool: Pool, documents: Documents, blobs: Blobs, case: SubmittedCase
) -> None:
    reason: Json = {"code": "window_expired", "text": "step:review"}

    result = await documents.render(
        case.order("Document.render", "_ending:1", rendering(case, "stop_notice", reason=reason))
    )

    text = await read(pool, blobs, result)
    assert "Đến hết hạn, chúng tôi chưa nhận được" in text
    assert "review" not in text


async def test_a_withdrawal_is_confirmed_as_the_applicants_own_wish(
    pool: Pool, documents: Documents, blobs: Blobs, case: SubmittedCase
) -> None:
    asked = rendering(case, "stop_notice", reason={"code": "own_words", "text": None})

    result = await documents.render(case.order("Document.render", "_ending:1", asked))

    assert "Ông/bà đã đề nghị rút hồ sơ này." in await read(pool, blobs, result)


async def test_a_dossier_refused_by_the_clock_says_what_was_missing(
    pool: Pool, documents: Documents, blobs: Blobs, case: SubmittedCase
) -> None:
    asked = rendering(case, "intake_refusal", reason={"code": "incomplete", "text": None}, code=None)

    result = await documents.render(case.order("Document.render", "_ending:1", asked))

    assert "chúng tôi chưa nhận được giấy tờ đã yêu cầu bổ sung" in await read(pool, blobs, result)


async def test_an_apology_is_drafted_with_places_to_fill_in_and_shown_to_nobody_yet(
    pool: Pool, documents: Documents, blobs: Blobs, case: SubmittedCase
) -> None:
    asked = rendering(case, "apology_extension", due="2026-11-27T16:59:59.999999Z", legal_form="Mẫu 04")

    result = await documents.render(case.order("Document.render", "_apology_extension:1", asked))

    text = await read(pool, blobs, result)
    assert "Chúng tôi không thể trả kết quả cho ông/bà đúng ngày đã hẹn." in text
    assert "Ngày hẹn đang áp dụng Thứ Sáu 27/11/2026" in text
    assert "Ngày hẹn trả kết quả mới: ......" in text
    async with pool.connection() as db:
        assert await documents_of(db, CASE, issued_only=True) == []


async def test_a_book_nobody_keeps_is_an_incident(documents: Documents, case: SubmittedCase) -> None:
    asked: dict[str, Json] = {"document": "document:1", "digest": "", "book": "no_such_book", "unit": "song-lam"}

    with pytest.raises(ApplicationError) as refusal:
        await documents.number(case.order("Document.number", "_number/decision:1", asked))

    assert refusal.value.type == "no-book"


async def test_a_missing_template_is_an_incident(documents: Documents, case: SubmittedCase) -> None:
    with pytest.raises(ApplicationError) as refusal:
        await documents.render(case.order("Document.render", "letter:1", rendering(case, "no_such_paper")))

    assert refusal.value.type == "template-missing"


async def test_no_answer_of_a_document_carries_what_is_on_it(documents: Documents, case: SubmittedCase) -> None:
    """What an activity answers lies in the case's history."""
    result = await documents.render(case.order("Document.render", "_receipt:1", rendering(case, "receipt")))

    assert set(result) == {"document", "digest"}


def rendering(case: SubmittedCase, document: str, **more: Json) -> dict[str, Json]:
    asked: dict[str, Json] = {
        "document": document,
        "template": document,
        "unit": "song-lam" if document == "decision" else "ben-may",
        "form": case.form,
        "forms": {"review": case.review},
        "items": [],
        "values": {},
        "code": CODE,
        "received": "2026-11-02T02:20:00Z",
        "accepted": "2026-11-02T03:00:00Z",
        "limit": {"within": "25 calendar days", "source": "deadline[0]"},
        **more,
    }
    return {name: value for name, value in asked.items() if value is not None}


async def read(pool: Pool, blobs: Blobs, result: JsonObject) -> str:
    async with pool.connection() as db:
        document: Document = await document_of(db, case=CASE, document=str(result["document"]))
    assert document.digest == result["digest"]
    return text_of(await blobs.get(document.digest))
