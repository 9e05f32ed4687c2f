"""Where a case goes is read from the organisation of the day, from the unit that received it upwards."""

import pytest
from temporalio.testing import ActivityEnvironment

from activities.contracts import Order
from activities.routing import Route, area_codes
from procedures.json_types import Json, JsonObject
from procedures.language.model.parts import Unit
from records.forms import store_form
from records.pool import Pool
from tests.activities.cases import AT, PROCEDURE, publish_procedure

pytestmark = pytest.mark.usefixtures("organisation")


@pytest.fixture
async def pin(pool: Pool) -> str:
    province = Unit(id="province", agency="vss", level="province", label={"vi": "BHXH tỉnh"})
    return await publish_procedure(pool, PROCEDURE.model_copy(update={"units": (province,)}))


@pytest.mark.parametrize(
    ("function", "place", "unit"),
    [
        ("one_stop", "receiving", "ben-may"),
        ("medical_review", "competent", "song-lam"),
        ("leader", "competent", "song-lam"),
        ("finance", "province", "song-lam"),
        # The base unit has nobody for it, the province above it has.
        ("medical_review", "receiving", "song-lam"),
        ("astronomer", "competent", None),
        ("leader", "no_such_place", None),
    ],
)
async def test_a_function_leads_to_the_unit_that_does_it_there(
    pool: Pool, pin: str, function: str, place: str, unit: str | None
) -> None:
    answer = await ActivityEnvironment().run(Route(pool).resolve, order(pin, function, place))

    assert answer == {"unit": unit}


async def test_an_address_of_the_form_leads_to_the_unit_that_serves_it(pool: Pool) -> None:
    police = Unit(id="police", agency="police", level="commune", territory="form.home", label={"vi": "Công an"})
    pin = await publish_procedure(pool, PROCEDURE.model_copy(update={"units": (police,)}))
    async with pool.connection() as db:
        home: JsonObject = {"home": {"province": "01", "commune": "00004", "line": "12 đường Cầu Mây"}}
        form = await store_form(db, case="c", values=home, author="account:c01")

    asked = order(pin, "residence", "police")
    there = await Route(pool).resolve(asked.model_copy(update={"with_": {**asked.with_, "form": form}}))

    assert there == {"unit": "cong-an-ben-may"}


@pytest.mark.parametrize(
    ("area", "codes"),
    [
        ({"province": "01", "commune": "00004", "line": ""}, ("01/00004", "01")),
        ({"province": "79"}, ("79",)),
        ("79", ("79",)),
        (None, ()),
    ],
)
async def test_the_narrowest_area_is_asked_for_first(area: Json, codes: tuple[str, ...]) -> None:
    assert area_codes(area) == codes


async def test_a_unit_that_was_dissolved_gets_nothing(pool: Pool, pin: str) -> None:
    async with pool.connection() as db:
        await db.execute("update unit set valid_to = '2026-10-31' where id = 'song-lam'")

    assert await Route(pool).resolve(order(pin, "leader", "competent")) == {"unit": None}


def order(pin: str, function: str, place: str) -> Order:
    return Order(
        case="c",
        run="r",
        effect="_route/review:1",
        key="c/_route/review:1",
        activity="Route.resolve",
        with_={"function": function, "place": place, "receiving": "ben-may"},
        pin=pin,
        at=AT,
    )
