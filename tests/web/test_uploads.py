"""Files that come with a page, without a browser in between."""

import gc
import warnings

import pytest

from tests.api.office import PDF, Office

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("login", "path", "status"), [("lan", "/procedures/1.014140/file", 422), ("mai", "/cases/unknown/do", 404)]
)
async def test_no_file_stays_open_once_its_page_is_answered(office: Office, login: str, path: str, status: int) -> None:
    person = await office.person(login)

    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        answer = await person.http.post(path, data={"key": "once"}, files={"file.request": ("paper.pdf", PDF)})
        gc.collect()

    assert status == answer.status_code
    assert [] == [str(one.message) for one in found]
