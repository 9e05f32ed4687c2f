"""The table: both sides, and what ours is of the hand-written one."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from bench.measure import Block, Figures, Result
from bench.script import DECISION

T = TypeVar("T")

GROUPS = ("PostgreSQL", "Temporal", "worker", "client")
STORES = {"database": "our database", "temporal": "temporal", "visibility": "temporal_visibility"}


@dataclass(frozen=True, slots=True)
class Series:
    """A figure of one side over all rounds, and in each."""

    whole: float
    rounds: tuple[float, ...] = ()


Figure = Callable[[Figures], Series]
Line = tuple[str, str, Figure]


def print_report(result: Result) -> None:
    ours, theirs = result.figures["ours"], result.figures["handwritten"]
    table = Table(title=f"A case of 1.014140 on {os.cpu_count()} cores, {ours.cases} cases each side")
    table.add_column("", no_wrap=True)
    for heading in ("ours", "hand-written", "ratio", "in each round"):
        table.add_column(heading, justify="right", no_wrap=True)
    for section in _sections():
        for name, form, figure in section:
            mine, other = figure(ours), figure(theirs)
            ratios = [one / two for one, two in zip(mine.rounds, other.rounds, strict=True)]
            spread = f"{min(ratios):.2f} to {max(ratios):.2f}" if ratios else ""
            table.add_row(
                name, form.format(mine.whole), form.format(other.whole), f"{mine.whole / other.whole:.2f}", spread
            )
        table.add_section()
    console = Console(highlight=False, width=120)
    console.print(table)
    plan = result.plan
    console.print(
        f"{plan.rounds} rounds, each {plan.alone} cases by one client and {plan.crowd} by {plan.clients} at once; "
        f"{result.seconds:.0f} s. Others kept {result.others:.2f} cores busy meanwhile."
    )


def _sections() -> list[list[Line]]:
    shares = {"p50": 0.5, "p95": 0.95}
    return [
        [(f"a decision, one client, {name}, ms", "{:.1f}", _alone(share, [DECISION])) for name, share in shares.items()]
        + [(f"any action, one client, {name}, ms", "{:.1f}", _alone(share)) for name, share in shares.items()],
        [("cases per second, many clients", "{:.1f}", _blocks(_per_second))]
        + [(f"any action, many clients, {name}, ms", "{:.0f}", _crowded(share)) for name, share in shares.items()],
        [(f"CPU per case, {group}, ms", "{:.0f}", _cpu(group)) for group in GROUPS]
        + [("CPU per case, all of them, ms", "{:.0f}", _cpu(*GROUPS))],
        [(f"rows kept per case, {name}, kB", "{:.1f}", _kept(store)) for store, name in STORES.items()]
        + [("write-ahead log per case, kB", "{:.0f}", _blocks(_log))],
    ]


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _series(rounds: Sequence[Sequence[T]], figure: Callable[[list[T]], float]) -> Series:
    return Series(figure(list(chain(*rounds))), tuple(figure(list(one)) for one in rounds))


def _blocks(figure: Callable[[list[Block]], float]) -> Figure:
    return lambda side: _series([[block] for block in side.blocks], figure)


def _alone(share: float, only: Sequence[int] | None = None) -> Figure:
    def figure(cases: list[list[float]]) -> float:
        times = [time for case in cases for number, time in enumerate(case) if only is None or number in only]
        return 1000 * quantile(times, share)

    return lambda side: _series(side.alone, figure)


def _crowded(share: float) -> Figure:
    def figure(blocks: list[Block]) -> float:
        return 1000 * quantile([time for block in blocks for case in block.actions for time in case], share)

    return _blocks(figure)


def _cpu(*groups: str) -> Figure:
    def figure(blocks: list[Block]) -> float:
        return 1000 * sum(block.cpu[group] for block in blocks for group in groups) / _cases(blocks)

    return _blocks(figure)


def _kept(store: str) -> Figure:
    return lambda side: Series(side.bytes_per_case[store] / 1000)


def _per_second(blocks: list[Block]) -> float:
    return _cases(blocks) / sum(block.seconds for block in blocks)


def _log(blocks: list[Block]) -> float:
    return sum(block.wal for block in blocks) / _cases(blocks) / 1000


def _cases(blocks: list[Block]) -> int:
    return sum(block.cases for block in blocks)
