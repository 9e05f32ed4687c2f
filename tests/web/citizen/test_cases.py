"""What a citizen reads of the own cases, without a browser."""

import pytest

from tests.api.office import Office

pytestmark = pytest.mark.anyio


async def test_a_case_with_its_result_promises_no_date_any_more(office: Office) -> None:
    lan = await office.person("lan")
    case = await office.accepted()
    promised = await lan.page("/cases")
    await (await office.person("an")).finish(case, "review", "approve", values={"payable": 4_200_000})
    await (await office.person("binh")).finish(case, "sign", "sign")
    await (await office.person("mai")).task(case, "delivery")

    page = await lan.page("/cases")

    assert "Có kết quả chậm nhất" in promised
    assert "mời ông/bà nhận" in page and "chậm nhất" not in page


async def test_a_limit_of_the_profile_stands_on_the_profiles_ground(office: Office) -> None:
    lan = await office.person("lan")
    case = await lan.submit()

    page = await lan.page(f"/cases/{case}")

    assert "Căn cứ: 118/2025/NĐ-CP, 03/2025/TT-VPCP." in page
