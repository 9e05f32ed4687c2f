"""The whole house behind its API: people log in over HTTP and work, each with their own client."""

import itertools
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape

import httpx2
from fastapi import FastAPI

from api.app import create_api
from cli.paper import paper
from procedures.json_types import Json, JsonObject
from records.accounts import hashed
from settings import Settings
from tests.support import assert_eventually
from tests.workflows.house import House

PASSWORD = "motcua-demo"
PROCEDURE = "1.014140"
CANARY = "Canary Nguyễn Thị Lan"
CARD = "GD4797912345678"
FORM: JsonObject = {
    "card_number": CARD,
    "self_bought": False,
    "higher_rate": False,
    "account": {"bank": "VCB", "number": "0123456789", "holder": CANARY},
}
PAPERS: Mapping[str, str | None] = {
    "request": None,
    "identity": None,
    "visit": "discharge_paper",
    "invoices": None,
}
PDF = paper("Specimen")
_keys = itertools.count(1)


def new_key() -> str:
    return f"test-key-{next(_keys)}"


@dataclass(slots=True)
class Person:
    """Somebody at the other end of the wire."""

    http: httpx2.AsyncClient

    async def get(self, path: str, **headers: str) -> httpx2.Response:
        return await self.http.get(f"/api/v1{path}", headers=headers)

    async def post(self, path: str, body: Json = None, *, key: str | None = None) -> httpx2.Response:
        return await self.http.post(f"/api/v1{path}", json=body, headers={"Idempotency-Key": key or new_key()})

    async def page(self, path: str) -> str:
        """Read a page's main part as its reader does: words, one blank between them."""
        answer = await self.http.get(path)
        assert answer.status_code == 200, answer.text
        main = answer.text.partition("<main")[2].partition("</main>")[0]
        lines = re.sub(r"<[^>]*>", " ", re.sub(r"</?(?:a|b|kbd|span|strong)\b[^>]*>", "", f"<main{main}"))
        return " ".join(unescape(lines).split())

    async def read(self, path: str) -> JsonObject:
        return document(await self.get(path))

    async def do(self, path: str, body: Json = None, *, key: str | None = None) -> JsonObject:
        return document(await self.post(path, body, key=key))

    async def upload(self, name: str = "paper.pdf", content: bytes = PDF) -> str:
        answer = await self.http.post(
            "/api/v1/files", files={"file": (name, content)}, headers={"Idempotency-Key": new_key()}
        )
        return str(document(answer)["id"])

    async def submission(self) -> JsonObject:
        documents: list[Json] = [
            {"id": id, **({"paper": kind} if kind else {}), "files": [await self.upload(f"{id}.pdf")]}
            for id, kind in PAPERS.items()
        ]
        return {
            "procedure": PROCEDURE,
            "receiving": "ben-may",
            "submitter": "patient",
            "form": FORM,
            "documents": documents,
        }

    async def submit(self, *, key: str | None = None) -> str:
        return str((await self.do("/cases", await self.submission(), key=key))["case"])

    async def task(self, case: str, kind: str) -> JsonObject:
        """Wait for an open task of the case, by its kind or its step."""
        found: list[JsonObject] = []

        async def is_there() -> bool:
            tasks = (await self.read("/tasks?limit=100"))["tasks"]
            assert isinstance(tasks, list)
            found[:] = [
                task
                for task in tasks
                if isinstance(task, dict) and task["case"] == case and kind in (task["kind"], task["step"])
            ]
            return bool(found)

        await assert_eventually(is_there, within=20)
        return found[0]

    async def finish(self, case: str, kind: str, outcome: str, **more: Json) -> JsonObject:
        task = await self.task(case, kind)
        return await self.do(f"/tasks/{task['id']}/complete", {"outcome": outcome, **more})


@dataclass(slots=True)
class Office:
    app: FastAPI
    house: House
    people: dict[str, Person] = field(default_factory=dict)

    def stranger(self) -> Person:
        transport = httpx2.ASGITransport(app=self.app)
        return Person(httpx2.AsyncClient(transport=transport, base_url="http://motcua.test", timeout=30))

    async def person(self, login: str) -> Person:
        if login not in self.people:
            person = self.stranger()
            answer = await person.http.post("/api/v1/session", json={"login": login, "password": PASSWORD})
            person.http.cookies.clear()
            person.http.headers["Authorization"] = f"Bearer {document(answer)['token']}"
            self.people[login] = person
        return self.people[login]

    async def accepted(self) -> str:
        """A case that the one-stop has accepted and the deciding unit has taken over."""
        case = await (await self.person("lan")).submit()
        verdicts: Json = [{"id": id, "verdict": "ok"} for id in PAPERS]
        await (await self.person("mai")).finish(case, "intake", "accept", arguments={"verdicts": verdicts})
        await (await self.person("an")).finish(case, "handover", "confirm_handover")
        return case


def document(answer: httpx2.Response) -> JsonObject:
    assert answer.status_code < 400, answer.text
    body: JsonObject = answer.json()
    return body


@asynccontextmanager
async def open_office(house: House, served: Callable[[Settings], FastAPI] = create_api) -> AsyncIterator[Office]:
    """The API as it is served, its own pool and door included; `compose` serves the pages with it."""
    secret = await hashed(PASSWORD)
    async with house.pool.connection() as db:
        await db.execute("update account set password = %s", (secret,))
    app = served(house.settings)
    async with app.router.lifespan_context(app):
        office = Office(app, house)
        yield office
        for person in office.people.values():
            await person.http.aclose()
