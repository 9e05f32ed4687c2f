"""Everybody meant is told once, in the portal and by mail, whatever is tried how often."""

import asyncio
import mailbox
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.addresses import Addresses
from activities.contracts import Order
from activities.mail import Mail
from activities.notification import Notification
from procedures.json_types import Json
from records.notices import Notice, notices_of
from records.pool import Pool

CASE = "0b6f2f0e-6a54-4d0e-8c9c-7a7f6d1a0002"
APPLICANT: list[Json] = [{"role": "submitter", "ref": "account:c01"}]

pytestmark = pytest.mark.usefixtures("organisation")


@pytest.fixture
def notification(pool: Pool, smtp: str) -> Notification:
    return make(pool, smtp)


async def test_an_applicant_is_told_in_the_portal_and_by_mail(
    notification: Notification, pool: Pool, maildir: Path
) -> None:
    result = await ActivityEnvironment().run(notification.send, order("accepted", APPLICANT))

    (mail,) = mails(maildir)
    assert result == {}
    assert mail["To"] == "c01@motcua.example"
    assert mail["Subject"] == "Chúng tôi đã tiếp nhận hồ sơ H99.07-261102-0042"
    assert "Chúng tôi trả kết quả chậm nhất Thứ\N{NO-BREAK SPACE}Sáu 27/11/2026." in mail.get_content()
    assert f"https://motcua.example/cases/{CASE}" in mail.get_content()
    (notice,) = await portal(pool, "c01")
    assert notice.notice == "accepted"


async def test_a_mail_names_nobody(notification: Notification, maildir: Path) -> None:
    await notification.send(order("accepted", APPLICANT))

    (mail,) = mails(maildir)
    assert "Lan" not in mail.as_string()
    assert mail["Auto-Submitted"] == "auto-generated"


async def test_the_same_order_again_tells_nobody_again(notification: Notification, pool: Pool, maildir: Path) -> None:
    for _ in range(2):
        await notification.send(order("accepted", APPLICANT))

    assert len(mails(maildir)) == 1
    assert len(await portal(pool, "c01")) == 1


async def test_two_attempts_at_once_send_one_mail(notification: Notification, maildir: Path) -> None:
    await asyncio.gather(*(notification.send(order("accepted", APPLICANT)) for _ in range(5)))

    assert len(mails(maildir)) == 1


async def test_an_attempt_that_dies_before_its_note_repeats_under_the_same_message_id(
    notification: Notification, pool: Pool, maildir: Path
) -> None:
    """At least once is all that mail allows; the repeat can be recognised."""
    await notification.send(order("accepted", APPLICANT))
    async with pool.connection() as db:
        await db.execute("delete from sent_mail")

    await notification.send(order("accepted", APPLICANT))

    first, second = mails(maildir)
    assert first["Message-ID"] == second["Message-ID"]


async def test_mail_that_cannot_leave_now_leaves_at_the_next_attempt(
    pool: Pool, notification: Notification, maildir: Path
) -> None:
    with pytest.raises(ConnectionRefusedError):
        await make(pool, "127.0.0.1:9").send(order("accepted", APPLICANT))

    await notification.send(order("accepted", APPLICANT))

    assert len(mails(maildir)) == 1
    assert len(await portal(pool, "c01")) == 1


async def test_a_desk_is_told_through_everybody_on_duty(notification: Notification, pool: Pool, maildir: Path) -> None:
    await notification.send(order("handed_over", [{"function": "medical_review", "unit": "song-lam"}]))

    assert {mail["To"] for mail in mails(maildir)} == {"o02@motcua.example", "o08@motcua.example"}
    assert len(await portal(pool, "o02")) == len(await portal(pool, "o08")) == 1


async def test_an_escalation_reaches_the_head_alone(notification: Notification, maildir: Path) -> None:
    await notification.send(order("escalated", [{"function": "medical_review", "unit": "song-lam", "head": True}]))

    assert [mail["To"] for mail in mails(maildir)] == ["o02@motcua.example"]


async def test_a_request_names_the_window_and_a_reminder_its_end(notification: Notification, maildir: Path) -> None:
    asked = order("supplement_request", APPLICANT, {"answer_within": "20 calendar days"})
    await notification.send(asked.model_copy(update={"key": f"{CASE}/_request:1"}))
    await notification.send(order("reminded", APPLICANT, {"clock": "window", "until": "2026-11-26T16:59:59.999999Z"}))

    said = "".join(mail.get_content() for mail in mails(maildir))
    assert "Ông/bà nộp giấy tờ bổ sung trong 20 ngày kể từ ngày gửi thông báo này." in said
    assert "Please send them within 20 calendar days of this notice." in said
    assert "Ông/bà cần nộp giấy tờ bổ sung chậm nhất Thứ\N{NO-BREAK SPACE}Năm 26/11/2026." in said


async def test_who_is_meant_twice_is_told_once(notification: Notification, maildir: Path) -> None:
    to: list[Json] = [*APPLICANT, {"role": "owner", "ref": "account:c01"}]

    await notification.send(order("accepted", to))

    assert len(mails(maildir)) == 1


async def test_a_notice_that_reaches_no_person_is_an_incident(notification: Notification) -> None:
    with pytest.raises(ApplicationError) as refusal:
        await notification.send(order("supplement_request", [{"role": "submitter", "ref": "account:gone"}]))

    assert refusal.value.type == "nobody-to-tell"


async def test_a_notice_without_a_text_is_an_incident(notification: Notification) -> None:
    with pytest.raises(ApplicationError) as refusal:
        await notification.send(order("no_such_notice", APPLICANT))

    assert refusal.value.type == "unknown-notice"


def make(pool: Pool, smtp: str) -> Notification:
    mail = Mail(server=smtp, sender="Một cửa <motcua@songlam.example>")
    return Notification(pool, mail=mail, addresses=Addresses("https://motcua.example"))


def order(notice: str, to: list[Json], values: dict[str, Json] | None = None) -> Order:
    given: dict[str, Json] = {
        "notice": notice,
        "to": to,
        "code": "H99.07-261102-0042",
        "unit": "ben-may",
        "due": "2026-11-27T16:59:59.999999Z",
        "values": values or {},
    }
    return Order(
        case=CASE, run="r", effect="_notice:7", key=f"{CASE}/_notice:7", activity="Notification.send", with_=given
    )


def mails(maildir: Path) -> list[EmailMessage]:
    kept = mailbox.Maildir(maildir)
    return [message_from_bytes(kept.get_bytes(key), policy=policy.default) for key in kept.keys()]


async def portal(pool: Pool, account: str) -> list[Notice]:
    async with pool.connection() as db:
        return await notices_of(db, account)
