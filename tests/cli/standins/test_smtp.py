"""The mail stand-in takes real SMTP, keeps every message, and never passes for a mail server."""

import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from cli.standins.smtp import GREETING


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def stand_in(maildir: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "cli.standins.smtp", "--maildir", str(maildir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_a_message_is_kept_letter_by_letter(stand_in: subprocess.Popen[str], maildir: Path) -> None:
    port = port_said_by(stand_in)
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = "Hồ sơ H99: có việc cần ông/bà xem"
    message["From"], message["To"] = "motcua@localhost", "lan@vidu.example"
    message.set_content("Chúng tôi đã nhận hồ sơ của ông/bà.\n")

    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(message)

    (kept,) = (maildir / "new").iterdir()
    read = message_from_bytes(kept.read_bytes(), policy=policy.default)
    assert read["Subject"] == "Hồ sơ H99: có việc cần ông/bà xem"
    assert read["X-Envelope-To"] == "lan@vidu.example"
    assert "Chúng tôi đã nhận hồ sơ" in read.get_content()


def test_it_says_what_it_is_when_it_starts_and_when_it_greets(stand_in: subprocess.Popen[str]) -> None:
    said = first_line(stand_in)

    with socket.create_connection(("127.0.0.1", port_in(said))) as client:
        greeting = client.recv(200).decode()

    assert GREETING in said
    assert GREETING in greeting


def test_it_ends_at_sigterm_and_frees_its_port(stand_in: subprocess.Popen[str]) -> None:
    port = port_said_by(stand_in)

    stand_in.terminate()

    assert stand_in.wait(timeout=10) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_its_folder_is_for_its_owner_alone(stand_in: subprocess.Popen[str], maildir: Path) -> None:
    port_said_by(stand_in)

    assert maildir.stat().st_mode & 0o077 == 0


def test_a_port_in_use_is_said_in_one_line(stand_in: subprocess.Popen[str], tmp_path: Path) -> None:
    port = port_said_by(stand_in)
    command = [sys.executable, "-m", "cli.standins.smtp", "--port", str(port), "--maildir", str(tmp_path / "other")]

    second = subprocess.run(command, capture_output=True, text=True, timeout=20)

    assert second.returncode == 1
    assert f"Port {port} cannot be used" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def port_said_by(process: subprocess.Popen[str]) -> int:
    return port_in(first_line(process))


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def port_in(line: str) -> int:
    return int(line.split("127.0.0.1:")[1].split()[0])
