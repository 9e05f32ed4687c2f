"""The treasury stand-in books once per key, remembers, and misbehaves exactly as told."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest

from cli.standins.treasury import GREETING, MOODS, Treasury
from procedures.json_types import JsonObject

ORDER: JsonObject = {"amount": 4_200_000, "account": {"bank": "VCB", "number": "0123456789", "holder": "NGUYEN VAN A"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "booked"


@pytest.fixture
def treasury(folder: Path) -> Iterator[Treasury]:
    server = Treasury(folder, port=0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.ended.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_same_key_gets_the_same_bytes_and_one_payment(treasury: Treasury) -> None:
    first, second = pay(treasury, "case/pay:1"), pay(treasury, "case/pay:1")

    assert first.status_code == 200
    assert first.content == second.content
    assert len(payments(treasury)) == 1


def test_what_was_booked_survives_a_restart(treasury: Treasury, folder: Path) -> None:
    before = pay(treasury, "case/pay:1")
    with Treasury(folder, port=0) as later:
        threading.Thread(target=later.serve_forever, daemon=True).start()

        after = pay(later, "case/pay:1")
        later.shutdown()

    assert before.content == after.content


def test_another_order_under_a_used_key_is_a_conflict(treasury: Treasury) -> None:
    pay(treasury, "case/pay:1")

    answer = pay(treasury, "case/pay:1", {**ORDER, "amount": 1})

    assert answer.status_code == 409
    assert answer.json()["code"] == "idempotency-key-reused"


def test_every_answer_says_that_it_is_a_stand_in(treasury: Treasury) -> None:
    root = httpx.get(treasury.address)

    assert GREETING in root.text
    assert "Không có khoản tiền nào được chuyển" in root.text
    assert pay(treasury, "k").headers["X-Stand-In"] == GREETING


def test_it_fails_as_often_as_told_and_books_nothing_meanwhile(treasury: Treasury) -> None:
    control(treasury, {"mood": "fail", "times": 2})

    statuses = [pay(treasury, "k").status_code for _ in range(3)]

    assert statuses == [503, 503, 200]
    assert len(payments(treasury)) == 1


def test_a_lost_answer_was_booked(treasury: Treasury) -> None:
    control(treasury, {"mood": "lose", "times": 1})

    with pytest.raises(httpx.TransportError):
        pay(treasury, "k")

    assert len(payments(treasury)) == 1
    assert pay(treasury, "k").status_code == 200


def test_it_hangs_longer_than_a_caller_waits(treasury: Treasury) -> None:
    control(treasury, {"mood": "hang", "times": 1, "delay": 30})

    with pytest.raises(httpx.ReadTimeout):
        pay(treasury, "k")

    assert pay(treasury, "k").status_code == 200
    assert len(payments(treasury)) == 1


def test_it_answers_one_order_twice(treasury: Treasury) -> None:
    control(treasury, {"mood": "twice", "times": 1})

    with socket.create_connection(("127.0.0.1", treasury.server_port)) as client:
        body = b'{"amount":1,"account":{"bank":"VCB"}}'
        head = f"POST /pay HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\nContent-Length: {len(body)}\r\n"
        client.sendall(head.encode() + b"Connection: close\r\n\r\n" + body)
        raw = b"".join(iter(lambda: client.recv(65536), b""))

    assert raw.count(b"HTTP/1.1 200") == 2


def test_a_refusal_is_an_outcome_and_stays_one(treasury: Treasury) -> None:
    control(treasury, {"mood": "refuse", "times": 1})

    first, second = pay(treasury, "k"), pay(treasury, "k")

    assert first.status_code == second.status_code == 422
    assert first.json()["outcome"] == "account_closed"
    assert payments(treasury) == []


def test_an_unknown_mood_is_refused_with_the_known_ones(treasury: Treasury) -> None:
    answer = httpx.post(f"{treasury.address}/control", json={"mood": "lie"})

    assert answer.status_code == 400
    assert all(mood in answer.json()["title"] for mood in MOODS)


def test_as_a_program_it_starts_in_a_mood_and_ends_at_sigterm(folder: Path) -> None:
    command = [sys.executable, "-m", "cli.standins.treasury", "--folder", str(folder), "--mood", "fail"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()

        answer = httpx.post(f"http://127.0.0.1:{said.split('127.0.0.1:')[1].split()[0]}/pay", json=ORDER)
        process.terminate()

    assert GREETING in said
    assert answer.status_code == 503
    assert process.returncode == 0


def pay(treasury: Treasury, key: str, order: JsonObject = ORDER) -> httpx.Response:
    return httpx.post(f"{treasury.address}/pay", json=order, headers={"Idempotency-Key": key}, timeout=0.5)


def control(treasury: Treasury, told: JsonObject) -> None:
    httpx.post(f"{treasury.address}/control", json=told).raise_for_status()


def payments(treasury: Treasury) -> list[JsonObject]:
    listed: list[JsonObject] = httpx.get(f"{treasury.address}/payments").json()["payments"]
    return listed
