"""Hands one message to the mail server; the id of a message is made of its effect, so a repeat is recognisable.

MailRefused         the server will never take mail for this address; the notice in the portal stands
MailDelayed         the server did not take it this time
"""

import hashlib
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr

TIMEOUT = 10


class MailRefused(Exception):
    pass


class MailDelayed(Exception):
    """Says the server's code alone: what smtplib raises repeats the address, and failures are kept and logged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Where mail is handed in (`host:port`) and whom it comes from."""

    server: str
    sender: str

    def send(self, message: EmailMessage) -> None:
        """Blocks until the server has answered: call it in a thread."""
        host, _, port = self.server.rpartition(":")
        try:
            with smtplib.SMTP(host, int(port), timeout=TIMEOUT, local_hostname="localhost") as client:
                client.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            if min(codes) >= 500:
                raise MailRefused(f"The server answers {codes[0]}.") from None
            raise MailDelayed(f"The server answers {codes[0]}.") from None
        except smtplib.SMTPException as error:
            raise MailDelayed(f"{type(error).__name__} at {self.server}.") from None

    def message(self, *, id: str, to: str, text: dict[str, dict[str, str]]) -> EmailMessage:
        """The citizen's language first, the others below a line; nothing but text, so that any program shows it."""
        message = EmailMessage(policy=SMTP)
        message["Message-ID"] = id
        message["Date"] = formatdate()
        message["From"] = self.sender
        message["To"] = to
        message["Subject"] = next(iter(text.values()))["title"]
        message["Content-Language"] = ", ".join(text)
        # Nobody's absence note shall answer a machine (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(
            "\n\n--------\n\n".join(f"{part['title']}\n\n{part['body']}" for part in text.values()) + "\n"
        )
        return message

    def message_id(self, effect: str, account: str) -> str:
        name = hashlib.sha256(f"{effect} {account}".encode()).hexdigest()[:32]
        return f"<{name}@{parseaddr(self.sender)[1].rpartition('@')[2]}>"
