"""An order reaches the other system once, whatever the wire does, and a no is never taken for silence."""

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities import connectors
from activities.connectors import Connector, Unavailable
from activities.contracts import Failure, Order
from cli.standins.treasury import Mood, Treasury
from procedures.json_types import JsonObject
from records.forms import store_form
from records.pool import Pool
from tests.activities.cases import publish_procedure

CASE = "0b6f2f0e-6a54-4d0e-8c9c-7a7f6d1a0001"
FORM: JsonObject = {"account": {"bank": "VCB", "number": "0123456789", "holder": "NGUYỄN VĂN A"}}


@pytest.fixture
def connector(pool: Pool, treasury: Treasury) -> Connector:
    return Connector(pool, {"treasury": treasury.address})


async def test_the_other_system_gets_the_values_behind_the_references(
    pool: Pool, connector: Connector, treasury: Treasury
) -> None:
    result = await ActivityEnvironment().run(connector.call, await order(pool))

    assert result["outcome"] == "done"
    assert payments(treasury) == [(f"{CASE}/pay:1", 4_200_000)]


async def test_a_repeated_order_gives_the_known_answer_and_asks_nobody(
    pool: Pool, connector: Connector, treasury: Treasury
) -> None:
    first = await connector.call(await order(pool))
    treasury.be("fail")

    assert first == await connector.call(await order(pool))
    assert len(payments(treasury)) == 1


@pytest.mark.parametrize("mood", ["fail", "lose", "hang"])
async def test_silence_is_an_outage_and_the_next_attempt_pays_once(
    pool: Pool, connector: Connector, treasury: Treasury, monkeypatch: pytest.MonkeyPatch, mood: Mood
) -> None:
    monkeypatch.setattr(connectors, "PATIENCE", 1.0)
    treasury.be(mood, times=1)

    with pytest.raises(Unavailable):
        await connector.call(await order(pool))
    result = await connector.call(await order(pool))

    assert result["outcome"] == "done"
    assert len(payments(treasury)) == 1


async def test_of_a_question_whose_answer_comes_later_only_the_taking_is_known_and_it_is_put_once(
    pool: Pool, connector: Connector, treasury: Treasury
) -> None:
    first, again = await connector.ask(await order(pool)), await connector.ask(await order(pool))

    assert first == again == {}
    assert len(payments(treasury)) == 1


async def test_a_second_answer_is_never_taken_for_the_answer_to_the_next_order(
    pool: Pool, connector: Connector, treasury: Treasury
) -> None:
    treasury.be("twice", times=1)

    first = await connector.call(await order(pool, amount=1))
    second = await connector.call(await order(pool, amount=2, step="pay:2"))

    booked = {paid["amount"]: paid["reference"] for paid in treasury.ledger.payments() if isinstance(paid, dict)}
    assert [value_of(first, "reference"), value_of(second, "reference")] == [booked[1], booked[2]]


async def test_a_refusal_is_an_answer_the_case_follows(pool: Pool, connector: Connector, treasury: Treasury) -> None:
    treasury.be("refuse")

    with pytest.raises(ApplicationError) as refusal:
        await connector.call(await order(pool))

    assert refusal.value.type == "account_closed"
    assert refusal.value.non_retryable
    assert refusal.value.details == (Failure(business=True),)


async def test_a_forbidden_caller_is_an_incident_and_no_answer(
    pool: Pool, connector: Connector, treasury: Treasury
) -> None:
    treasury.be("forbid")

    with pytest.raises(ApplicationError) as refusal:
        await connector.call(await order(pool))

    assert refusal.value.type == "connector-misconfigured"
    assert refusal.value.details == (Failure(business=False),)


async def test_a_key_used_for_another_order_is_an_incident(
    pool: Pool, connector: Connector, treasury: Treasury
) -> None:
    await connectors.post(f"{treasury.address}/pay", key=f"{CASE}/pay:1", inputs={"amount": 1, "account": "x"})

    with pytest.raises(ApplicationError) as refusal:
        await connector.call(await order(pool))

    assert refusal.value.type == "idempotency-conflict"


async def test_only_what_is_declared_and_not_personal_goes_back_to_the_case(pool: Pool, connector: Connector) -> None:
    """The treasury answers with a name too; it would lie in the case's history."""
    result = await connector.call(await order(pool))

    assert isinstance(result["values"], dict)
    assert set(result["values"]) == {"reference"}


async def test_an_operation_the_procedure_does_not_know_is_an_incident(pool: Pool, connector: Connector) -> None:
    asked = await order(pool)

    with pytest.raises(ApplicationError) as refusal:
        await connector.call(asked.model_copy(update={"with_": {**asked.with_, "operation": "rob"}}))

    assert refusal.value.type == "operation-unknown"


async def test_a_connector_without_an_address_is_an_incident(pool: Pool) -> None:
    with pytest.raises(ApplicationError) as refusal:
        await Connector(pool, {}).call(await order(pool))

    assert refusal.value.type == "connector-unknown"


async def test_a_system_that_is_down_is_an_outage(pool: Pool) -> None:
    with pytest.raises(Unavailable):
        await Connector(pool, {"treasury": "http://127.0.0.1:9"}).call(await order(pool))


async def test_no_failure_repeats_what_the_person_entered(pool: Pool, connector: Connector, treasury: Treasury) -> None:
    treasury.be("refuse")

    with pytest.raises(ApplicationError) as refusal:
        await connector.call(await order(pool))

    assert "0123456789" not in str(refusal.value)
    assert "VĂN A" not in repr(refusal.value)


async def order(pool: Pool, *, amount: int = 4_200_000, step: str = "pay:1") -> Order:
    async with pool.connection() as db:
        form = await store_form(db, case=CASE, values=FORM, author="account:lan")
    pin = await publish_procedure(pool)
    asked: JsonObject = {"amount": amount, "account": f"{form}#account"}
    return Order(
        case=CASE,
        run="run",
        effect=step,
        key=f"{CASE}/{step}",
        activity="Connector.call",
        with_={"connector": "treasury", "operation": "pay", "with": asked},
        pin=pin,
    )


def payments(treasury: Treasury) -> list[tuple[object, object]]:
    return [(paid["key"], paid["amount"]) for paid in treasury.ledger.payments() if isinstance(paid, dict)]


def value_of(result: JsonObject, name: str) -> object:
    values = result["values"]
    assert isinstance(values, dict)
    return values[name]
