"""Golden histories: recorded on a real server, and replayed by every later engine to the state they ended in.

python -m tests.workflows.golden record        records every life anew (before a release, and when a new row is built)
python -m tests.workflows.golden replay        prints the state each recorded history leads to
"""

import asyncio
import hashlib
import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import ExecuteWorkflowInput, Interceptor, Replayer, WorkflowInboundInterceptor
from temporalio.worker import WorkflowInterceptorClassInput as ClassInput

from procedures.json_types import JsonObject, canonical_json
from records.case_keys import read_key
from tests.support import PostgresServer, TemporalServer, remove_folder, temporary_folder
from tests.workflows.house import House, open_house, working
from tests.workflows.letters import AN, LAN, MAI, request_for_supplement, taking_over
from worker import sandbox
from workflows.case import Case
from workflows.core.state import State
from workflows.core.table import Phase
from workflows.payloads import Keys, converter

FOLDER = Path("tests/golden")
_STATE: TypeAdapter[State] = TypeAdapter(State)


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """One run of one case: its history as it lay in Temporal, the key of the case, the state it ended in."""

    case: str
    key: str
    state: str
    history: JsonObject


def read(file: Path) -> Golden:
    return Golden(**json.loads(file.read_text()))


async def replay(golden: Golden) -> str:
    """Replay a history with the code of today and answer the hash of the state it leads to."""

    async def key_of(_: str) -> bytes:
        return bytes.fromhex(golden.key)

    watching = Watching()
    replayer = Replayer(
        workflows=[Case], workflow_runner=sandbox(), data_converter=converter(Keys(key_of)), interceptors=[watching]
    )
    await replayer.replay_workflow(WorkflowHistory.from_json(golden.case, dict(golden.history)))
    [case] = watching.seen
    return state_hash(case._state)


def state_hash(state: State) -> str:
    """Fields are only added, with defaults: what is at its default does not count."""
    return hashlib.sha256(canonical_json(_STATE.dump_python(state, mode="json", exclude_defaults=True))).hexdigest()


class Watching(Interceptor):
    """Keeps hold of the cases a replay brings to life."""

    def __init__(self) -> None:
        self.seen: list[Case] = []

    def workflow_interceptor_class(self, input: ClassInput) -> type[WorkflowInboundInterceptor]:
        seen = self.seen

        class Watch(WorkflowInboundInterceptor):
            async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:
                case = workflow.instance()
                assert isinstance(case, Case)
                seen.append(case)
                return await super().execute_workflow(input)

        return Watch


async def paid(house: House, case: str) -> None:
    await house.accept(case)
    await house.send(taking_over(case))
    await house.approve(case)
    await house.sign(case)
    await house.hand_out(case)


async def supplemented(house: House, case: str) -> None:
    await house.accept(case)
    await house.send(taking_over(case))
    await _ask(house, case)
    await house.do(case, "send_supplement", LAN, {"papers": [{"id": "invoices", "documents": ["file:new"]}]})
    await house.do(case, "complete_supplement", AN, {"verdicts": [{"id": "invoices", "verdict": "ok"}]})


async def expired(house: House, case: str) -> None:
    await house.accept(case)
    await house.send(taking_over(case))
    await _ask(house, case)
    await house.wait(case, days=23)
    await house.reaches(case, Phase.STOPPED)


async def late_and_archived(house: House, case: str) -> None:
    await house.accept(case)
    await house.send(taking_over(case))
    await house.wait(case, days=30)
    await house.do(case, "withdraw", LAN)
    await house.wait(case, days=31)


async def refused(house: House, case: str) -> None:
    reason: JsonObject = {"code": "out_of_scope", "text": "command:1/reason"}
    await house.do(case, "refuse", MAI, {"reason": reason})


async def unpaid_at_first(house: House, case: str) -> None:
    assert house.treasury is not None
    house.treasury.be("forbid", times=1)
    await house.accept(case)
    await house.send(taking_over(case))
    await house.approve(case)
    await house.sign(case)
    await house.resolve_incident(case, "retry")
    await house.hand_out(case)


LIVES: Mapping[str, Callable[[House, str], Awaitable[None]]] = {
    life.__name__: life for life in (paid, supplemented, expired, late_and_archived, refused, unpaid_at_first)
}


async def _ask(house: House, case: str) -> None:
    await house.send(request_for_supplement(case))
    await house.is_quiet(case)


async def record(database_url: str, temporal: TemporalServer, folder: Path) -> None:
    async with open_house(database_url, temporal, folder, renew_after=60) as house, working(house):
        for name, life in LIVES.items():
            case = await house.submit()
            await life(house, case)
            await house.is_quiet(case)
            for number, run in enumerate(await house.runs(case), start=1):
                await _keep(house, case, run, FOLDER / f"{name}-{number}.json")


async def _keep(house: House, case: str, run: str, file: Path) -> None:
    history = await house.client.get_workflow_handle(case, run_id=run).fetch_history()
    key = await read_key(house.pool, case)
    assert key is not None
    unproven = Golden(case=case, key=key.hex(), state="", history=history.to_json_dict())
    document = {"case": case, "key": key.hex(), "state": await replay(unproven), "history": unproven.history}
    file.write_text(json.dumps(document, indent=1) + "\n")


def main(what: str) -> None:
    if what == "replay":
        for file in sorted(FOLDER.glob("*.json")):
            print(file.stem, asyncio.run(replay(read(file))))
        return
    for old in FOLDER.glob("*.json"):
        old.unlink()
    folder = temporary_folder()
    postgres = PostgresServer(folder)
    postgres.start()
    temporal = TemporalServer(folder, on=postgres)
    temporal.start()
    try:
        from records.migrate import upgrade

        url = postgres.create("golden")
        upgrade(url)
        asyncio.run(record(url, temporal, folder))
    finally:
        temporal.stop()
        postgres.stop()
        remove_folder(folder)


if __name__ == "__main__":
    main(sys.argv[1])
