"""Nothing of a case lies readable in Temporal, and without its key nothing of it can be read again."""

from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.converter import ActivitySerializationContext, DataConverter, WorkflowSerializationContext
from temporalio.exceptions import ApplicationError

from workflows.payloads import KEY_BYTES, KeyGone, Keys, NoCase, Tampered, converter, new_key

pytestmark = pytest.mark.anyio

LAN = "Nguyễn Thị Lan"
WORKFLOW = WorkflowSerializationContext(namespace="motcua", workflow_id="case-1")
ACTIVITY = ActivitySerializationContext(
    namespace="motcua",
    activity_id="pay:1",
    activity_type="Connector.call",
    activity_task_queue="motcua",
    workflow_id="case-1",
    workflow_type="Case",
    is_local=False,
)


class Cabinet:
    """Keeps keys as the database would, and counts how often it is asked."""

    def __init__(self) -> None:
        self.keys = {"case-1": new_key(), "case-2": new_key()}
        self.asked: list[str] = []

    async def look_up(self, case: str) -> bytes | None:
        self.asked.append(case)
        return self.keys.get(case)


@pytest.fixture
def cabinet() -> Cabinet:
    return Cabinet()


@pytest.fixture
def plain(cabinet: Cabinet) -> DataConverter:
    return converter(Keys(cabinet.look_up))


async def test_what_is_written_is_read_again_and_lies_closed_in_between(plain: DataConverter) -> None:
    value = {"name": LAN, "lines": ["receipt"] * 500}

    [payload] = await plain.with_context(WORKFLOW).encode([value])
    [read] = await plain.with_context(ACTIVITY).decode([payload])

    assert value == read
    assert LAN.encode() not in payload.SerializeToString()
    assert len(payload.data) < 300


async def test_a_failure_hides_its_sentence_its_stack_and_its_details(plain: DataConverter) -> None:
    failure = Failure()
    converter_of_case = plain.with_context(WORKFLOW)

    await converter_of_case.encode_failure(_raised(ApplicationError(f"no letter for {LAN}", {"to": LAN})), failure)
    written = failure.SerializeToString()
    read = await converter_of_case.decode_failure(failure)

    assert LAN.encode() not in written
    assert b"test_payloads.py" not in written
    assert isinstance(read, ApplicationError)
    assert (f"no letter for {LAN}", {"to": LAN}) == (read.message, read.details[0])


async def test_the_key_of_another_case_opens_nothing(cabinet: Cabinet, plain: DataConverter) -> None:
    cabinet.keys["case-2"] = cabinet.keys["case-1"]
    [payload] = await plain.with_context(WORKFLOW).encode(["secret"])
    other = WorkflowSerializationContext(namespace="motcua", workflow_id="case-2")

    with pytest.raises(Tampered):
        await plain.with_context(other).decode([payload])


async def test_a_changed_byte_is_noticed(plain: DataConverter) -> None:
    [payload] = await plain.with_context(WORKFLOW).encode(["secret"])
    payload.data = payload.data[:-1] + bytes([payload.data[-1] ^ 1])

    with pytest.raises(Tampered):
        await plain.with_context(WORKFLOW).decode([payload])


async def test_a_destroyed_key_closes_the_case_for_ever(cabinet: Cabinet, plain: DataConverter) -> None:
    [payload] = await plain.with_context(WORKFLOW).encode(["secret"])
    del cabinet.keys["case-1"]

    with pytest.raises(KeyGone, match="case-1"):
        await converter(Keys(cabinet.look_up)).with_context(WORKFLOW).decode([payload])


async def test_nothing_is_written_that_belongs_to_no_case(plain: DataConverter) -> None:
    with pytest.raises(NoCase):
        await plain.encode(["secret"])


async def test_what_somebody_else_wrote_in_the_clear_can_still_be_read(plain: DataConverter) -> None:
    [payload] = await DataConverter.default.encode(["by the server"])

    assert ["by the server"] == await plain.decode([payload])


async def test_a_key_is_looked_up_once_and_the_least_used_is_forgotten(cabinet: Cabinet) -> None:
    keys = Keys(cabinet.look_up, keep=1)

    for case in ("case-1", "case-1", "case-2", "case-1"):
        await keys.of(case)

    assert ["case-1", "case-2", "case-1"] == cabinet.asked


async def test_a_key_that_came_with_the_command_is_not_looked_up(cabinet: Cabinet) -> None:
    keys = Keys(cabinet.look_up)

    keys.know("case-1", cabinet.keys["case-1"])
    await keys.of("case-1")

    assert [] == cabinet.asked


async def test_the_same_value_never_looks_the_same_twice(plain: DataConverter) -> None:
    encoded: list[Payload] = await plain.with_context(WORKFLOW).encode(["yes", "yes"])

    assert encoded[0].data != encoded[1].data
    assert KEY_BYTES == len(new_key())


def _raised(error: Exception) -> Any:
    try:
        raise error
    except ApplicationError as raised:
        return raised
