"""The portal's read as caches and clients see it: tags, lifetimes, methods."""

import pytest

from tests.api.office import Office, Person
from tests.support import assert_eventually

pytestmark = pytest.mark.anyio


async def quiet(lan: Person) -> str:
    """Submit, wait until the applicant was told and nothing happens by itself any more, and answer the path."""
    path = f"/cases/{await lan.submit()}/progress"

    async def is_told() -> bool:
        return (await lan.get(path)).headers["etag"] == '"3"'

    await assert_eventually(is_told, within=20)
    return path


async def test_a_tag_is_known_however_it_comes_back(office: Office) -> None:
    lan = await office.person("lan")
    path = await quiet(lan)
    tag = (await lan.get(path)).headers["etag"]

    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = await lan.get(path, **{"If-None-Match": known})
        assert (304, b"", tag) == (answer.status_code, answer.content, answer.headers["etag"])
    for unknown in ('"other"', tag.strip('"'), ""):
        assert 200 == (await lan.get(path, **{"If-None-Match": unknown})).status_code


async def test_a_head_says_what_a_get_would(office: Office) -> None:
    lan = await office.person("lan")
    path = f"/api/v1{await quiet(lan)}"

    head, get = await lan.http.head(path), await lan.http.get(path)

    assert b"" == head.content
    assert [get.headers[name] for name in ("content-length", "etag", "content-type")] == [
        head.headers[name] for name in ("content-length", "etag", "content-type")
    ]


@pytest.mark.parametrize("path", ["/cases/x/progress", "/progress", "/procedures", "/tasks/x"])
async def test_a_wrong_method_is_told_the_right_ones(office: Office, path: str) -> None:
    answer = await (await office.person("lan")).http.put(f"/api/v1{path}")

    assert (405, "method-not-allowed") == (answer.status_code, answer.json()["code"])
    assert "GET" in answer.headers["allow"]
