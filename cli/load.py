"""`motcua load`: an organisation into the database, a catalogue published; done again, it changes nothing."""

import asyncio
from pathlib import Path

import click

from cli.catalogue import is_sound, versions_below
from cli.engine.program import EngineError
from cli.procedures import publish_version
from cli.welcome import DEMO_ORGANISATION
from records.errors import RecordsError
from records.organisation_file import read_organisation
from records.pool import connect
from records.seeding import load_organisation
from settings import Settings

CATALOGUE = Path(__file__).parent.parent / "procedures" / "catalogue"


@click.command()
@click.option("--organisation", type=click.Path(exists=True, path_type=Path), default=DEMO_ORGANISATION)
@click.option("--catalogue", type=click.Path(exists=True, path_type=Path), default=CATALOGUE)
def load(organisation: Path, catalogue: Path) -> None:
    """Load an organisation (the demo's, unless told otherwise) and publish a catalogue."""
    try:
        asyncio.run(_load(Settings.from_environment().require_database(), organisation, catalogue))
    except RecordsError as error:
        raise EngineError(str(error)) from error


async def _load(database_url: str, organisation: Path, catalogue: Path) -> None:
    versions = versions_below(catalogue)
    broken = [str(problem) for version in versions if not is_sound(version) for problem in version.problems]
    if broken:
        raise EngineError("The catalogue has problems, nothing was loaded:\n" + "\n".join(broken))
    db = await connect(database_url)
    try:
        await load_organisation(db, read_organisation(organisation))
        for version in versions:
            click.echo(await publish_version(db, version))
    finally:
        await db.close()
