"""`motcua load`: an organisation into the database, a catalogue published; done again, it changes nothing."""

from pathlib import Path

import click

from cli.catalogue import is_sound, versions_below
from cli.database import with_database
from cli.engine.program import EngineError
from cli.procedures import publish_version
from cli.welcome import DEMO_ORGANISATION
from procedures.language.check import CheckedProcedure
from records.organisation_file import read_organisation
from records.pool import Db
from records.seeding import load_organisation

CATALOGUE = Path(__file__).parent.parent / "procedures" / "catalogue"


@click.command()
@click.option("--organisation", type=click.Path(exists=True, path_type=Path), default=DEMO_ORGANISATION)
@click.option("--catalogue", type=click.Path(exists=True, path_type=Path), default=CATALOGUE)
def load(organisation: Path, catalogue: Path) -> None:
    """Load an organisation (the demo's, unless told otherwise) and publish a catalogue."""
    versions = versions_below(catalogue)
    broken = [str(problem) for version in versions if not is_sound(version) for problem in version.problems]
    if broken:
        raise EngineError("The catalogue has problems, nothing was loaded:\n" + "\n".join(broken))
    with_database(lambda db: _load(db, organisation, versions))


async def _load(db: Db, organisation: Path, versions: list[CheckedProcedure]) -> None:
    await load_organisation(db, read_organisation(organisation))
    for version in versions:
        click.echo(await publish_version(db, version))
