"""Stands in for the treasury on this machine: answers over real HTTP, moves no money, misbehaves when told to."""

import signal
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import click
import orjson

from cli.standins.ledger import KeyReused, Ledger
from procedures.json_types import JsonObject

LOOPBACK = "127.0.0.1"
GREETING = "motcua stand-in for the treasury: no money moves"
LARGEST_BODY = 64_000
# fail: 503, nothing booked. lose: booked, the answer is lost. hang: booked, the answer comes late.
# twice: one order, two answers. refuse: the account is closed. forbid: the caller is not known here.
Mood: TypeAlias = Literal["obey", "fail", "lose", "hang", "twice", "refuse", "forbid"]
MOODS: tuple[Mood, ...] = get_args(Mood)
ROOT_PAGE = f"""<!doctype html><html lang="vi"><meta charset="utf-8"><title>Kho bạc giả lập</title>
<h1>Kho bạc giả lập</h1><p>Hệ thống này thay cho kho bạc khi chạy thử. Không có khoản tiền nào được chuyển.</p>
<p lang="en">{GREETING}.</p></html>"""


class Treasury(ThreadingHTTPServer):
    """Books one payment per idempotency key; what it booked survives a restart."""

    daemon_threads = True

    def __init__(self, folder: Path, *, port: int, mood: Mood = "obey", times: int = -1, delay: float = 30) -> None:
        super().__init__((LOOPBACK, port), _Desk)
        self.ledger = Ledger(folder)
        self.ended = threading.Event()
        self._turn = threading.Lock()
        self.be(mood, times=times, delay=delay)

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.server_port}"

    def be(self, mood: Mood, *, times: int = -1, delay: float = 30) -> None:
        """Misbehave so for the next `times` orders (-1: until told otherwise)."""
        with self._turn:
            self._mood, self._times, self.delay = mood, times, delay

    def mood_of_this_order(self) -> Mood:
        with self._turn:
            if self._times == 0:
                return "obey"
            self._times -= 1 if self._times > 0 else 0
            return self._mood


class _Desk(BaseHTTPRequestHandler):
    server: Treasury
    protocol_version = "HTTP/1.1"
    server_version = "motcua-treasury-stand-in"
    sys_version = ""

    def do_GET(self) -> None:
        match self.path:
            case "/":
                self._send(HTTPStatus.OK, ROOT_PAGE.encode(), "text/html; charset=utf-8")
            case "/payments":
                self._answer(HTTPStatus.OK, {"payments": self.server.ledger.payments()})
            case _:
                self._answer(HTTPStatus.NOT_FOUND, {"code": "unknown-path", "title": "Try /, /payments or POST /pay."})

    def do_POST(self) -> None:
        body = self._body()
        if body is None:
            return
        match self.path:
            case "/pay":
                self._pay(body)
            case "/control":
                self._control(body)
            case _:
                self._answer(HTTPStatus.NOT_FOUND, {"code": "unknown-operation", "title": "The treasury only pays."})

    def _pay(self, body: JsonObject) -> None:
        mood = self.server.mood_of_this_order()
        if mood == "fail":
            return self._answer(HTTPStatus.SERVICE_UNAVAILABLE, {"code": "closed", "title": "Told to fail."})
        if mood == "forbid":
            return self._answer(HTTPStatus.FORBIDDEN, {"code": "unknown-caller", "title": "Told to forbid."})
        key = self.headers.get("Idempotency-Key")
        if not key or not isinstance(body.get("amount"), int) or not body.get("account"):
            problem: JsonObject = {
                "code": "order-incomplete",
                "title": "Idempotency-Key, amount and account are needed.",
            }
            return self._answer(HTTPStatus.BAD_REQUEST, problem)
        try:
            status, answer = self.server.ledger.book(key, body, refuse=mood == "refuse")
        except KeyReused as problem:
            return self._answer(HTTPStatus.CONFLICT, {"code": "idempotency-key-reused", "title": str(problem)})
        self._answer_in(mood, HTTPStatus(status), answer)

    def _answer_in(self, mood: Mood, status: HTTPStatus, answer: JsonObject) -> None:
        if mood == "lose":
            self.close_connection = True
            return
        if mood == "hang":
            self.server.ended.wait(self.server.delay)
        self._answer(status, answer)
        if mood == "twice":
            self._answer(status, answer)

    def _control(self, body: JsonObject) -> None:
        mood, times, delay = body.get("mood"), body.get("times", -1), body.get("delay", 30)
        if mood not in MOODS or not isinstance(times, int) or not isinstance(delay, int | float):
            problem: JsonObject = {"code": "unknown-mood", "title": f"mood is one of {', '.join(MOODS)}."}
            return self._answer(HTTPStatus.BAD_REQUEST, problem)
        self.server.be(mood, times=times, delay=delay)
        self._answer(HTTPStatus.OK, {"mood": mood, "times": times, "delay": delay})

    def _body(self) -> JsonObject | None:
        size = int(self.headers.get("Content-Length") or 0)
        if size > LARGEST_BODY:
            self.close_connection = True
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"code": "too-large", "title": "Send less."})
            return None
        try:
            body = orjson.loads(self.rfile.read(size))
        except orjson.JSONDecodeError:
            body = None
        if isinstance(body, dict):
            return body
        self._answer(HTTPStatus.BAD_REQUEST, {"code": "no-json", "title": "Send one JSON object."})
        return None

    def _answer(self, status: HTTPStatus, document: JsonObject) -> None:
        self._send(status, orjson.dumps(document), "application/json")

    def _send(self, status: HTTPStatus, content: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Stand-In", GREETING)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a line per request would drown what `motcua up` prints."""


@click.command(help=__doc__)
@click.option("--port", type=int, default=0, help="Port on 127.0.0.1; 0 takes a free one and says which.")
@click.option("--folder", type=click.Path(path_type=Path), required=True, help="Folder that keeps what was booked.")
@click.option("--mood", type=click.Choice(MOODS), default="obey", help="How to behave; also by POST /control.")
@click.option("--times", type=int, default=-1, help="For how many orders; -1: until told otherwise.")
@click.option("--delay", type=float, default=30, help="Seconds to hang.")
def main(port: int, folder: Path, mood: Mood, times: int, delay: float) -> None:
    try:
        server = Treasury(folder, port=port, mood=mood, times=times, delay=delay)
    except OSError as error:
        raise click.ClickException(
            f"Port {port} cannot be used: {error.strerror}. Give another with --port."
        ) from error
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: server.ended.set())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"{GREETING}; {server.address} -> {folder}")
    server.ended.wait()
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main()
