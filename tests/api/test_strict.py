"""What no store can keep does not come in, wherever it stands in a body or an address."""

import httpx2
import pytest

from api.commands import Asked
from api.problems import Problem, problem_of
from procedures.json_types import Json
from tests.api.office import Office, new_key

pytestmark = pytest.mark.anyio


def deep(levels: int) -> Json:
    value: Json = "end"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        "a\0b",
        "\ud800",
        {"in\0side": 1},
        ["fine", {"x": "\0"}],
        float("nan"),
        float("inf"),
        2**63,
        -(2**63) - 1,
        deep(80),
    ],
)
def test_what_cannot_be_kept_is_pointed_at(value: Json) -> None:
    with pytest.raises(ValueError, match="1 validation error") as refused:
        Asked(verb="withdraw", arguments={"fine": 1, "reason": value})

    problem = problem_of(refused.value)
    assert isinstance(problem, Problem)
    assert 422 == problem.status
    assert ["#/arguments/reason"] == [error.pointer[:18] for error in problem.errors]


@pytest.mark.parametrize("value", ["hai dòng\nvà tab\t", "𝔛", 2**63 - 1, True, None, deep(20), {"a": {"b": [1, "c"]}}])
def test_what_can_be_kept_comes_in(value: Json) -> None:
    assert {"reason": value} == Asked(verb="withdraw", arguments={"reason": value}).arguments


async def test_a_null_character_reaches_no_store(office: Office) -> None:
    lan, mai = await office.person("lan"), await office.person("mai")
    case = await lan.submit()
    task = (await mai.task(case, "intake"))["id"]
    submission = await lan.submission()
    stranger = office.stranger()

    answers = [
        await stranger.http.post("/api/v1/session", json={"login": "la\0n", "password": "x"}),
        await lan.post("/cases", {**submission, "procedure": "1.\0"}),
        await lan.post("/cases", {**submission, "documents": [{"id": "request", "files": ["\0"]}]}),
        await lan.post(f"/cases/{case}/withdraw", {"reason": "because\0"}),
        await lan.post(f"/cases/{case}/commands", {"verb": "amend", "arguments": {"a": "\0"}}),
        await mai.post(f"/tasks/{task}/complete", {"outcome": "accept", "values": {"a": "\0"}}),
        await mai.post(f"/tasks/{task}/complete", {"outcome": "refuse", "reason": {"code": "\0", "text": "x"}}),
    ]

    assert {(422, "application/problem+json")} == {
        (answer.status_code, answer.headers["content-type"]) for answer in answers
    }
    assert all(answer.json()["errors"][0]["pointer"].startswith("#/") for answer in answers)
    assert 200 == (await lan.get(f"/cases/{case}")).status_code


@pytest.mark.parametrize(
    "path",
    ["/cases/%00", "/cases/%00/progress", "/progress?code=%00", "/tasks?unit=%00", "/commands/%00", "/procedures/%00"],
)
async def test_a_null_character_in_an_address_is_malformed(office: Office, path: str) -> None:
    answer = await (await office.person("mai")).get(path)

    assert (400, "malformed") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize(
    "body",
    [
        b'{"reason": "\\ud800"}',
        b'{"reason": NaN}',
        b'{"reason": ' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"reason": "\xff"}',
    ],
)
async def test_odd_json_is_refused_and_not_stumbled_over(office: Office, body: bytes) -> None:
    lan = await office.person("lan")
    case = await lan.submit()

    answer = await lan.http.post(
        f"/api/v1/cases/{case}/withdraw",
        content=body,
        headers={"Content-Type": "application/json", "Idempotency-Key": new_key()},
    )

    assert answer.status_code in (400, 422)
    assert "application/problem+json" == answer.headers["content-type"]


async def test_a_defect_is_told_as_a_problem_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = httpx2.ASGITransport(app=office.app, raise_app_exceptions=False)
    monkeypatch.setattr(office.app.state, "desk", None)

    async with httpx2.AsyncClient(transport=transport, base_url="http://motcua.test") as http:
        answer = await http.get("/api/v1/procedures")

    assert (500, "defect") == (answer.status_code, answer.json()["code"])
    assert "application/problem+json" == answer.headers["content-type"]
