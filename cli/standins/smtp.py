"""Stands in for a mail server on this machine: takes every message, keeps it in a maildir, delivers none."""

import asyncio
import mailbox
import signal
from pathlib import Path

import click
from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"
GREETING = "motcua stand-in for a mail server: keeps messages in a folder, delivers none"
# A receipt is about 60 kB; whoever sends more has made a mistake that a real server would refuse too.
LARGEST_MESSAGE = 10_000_000


class MailKeeper:
    """Keeps one file per message, flushed before the sender hears 250."""

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._maildir = mailbox.Maildir(folder, create=True)
        # Messages are about people.
        folder.chmod(0o700)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = mailbox.MaildirMessage(envelope.content or b"")
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        key = await asyncio.to_thread(self._maildir.add, message)
        return f"250 kept by the stand-in as {key}"


async def listen(folder: Path, *, port: int) -> asyncio.Server:
    """Start to take messages on the loopback address only; port 0 lets the system choose."""
    keeper = MailKeeper(folder)

    def session() -> SMTP:
        return SMTP(keeper, hostname="localhost", ident=GREETING, data_size_limit=LARGEST_MESSAGE, enable_SMTPUTF8=True)

    return await asyncio.get_running_loop().create_server(session, LOOPBACK, port)


def port_of(server: asyncio.Server) -> int:
    port: int = server.sockets[0].getsockname()[1]
    return port


@click.command(help=__doc__)
@click.option("--port", type=int, default=0, help="Port on 127.0.0.1; 0 takes a free one and says which.")
@click.option("--maildir", type=click.Path(path_type=Path), required=True, help="Folder that keeps the messages.")
def main(port: int, maildir: Path) -> None:
    try:
        asyncio.run(_run(port, maildir))
    except OSError as error:
        raise click.ClickException(
            f"Port {port} cannot be used: {error.strerror}. Give another with --port."
        ) from error


async def _run(port: int, maildir: Path) -> None:
    told_to_end = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, told_to_end.set)
    server = await listen(maildir, port=port)
    # Last: whoever reads this line may send mail, or a signal, at once.
    click.echo(f"{GREETING}; smtp://{LOOPBACK}:{port_of(server)} -> {maildir}")
    await told_to_end.wait()
    server.close()


if __name__ == "__main__":
    main()
