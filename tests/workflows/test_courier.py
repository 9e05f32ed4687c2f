"""What is known of a command when the way to its case is bad: nothing left, nobody there, or nobody can say."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from activities.contracts import Answered, Sent
from tests.support import TemporalServer, assert_eventually
from workflows.connection import connect_door
from workflows.courier import Courier, CourierError, NeverLeft, NotRunning, Uncertain
from workflows.payloads import Keys, new_key

pytestmark = pytest.mark.anyio

SECRET = new_key()
SENT = Sent(command={"verb": "accept"})


async def _key(case: str) -> bytes:
    return SECRET


async def _courier(address: str, namespace: str) -> Courier:
    return Courier(await connect_door(address, namespace, Keys(_key)), deadline=timedelta(seconds=2))


async def _end_of(carried: Awaitable[Answered]) -> type[CourierError]:
    try:
        await carried
    except CourierError as error:
        return type(error)
    raise AssertionError("there is nobody who could answer")


async def test_where_nobody_listens_nothing_has_left() -> None:
    courier = await _courier("127.0.0.1:1", "motcua")

    assert NeverLeft is await _end_of(courier.carry("case-1", "command-1", SENT))


async def test_a_case_that_does_not_run_is_told_from_one_that_does_not_answer(
    temporal: TemporalServer, namespace: str
) -> None:
    courier = await _courier(temporal.address, namespace)

    assert NotRunning is await _end_of(courier.carry("no-such-case", "command-1", SENT))


async def test_a_server_killed_between_two_commands_is_known_to_have_heard_nothing(
    own_temporal: TemporalServer,
) -> None:
    """The first command after the end may meet a connection that seems to live: in doubt it is uncertain."""
    courier = await _courier(own_temporal.address, own_temporal.new_namespace())
    await _end_of(courier.carry("case-1", "command-1", SENT))

    own_temporal.kill()
    first = await _end_of(courier.carry("case-1", "command-2", SENT))
    second = await _end_of(courier.carry("case-1", "command-3", SENT))

    assert first in (NeverLeft, Uncertain)
    assert NeverLeft is second


async def test_a_server_that_is_back_is_found_again(own_temporal: TemporalServer) -> None:
    courier = await _courier(own_temporal.address, own_temporal.new_namespace())
    own_temporal.kill()
    await _end_of(courier.carry("case-1", "command-1", SENT))

    own_temporal.start()

    await assert_eventually(_ends(NotRunning, lambda: courier.carry("case-1", "command-2", SENT)), within=30)


def _ends(expected: type[CourierError], carry: Callable[[], Awaitable[Answered]]) -> Callable[[], Awaitable[bool]]:
    async def ends() -> bool:
        return await _end_of(carry()) is expected

    return ends
