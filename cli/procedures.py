"""Commands of who writes procedures: check the text, play the scenarios, publish the version."""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click

from cli.catalogue import is_sound, play, played, templates_of, versions_below
from cli.database import with_database
from cli.engine.program import EngineError
from cli.offices import offices_in
from cli.ways import coverage, suggested
from procedures.language.check import Around, CheckedProcedure
from procedures.language.check import check as check_files
from procedures.language.explanations.vietnamese import told
from procedures.language.scenarios.scenario import OFFICE_HOURS
from procedures.time import files as calendar_files
from procedures.time.files import load_calendars
from procedures.time.hours import office_hours
from procedures.time.instants import day_of
from records.errors import OrganisationRefused
from records.pool import Db
from records.procedures import publish as store
from workflows.simulate.coverage import Way
from workflows.simulate.runs import Outcome

ANY_PATH = click.Path(exists=True, path_type=Path)
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--organisation", type=A_FILE, help="The file of the offices it is to run in: who does what there?")
@click.option("--language", type=click.Choice(["en", "vi"]), default="en", help="vi: with what each code means.")
def check(paths: tuple[Path, ...], organisation: Path | None, language: str) -> None:
    """Say every problem of files or folders as file:line:column. Exit status 1: errors, 2: findings only."""
    try:
        offices = offices_in(organisation) if organisation is not None else None
    except OrganisationRefused as refused:
        raise click.ClickException(str(refused)) from refused
    report = check_files(paths, Around(today=_today(), offices=offices, play=played))
    for line in report.lines(lambda problem: told(problem, language)):
        click.echo(line)
    sys.exit(report.exit_code)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=ANY_PATH)
@click.option("--suggest", is_flag=True, help="Write scenarios for ways that none takes, to be pasted and checked.")
def test(paths: tuple[Path, ...], suggest: bool) -> None:
    """Play scenarios on a virtual clock, without any server, and say which ways none of them takes."""
    versions = [version for path in paths for version in versions_below(path, Around(today=_today()))]
    failed = [version for version in versions if not _passes(version, suggest=suggest)]
    sys.exit(1 if failed else 0)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=ANY_PATH)
def publish(paths: tuple[Path, ...]) -> None:
    """Check versions, play their scenarios, store them by digest. A running system keeps what was published."""
    versions = [version for path in paths for version in versions_below(path, Around(today=_today()))]
    failed = [version for version in versions if not _passes(version)]
    if failed:
        raise EngineError("Nothing was published: mend what is said above.")
    with_database(lambda db: _publish(db, versions))


def _today() -> date:
    return day_of(datetime.now(UTC))


async def _publish(db: Db, versions: list[CheckedProcedure]) -> None:
    for version in versions:
        click.echo(await publish_version(db, version))


async def publish_version(db: Db, version: CheckedProcedure) -> str:
    """Store a sound version with every calendar there is, and say so."""
    assert version.procedure is not None
    every = sorted(file.stem for file in calendar_files.FOLDER.glob("*.yaml"))
    stored = await store(
        db,
        version.procedure,
        templates=templates_of(version),
        calendars=load_calendars(every),
        hours=office_hours(OFFICE_HOURS),
    )
    return f"{stored.code} v{stored.version} is published as {stored.digest[:12]}, in force from {stored.in_force_from}"


def _passes(version: CheckedProcedure, *, suggest: bool = False) -> bool:
    """Play a version that loads, be there findings or not; what is suggested goes out apart, to be kept as a file."""
    for problem in version.problems:
        click.echo(str(problem), err=suggest)
    if version.procedure is None:
        return False
    outcomes = list(play(version.procedure, version.scenarios)) if version.scenarios else []
    taken = frozenset[Way]().union(*(outcome.coverage for outcome in outcomes if outcome.passed))
    told = (line for outcome in outcomes for line in _told(outcome))
    for line in (*told, *coverage(version, version.procedure, taken)):
        click.echo(line, err=suggest)
    if suggest:
        found, left = suggested(version, version.procedure, taken)
        for line in found:
            click.echo(line)
        for line in left:
            click.echo(line, err=True)
    return is_sound(version) and all(outcome.passed for outcome in outcomes)


def _told(outcome: Outcome) -> Iterator[str]:
    yield f"{'ok    ' if outcome.passed else 'FAILED'} {outcome.scenario}"
    yield from (f"       {failure.place}: {failure.sentence}" for failure in outcome.failures)
