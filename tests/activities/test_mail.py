"""What a mail server answers decides whether to try again, and no failure repeats an address."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from activities.mail import Mail, MailDelayed, MailRefused

TEXT = {"vi": {"title": "Hồ sơ H99", "body": "Xem hồ sơ."}, "en": {"title": "Case H99", "body": "Have a look."}}


class Clerk:
    """Answers every recipient, or every message, with one line."""

    def __init__(self, *, to_recipient: str = "250 OK", to_message: str = "250 OK") -> None:
        self._to_recipient = to_recipient
        self._to_message = to_message

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: object
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self._to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self._to_message


async def test_an_address_that_does_not_exist_is_never_tried_again() -> None:
    with pytest.raises(MailRefused) as refusal:
        await send_to(Clerk(to_recipient="550 lan@vidu.example unknown"))

    assert "lan@" not in str(refusal.value)


async def test_a_full_mailbox_is_tried_again() -> None:
    with pytest.raises(MailDelayed) as delay:
        await send_to(Clerk(to_recipient="452 lan@vidu.example is full"))

    assert "lan@" not in str(delay.value)
    assert delay.value.__cause__ is None
    assert delay.value.__suppress_context__


async def test_a_message_the_server_cannot_take_now_is_tried_again() -> None:
    with pytest.raises(MailDelayed):
        await send_to(Clerk(to_message="451 lan@vidu.example: try later"))


async def test_a_server_that_is_away_is_tried_again() -> None:
    with pytest.raises(OSError, match="refused"):
        mail = Mail(server="127.0.0.1:9", sender="motcua@songlam.example")
        mail.send(a_message(mail))


def test_the_id_of_a_message_is_made_of_its_effect_and_its_reader() -> None:
    mail = Mail(server="127.0.0.1:9", sender="Một cửa <motcua@songlam.example>")

    assert mail.message_id("case/_notice:7", "c01") == mail.message_id("case/_notice:7", "c01")
    assert mail.message_id("case/_notice:7", "c01") != mail.message_id("case/_notice:7", "c02")
    assert mail.message_id("case/_notice:7", "c01").endswith("@songlam.example>")


async def send_to(clerk: Clerk) -> None:
    async with server_of(clerk) as address:
        mail = Mail(server=address, sender="motcua@songlam.example")
        await asyncio.to_thread(mail.send, a_message(mail))


def a_message(mail: Mail) -> EmailMessage:
    return mail.message(id=mail.message_id("case/_notice:7", "c01"), to="lan@vidu.example", text=TEXT)


@asynccontextmanager
async def server_of(clerk: Clerk) -> AsyncIterator[str]:
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(clerk), "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()
