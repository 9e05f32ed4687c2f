"""Files that come with a page, without a browser in between."""

import gc
import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.api.office import PDF, Office, open_office
from tests.support import TemporalServer
from tests.workflows.house import open_house
from web.app import compose

pytestmark = pytest.mark.anyio


@pytest.fixture
async def office(database_url: str, temporal: TemporalServer, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_house(database_url, temporal, tmp_path) as house, open_office(house, compose) as office:
        yield office


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
