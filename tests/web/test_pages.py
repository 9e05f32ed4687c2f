"""Every page in a real Chromium, wide and narrow, light and dark: no barrier that axe finds, no sideways scrolling."""

from itertools import product

import pytest
from playwright.async_api import expect

from procedures.json_types import Json
from tests.api.office import PDF, Office
from tests.support import assert_eventually
from tests.web.browser import NARROW, WIDE, Site

pytestmark = pytest.mark.anyio
Place = tuple[Site, Office]
WAYS = ((WIDE, "light"), (NARROW, "light"), (WIDE, "dark"))


async def test_no_page_has_a_barrier(place: Place) -> None:
    site, office = place
    waiting, reviewed = await _waiting_case(office), await office.accepted()
    pages: dict[str | None, dict[str, str]] = {
        None: {
            "home": "/",
            "procedure": "/procedures/1.014140",
            "login": "/login",
            "progress-by-code": f"/progress?code={await _code(office, waiting)}",
        },
        "lan": {
            "file": "/procedures/1.014140/file",
            "my-cases": "/cases",
            "progress-supplement": f"/cases/{waiting}",
            "progress": f"/cases/{reviewed}",
        },
        "an": {"inbox": "/tasks", "case": f"/cases/{reviewed}", "journal": f"/cases/{reviewed}/journal"},
        "dung": {"incidents": "/incidents"},
    }

    found: list[str] = []
    for (size, scheme), (login, paths) in product(WAYS, pages.items()):
        async with site.visit(login, size=size, scheme=scheme) as page:
            for name, path in paths.items():
                answer = await page.goto(path)
                assert answer is not None and answer.status == 200, path
                found += await site.looks(page, f"{name}-{size['width']}-{scheme}")

    assert not found, "\n".join(found)


async def test_a_citizen_files_without_scripts_and_is_told_every_mistake_first(place: Place) -> None:
    site, _ = place
    async with site.visit("lan", scripts=False) as page:
        await page.goto("/procedures/1.014140/file")
        await page.fill("[name='form.card_number']", "123")
        await page.click("main form button[type=submit]")

        await expect(page.locator(".errors")).to_be_visible()
        await expect(page.locator("[name='form.card_number']")).to_have_value("123")

        await page.check("[name=submitter][value=patient]")
        await page.check("[name=receiving][value=ben-may]")
        await page.fill("[name='form.card_number']", "GD4797912345678")
        for part, value in (("bank", "VCB"), ("number", "0123456789"), ("holder", "Nguyễn Thị Lan")):
            await page.fill(f"[name='form.account.{part}']", value)
        await page.check("[name='paper.visit'][value=discharge_paper]")
        for slot in await page.locator("input[type=file]").all():
            name = await slot.get_attribute("name")
            if name in ("file.request", "file.identity", "file.visit", "file.invoices"):
                await slot.set_input_files({"name": "paper.pdf", "mimeType": "application/pdf", "buffer": PDF})
        await page.click("main form button[type=submit]")

        await page.wait_for_url("**/cases/*")
        await expect(page.locator("h1")).to_be_visible()


async def test_an_officer_decides_with_the_keyboard_alone(place: Place) -> None:
    site, office = place
    case = await office.accepted()
    await (await office.person("an")).task(case, "review")
    async with site.visit("an") as page:
        await page.goto("/tasks")
        await page.keyboard.press("j")
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/cases/{case}*")

        await page.locator("[name$=payable]").first.focus()
        await page.keyboard.type("4200000")
        await page.keyboard.press("Control+Enter")

        async def is_signed_next() -> bool:
            return bool(await (await office.person("binh")).task(case, "sign"))

        await assert_eventually(is_signed_next, within=20)


async def test_a_citizen_never_reads_an_officers_name(place: Place) -> None:
    site, office = place
    case = await office.accepted()
    async with site.visit("lan") as page:
        await page.goto(f"/cases/{case}")
        text = await page.inner_text("body")

    assert not [name for name in ("Đỗ Thị Mai", "Trần Minh An", "Mai Quốc Khánh") if name in text]


async def _waiting_case(office: Office) -> str:
    """A case that waits for a paper of the applicant."""
    case = await office.accepted()
    an, lan = await office.person("an"), await office.person("lan")
    task = await an.task(case, "review")
    items: Json = [{"id": "invoices", "kind": "missing", "note": "Thiếu bảng kê trang 3"}]
    arguments: Json = {"items": items, "task": task["key"], "ground": "Điều 55"}
    await an.do(f"/cases/{case}/commands", {"verb": "ask_supplement", "arguments": arguments})

    async def is_sent() -> bool:
        asked = (await lan.read(f"/cases/{case}/progress"))["supplement"]
        return isinstance(asked, dict) and asked["sent_at"] is not None

    await assert_eventually(is_sent, within=20)
    return case


async def _code(office: Office, case: str) -> str:
    return str((await (await office.person("lan")).read(f"/cases/{case}/progress"))["code"])
