"""A cursor that was given comes back as it was; any other is refused and reaches no query."""

import base64

import orjson
import pytest

from api.cursors import ENDLESS, read_cursor, write_cursor
from api.problems import Problem
from procedures.json_types import Json
from tests.api.office import Office

NOON = "2026-11-24T12:00:00+00:00"


def encoded(value: Json) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(value)).decode().rstrip("=")


def test_a_given_cursor_comes_back() -> None:
    assert (NOON, "task-1") == read_cursor(write_cursor((NOON, "task-1")))
    assert (ENDLESS, "task-1") == read_cursor(write_cursor((ENDLESS, "task-1")), may_be_endless=True)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "é",
        "!!",
        encoded([]),
        encoded([NOON]),
        encoded([NOON, 5]),
        encoded([5, "x"]),
        encoded([None, None]),
        encoded([NOON, "a\0"]),
        encoded([ENDLESS, "x"]),
        encoded(["2026-W01", "x"]),
        encoded(["2026-11-24T12:00:00", "x"]),
        encoded({"a": 1, "b": 2}),
    ],
)
def test_another_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Problem) as refused:
        read_cursor(cursor)

    assert (422, "bad-cursor") == (refused.value.status, refused.value.errors[0].code)


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["/tasks?after=", "/cases?before=", "/incidents?after="])
async def test_a_wrong_cursor_is_told_by_every_list(office: Office, path: str) -> None:
    mai = await office.person("mai")

    places: list[Json] = [["infinity\0", "x"], ["2026-W01", "x"], [NOON, "\0"]]

    answers = [await mai.get(path + encoded(place)) for place in places]

    assert [422] * 3 == [answer.status_code for answer in answers]


@pytest.mark.anyio
async def test_numbers_and_instants_of_an_address_have_bounds(office: Office) -> None:
    lan, mai = await office.person("lan"), await office.person("mai")
    case = await lan.submit()

    answers = [
        await lan.get(f"/cases/{case}/journal?before={2**63}"),
        await lan.get(f"/cases/{case}/journal?before=-1"),
        await mai.get("/tasks?due_from=2026-01-01T00:00:00"),
        await mai.get("/tasks?due_before=2026-01-01"),
    ]

    assert [422] * 4 == [answer.status_code for answer in answers]
