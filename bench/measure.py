"""The measurement: blocks of both sides in turn, so that whatever else the machine does meets both."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.meters import case_bytes, machine_cpu_seconds, namespace_id, temporal_bytes, visibility_bytes, wal_bytes
from bench.pair import Lane

# What a server does after the answers is of the block as well.
_SETTLES_IN = 0.3
_WARM_UP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`alone`: cases of each side in a round, carried one after the other; `crowd`: by `clients` at once."""

    rounds: int = 4
    alone: int = 12
    crowd: int = 48
    clients: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What a crowd of one side's clients did and cost in one round."""

    cases: int
    seconds: float
    cpu: dict[str, float]
    wal: int
    actions: list[list[float]]


@dataclass(slots=True)
class Figures:
    """Of one side; `alone` holds the times of each case's actions, round by round."""

    alone: list[list[list[float]]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    bytes_per_case: dict[str, float] = field(default_factory=dict)

    @property
    def cases(self) -> int:
        return sum(map(len, self.alone)) + sum(block.cases for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """`others`: cores that were busy with what is not of this run, on average while it was measured."""

    plan: Plan
    figures: dict[str, Figures]
    others: float
    seconds: float


async def measure(lanes: Sequence[Lane], plan: Plan, say: Callable[[str], None]) -> Result:
    for lane in lanes:
        say(f"warming up: {lane.name}")
        await _crowd(lane, _WARM_UP * plan.clients // 4, plan.clients)
        await lane.carry()
    figures: dict[str, Figures] = defaultdict(Figures)
    before = {lane.name: _stored(lane) for lane in lanes}
    began, busy, own = time.perf_counter(), machine_cpu_seconds(), _own(lanes)
    for number in range(plan.rounds):
        say(f"round {number + 1} of {plan.rounds}")
        in_turn = lanes if number % 2 == 0 else lanes[::-1]
        for lane in lanes:
            figures[lane.name].alone.append([])
        for _ in range(plan.alone):
            for lane in in_turn:
                figures[lane.name].alone[-1].append(await lane.carry_quietly())
        for lane in in_turn:
            figures[lane.name].blocks.append(await _block(lane, plan))
    seconds = time.perf_counter() - began
    others = (machine_cpu_seconds() - busy - (_own(lanes) - own)) / seconds
    for lane in lanes:
        grown = _stored(lane)
        for store, size in before[lane.name].items():
            figures[lane.name].bytes_per_case[store] = (grown[store] - size) / figures[lane.name].cases
    return Result(plan=plan, figures=dict(figures), others=others, seconds=seconds)


async def _block(lane: Lane, plan: Plan) -> Block:
    url = lane.servers.cluster.url("postgres")
    await asyncio.sleep(_SETTLES_IN)
    cpu, wal, began = lane.cpu(), wal_bytes(url), time.perf_counter()
    actions = await _crowd(lane, plan.crowd, plan.clients)
    seconds = time.perf_counter() - began
    await asyncio.sleep(_SETTLES_IN)
    spent = {group: after - cpu[group] for group, after in lane.cpu().items()}
    return Block(cases=plan.crowd, seconds=seconds, cpu=spent, wal=wal_bytes(url) - wal, actions=actions)


async def _crowd(lane: Lane, cases: int, clients: int) -> list[list[float]]:
    left = iter(range(cases))

    async def client() -> list[list[float]]:
        return [await lane.carry() for _ in left]

    carried = await asyncio.gather(*(client() for _ in range(min(clients, cases))))
    return [case for one in carried for case in one]


def _stored(lane: Lane) -> dict[str, int]:
    url = lane.servers.cluster.url
    return {
        "database": case_bytes(lane.database_url),
        "temporal": temporal_bytes(url("temporal"), lane.namespace),
        "visibility": visibility_bytes(url("temporal_visibility"), namespace_id(url("temporal"), lane.namespace)),
    }


def _own(lanes: Sequence[Lane]) -> float:
    """All that this run has spent, the servers and the clients counted once."""
    first, *more = (lane.cpu() for lane in lanes)
    return sum(first.values()) + sum(one["worker"] for one in more)
