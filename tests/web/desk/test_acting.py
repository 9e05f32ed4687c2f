"""What an officer sends from the case page, read without a browser."""

import pytest

from tests.api.office import Office, new_key

pytestmark = pytest.mark.anyio


async def test_an_extension_is_asked_for_in_working_days_and_waits_for_the_leader(office: Office) -> None:
    case = await office.accepted()
    an, binh = await office.person("an"), await office.person("binh")
    form = {"key": new_key(), "option": "extend", "extend.add": "3", "extend.reason": "Bệnh viện chưa gửi bảng kê"}

    answer = await an.http.post(f"/cases/{case}/do", data=form)

    assert (303, f"/cases/{case}?done=proposed") == (answer.status_code, answer.headers["location"])
    page = await binh.page(f"/cases/{case}")
    assert "Duyệt: Gia hạn, xin lỗi và hẹn lại" in page and "3 ngày làm việc" in page


async def test_a_number_that_is_none_is_said_where_it_stands(office: Office) -> None:
    case = await office.accepted()
    form = {"key": new_key(), "option": "extend", "extend.add": "ba", "extend.reason": "Chờ bảng kê"}

    answer = await (await office.person("an")).http.post(f"/cases/{case}/do", data=form)

    assert 422 == answer.status_code
