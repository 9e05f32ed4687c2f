"""The served application in a real Chromium: pages as people get them, looked at by axe and kept as pictures."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from playwright.async_api import Browser, ConsoleMessage, Page, ViewportSize, async_playwright

from cli.browser import obtain_chromium
from records.accounts import hashed
from tests.api.office import PASSWORD
from tests.support import assert_eventually
from tests.workflows.house import House
from web.app import compose

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1.min.js"
PICTURES = Path("test-results/screens")
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}


@dataclass(slots=True)
class Site:
    address: str
    browser: Browser

    @asynccontextmanager
    async def visit(
        self,
        login: str | None = None,
        *,
        size: ViewportSize = WIDE,
        scheme: str = "light",
        scripts: bool = True,
    ) -> AsyncIterator[Page]:
        """A fresh visitor; what the page's own policy or scripts complain of fails the test."""
        context = await self.browser.new_context(
            base_url=self.address,
            viewport=size,
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
            locale="vi-VN",
        )
        page = await context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        if login is not None:
            await _log_in(page, login)
        yield page
        await context.close()
        assert not complaints, complaints

    async def looks(self, page: Page, name: str) -> list[str]:
        """Answer what axe finds and whether the page scrolls sideways; keep a picture to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
        await page.evaluate(AXE.read_text("utf-8"))
        found = await page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
            ".then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target).join(' ')))"
        )
        wide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        return [f"{name}: {one}" for one in [*found, *(["scrolls sideways"] if wide else [])]]


@asynccontextmanager
async def open_site(house: House) -> AsyncIterator[Site]:
    secret = await hashed(PASSWORD)
    async with house.pool.connection() as db:
        await db.execute("update account set password = %s", (secret,))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(compose(house.settings), log_config=None, access_log=False))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        await assert_eventually(lambda: server.started)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=str(obtain_chromium()), args=["--no-sandbox", "--disable-dev-shm-usage"]
            )
            yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", browser)
            await browser.close()
        server.should_exit = True
        await serving


def _is_complaint(said: ConsoleMessage) -> bool:
    """A refusal (422) is an answer like any other, though the browser calls it an error."""
    return said.type == "error" and "Failed to load resource" not in said.text


async def _log_in(page: Page, login: str) -> None:
    await page.goto("/login")
    await page.fill("#login", login)
    await page.fill("#password", PASSWORD)
    await page.click("main form button[type=submit]")
    await page.wait_for_url(lambda address: "/login" not in address)
