"""Acceptance gives a case one code and one receipt, never two or a gap, and nothing where the dossier does not fit."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.contracts import Failure, Order
from activities.intake import Intake
from procedures.json_types import Json, JsonObject
from procedures.language.model.parts import Document, Period
from procedures.language.model.procedure import Procedure
from records.pins import pin_of
from records.pool import Pool, make_pool
from tests.activities.cases import AT, PROCEDURE, publish_procedure
from workflows.core import machine
from workflows.core.documents import parse_command
from workflows.core.events import AnyCommand

pytestmark = pytest.mark.usefixtures("organisation")
CASES = [str(UUID(int=number)) for number in range(50)]


@pytest.fixture
async def wide_pool(database_url: str) -> AsyncIterator[Pool]:
    async with make_pool(database_url, size=20) as pool:
        yield pool


async def test_an_acceptance_gives_code_receipt_pin_and_routes(pool: Pool) -> None:
    pin = await publish_procedure(pool)

    answer = await ActivityEnvironment().run(Intake(pool).register, await accepting(pool, CASES[0], pin))

    assert answer == {
        "code": "H99.07-261102-0001",
        "receipt": "0001/2026",
        "pin": pin,
        "routes": {"leader@competent": "song-lam", "medical_review@competent": "song-lam"},
    }


async def test_fifty_acceptances_at_once_leave_no_double_and_no_gap(wide_pool: Pool) -> None:
    pin = await publish_procedure(wide_pool)
    orders = [await accepting(wide_pool, case, pin) for case in CASES]

    # Each is delivered twice, as a worker that was given up on and its successor would.
    answers = await asyncio.gather(*(Intake(wide_pool).register(order) for order in [*orders, *orders]))

    assert sorted(str(answer["code"]) for answer in answers[:50]) == [f"H99.07-261102-{n:04}" for n in range(1, 51)]
    assert sorted(str(answer["receipt"]) for answer in answers[:50]) == [f"{n:04}/2026" for n in range(1, 51)]
    assert answers[:50] == answers[50:]


async def test_a_new_day_begins_a_new_series_of_codes(pool: Pool) -> None:
    pin = await publish_procedure(pool)
    await Intake(pool).register(await accepting(pool, CASES[0], pin))

    order = await accepting(pool, CASES[1], pin)
    tomorrow: dict[str, Json] = {"accepted_at": (AT + timedelta(days=1)).isoformat()}
    answer = await Intake(pool).register(order.model_copy(update={"with_": {**order.with_, **tomorrow}}))

    assert (answer["code"], answer["receipt"]) == ("H99.07-261103-0001", "0002/2026")


async def test_the_version_in_force_at_acceptance_comes_along_by_value(pool: Pool) -> None:
    """Scenario 19: submitted under version 1, accepted when version 2 is in force."""
    first = await publish_procedure(pool)
    order = await accepting(pool, CASES[0], first)
    second = await publish_procedure(pool, newer())

    answer = await Intake(pool).register(order)

    document = answer["pin_document"]
    assert answer["pin"] == second != first
    assert isinstance(document, dict)
    assert document["digest"] == second
    assert await Intake(pool).register(order) == answer


async def test_a_newer_version_that_asks_for_more_gives_the_dossier_back_and_uses_no_number(pool: Pool) -> None:
    order = await accepting(pool, CASES[0], await publish_procedure(pool))
    demanded = Document(id="both_cards", label={"vi": "Thẻ cũ và mới"}, copies=2)
    pin = await publish_procedure(pool, newer(documents=(*PROCEDURE.documents, demanded)))

    with pytest.raises(ApplicationError) as refusal:
        await Intake(pool).register(order)

    assert refusal.value.type == "does-not-fit"
    assert refusal.value.details == (Failure(business=True, detail="paper both_cards"),)
    later = await Intake(pool).register(await accepting(pool, CASES[1], pin))
    assert later["code"] == "H99.07-261102-0001"


async def test_a_procedure_that_is_no_longer_in_force_accepts_nothing(pool: Pool) -> None:
    ended = PROCEDURE.model_copy(update={"in_force": Period(from_="2025-07-01", to="2026-10-31")})
    order = await accepting(pool, CASES[0], await publish_procedure(pool, ended))

    with pytest.raises(ApplicationError) as refusal:
        await Intake(pool).register(order)

    assert refusal.value.type == "does-not-fit"


async def test_a_unit_without_a_code_series_gives_the_dossier_back(pool: Pool) -> None:
    order = await accepting(pool, CASES[0], await publish_procedure(pool))
    async with pool.connection() as db:
        await db.execute("update unit set code_template = null")

    with pytest.raises(ApplicationError) as refusal:
        await Intake(pool).register(order)

    assert refusal.value.type == "no-code-series"
    assert refusal.value.details == (Failure(business=True),)


async def test_a_function_nobody_does_is_left_out_of_the_routes(pool: Pool) -> None:
    order = await accepting(pool, CASES[0], await publish_procedure(pool))
    functions: list[Json] = [{"function": "astronomer", "place": "competent"}]

    answer = await Intake(pool).register(order.model_copy(update={"with_": {**order.with_, "functions": functions}}))

    assert answer["routes"] == {}


def newer(**changes: object) -> Procedure:
    return PROCEDURE.model_copy(
        update={"digest": "sha256:newer", "version": 2, "in_force": Period(from_="2026-11-01"), **changes}
    )


async def accepting(pool: Pool, case: str, pin: str) -> Order:
    """Submit and accept the case in the core and answer the order that follows."""
    async with pool.connection() as db:
        pinned = await pin_of(db, pin)
    papers = [document.id for document in pinned.procedure.documents]
    submitted = machine.apply(pinned, machine.begin(case, 1), submission(case, papers), AT).state
    state = machine.apply(pinned, submitted, acceptance(case, papers), AT).state
    with_: dict[str, Json] = {
        "procedure": PROCEDURE.procedure,
        "version": 1,
        "unit": "ben-may",
        "accepted_at": AT.isoformat(),
        "functions": [
            {"function": "medical_review", "place": "competent"},
            {"function": "leader", "place": "competent"},
        ],
    }
    return Order(
        case=case,
        run="run",
        effect="_accept:1",
        key=f"{case}/_accept:1",
        activity="Intake.register",
        with_=with_,
        state=machine.dump(state),
        pin=pin,
        at=AT,
    )


def submission(case: str, papers: list[str]) -> AnyCommand:
    arguments: JsonObject = {
        "receiving": "ben-may",
        "channel": "online",
        "submitter": "patient",
        "parties": [{"role": "submitter", "ref": "account:c01"}],
        "form": "form:0",
        "papers": [{"id": paper, "documents": ["file:1"]} for paper in papers],
    }
    actor: JsonObject = {"ref": "account:c01"}
    return parse_command({"verb": "submit", "id": f"submit-{case}", "actor": actor, "arguments": arguments})


def acceptance(case: str, papers: list[str]) -> AnyCommand:
    arguments: JsonObject = {"verdicts": [{"id": paper, "verdict": "ok"} for paper in papers]}
    actor: JsonObject = {"ref": "officer:o01", "function": "one_stop", "unit": "ben-may"}
    return parse_command({"verb": "accept", "id": f"accept-{case}", "actor": actor, "arguments": arguments})
