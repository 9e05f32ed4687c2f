from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from records.migrate import declared, engine, upgrade


def test_declared_tables_are_what_the_migrations_make(database_url: str) -> None:
    with engine(database_url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})

        differences = compare_metadata(context, declared())

    assert [] == differences


def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    upgrade(database_url)
    upgrade(database_url)
