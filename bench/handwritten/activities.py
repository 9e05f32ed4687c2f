"""The hand-written workflow's activities: a projection that writes the rows, the rest answer at once as ours do."""

from collections.abc import Callable
from typing import Any

from temporalio import activity

from bench.canned import DECIDING, code_of
from bench.handwritten.messages import (
    Document,
    Issuing,
    Notice,
    Numbered,
    Numbering,
    Paid,
    Payment,
    Projected,
    Projection,
    Registered,
    Registering,
    Rendering,
)
from bench.rows import Recorded
from records.pool import Pool


class Projector:
    def __init__(self, pool: Pool, recorded: Recorded) -> None:
        self._pool = pool
        self._recorded = recorded

    @activity.defn
    async def project(self, projection: Projection) -> Projected:
        """Idempotent: a writing whose last entry is in the journal is not written again."""
        async with self._pool.connection() as db:
            return Projected(seq=await self._recorded.write(db, projection.writing, case=projection.case))


@activity.defn
async def register(registering: Registering) -> Registered:
    return Registered(code=code_of(registering.case), receipt=registering.case, unit=DECIDING)


@activity.defn
async def render(rendering: Rendering) -> Document:
    return Document(document=f"document:{rendering.template}", digest="0" * 64)


@activity.defn
async def notify(notice: Notice) -> None:
    pass


@activity.defn
async def number(numbering: Numbering) -> Numbered:
    return Numbered(number="1/QĐ-BHXH")


@activity.defn
async def pay(payment: Payment) -> Paid:
    return Paid(outcome="done")


@activity.defn
async def issue(issuing: Issuing) -> Document:
    return Document(document=issuing.document, digest=issuing.digest)


CANNED: tuple[Callable[..., Any], ...] = (register, render, notify, number, pay, issue)
