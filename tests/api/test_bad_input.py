"""What may go wrong at the door, and that every answer says what to do."""

import asyncio

import pytest

from procedures.json_types import Json, JsonObject
from tests.api.office import FORM, PAPERS, Office, new_key

pytestmark = pytest.mark.anyio


async def test_a_malformed_body_is_told_so(office: Office) -> None:
    lan = await office.person("lan")

    answer = await lan.http.post(
        "/api/v1/cases", content=b"{not json", headers={"Content-Type": "application/json", "Idempotency-Key": "k"}
    )

    assert (400, "malformed") == (answer.status_code, answer.json()["code"])
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_oversized_body_is_refused_before_it_is_read(office: Office) -> None:
    lan = await office.person("lan")

    answer = await lan.http.post(
        "/api/v1/cases", content=b" " * 400_000, headers={"Content-Type": "application/json", "Idempotency-Key": "k"}
    )

    assert (413, "too-large") == (answer.status_code, answer.json()["code"])


async def test_an_unknown_field_and_a_wrong_type_are_pointed_at(office: Office) -> None:
    lan = await office.person("lan")
    body = {**await lan.submission(), "colour": "red", "submitter": 7}

    answer = await lan.post("/cases", body)

    assert 422 == answer.status_code
    assert {"#/colour", "#/submitter"} <= {error["pointer"] for error in answer.json()["errors"]}


async def test_what_is_wrong_with_a_field_is_said_in_the_readers_words(office: Office) -> None:
    lan = await office.person("lan")
    body = {**await lan.submission(), "colour": "red", "submitter": 7, "channel": "pigeon"}
    del body["procedure"]

    errors = (await lan.post("/cases", body)).json()["errors"]

    assert {
        "#/procedure": "Thiếu mục này.",
        "#/colour": "Không có mục nào tên như vậy; bỏ đi.",
        "#/submitter": "Ghi một chuỗi ký tự.",
        "#/channel": "Chọn một trong: 'counter', 'online' hoặc 'post'.",
    } == {error["pointer"]: error["detail"] for error in errors}


@pytest.mark.parametrize("type", ["application/xml", "text/plain", "application/x-www-form-urlencoded"])
async def test_a_body_that_is_no_json_by_its_own_word_is_not_taken(office: Office, type: str) -> None:
    lan = await office.person("lan")

    answer = await lan.http.post(
        "/api/v1/cases", content=b"{}", headers={"Content-Type": type, "Idempotency-Key": new_key()}
    )

    assert (415, "media-type") == (answer.status_code, answer.json()["code"])


async def test_an_empty_body_is_pointed_at_as_a_whole(office: Office) -> None:
    lan = await office.person("lan")

    answer = await lan.http.post("/api/v1/cases", headers={"Idempotency-Key": new_key()})

    assert [("#", "Thiếu mục này.")] == [(one["pointer"], one["detail"]) for one in answer.json()["errors"]]


async def test_every_mistake_of_a_form_is_told_at_once(office: Office) -> None:
    lan = await office.person("lan")
    body = await lan.submission()
    body |= {"form": {**FORM, "card_number": "123", "surplus": 1}, "documents": []}

    answer = await lan.post("/cases", body)

    pointers = [error["pointer"] for error in answer.json()["errors"]]
    assert 422 == answer.status_code
    assert {"#/form/card_number", "#/form/surplus", "#/documents"} <= set(pointers)
    assert 4 == pointers.count("#/documents")


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("paper.pdf", b"MZ this is no pdf", 422, "file-type-mismatch"),
        ("page.html", b"<html><script>1</script></html>", 415, "file-type-unknown"),
        ("empty.pdf", b"", 422, "file-empty"),
        ("large.pdf", b"%PDF-1.7\n" + b"0" * (11 * 1024 * 1024), 413, "file-too-large"),
    ],
)
async def test_a_file_must_be_what_it_says(office: Office, name: str, content: bytes, status: int, code: str) -> None:
    lan = await office.person("lan")

    answer = await lan.http.post(
        "/api/v1/files", files={"file": (name, content)}, headers={"Idempotency-Key": new_key()}
    )

    assert (status, code) == (answer.status_code, answer.json()["code"])


async def test_somebody_elses_file_cannot_be_named(office: Office) -> None:
    lan, hung = await office.person("lan"), await office.person("hung")
    body = await lan.submission()
    documents = body["documents"]
    assert isinstance(documents, list) and isinstance(documents[0], dict)
    documents[0]["files"] = [await hung.upload()]

    answer = await lan.post("/cases", body)

    assert (422, "no-such-file") == (answer.status_code, answer.json()["errors"][0]["code"])


async def test_a_write_without_a_key_is_refused(office: Office) -> None:
    lan = await office.person("lan")

    answer = await lan.http.post("/api/v1/cases", json=await lan.submission())

    assert (400, "idempotency-key-required") == (answer.status_code, answer.json()["code"])


async def test_the_same_submission_twice_is_one_case(office: Office) -> None:
    lan = await office.person("lan")
    body, key = await lan.submission(), new_key()

    first, second = await asyncio.gather(lan.do("/cases", body, key=key), lan.do("/cases", body, key=key))
    third = await lan.do("/cases", body, key=key)

    assert first["case"] == second["case"] == third["case"]


async def test_a_key_used_for_something_else_is_refused(office: Office) -> None:
    lan = await office.person("lan")
    key = new_key()
    await lan.do("/cases", await lan.submission(), key=key)

    answer = await lan.post("/cases", {**await lan.submission(), "submitter": "relative"}, key=key)

    assert (422, "command-id-reused") == (answer.status_code, answer.json()["code"])


async def test_a_task_is_completed_once_whoever_asks_twice(office: Office) -> None:
    case = await office.accepted()
    an, key = await office.person("an"), new_key()
    task = await an.task(case, "review")
    body: Json = {"outcome": "approve", "values": {"payable": 4_200_000}}

    first = await an.do(f"/tasks/{task['id']}/complete", body, key=key)
    again = await an.do(f"/tasks/{task['id']}/complete", body, key=key)
    other = await an.post(f"/tasks/{task['id']}/complete", body)

    assert first == again
    assert (409, "task-closed") == (other.status_code, other.json()["code"])


async def test_a_statutory_task_is_completed_once_too(office: Office) -> None:
    case = await (await office.person("lan")).submit()
    mai, key = await office.person("mai"), new_key()
    task = await mai.task(case, "intake")
    body: Json = {"outcome": "accept", "arguments": {"verdicts": [{"id": id, "verdict": "ok"} for id in PAPERS]}}

    first = await mai.do(f"/tasks/{task['id']}/complete", body, key=key)
    again = await mai.do(f"/tasks/{task['id']}/complete", body, key=key)
    other = await mai.post(f"/tasks/{task['id']}/complete", body)

    assert first == again
    assert (409, "task-closed") == (other.status_code, other.json()["code"])


async def test_an_outcome_a_task_does_not_have_is_named(office: Office) -> None:
    case = await office.accepted()
    submitted = await (await office.person("lan")).submit()
    an, mai = await office.person("an"), await office.person("mai")
    tasks = [(an, await an.task(case, "review")), (mai, await mai.task(submitted, "intake"))]

    answers = [await who.post(f"/tasks/{task['id']}/complete", {"outcome": "dance"}) for who, task in tasks]

    assert [(422, "unknown-outcome")] * 2 == [(answer.status_code, answer.json()["code"]) for answer in answers]
    assert all("dance" in answer.json()["detail"] for answer in answers)


async def test_a_colleagues_task_is_not_completed(office: Office) -> None:
    case = await office.accepted()
    an, khanh = await office.person("an"), await office.person("khanh")
    task = await an.task(case, "review")
    await an.do(f"/tasks/{task['id']}/claim")

    answer = await khanh.post(f"/tasks/{task['id']}/complete", {"outcome": "approve", "values": {"payable": 1}})

    assert (409, "claimed-by-another") == (answer.status_code, answer.json()["code"])


async def test_values_of_a_task_are_checked(office: Office) -> None:
    case = await office.accepted()
    an = await office.person("an")
    task = await an.task(case, "review")

    answer = await an.post(f"/tasks/{task['id']}/complete", {"outcome": "approve", "values": {"payable": "much"}})

    assert (422, "form-invalid") == (answer.status_code, answer.json()["code"])
    assert "#/values/payable" == answer.json()["errors"][0]["pointer"]


async def test_an_unknown_verb_and_one_not_built_are_told_apart(office: Office) -> None:
    case = await office.accepted()
    an = await office.person("an")

    unknown = await an.post(f"/cases/{case}/commands", {"verb": "dance"})
    not_built = await an.post(f"/cases/{case}/commands", {"verb": "migrate", "arguments": {}})

    assert (422, "unknown-verb") == (unknown.status_code, unknown.json()["errors"][0]["code"])
    assert (501, "not-built-yet") == (not_built.status_code, not_built.json()["code"])


async def test_papers_a_procedure_does_not_have_are_pointed_at(office: Office) -> None:
    lan, mai = await office.person("lan"), await office.person("mai")
    case = await lan.submit()
    task = (await mai.task(case, "intake"))["id"]
    asking: JsonObject = {
        "items": [{"id": "invoices", "kind": "missing"}, {"id": "x", "kind": "missing"}],
        "ground": "1",
    }

    asked = await mai.post(f"/cases/{case}/commands", {"verb": "ask_supplement", "arguments": asking})
    wrong: Json = {"outcome": "accept", "arguments": {"verdicts": [{"id": "x", "verdict": "ok"}]}}
    accepted = await mai.post(f"/tasks/{task}/complete", wrong)
    asking["items"] = [{"id": "invoices", "kind": "missing"}, {"id": "form.card_number", "kind": "incorrect"}]
    await mai.do(f"/cases/{case}/commands", {"verb": "ask_supplement", "arguments": asking})
    sent = await lan.post(f"/cases/{case}/supplement", {"documents": [{"id": "x", "originals": 1}, {"id": "invoices"}]})

    assert [422] * 3 == [answer.status_code for answer in (asked, accepted, sent)]
    assert ["#/arguments/items/1/id"] == [error["pointer"] for error in asked.json()["errors"]]
    assert ["#/arguments/verdicts/0/id"] == [error["pointer"] for error in accepted.json()["errors"]]
    assert ["#/documents/0/id", "#/documents/1"] == [error["pointer"] for error in sent.json()["errors"]]


async def test_nothing_is_handed_to_a_unit_that_does_not_do_it(office: Office) -> None:
    mai = await office.person("mai")
    case = await (await office.person("lan")).submit()
    accepted = await office.accepted()
    an = await office.person("an")

    answers = [
        await mai.post(f"/cases/{case}/commands", {"verb": "hand_over", "arguments": {"to": "nowhere"}}),
        await an.post(f"/cases/{accepted}/commands", {"verb": "hand_over", "arguments": {"to": "ben-may"}}),
    ]

    assert [["#/arguments/to"]] * 2 == [[error["pointer"] for error in one.json()["errors"]] for one in answers]
    await mai.do(f"/cases/{case}/commands", {"verb": "hand_over", "arguments": {"to": "dong-sen"}})


async def test_a_password_may_be_tried_only_so_often(office: Office) -> None:
    stranger = office.stranger()
    tries = [await stranger.http.post("/api/v1/session", json={"login": "lan", "password": "x"}) for _ in range(6)]

    assert [401] * 5 + [429] == [answer.status_code for answer in tries]
    assert int(tries[-1].headers["retry-after"]) > 0


async def test_a_session_that_was_ended_opens_nothing(office: Office) -> None:
    lan = await office.person("lan")
    await lan.http.delete("/api/v1/session")

    assert 401 == (await lan.get("/cases")).status_code
