"""Finds in Temporal's history what the database has lost: a restored backup must not stop its cases for ever.

A case itself forgets an entry once it was told that it is recorded; its history does not, as long as it is kept.
"""

from collections.abc import AsyncIterator, Sequence

from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client
from temporalio.converter import DataConverter, WorkflowSerializationContext
from temporalio.service import RPCError, RPCStatusCode

from activities.contracts import RECORD, Answered, Unrecorded
from procedures.json_types import JsonObject


async def entries_in_history(client: Client, case: str, *, above: int, upto: int) -> list[JsonObject]:
    """Answer the entries between two sequences, in order, as far as the runs still kept have told of them."""
    context = WorkflowSerializationContext(namespace=client.namespace, workflow_id=case)
    converter = client.data_converter.with_context(context)
    found: dict[int, JsonObject] = {}
    async for events in _runs(client, case):
        for event in events:
            for entry in await _entries_of(event, converter):
                found[seq_of(entry)] = entry
        if above + 1 in found:
            break
    return [entry for seq, entry in sorted(found.items()) if above < seq <= upto]


def seq_of(entry: JsonObject) -> int:
    seq = entry["seq"]
    assert isinstance(seq, int)
    return seq


async def _runs(client: Client, case: str) -> AsyncIterator[Sequence[HistoryEvent]]:
    """Go back from the last run to the one it continued, as far as the server keeps them."""
    run: str | None = None
    while True:
        try:
            events = (await client.get_workflow_handle(case, run_id=run).fetch_history()).events
        except RPCError as error:
            if error.status == RPCStatusCode.NOT_FOUND:
                return
            raise
        yield events
        run = events[0].workflow_execution_started_event_attributes.continued_execution_run_id
        if not run:
            return


async def _entries_of(event: HistoryEvent, converter: DataConverter) -> list[JsonObject]:
    answered = event.workflow_execution_update_completed_event_attributes.outcome.success.payloads
    if answered:
        answer: Answered
        [answer] = await converter.decode(answered, [Answered])
        return answer.entries
    ordered = event.activity_task_scheduled_event_attributes
    if ordered.activity_type.name == RECORD:
        unrecorded: Unrecorded
        [unrecorded] = await converter.decode(ordered.input.payloads, [Unrecorded])
        return unrecorded.entries
    return []
