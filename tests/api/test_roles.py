"""Every endpoint as every role: who may do what is a table, and an endpoint that is not in it fails."""

import pytest

from tests.api.office import Office, Person, new_key

pytestmark = pytest.mark.anyio

ROLES = ("stranger", "hung", "lan", "mai", "an", "dung", "giang")
NOBODY, CITIZEN = 401, 403

# What each role is answered, in the order of ROLES: a stranger, another citizen, the applicant, the receiving desk,
# the deciding unit, an operator, a designer. Writes are sent without a body that would do anything.
TABLE: dict[tuple[str, str], tuple[int, ...]] = {
    ("post", "/session"): (422, 422, 422, 422, 422, 422, 422),
    ("get", "/session"): (401, 200, 200, 200, 200, 200, 200),
    ("delete", "/session"): (401, 204, 204, 204, 204, 204, 204),
    ("post", "/files"): (401, 422, 422, 422, 422, 422, 422),
    ("post", "/cases"): (401, 422, 422, 422, 422, 422, 422),
    ("get", "/cases"): (401, 200, 200, 200, 200, 200, 200),
    ("get", "/cases/{case}"): (401, 404, 200, 200, 200, 404, 404),
    ("get", "/cases/{case}/journal"): (401, 404, 200, 200, 200, 404, 404),
    ("get", "/cases/{case}/explain"): (401, 404, 200, 200, 200, 404, 404),
    ("get", "/cases/{case}/options"): (401, 404, 200, 200, 200, 404, 404),
    ("get", "/cases/{case}/documents/{document}"): (401, 404, 404, 404, 404, 404, 404),
    # An operator may reach a case, to resolve an incident; the case itself refuses the function.
    ("post", "/cases/{case}/commands"): (401, 404, 403, 403, 422, 403, 404),
    ("post", "/cases/{case}/supplement"): (401, 404, 409, 409, 409, 409, 404),
    ("post", "/cases/{case}/withdraw"): (401, 404, 404, 403, 403, 403, 404),
    ("get", "/commands/{command}"): (401, 404, 404, 404, 404, 404, 404),
    ("get", "/tasks"): (401, 403, 403, 200, 200, 200, 200),
    ("get", "/tasks/{task}"): (401, 403, 403, 404, 200, 404, 404),
    ("post", "/tasks/{task}/claim"): (401, 403, 403, 404, 200, 404, 404),
    ("post", "/tasks/{task}/release"): (401, 403, 403, 404, 200, 404, 404),
    ("post", "/tasks/{task}/complete"): (401, 403, 403, 404, 422, 404, 404),
    ("get", "/incidents"): (401, 403, 403, 200, 200, 200, 200),
    ("get", "/procedures"): (200,) * 7,
    ("get", "/procedures/{code}"): (200,) * 7,
    ("get", "/procedures/{code}/offered"): (401, 200, 200, 200, 200, 200, 200),
    # Open to whoever has the id or the code.
    ("get", "/cases/{case}/progress"): (200,) * 7,
    ("get", "/progress"): (422,) * 7,
    ("get", "/health/live"): (200,) * 7,
    ("get", "/health/ready"): (200,) * 7,
}
# Sent where an empty body would be refused before anybody asks who it is.
BODIES = {
    "/cases/{case}/commands": {"verb": "complete_task", "arguments": {"task": "review:1", "outcome": "reject"}},
    "/tasks/{task}/complete": {"outcome": "approve"},
}


async def test_every_endpoint_has_a_row(office: Office) -> None:
    paths = office.app.openapi()["paths"]

    served = {(method, path.removeprefix("/api/v1")) for path, methods in paths.items() for method in methods}
    assert served == set(TABLE)


async def test_every_role_gets_what_the_table_says(office: Office) -> None:
    case = await office.accepted()
    task = await (await office.person("an")).task(case, "review")
    places = {"case": case, "task": str(task["id"]), "document": "none", "command": "none", "code": "1.014140"}

    wrong = [
        f"{method} {path} as {role}: {answered}, not {expected}"
        for (method, path), row in TABLE.items()
        for role, expected in zip(ROLES, row, strict=True)
        if path != "/cases/{case}/withdraw" or role != "lan"
        if (answered := await _answer(await _as(office, role), method, path.format(**places), BODIES.get(path)))
        != expected
    ]

    assert not wrong, "\n" + "\n".join(wrong)


async def test_progress_is_open_to_whoever_has_the_code(office: Office) -> None:
    case = await office.accepted()
    stranger = office.stranger()

    code = (await stranger.get(f"/cases/{case}/progress")).json()["code"]

    assert 200 == (await stranger.get(f"/progress?code={code}")).status_code
    assert 404 == (await stranger.get("/progress?code=H99.07-000000-0000")).status_code


async def test_an_officer_whose_duty_ended_sees_nothing(office: Office) -> None:
    case = await office.accepted()
    an = await office.person("an")
    task = await an.task(case, "review")
    async with office.house.pool.connection() as db:
        await db.execute(
            "update duty set valid_to = current_date - 2, valid_from = current_date - 9 where account = 'o02'"
        )

    assert 404 == (await an.get(f"/cases/{case}")).status_code
    assert 404 == (await an.post(f"/tasks/{task['id']}/complete", {"outcome": "approve"})).status_code
    assert [] == (await an.read("/tasks"))["tasks"]


async def test_a_page_of_another_site_cannot_write_with_the_cookie(office: Office) -> None:
    lan = office.stranger()
    await lan.http.post("/api/v1/session", json={"login": "lan", "password": "motcua-demo"})

    foreign = await lan.http.post(
        "/api/v1/cases", json={}, headers={"Origin": "https://evil.example", "Idempotency-Key": "k"}
    )
    own = await lan.http.post(
        "/api/v1/cases", json={}, headers={"Origin": "http://motcua.test", "Idempotency-Key": "k"}
    )

    assert (403, 422) == (foreign.status_code, own.status_code)


async def _as(office: Office, role: str) -> Person:
    return office.stranger() if role == "stranger" else await office.person(role)


async def _answer(person: Person, method: str, path: str, body: object) -> int:
    if (method, path) == ("delete", "/session"):
        return await _end_a_session(person)
    headers = {"Idempotency-Key": new_key()}
    json = (body or {}) if method == "post" and path != "/files" else None
    answer = await person.http.request(method.upper(), f"/api/v1{path}", json=json, headers=headers)
    return answer.status_code


async def _end_a_session(person: Person) -> int:
    """End it last of all: with a header of its own, so that the walk goes on."""
    if "authorization" not in person.http.headers:
        return (await person.http.delete("/api/v1/session")).status_code
    return 204
