"""What the case page of the desk says, read without a browser."""

import re

import pytest

from procedures.json_types import Json
from tests.api.office import Office

pytestmark = pytest.mark.anyio


async def test_one_reason_for_many_things_is_said_once(office: Office) -> None:
    case = await _decided(office)

    page = await (await office.person("mai")).page(f"/cases/{case}")

    assert 1 == page.count("Kết quả đã được quyết định")


async def test_what_is_to_be_handed_out_lies_on_view(office: Office) -> None:
    case = await _decided(office)

    page = await (await office.person("mai")).page(f"/cases/{case}")

    assert re.search(r"Quyết định H99\S+\.pdf Lập ", page)


async def test_a_paper_asked_for_is_wanting_whatever_was_found_before(office: Office) -> None:
    case = await office.accepted()
    an = await office.person("an")
    task = await an.task(case, "review")
    items: Json = [{"id": "invoices", "kind": "missing", "note": "Thiếu bảng kê trang 3"}]
    arguments: Json = {"items": items, "task": task["key"], "ground": "Điều 55"}
    await an.do(f"/cases/{case}/commands", {"verb": "ask_supplement", "arguments": arguments})

    page = await an.page(f"/cases/{case}")

    invoices = page.partition("4. Hóa đơn và bảng kê chi phí")[2]
    assert invoices.startswith(" Còn thiếu")


async def test_what_follows_of_itself_is_the_systems_doing(office: Office) -> None:
    case = await (await office.person("lan")).submit()

    page = await (await office.person("mai")).page(f"/cases/{case}/journal")

    assert "Đã nộp hồ sơ · Nguyễn Thị Lan" in page
    assert "Đã giao việc: Kiểm tra, tiếp nhận · hệ thống" in page


async def _decided(office: Office) -> str:
    """A case whose result waits at the desk to be handed out."""
    case = await office.accepted()
    await (await office.person("an")).finish(case, "review", "approve", values={"payable": 4_200_000})
    await (await office.person("binh")).finish(case, "sign", "sign")
    await (await office.person("mai")).task(case, "delivery")
    return case
