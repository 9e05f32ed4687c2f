"""Whole lives of 1.014140: what the core orders, the activities understand, to the last paper and notice."""

import mailbox
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from activities.addresses import Addresses
from activities.connectors import Connector
from activities.delivery import Archive, Delivery
from activities.documents import Documents
from activities.intake import Intake
from activities.mail import Mail
from activities.notification import Notification
from activities.routing import Route
from cli.standins.treasury import Treasury
from procedures.json_types import JsonObject
from procedures.language.loader import load_procedure
from procedures.time.files import load_calendars
from records.blobs import Blobs, open_blobs
from records.commands import form_digest
from records.documents import documents_of
from records.pins import pin_of
from records.pool import Pool
from records.procedures import publish
from tests.activities.cases import FORM, HOURS
from tests.activities.life import CITIZEN, DESK, LEADER, REVIEWER, Activities, Life
from tests.activities.papers import DECISION, number_of_pages, text_of
from workflows.core.state import Stage

CASE = "0b6f2f0e-6a54-4d0e-8c9c-7a7f6d1a0005"
PROCEDURE = Path("procedures/catalogue/bhxh/1.014140/v1/procedure.yaml")
PAPERS = ("request", "identity", "visit", "invoices")
APPROVED: JsonObject = {"payable": 4_200_000}

pytestmark = pytest.mark.usefixtures("organisation")


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return open_blobs((tmp_path / "files").as_uri())


@pytest.fixture
async def life(pool: Pool, blobs: Blobs, treasury: Treasury, smtp: str) -> Life:
    procedure = load_procedure(PROCEDURE).procedure
    assert procedure is not None
    async with pool.connection() as db:
        templates = {DECISION.name: DECISION.read_text(encoding="utf-8")}
        calendars = load_calendars(["vn-2026"])
        version = await publish(db, procedure, templates=templates, calendars=calendars, hours=HOURS)
        pin = await pin_of(db, version.pin)
    return Life(pool, every_activity(pool, blobs, treasury, smtp), pin, case=CASE)


async def test_a_case_is_paid_in_time(life: Life, treasury: Treasury, blobs: Blobs, maildir: Path) -> None:
    await accepted(life)
    await approved(life)
    await life.do("complete_task", {"task": "sign:1", "outcome": "sign"}, by=LEADER, at=hanoi(13, 10))

    assert life.failures == []
    assert amounts(treasury) == [4_200_000]
    papers = await read_papers(life, blobs)
    assert set(papers) == {"receipt", "decision"}
    assert "Số: 1/QĐ-BHXH" in papers["decision"]
    assert "Bốn triệu hai trăm nghìn đồng" in papers["decision"]
    assert "09 giờ 00 Thứ Hai 02/03/2026" in papers["receipt"]
    assert "Hẹn trả kết quả Thứ Sáu 27/03/2026" in papers["receipt"]
    assert "Chúng tôi đã tiếp nhận hồ sơ H99.07-260302-0001" in subjects(maildir)


async def test_a_request_for_supplement_is_sent_answered_and_told(life: Life, blobs: Blobs, maildir: Path) -> None:
    await accepted(life)
    await asked(life)
    sent: JsonObject = {"papers": [{"id": "invoices", "documents": ["file:9"]}]}
    await life.do("send_supplement", sent, by=CITIZEN, at=hanoi(20, 14))
    verdicts: JsonObject = {"verdicts": [{"id": "invoices", "verdict": "ok"}]}
    await life.do("complete_supplement", verdicts, by=DESK, at=hanoi(23, 9))

    assert life.failures == []
    papers = await read_papers(life, blobs)
    assert "1 Hóa đơn và bảng kê chi phí Còn thiếu Thiếu bảng kê" in papers["supplement_request"]
    assert "Căn cứ: Điều 55 Nghị định 188/2025/NĐ-CP" in papers["supplement_request"]
    assert "Hồ sơ H99.07-260302-0001: chúng tôi đã nhận đủ giấy tờ bổ sung" in subjects(maildir)


async def test_a_window_that_runs_out_stops_the_case_in_writing(life: Life, blobs: Blobs, maildir: Path) -> None:
    await accepted(life)
    await asked(life)
    await life.sleep_until(hanoi(27, 0))

    assert life.state.stage is Stage.STOPPED
    assert life.failures == []
    assert "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ" in (await read_papers(life, blobs))["stop_notice"]
    assert "Hồ sơ H99.07-260302-0001: có việc cần ông/bà xem" in subjects(maildir)
    assert "Chúng tôi dừng giải quyết hồ sơ H99.07-260302-0001" in subjects(maildir)


async def test_a_rejected_request_is_answered_in_writing_and_delivered(life: Life, blobs: Blobs) -> None:
    await accepted(life)
    rejected: JsonObject = {
        "task": "review:1",
        "outcome": "reject",
        "reason": {"code": "not_eligible", "text": "command:/reason"},
    }
    texts = {"reason": "Chi phí ngoài phạm vi được hưởng."}
    await life.do("complete_task", rejected, by=REVIEWER, at=hanoi(10, 9), texts=texts)
    signed: JsonObject = {"task": "sign_refusal:1", "outcome": "sign", "reason": rejected["reason"]}
    await life.do("complete_task", signed, by=LEADER, at=hanoi(11, 9), texts=texts)

    assert life.failures == []
    letter = (await read_papers(life, blobs))["refuse"]
    assert "Lý do: Chi phí ngoài phạm vi được hưởng." in letter
    assert "Số: 1/BHXH-GĐYT" in letter
    assert life.given("Delivery.dispatch") != []
    assert life.state.stage is Stage.DELIVERED


async def test_a_case_nobody_works_on_is_warned_of_drafted_for_and_apologised_for(
    life: Life, blobs: Blobs, maildir: Path
) -> None:
    await accepted(life)
    await life.sleep_until(hanoi(28, 12))

    assert life.failures == []
    assert {"warned", "apology_drafted", "overdue", "escalated"} <= set(life.kinds)
    assert "VĂN BẢN XIN LỖI" in (await read_papers(life, blobs))["apology_extension"]
    told = subjects(maildir)
    assert "Hồ sơ H99.07-260302-0001: chúng tôi trễ hẹn và xin lỗi ông/bà" in told
    assert "Báo cấp trên: hồ sơ H99.07-260302-0001" in told


async def test_a_treasury_that_refuses_is_never_taken_for_one_that_paid(life: Life, treasury: Treasury) -> None:
    treasury.be("refuse")
    await accepted(life)
    await approved(life)
    await life.do("complete_task", {"task": "sign:1", "outcome": "sign"}, by=LEADER, at=hanoi(13, 10))

    assert [failure.split(":")[0] for failure in life.failures] == ["account_closed"]
    assert [incident.code for incident in life.state.incidents] == ["account_closed"]
    assert treasury.ledger.payments() == []


async def test_no_order_carries_what_a_person_entered(life: Life) -> None:
    """Effects lie in the history of the case: what is personal goes by reference."""
    await accepted(life)
    await approved(life)
    await life.do("complete_task", {"task": "sign:1", "outcome": "sign"}, by=LEADER, at=hanoi(13, 10))

    ordered = "".join(order.model_dump_json() for order in life.orders)
    assert [value for value in ("GD4797912345678", "0123456789", "NGUYỄN") if value in ordered] == []


def every_activity(pool: Pool, blobs: Blobs, treasury: Treasury, smtp: str) -> Activities:
    addresses = Addresses("https://motcua.example")
    documents = Documents(pool, blobs=blobs, addresses=addresses)
    mail = Mail(server=smtp, sender="motcua@songlam.example")
    return {
        "Intake.register": Intake(pool).register,
        "Route.resolve": Route(pool).resolve,
        "Document.render": documents.render,
        "Document.number": documents.number,
        "Document.issue": documents.issue,
        "Notification.send": Notification(pool, mail=mail, addresses=addresses).send,
        "Connector.call": Connector(pool, {"treasury": treasury.address}).call,
        "Delivery.dispatch": Delivery(pool).dispatch,
        "Archive.pack": Archive(pool, blobs=blobs).pack,
    }


async def accepted(life: Life) -> None:
    """Monday 2 March 2026: filed online at 9, accepted at 10, taken over by the province at 11."""
    submitted: JsonObject = {
        "receiving": "ben-may",
        "channel": "online",
        "submitter": "patient",
        "parties": [{"role": "submitter", "ref": "account:c01"}],
        "form": f"form:{form_digest(FORM)}",
        "papers": [{"id": paper, "documents": ["file:1"]} for paper in PAPERS],
    }
    await life.do("submit", submitted, by=CITIZEN, at=hanoi(2, 9), forms=(FORM,))
    verdicts: JsonObject = {"verdicts": [{"id": paper, "verdict": "ok"} for paper in PAPERS]}
    await life.do("accept", verdicts, by=DESK, at=hanoi(2, 10))
    await life.do("confirm_handover", {"handover": "_handover:1"}, by=REVIEWER, at=hanoi(2, 11))


async def approved(life: Life) -> None:
    done: JsonObject = {
        "task": "review:1",
        "outcome": "approve",
        "form": f"form:{form_digest(APPROVED)}",
        "facts": APPROVED,
    }
    await life.do("complete_task", done, by=REVIEWER, at=hanoi(12, 15), forms=(APPROVED,))


async def asked(life: Life) -> None:
    items: JsonObject = {
        "items": [{"id": "invoices", "kind": "missing", "note": "command:/note"}],
        "ground": "command:/ground",
        "task": "review:1",
    }
    texts = {"note": "Thiếu bảng kê", "ground": "Điều 55 Nghị định 188/2025/NĐ-CP"}
    await life.do("ask_supplement", items, by=REVIEWER, at=hanoi(6, 9), texts=texts)


def hanoi(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=timezone(timedelta(hours=7)))


async def read_papers(life: Life, blobs: Blobs) -> dict[str, str]:
    """Answer the text of every paper by its kind; of a draft and its issue the issue. Each fits on one page."""
    async with life.pool.connection() as db:
        papers = await documents_of(db, CASE)
    papers = sorted(papers, key=lambda paper: paper.issued_at is not None)
    contents = {paper.kind: await blobs.get(paper.digest) for paper in papers if paper.media_type == "application/pdf"}
    assert [kind for kind, content in contents.items() if number_of_pages(content) != 1] == []
    return {kind: text_of(content) for kind, content in contents.items()}


def subjects(maildir: Path) -> list[str]:
    kept = mailbox.Maildir(maildir)
    mails = [message_from_bytes(kept.get_bytes(key), policy=policy.default) for key in kept.keys()]
    return [str(mail["Subject"]) for mail in mails]


def amounts(treasury: Treasury) -> list[object]:
    return [payment["amount"] for payment in treasury.ledger.payments() if isinstance(payment, dict)]
