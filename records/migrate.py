"""Brings a database to the tables this release expects."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, create_engine, make_url
from sqlalchemy.pool import NullPool

from records import registers, tables

SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(database_url: str) -> None:
    """Apply every migration the database lacks; a database that is up to date stays as it is."""
    with engine(database_url).begin() as connection:
        command.upgrade(alembic_config(connection), "head")


def declared() -> MetaData:
    """Answer every table this release declares."""
    assert registers.unit.metadata is tables.metadata
    return tables.metadata


def alembic_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def engine(database_url: str) -> Engine:
    return create_engine(make_url(database_url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
