"""One case over HTTP, from submission to delivered result, and what each of its people reads on the way."""

import pytest

from procedures.json_types import Json, JsonObject
from tests.api.office import CANARY, CARD, Office
from tests.support import assert_eventually

pytestmark = pytest.mark.anyio


async def test_a_case_goes_from_submission_to_delivered_result(office: Office) -> None:
    lan, an, binh = [await office.person(login) for login in ("lan", "an", "binh")]
    case = await office.accepted()

    await an.finish(case, "review", "approve", values={"payable": 4_200_000})
    await binh.finish(case, "sign", "sign")
    await _comes_to(office, case, 9)
    desk = await office.person("mai")
    await desk.finish(case, "delivery", "deliver", arguments={"recipient": "Thẻ căn cước", "evidence": "Phiếu"})

    await _comes_to(office, case, 10)
    progress = await lan.read(f"/cases/{case}/progress")
    assert ("delivered", False) == (progress["phase"], progress["late"])


async def test_an_accepted_case_has_a_code_a_due_date_and_its_reasons(office: Office) -> None:
    case = await office.accepted()

    lan = await office.person("lan")
    read = await lan.read(f"/cases/{case}")
    clocks = (await lan.read(f"/cases/{case}/explain?clock=legal"))["clocks"]

    assert str(read["code"]).startswith("H99.07-")
    assert read["due"] is not None
    assert isinstance(clocks, list) and len(clocks) == 1


async def test_options_say_what_may_be_done_and_why_not_the_rest(office: Office) -> None:
    case = await office.accepted()

    options = await (await office.person("an")).read(f"/cases/{case}/options")

    allowed, refused = options["allowed"], options["refused"]
    assert isinstance(allowed, list) and isinstance(refused, list)
    assert any("complete_task" in str(option) for option in allowed)
    assert all(_sentence(option) for option in refused)


async def test_progress_knows_nothing_of_persons(office: Office) -> None:
    case = await office.accepted()
    stranger = office.stranger()

    answer = await stranger.get(f"/cases/{case}/progress")
    by_code = await stranger.get(f"/progress?code={answer.json()['code']}")

    assert answer.content == by_code.content
    assert not [word for word in (CANARY, CARD, "0123456789", "Mai", "account:", "officer:") if word in answer.text]


async def test_a_known_progress_is_not_sent_again(office: Office) -> None:
    case = await office.accepted()
    lan = await office.person("lan")
    first = await lan.get(f"/cases/{case}/progress")

    again = await lan.get(f"/cases/{case}/progress", **{"If-None-Match": first.headers["etag"]})

    assert (304, b"") == (again.status_code, again.content)
    assert first.headers["etag"] == f'"{first.json()["seq"]}"'
    assert "max-age=" in first.headers["cache-control"]


async def test_a_supplement_is_asked_answered_and_checked(office: Office) -> None:
    case = await office.accepted()
    lan, an = await office.person("lan"), await office.person("an")
    task = await an.task(case, "review")
    items: Json = [{"id": "invoices", "kind": "missing", "note": "Thiếu bảng kê"}]

    await an.do(
        f"/cases/{case}/commands",
        {"verb": "ask_supplement", "arguments": {"items": items, "task": task["key"], "ground": "Điều 55"}},
    )
    await _comes_to(office, case, 5)
    await assert_eventually(lambda: _is_sent(office, case))
    file = await lan.upload("invoices.pdf")
    await lan.do(f"/cases/{case}/supplement", {"documents": [{"id": "invoices", "files": [file]}]})
    check = await an.post(
        f"/cases/{case}/commands",
        {"verb": "complete_supplement", "arguments": {"verdicts": [{"id": "invoices", "verdict": "ok"}]}},
    )

    assert 200 == check.status_code, check.text
    await _comes_to(office, case, 4)


async def test_an_applicant_withdraws(office: Office) -> None:
    lan = await office.person("lan")
    case = await lan.submit()

    await lan.do(f"/cases/{case}/withdraw", {"reason": "Nộp nhầm nơi"})

    await _comes_to(office, case, 7)


async def test_a_fee_is_asked_told_and_paid_and_more_time_proposed(office: Office) -> None:
    case = await office.accepted()
    mai, lan, an = [await office.person(name) for name in ("mai", "lan", "an")]
    commands = f"/cases/{case}/commands"

    await mai.do(commands, {"verb": "ask_fee", "arguments": {"amount": 50000, "ground": "Điều 5"}})
    progress = await lan.read(f"/cases/{case}/progress")
    await mai.do(commands, {"verb": "record_payment", "arguments": {"receipt": "AA/20E 0000123"}})
    linked = await lan.do(commands, {"verb": "link", "arguments": {"to": "H99.07-260101-0001"}})
    more: JsonObject = {"add": "5 working days", "reason": {"text": "Phải xác minh thêm tại bệnh viện"}}
    extended = await an.do(commands, {"verb": "extend", "arguments": more})

    assert (6, True) == (progress["national_code"], "Chờ nộp phí, lệ phí" in str(progress["words"]))
    assert ("done", "proposed") == (linked["outcome"], extended["outcome"])


async def test_papers_are_the_parties_own_once_issued(office: Office) -> None:
    case = await office.accepted()
    lan, hung = await office.person("lan"), await office.person("hung")
    receipts: list[str] = []

    async def has_a_receipt() -> bool:
        documents = (await lan.read(f"/cases/{case}"))["documents"]
        assert isinstance(documents, dict)
        receipts[:] = [
            str(one["id"]) for one in documents.values() if isinstance(one, dict) and one["kind"] == "receipt"
        ]
        return bool(receipts)

    await assert_eventually(has_a_receipt, within=20)

    mine = await lan.get(f"/cases/{case}/documents/{receipts[0]}")
    theirs = await hung.get(f"/cases/{case}/documents/{receipts[0]}")
    assert (200, b"%PDF") == (mine.status_code, mine.content[:4])
    assert 404 == theirs.status_code


def _sentence(option: Json) -> Json:
    assert isinstance(option, dict) and isinstance(refusal := option["refusal"], dict)
    assert isinstance(said := refusal["sentence"], dict)
    return said["vi"]


async def _comes_to(office: Office, case: str, code: int) -> None:
    lan = await office.person("lan")

    async def is_there() -> bool:
        return (await lan.read(f"/cases/{case}/progress"))["national_code"] == code

    await assert_eventually(is_there, within=20)


async def _is_sent(office: Office, case: str) -> bool:
    supplement = (await (await office.person("lan")).read(f"/cases/{case}/progress"))["supplement"]
    return isinstance(supplement, dict) and supplement["sent_at"] is not None
