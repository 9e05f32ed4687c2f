"""An employer files a list of workers on the pages: lines come and go by buttons, each with its own papers."""

import pytest
from playwright.async_api import Page, expect

from cli.catalogue import templates_of
from procedures.language.check import check_procedure
from procedures.language.resolving.sources import HOME
from procedures.time.files import load_calendars
from records.procedures import publish
from tests.api.office import PDF, Office
from tests.web.browser import NARROW, WIDE, Site
from tests.workflows.house import HOURS

pytestmark = pytest.mark.anyio
Place = tuple[Site, Office]
FIRST = {"insurance_number": "0110000001", "name": "Trần Văn Bình", "days": "3", "back_on": "01/10/2026"}
SECOND = {"insurance_number": "0110000002", "name": "Lê Thị Cúc", "days": "5", "back_on": "02/10/2026"}


@pytest.fixture
async def employer(place: Place) -> Place:
    """The site serves the sickness benefit too, which employers file for their workers."""
    version = check_procedure(HOME / "catalogue/bhxh/1.014163/v1/procedure.yaml")
    assert version.procedure is not None
    calendars = load_calendars(["vn-2026", "vn-2027"])
    async with place[1].house.pool.connection() as db:
        await publish(db, version.procedure, templates=templates_of(version), calendars=calendars, hours=HOURS)
    return place


async def test_a_list_is_filed_without_scripts(employer: Place) -> None:
    site, office = employer
    async with site.visit("lan", scripts=False) as page:
        await page.goto("/procedures/1.014163/file")
        await page.check("[name=receiving][value=ben-may]")
        for part, value in (("bank", "VCB"), ("number", "0123456789"), ("holder", "Công ty A")):
            await page.fill(f"[name='form.account.{part}']", value)
        await page.click("text=Thêm một dòng")
        await page.click("text=Thêm một dòng")
        await _fill(page, 1, FIRST)
        await _fill(page, 2, SECOND)
        await page.click("text=Bỏ dòng 1")
        await expect(page.locator("[name='form.workers.0.name']")).to_have_value("Trần Văn Bình")
        await _hand_in(page, "list", "inpatient_proof/1", "inpatient_proof/2")
        await page.get_by_role("button", name="Gửi hồ sơ").click()
        await expect(page.locator("main")).to_contain_text("Dòng 2: Hồ sơ nộp sau ngày cuối của thời hạn")
        await page.click("main form button[type=submit]:not([name]):not(.default)")
        await page.wait_for_url("**/cases/*")
        case = page.url.rpartition("/")[2]

    async with office.house.pool.connection() as db:
        cursor = await db.execute("select values -> 'workers' from form where case_id = %s", [case])
        [[workers]] = await cursor.fetchall()
    assert isinstance(workers, list)
    assert ["Trần Văn Bình", "Lê Thị Cúc"] == [one["name"] for one in workers if isinstance(one, dict)]
    assert ["inpatient", "inpatient"] == [one["variant"] for one in workers if isinstance(one, dict)]


async def test_what_is_wrong_in_a_line_is_told_there(employer: Place) -> None:
    site, _ = employer
    async with site.visit("lan", scripts=False) as page:
        await page.goto("/procedures/1.014163/file")
        await page.check("[name=receiving][value=ben-may]")
        await _fill(page, 0, FIRST | {"days": "nhiều"})
        await page.keyboard.press("Enter")

        await expect(page.locator("#form-workers-0-days-error")).to_contain_text("số nguyên")
        await expect(page.locator(".errors")).to_contain_text("Số ngày nghỉ")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_a_list_has_no_barrier(employer: Place, size: dict[str, int]) -> None:
    site, _ = employer
    async with site.visit("lan", size=WIDE if size is WIDE else NARROW) as page:
        await page.goto("/procedures/1.014163/file")
        await page.click("text=Thêm một dòng")
        await _fill(page, 0, FIRST)

        assert [] == await site.looks(page, f"file-list-{size['width']}")


async def _fill(page: Page, line: int, values: dict[str, str]) -> None:
    await page.check(f"[name='form.workers.{line}.variant'][value=inpatient]")
    for name, value in (values | {"papers_on": "05/10/2026"}).items():
        await page.fill(f"[name='form.workers.{line}.{name}']", value)


async def _hand_in(page: Page, *papers: str) -> None:
    for paper in papers:
        await page.set_input_files(
            f"[name='file.{paper}']", {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        choice = page.locator(f"[name='paper.{paper}']")
        if await choice.count():
            await choice.first.check()
