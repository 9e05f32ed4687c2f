"""`motcua demo`: one sample case carried over the HTTP API alone, from submission to delivered result."""

import secrets
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import click
import httpx2

from cli.paper import paper
from procedures.json_types import Json, JsonObject
from settings import Settings

PROCEDURE = "1.014140"
PASSWORD = "motcua-demo"
CITIZEN = "lan"
RECEIVING = "ben-may"

# Each carries the case on as far as their duties allow: reception, review, signature, payment's desk, and so on.
OFFICERS = ("mai", "an", "binh", "chi", "khanh")

# What to do with a task, the first that it offers.
WISHES = ("accept", "hand_over", "confirm_handover", "approve", "sign", "deliver")

FORM: JsonObject = {
    "card_number": "GD4797912345678",
    "self_bought": False,
    "higher_rate": False,
    "account": {"bank": "VCB", "number": "0123456789", "holder": "Nguyễn Thị Lan"},
}
DOCUMENTS: Mapping[str, str | None] = {
    "request": None,
    "identity": None,
    "visit": "discharge_paper",
    "invoices": None,
}
PAYABLE = 4_200_000

# Ends of a case that the sample case never comes to.
LOST = ("refused", "withdrawn", "stopped", "closed")

PATIENCE = 180.0
INDOCHINA = timezone(timedelta(hours=7))


class DemoFailed(Exception):
    """The sample case did not come to its end; the sentence says where it stopped."""


@click.command()
def demo() -> None:
    """Carry the sample case over the HTTP API, from submission to delivered result, and print its timeline."""
    settings = Settings.from_environment()
    base = f"http://127.0.0.1:{settings.api_port}"
    try:
        with _logged_in(base, CITIZEN) as citizen:
            _carry(base, citizen, settings.public_url)
    except (DemoFailed, httpx2.HTTPError) as error:
        click.echo(f"The sample case failed: {error}", err=True)
        sys.exit(1)


def _carry(base: str, citizen: "Person", public_url: str) -> None:
    case = _submit(citizen)
    click.echo(f"\nSample case: {citizen.login} has submitted a dossier for {PROCEDURE}.")
    officers = [_logged_in(base, login) for login in OFFICERS]
    give_up = time.monotonic() + PATIENCE
    while (phase := _progress(citizen, case)["phase"]) != "delivered":
        if phase in LOST or time.monotonic() > give_up:
            raise DemoFailed(f"case {case} is {phase}; its page: {public_url}/cases/{case}")
        if not any(_work(officer, case) for officer in officers):
            time.sleep(0.2)
    for officer in officers:
        officer.close()
    _print_timeline(citizen, case, public_url)


def _submit(citizen: "Person") -> str:
    documents: list[Json] = [
        {"id": id, "paper": kind, "originals": 0, "files": [citizen.upload(f"{id}.pdf", paper(f"Specimen: {id}"))]}
        for id, kind in DOCUMENTS.items()
    ]
    answer = citizen.post(
        "/cases",
        {
            "procedure": PROCEDURE,
            "receiving": RECEIVING,
            "channel": "online",
            "submitter": "patient",
            "form": FORM,
            "documents": documents,
        },
    )
    return str(answer["case"])


def _work(officer: "Person", case: str) -> bool:
    """Do one open task of the case at this officer's desk; answer whether there was one."""
    for task in officer.tasks(case):
        choice = _choice(task)
        if choice is None:
            continue
        outcome = str(choice.get("outcome") or choice["verb"])
        body: dict[str, Json] = {"outcome": outcome}
        if choice["verb"] == "complete_task" and outcome == "approve":
            body["values"] = {"payable": PAYABLE}
        if choice["verb"] == "accept":
            body["arguments"] = {"verdicts": [{"id": id, "verdict": "ok"} for id in DOCUMENTS]}
        if choice["verb"] == "deliver":
            body["arguments"] = {"recipient": "Nguyễn Thị Lan", "evidence": "Specimen slip"}
        officer.post(f"/tasks/{task['id']}/complete", body)
        return True
    return False


def _choice(task: JsonObject) -> JsonObject | None:
    view = task["view"]
    assert isinstance(view, dict)
    offered = view.get("choices")
    assert isinstance(offered, list)
    choices = [choice for choice in offered if isinstance(choice, dict)]
    for wish in WISHES:
        for choice in choices:
            if wish == (choice.get("outcome") or choice["verb"]):
                return choice
    return None


def _progress(citizen: "Person", case: str) -> JsonObject:
    return citizen.get(f"/cases/{case}/progress")


def _print_timeline(citizen: "Person", case: str, public_url: str) -> None:
    progress = _progress(citizen, case)
    journal = citizen.get(f"/cases/{case}/journal?limit=200")["entries"]
    assert isinstance(journal, list)
    click.echo(f"Case {progress['code']}, due {_when(progress['due'] or progress['original_due'])}:")
    for entry in reversed(journal):
        assert isinstance(entry, dict)
        words = entry["words"]
        assert isinstance(words, dict)
        click.echo(f"  {_when(entry['at'])}  {words['en']:<24} {words['vi']:<32} {_where(entry)}".rstrip())
    click.echo(f"Finished {_when(progress['finished_at'])}, delivered. Its page: {public_url}/cases/{case}\n")


def _where(entry: JsonObject) -> str:
    """Say the step, where the entry speaks of one, and the unit that did it."""
    step = str(entry["node"] or "").rpartition("/")[2].partition(":")[0].lstrip("_")
    return " at ".join(part for part in (step, str(entry["unit"] or "")) if part)


def _when(instant: Json) -> str:
    if not isinstance(instant, str):
        return "-"
    return datetime.fromisoformat(instant).astimezone(INDOCHINA).strftime("%d/%m/%Y %H:%M:%S")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody logged in, and what they do over HTTP."""

    login: str
    http: httpx2.Client

    def __enter__(self) -> "Person":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self.http.close()

    def get(self, path: str) -> JsonObject:
        return _json(self.http.get(path))

    def post(self, path: str, body: Mapping[str, Json]) -> JsonObject:
        """Send a new thing once; where the answer is not known yet (202), wait for it."""
        answer = self.http.post(path, json=dict(body), headers={"Idempotency-Key": secrets.token_hex(12)})
        return self._answered(answer) if answer.status_code == 202 else _json(answer)

    def upload(self, name: str, content: bytes) -> str:
        answer = self.http.post(
            "/files",
            files={"file": (name, content, "application/pdf")},
            headers={"Idempotency-Key": secrets.token_hex(12)},
        )
        return str(_json(answer)["id"])

    def tasks(self, case: str) -> Iterator[JsonObject]:
        after = ""
        while True:
            page = self.get(f"/tasks?limit=100&held=false{after}")
            tasks = page["tasks"]
            assert isinstance(tasks, list)
            yield from (task for task in tasks if isinstance(task, dict) and task["case"] == case)
            if page["next"] is None:
                return
            after = f"&after={page['next']}"

    def _answered(self, answer: httpx2.Response) -> JsonObject:
        command = _json(answer)
        give_up = time.monotonic() + 30
        while time.monotonic() < give_up:
            view = self.get(f"/commands/{command['command']}")
            if view["status"] == "done":
                return {**command, **view}
            if view["status"] != "sent":
                raise DemoFailed(f"{self.login}'s command was answered: {view}")
            time.sleep(0.5)
        raise DemoFailed(f"nobody knows what became of {self.login}'s command {command['command']}")


def _logged_in(base: str, login: str) -> Person:
    http = httpx2.Client(base_url=f"{base}/api/v1", timeout=30)
    session = _json(http.post("/session", json={"login": login, "password": PASSWORD}))
    http.headers["Authorization"] = f"Bearer {session['token']}"
    return Person(login, http)


def _json(answer: httpx2.Response) -> JsonObject:
    if answer.status_code >= 400:
        raise DemoFailed(f"{answer.request.method} {answer.request.url} answered {answer.status_code}: {answer.text}")
    document: JsonObject = answer.json()
    return document
