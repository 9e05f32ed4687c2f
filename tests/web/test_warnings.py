"""A dossier filed outside a window that warns: told to who files it, to the desk, and kept in the journal."""

from pathlib import Path

import httpx2
import pytest

from procedures.json_types import JsonObject
from procedures.time.files import load_calendars
from records.procedures import publish, templates_of
from tests.api.office import CANARY, CARD, FORM, PAPERS, PDF, Office, Person, new_key
from tests.procedures.language.house import House
from tests.procedures.language.house import build as build_house
from tests.workflows.core.life import HOURS, procedure

pytestmark = pytest.mark.anyio
LEFT_ON = '  left_on: {type: date, label: {vi: "Ngày ra viện", en: Left hospital on}}\n  account: {like'
THIS_YEAR = "years_between(form.left_on, case.submitted_on) < 1"
BLOCKS = (
    f'checks: [{{that: "{THIS_YEAR}", message: {{vi: "Hồ sơ năm cũ", en: Of last year}}, effect: warn}}]\n'
    "windows:\n  filing: {who: submitter, within: 30 calendar days, after: form.left_on}\n"
)
LATE = "Hồ sơ nộp sau ngày cuối của thời hạn"


async def test_a_dossier_filed_late_is_taken_and_everybody_is_told(office: Office, tmp_path: Path) -> None:
    await _publish_version_that_warns(office, build_house(tmp_path / "house"))
    lan, mai = await office.person("lan"), await office.person("mai")

    filed = await lan.do("/cases", {**await lan.submission(), "form": {**FORM, "left_on": "2025-06-02"}})

    case = str(filed["case"])
    assert ["filing", "checks/1"] == _ids(filed) == _ids(await lan.read(f"/cases/{case}"))
    assert ["filing", "checks/1"] == _ids(await mai.read(f"/cases/{case}")), "the desk is told at acceptance"
    first = _entries(await mai.read(f"/cases/{case}/journal"))[-1]
    assert (["filing"], ["checks/1"]) == (first["windows"], first["checks"])
    for reader in (lan, mai):
        assert LATE in await reader.page(f"/cases/{case}")


async def test_a_dossier_filed_in_time_warns_of_nothing(office: Office, tmp_path: Path) -> None:
    await _publish_version_that_warns(office, build_house(tmp_path / "house"))
    lan = await office.person("lan")

    filed = await lan.do("/cases", {**await lan.submission(), "form": {**FORM, "left_on": "2099-06-02"}})

    assert [] == _ids(filed) == _ids(await lan.read(f"/cases/{filed['case']}"))


async def test_who_files_on_the_page_is_told_before_it_is_sent_and_may_send_all_the_same(
    office: Office, tmp_path: Path
) -> None:
    await _publish_version_that_warns(office, build_house(tmp_path / "house"))
    lan = await office.person("lan")

    warned = await _send(lan, {})
    sent = await _send(lan, {"warned": "filing checks/1"})

    assert 200 == warned.status_code and LATE in warned.text and "Vẫn gửi hồ sơ" in warned.text
    assert (303, True) == (sent.status_code, sent.headers["location"].startswith("/cases/"))


async def _publish_version_that_warns(office: Office, house: House) -> None:
    house.change("  account: {like", LEFT_ON)
    warning = house.change("deadline: {within", BLOCKS + "deadline: {within").procedure()
    warning = warning.model_copy(update={"version": 2})
    async with office.house.pool.connection() as db:
        templates = await templates_of(db, procedure().digest)
        calendars = load_calendars(["vn-2025", "vn-2026", "vn-2027"])
        await publish(db, warning, templates=templates, calendars=calendars, hours=HOURS)


def _ids(answer: JsonObject) -> list[str]:
    warnings = answer["warnings"]
    assert isinstance(warnings, list)
    return [str(one["id"]) for one in warnings if isinstance(one, dict)]


def _entries(journal: JsonObject) -> list[JsonObject]:
    entries = journal["entries"]
    assert isinstance(entries, list)
    found = [one["data"] for one in entries if isinstance(one, dict)]
    return [one for one in found if isinstance(one, dict)]


async def _send(lan: Person, more: dict[str, str]) -> httpx2.Response:
    account = {"bank": "VCB", "number": "0123456789", "holder": CANARY}
    declared = {"card_number": CARD, "self_bought": "false", "higher_rate": "false", "left_on": "02/06/2025"}
    data = {"key": new_key(), "submitter": "patient", "receiving": "ben-may", "paper.visit": "discharge_paper"}
    data |= {f"form.{name}": value for name, value in declared.items()}
    data |= {f"form.account.{name}": value for name, value in account.items()}
    files = {f"file.{id}": (f"{id}.pdf", PDF) for id in PAPERS}
    return await lan.http.post("/procedures/1.014140/file", data=data | more, files=files)
