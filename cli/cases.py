"""Commands of who answers for cases: why a date is what it is, and whether a journal is as it was written."""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import click

from cli.database import with_database
from cli.engine.program import EngineError
from procedures.time.sentences import in_words
from procedures.time.wording import LANGUAGES, Language
from records.cases import case_by_code, stored_case
from records.chain import Verification
from records.chain import verify as verify_chain
from records.pins import pin_of
from records.pool import Db
from workflows.core.documents import load_state
from workflows.core.explain import Explanation
from workflows.core.explain import explain as explain_clock

INDOCHINA = timezone(timedelta(hours=7))


@click.command()
@click.argument("case")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def explain(case: str, language: Language) -> None:
    """Say how the dates of CASE (its id or its code) came about: the rule, the inputs, day by day."""
    click.echo(with_database(lambda db: _explain(db, case, language)))


@click.command()
@click.argument("case")
def verify(case: str) -> None:
    """Compute the hash chain of the journal of CASE (its id or its code) anew; exit status 1 when it differs."""
    verification = with_database(lambda db: _verify(db, case))
    for problem in verification.problems:
        click.echo(f"{verification.case}: {problem}", err=True)
    if verification.problems:
        sys.exit(1)
    click.echo(f"{verification.case}: {verification.entries} entries, the chain is whole")


async def _verify(db: Db, case: str) -> Verification:
    return await verify_chain(db, await _id_of(db, case))


async def _explain(db: Db, case: str, language: Language) -> str:
    stored = await stored_case(db, await _id_of(db, case))
    if stored is None:
        raise EngineError(f"There is no case {case}.")
    pin = await pin_of(db, stored.pin_digest)
    state = load_state(stored.dump)
    clocks = ["\n".join(told(explain_clock(pin, state, clock.id), language)) for clock in state.clocks]
    return "\n\n".join(clocks) or "No clock has started yet."


async def _id_of(db: Db, case: str) -> str:
    return await case_by_code(db, case) or case


def told(clock: Explanation, language: Language) -> Iterator[str]:
    yield f"{clock.clock} ({clock.kind}, {clock.state}): {clock.within}, declared by {clock.source}"
    rule = clock.rule
    yield (
        f"  rule: cut-off {rule.cutoff_after or 'none'} moves {rule.cutoff_moves}, off hours {rule.off_hours}, "
        f"roll-over {'yes' if rule.rollover else 'no'}, from the next day {'yes' if rule.start_next_day else 'no'}"
    )
    yield f"  started {_local(clock.started_at)}, counted from {_local(clock.counted_from)}"
    if clock.summary:
        yield f"  {clock.summary[language]}"
    for line in clock.lines:
        yield f"    {in_words(line, language)} [{line.rule}]"
    for change in clock.adjustments:
        yield f"  changed: {change}"
    if clock.not_covered is not None:
        yield f"  no calendar covers {clock.not_covered}: add it and recompute"
    late = ", late" if clock.late else ""
    yield f"  due {_local(clock.due)}{late} (calendars {', '.join(clock.calendars)})"


def _local(instant: datetime | None) -> str:
    return "-" if instant is None else instant.astimezone(INDOCHINA).strftime("%Y-%m-%d %H:%M")
