"""The long-running programs and the migration, each a composition root reading its own settings."""

import click

from cli.engine.program import EngineError
from logs import start_logging
from settings import Settings


@click.command()
def worker() -> None:
    """Run a worker: the cases' workflows and activities, and the sweeper."""
    from worker import main

    main()


@click.command()
def api() -> None:
    """Run the HTTP API and the pages on MOTCUA_API_HOST:MOTCUA_API_PORT."""
    import uvicorn

    from web.app import compose

    settings = Settings.from_environment()
    start_logging()
    uvicorn.run(
        compose(settings),
        host=settings.api_host,
        port=settings.api_port,
        log_config=None,
        access_log=False,
        # A browser that listens to progress would otherwise keep the process for ever.
        timeout_graceful_shutdown=5,
    )


@click.command()
def migrate() -> None:
    """Bring the database to the tables of this release."""
    from sqlalchemy.exc import OperationalError

    from records.migrate import upgrade

    try:
        upgrade(Settings.from_environment().require_database())
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise EngineError(f"PostgreSQL does not answer ({reason}): is DATABASE_URL right?") from None
    click.echo("The database has the tables of this release.")
