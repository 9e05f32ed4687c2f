"""Commands of who answers for cases: why a date is what it is, and whether a journal is as it was written."""

import asyncio
import sys

import click

from cli.engine.program import EngineError
from records.cases import case_by_code, stored_case
from records.chain import Verification
from records.chain import verify as verify_chain
from records.pins import pin_of
from records.pool import Db, connect
from settings import Settings
from workflows.core import machine
from workflows.core.documents import load_state


@click.command()
@click.argument("case")
def explain(case: str) -> None:
    """Say how the dates of CASE (its id or its code) came about: the rule, the inputs, day by day."""
    click.echo(asyncio.run(_explain(case)))


@click.command()
@click.argument("case")
def verify(case: str) -> None:
    """Compute the hash chain of the journal of CASE (its id or its code) anew; exit status 1 when it differs."""
    verification = asyncio.run(_verify(case))
    for problem in verification.problems:
        click.echo(f"{verification.case}: {problem}", err=True)
    if verification.problems:
        sys.exit(1)
    click.echo(f"{verification.case}: {verification.entries} entries, the chain is whole")


async def _verify(case: str) -> Verification:
    db = await connect(Settings.from_environment().require_database())
    try:
        return await verify_chain(db, await _id_of(db, case))
    finally:
        await db.close()


async def _explain(case: str) -> str:
    db = await connect(Settings.from_environment().require_database())
    try:
        stored = await stored_case(db, await _id_of(db, case))
        if stored is None:
            raise EngineError(f"There is no case {case}.")
        pin = await pin_of(db, stored.pin_digest)
    finally:
        await db.close()
    state = load_state(stored.dump)
    return "\n\n".join(_told(machine.explain(pin, state, clock.id)) for clock in state.clocks) or "No clock runs yet."


async def _id_of(db: Db, case: str) -> str:
    return await case_by_code(db, case) or case
