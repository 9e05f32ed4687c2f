"""Versions read by people: what one says, where each of its values stands, and what another changes."""

import re
import sys
from pathlib import Path

import click

from cli.catalogue import PROCEDURE
from cli.database import with_database
from cli.engine.program import EngineError
from procedures.language.loader import Loaded, load_procedure
from procedures.language.model.procedure import Procedure
from procedures.language.resolving.sources import library_of
from procedures.language.telling.changes import Group, changes, nothing_changed
from procedures.language.telling.origins import resolved_text
from procedures.language.telling.summary import summary
from records.pins import pin_of
from records.pool import Db
from records.procedures import version_of

SAME, DIFFERENT, TROUBLE = 0, 1, 2
PUBLISHED = re.compile(r"([0-9]\.[0-9]{6})/v([1-9][0-9]*)\Z")
language_option = click.option(
    "--language", type=click.Choice(["vi", "en"]), default="vi", help="Language of the words."
)


@click.command()
@click.argument("version")
@click.option("--resolved", is_flag=True, help="Write out everything it takes from elsewhere, with file and line.")
@language_option
def show(version: str, *, resolved: bool, language: str) -> None:
    """Show VERSION (its folder, its file, or CODE/vN where it is published) in one page of words."""
    if resolved:
        loaded = _load(Path(version))
        assert loaded.procedure is not None
        lines = resolved_text(loaded.procedure, loaded.resolved, library_of(_file(Path(version))).home)
    else:
        lines = summary(_procedure(version), language)
    click.echo("\n".join(lines))


@click.command()
@click.argument("before")
@click.argument("after")
@language_option
def diff(before: str, after: str, *, language: str) -> None:
    """Say what AFTER changes against BEFORE (folders, files, or CODE/vN where published), grouped by who notices it.

    Exit status 0: nothing a person or a clock notices, 1: something, 2: trouble.
    """
    try:
        older, newer = _procedure(before), _procedure(after)
    except EngineError as error:
        click.echo(f"motcua: {error}", err=True)
        sys.exit(TROUBLE)
    click.echo(f"{older.procedure} v{older.version} → {newer.procedure} v{newer.version}")
    groups = changes(older, newer, language)
    click.echo(_told(groups) if groups else nothing_changed(language))
    sys.exit(DIFFERENT if groups else SAME)


def _told(groups: tuple[Group, ...]) -> str:
    return "\n".join(
        line for group in groups for line in ("", group.title, *(f"- {sentence}" for sentence in group.sentences))
    )


def _procedure(version: str) -> Procedure:
    """Find a version: files first, then what is published."""
    published = PUBLISHED.match(version)
    if Path(version).exists() or published is None:
        procedure = _load(Path(version)).procedure
        assert procedure is not None
        return procedure
    return with_database(lambda db: _published(db, published[1], int(published[2])))


async def _published(db: Db, code: str, number: int) -> Procedure:
    version = await version_of(db, code, number)
    return (await pin_of(db, version.pin)).procedure


def _load(path: Path) -> Loaded:
    file = _file(path)
    if not file.is_file():
        raise EngineError(f"{path} is no version: name its folder, its {PROCEDURE}, or CODE/vN where it is published.")
    loaded = load_procedure(file, library_of(file))
    if loaded.procedure is None:
        raise EngineError("\n".join([f"{path} has errors:", *map(str, loaded.problems)]))
    return loaded


def _file(path: Path) -> Path:
    return path / PROCEDURE if path.is_dir() else path
