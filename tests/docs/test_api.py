"""The page of the API against the API: its examples run, its tables are the code's."""

import ast
import re
from http import HTTPStatus
from typing import get_args

import httpx2
import pytest

from api.app import create_api
from api.arguments import BUILT
from api.problems import RECORDS_STATUS
from procedures.json_types import Json
from records.commands import CommandStatus
from settings import Settings
from tests.api.office import PDF, Office
from tests.docs.curl import Call, picked, read, statements
from tests.docs.pages import ROOT, codes, page
from workflows.core.refusals import REFUSALS

API = page("docs/api.md")
BASE = "http://motcua.test/api/v1"
WALK = ("A case from end to end", "Progress, for the portal", "The desk", "The applicant again")
# Served before any routing, so that the portal's polling costs one read and nothing else.
HOT = {"/api/v1/cases/{}/progress", "/api/v1/progress"}
ANY = dict.fromkeys(("API", "TOKEN", "CASE", "TASK", "FILE"), "x")

pytestmark = pytest.mark.anyio


def examples(*headings: str) -> list[str]:
    blocks = [block for block in API.blocks("sh") if not headings or block.heading in headings]
    return [statement for block in blocks for statement in statements(block.text)]


async def test_the_examples_carry_a_case_from_end_to_end(office: Office) -> None:
    variables = {"API": BASE}
    answers: list[int] = []

    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=office.app), timeout=30) as http:
        for statement in examples(*WALK):
            call = read(statement, variables)
            answer = await _sent(http, call)
            answers.append(answer.status_code)
            if call.keeps:
                variables[call.keeps] = picked(answer.json(), call.pick)

    refused = [number for number, status in enumerate(answers) if status >= HTTPStatus.BAD_REQUEST]
    assert [409] == [answers[number] for number in refused], answers
    assert "already-offered" in API.text and "hand_over" in examples(*WALK)[refused[0]]


def test_every_address_of_an_example_is_served() -> None:
    served = {(_shape(path), method.upper()) for path, methods in _described().items() for method in methods}
    served |= {(path, "GET") for path in HOT}

    called = {(_shape(call.path), call.method) for call in (read(one, {**ANY, "API": BASE}) for one in examples())}

    assert called - served == set()


def test_the_table_of_verbs_has_every_verb_and_its_arguments() -> None:
    said = {codes(row[0])[0]: set(codes(row[1])) for row in API.table("verb")}

    assert said == {verb: set(shape.model_fields) for verb, shape in BUILT.items()}


def test_the_table_of_codes_is_that_of_the_code() -> None:
    said = {code: int(row[1]) for row in API.table("code") for code in codes(row[0])}
    known = {**_own_codes(), **RECORDS_STATUS, **{code: text.http for code, text in REFUSALS.items()}}

    assert said == known


def test_every_status_of_a_command_is_explained() -> None:
    said = [codes(row[0])[0] for row in API.table("`status` of a command")]

    assert sorted(said) == sorted(get_args(CommandStatus))


async def _sent(http: httpx2.AsyncClient, call: Call) -> httpx2.Response:
    if call.file is not None:
        return await http.post(call.url, headers=call.headers, files={call.file[0]: (call.file[1], PDF)})
    content = None if call.data is None else call.data.encode()
    return await http.request(call.method, call.url, headers=call.headers, content=content)


def _described() -> dict[str, dict[str, Json]]:
    app = create_api(Settings.from_environment({"MOTCUA_HOME": "/state", "DATABASE_URL": "postgresql://nowhere/none"}))
    paths: dict[str, dict[str, Json]] = app.openapi()["paths"]
    return paths


def _shape(path: str) -> str:
    """Tell addresses apart, not what stands in their places."""
    return re.sub(r"/(\{\w+\}|x|1\.014140)(?=/|$)", "/{}", path)


def _own_codes() -> dict[str, int]:
    """Literals of `Problem(status, code, ...)` and of what makes one, and the codes given to plain HTTP errors."""
    found = {"invalid": 422, "unavailable": 503}
    problems = ast.parse((ROOT / "api" / "problems.py").read_text())
    for file in sorted((ROOT / "api").glob("*.py")):
        for call in (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)):
            match call:
                case ast.Call(
                    func=ast.Name(id="Problem"),
                    args=[ast.Constant(value=int(status)), ast.Constant(value=str(code)), *_],
                ):
                    found[code] = status
                case ast.Call(
                    func=ast.Name(id="invalid"), keywords=[ast.keyword(arg="code", value=ast.Constant(str(code)))]
                ):
                    found[code] = 422
    for node in ast.walk(problems):
        match node:
            case ast.Assign(targets=[ast.Name(id="_CODES")], value=ast.Dict() as table):
                plain: dict[int, str] = ast.literal_eval(table)
                found |= {code: status for status, code in plain.items()}
    return found
