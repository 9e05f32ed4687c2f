"""Asks other systems over HTTP: one order, one idempotency key, and a clear line between their no and their silence.

The agreement: POST <address>/<operation>, a JSON object of the inputs, header Idempotency-Key; the same key is the same
order. 200 carries {outcome, values}; 422 with {outcome} is the other system's refusal. Everything else is an outage.
"""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import httpx2
import orjson
from temporalio import activity

from activities.contracts import Order
from activities.failures import business_failure, final_failure
from activities.references import resolved
from procedures.json_types import Json, JsonObject
from procedures.language.model.parts import Operation
from records.effects import effect_result, remember_effect
from records.pins import pin_of
from records.pool import Db, Pool

# Shorter than the attempt that waits for it, so that the attempt can say what was wrong.
PATIENCE = 8.0
CONNECTING = 3.0
LARGEST_ANSWER = 256_000
# The order itself is wrong, or is forbidden: asking again changes nothing until somebody mended the set-up.
_MISCONFIGURED = {400, 401, 403, 404, 405, 413, 415}


class Unavailable(Exception):
    """The other system did not answer this time; the next attempt asks again under the same key."""


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: str
    values: JsonObject = field(default_factory=dict)


class Connector:
    """`addresses` says where each connector of the registry is reached; settings decide, never a procedure."""

    def __init__(self, pool: Pool, addresses: Mapping[str, str]) -> None:
        self._pool = pool
        self._addresses = addresses

    @activity.defn(name="Connector.call")
    async def call(self, order: Order) -> dict[str, Json]:
        """Idempotent: a known answer is given again; else the other system knows the key and does it once."""
        return await self._once(order)

    @activity.defn(name="Connector.ask")
    async def ask(self, order: Order) -> dict[str, Json]:
        """Put a question whose answer comes as a message: that the other system took it is all there is to know now."""
        await self._once(order)
        return {}

    async def _once(self, order: Order) -> dict[str, Json]:
        async with self._pool.connection() as db:
            if (known := await effect_result(db, order.key)) is not None:
                return known
            operation = await _operation(db, order)
            inputs = await resolved(db, case=order.case, given=order.with_["with"])
        # No connection is held while another system takes its time.
        answer = await post(self._address(order.with_), key=order.key, inputs=inputs)
        result: JsonObject = {"outcome": answer.outcome, "values": _told(operation, answer.values)}
        async with self._pool.connection() as db:
            return await remember_effect(db, key=order.key, case=order.case, activity=order.activity, result=result)

    def _address(self, asked: Mapping[str, str]) -> str:
        connector, operation = asked["connector"], asked["operation"]
        if connector not in self._addresses:
            raise final_failure(
                "connector-unknown", f"No address is set for the connector {connector}: set it and retry."
            )
        return f"{self._addresses[connector].rstrip('/')}/{operation}"


async def _operation(db: Db, order: Order) -> Operation:
    connector, name = order.with_["connector"], order.with_["operation"]
    operation = (await pin_of(db, order.pin)).procedure.operation(connector, name)
    if operation is None:
        raise final_failure("operation-unknown", f"The pinned procedure knows no {connector}.{name}: publish it anew.")
    return operation


def _told(operation: Operation, values: JsonObject) -> JsonObject:
    """Answer what the case may know: declared and not personal. The rest would lie in its history for years."""
    return {field.id: values[field.id] for field in operation.gives if field.personal == "no" and field.id in values}


async def post(address: str, *, key: str, inputs: JsonObject) -> Answer:
    """Send one order. Raises Unavailable, or an ApplicationError that no attempt will mend."""
    # One order, one connection: a system that answers twice cannot answer the next order with the second answer.
    headers = {"Idempotency-Key": key, "Content-Type": "application/json", "Connection": "close"}
    try:
        # Over all: an answer that comes drop by drop would never run into a time-out of one read.
        async with asyncio.timeout(PATIENCE):
            return await _post(address, content=orjson.dumps(inputs), headers=headers)
    except (httpx2.TransportError, TimeoutError) as error:
        raise Unavailable(f"{type(error).__name__} from {address}") from error


async def _post(address: str, *, content: bytes, headers: dict[str, str]) -> Answer:
    # Addresses come from the settings alone; the environment's proxies are not asked for their opinion.
    patience = httpx2.Timeout(PATIENCE, connect=CONNECTING)
    async with httpx2.AsyncClient(timeout=patience, verify=_trusted(), trust_env=False) as client:
        async with client.stream("POST", address, content=content, headers=headers) as response:
            return _judge(response.status_code, await _body(response))


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed: read once, since reading them costs more than an order."""
    return httpx2.create_ssl_context(trust_env=False)


async def _body(response: httpx2.Response) -> JsonObject:
    content = bytearray()
    async for part in response.aiter_bytes():
        content += part
        if len(content) > LARGEST_ANSWER:
            raise Unavailable(f"The answer is larger than {LARGEST_ANSWER} bytes.")
    try:
        document: Json = orjson.loads(content)
    except orjson.JSONDecodeError:
        return {}
    return document if isinstance(document, dict) else {}


def _judge(status: int, document: JsonObject) -> Answer:
    outcome = document.get("outcome")
    if status == 422 and isinstance(outcome, str):
        # Their words stay there: a sentence of another system may speak of a person.
        raise business_failure(outcome, "The other system refuses the order.")
    if status == 409:
        raise final_failure("idempotency-conflict", "The key was used for another order: compare both before a retry.")
    if status in _MISCONFIGURED:
        raise final_failure("connector-misconfigured", f"The other system answers {status}: check address and rights.")
    if status != 200:
        raise Unavailable(f"The other system answers {status}.")
    values = document.get("values", {})
    if not isinstance(outcome, str) or not isinstance(values, dict):
        raise final_failure(
            "answer-not-understood", "The answer lacks an outcome: settle the agreement with its owner."
        )
    return Answer(outcome, values)
