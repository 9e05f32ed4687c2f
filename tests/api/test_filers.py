"""Who files for whom, and by which way."""

import pytest

from procedures.json_types import Json, JsonObject
from tests.api.office import FORM, PAPERS, Office

pytestmark = pytest.mark.anyio


async def test_the_desk_enters_what_came_to_the_counter_for_the_applicant(office: Office) -> None:
    mai, lan = await office.person("mai"), await office.person("lan")

    case = str((await mai.do("/cases", _at_the_desk(applicant="lan")))["case"])

    assert case in str(await lan.read("/cases"))
    assert case not in str(await mai.read("/cases"))
    journal = str((await mai.read(f"/cases/{case}/journal"))["entries"])
    assert "Đỗ Thị Mai" in journal and "Nguyễn Thị Lan" not in journal
    await mai.finish(case, "intake", "accept", arguments={"verdicts": [{"id": id, "verdict": "ok"} for id in PAPERS]})


@pytest.mark.parametrize(
    ("login", "changes", "code", "pointer"),
    [
        ("lan", {"channel": "counter"}, "invalid", "#/channel"),
        ("lan", {"channel": "online", "applicant": "hung"}, "invalid", "#/applicant"),
        ("lan", {"channel": "online"}, "invalid", "#/documents"),
        ("mai", {"channel": "online"}, "applicants-only", None),
        ("mai", {"applicant": None}, "invalid", "#/applicant"),
        ("mai", {"applicant": "an"}, "invalid", "#/applicant"),
        ("mai", {"applicant": "lan", "receiving": "song-lam"}, "wrong-duty", None),
        ("an", {"applicant": "lan"}, "wrong-duty", None),
    ],
)
async def test_nobody_files_by_a_way_that_is_not_theirs(
    office: Office, login: str, changes: JsonObject, code: str, pointer: str | None
) -> None:
    person = await office.person(login)

    answer = (await person.post("/cases", _at_the_desk() | changes)).json()

    assert (code, pointer) == (answer["code"], answer["errors"][0]["pointer"] if "errors" in answer else None)


def _at_the_desk(**changes: Json) -> JsonObject:
    """A dossier whose papers lie on the desk."""
    papers: list[Json] = [
        {"id": id, **({"paper": kind} if kind else {}), "originals": 1} for id, kind in PAPERS.items()
    ]
    body: JsonObject = {
        "procedure": "1.014140",
        "receiving": "ben-may",
        "channel": "counter",
        "submitter": "patient",
        "form": FORM,
        "documents": papers,
    }
    return body | changes
